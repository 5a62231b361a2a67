"""The full-text index: what finds what, and that it always agrees with the articles."""

import json
import sqlite3
import subprocess
import sys
from dataclasses import replace
from unicodedata import normalize
from urllib.parse import urlencode

import pytest
from datasette.utils import escape_fts
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from scraper.archive import folded
from scraper.archive.folding import folded_sql
from scraper.archive.integrity import find_problems
from scraper.archive.schema import migrations
from scraper.parse import Image

from .build import ARTICLE, edited, page, rows, see

AT = "2024-03-28T02:00:00Z"
LATER = "2024-03-29T02:00:00Z"
BLANK = replace(ARTICLE, title=None, summary=None, body=None, byline=None, images=())


def found(archive, query: str) -> set[int]:
    """The articles that Datasette's search box finds for what a person types."""
    sql = "SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?"
    return {row[0] for row in archive.db.execute(sql, [escape_fts(query)])}


def store_texts(archive, *titles: str) -> list[int]:
    pages = (page(replace(BLANK, title=t), url=f"https://x.vn/{n}") for n, t in enumerate(titles))
    return [see(archive, AT, shown).article for shown in pages]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(
    "query",
    ["Đảng bộ huyện", "đảng bộ huyện", "dang bo huyen", "ĐẢNG BỘ HUYỆN", "Dang Bo Huyen"],
)
def test_every_spelling_finds_the_same_articles(archive, query, form):
    ours, apart, *_ = store_texts(
        archive,
        "Đảng bộ huyện Hoằng Hóa",
        "huyện họp, bộ phận của Đảng",
        "Đảng ủy xã",
        "bộ huyện",
    )
    typed = normalize(form, query)
    assert found(archive, typed) == {ours, apart}
    assert found(archive, f'"{typed}"') == {ours}


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("đồng", {"đồng chí"}),
        ("dong", {"đồng chí", "dong dỏng"}),
        ("đ", {"tổ đ"}),
        ("d", {"tổ đ", "tổ d"}),
        ("Đ", {"tổ đ"}),
        ("dồng", {"đồng chí", "dong dỏng"}),
        ("to", {"tổ đ", "tổ d"}),
        ("người", {"người ươm mầm"}),
        ("nguoi uom mam", {"người ươm mầm"}),
    ],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_the_stroke_counts_only_when_it_is_typed(archive, query, titles, form):
    texts = ["đồng chí", "dong dỏng", "tổ đ", "tổ d", "người ươm mầm"]
    ids = store_texts(archive, *texts)
    named = dict(zip(ids, texts, strict=True))
    assert {named[id] for id in found(archive, normalize(form, query))} == titles


@pytest.mark.parametrize(
    "field",
    [
        {"title": "Đại đoàn kết"},
        {"summary": "Đại đoàn kết"},
        {"body": "Một.\n\nĐại đoàn kết"},
        {"byline": "Đại đoàn kết"},
        {"images": (Image("https://x.vn/a.jpg", "a.jpg", "Đại đoàn kết"),)},
    ],
    ids=lambda field: next(iter(field)),
)
def test_every_text_is_searched(archive, field):
    stored = see(archive, AT, page(replace(BLANK, **field)))
    assert found(archive, '"dai doan ket"') == {stored.article}
    see(archive, LATER, page(replace(BLANK, title="Khác")))
    assert found(archive, '"dai doan ket"') == set()
    assert found(archive, "khac") == {stored.article}


def test_a_phrase_does_not_reach_from_one_text_into_another(archive):
    see(archive, AT, page(replace(BLANK, title="Đảng", summary="bộ huyện")))
    assert found(archive, '"dang bo"') == set()
    assert found(archive, "dang bo")


def test_gone_articles_are_still_found(archive):
    stored = see(archive, AT)
    archive.db.execute("UPDATE articles SET gone_at = ? WHERE id = ?", [LATER, stored.article])
    assert found(archive, "hoang hoa") == {stored.article}


def test_text_is_read_back_through_the_index(archive):
    see(archive, AT)
    sql = "SELECT highlight(articles_fts, 0, '[', ']') FROM articles_fts WHERE articles_fts MATCH ?"
    assert rows(archive, sql, "huyen") == [("Đảng bộ [huyện] Hoằng Hóa họp",)]


TRICKS = (
    "INSERT OR REPLACE INTO images (article, position, url, caption) VALUES (1, 1, 'u', 'mới')",
    "INSERT OR IGNORE INTO images (article, position, url, caption) VALUES (1, 1, 'u', 'mới')",
    "INSERT INTO images (article, position, url, caption) VALUES (1, 9, 'u', 'mới')",
    "UPDATE images SET caption = 'mới' WHERE position = 2",
    "UPDATE images SET caption = NULL",
    "UPDATE images SET position = 7 WHERE position = 1",
    "UPDATE images SET article = 2",
    "UPDATE images SET digest = 'x'",
    "DELETE FROM images",
    "UPDATE articles SET title = NULL, body = 'mới'",
    "UPDATE OR IGNORE articles SET url = (SELECT min(url) FROM articles), title = 'mới'",
    "UPDATE articles SET last_seen_at = 'x'",
    "DELETE FROM articles WHERE id = 2",
)


@pytest.mark.parametrize("sql", TRICKS)
def test_triggers_keep_the_index_whatever_is_written(archive, sql):
    see(archive, AT)
    see(archive, AT, page(replace(ARTICLE, images=()), url="https://hoanghoa.example.vn/2"))
    archive.db.execute("BEGIN")
    # The second article has no rows that point to it but its version.
    archive.db.execute("DELETE FROM article_versions WHERE article = 2")
    archive.db.execute("DELETE FROM attachments")
    archive.db.execute(sql)
    problems = [p for p in find_problems(archive.db) if "index" in p or "captions" in p]
    archive.db.rollback()
    assert problems == []


def test_fetching_files_does_not_index_again(archive):
    see(archive, AT)
    before = rows(archive, "SELECT total_changes()")[0][0]
    archive.db.execute("UPDATE images SET digest = 'x'")
    changed = rows(archive, "SELECT total_changes()")[0][0] - before
    assert changed == len(ARTICLE.images)
    archive.db.execute("UPDATE images SET digest = NULL")


@settings(max_examples=50)
@given(st.text(alphabet="aăâdđeêioôơuưyĐÐðƉɖ ̣́̉\u0301", max_size=30) | st.text(max_size=30))
@example("Đảng bộ huyện")
def test_folding_is_the_same_in_python_and_in_sql_and_keeps_positions(text):
    text = text.replace("\x00", "")
    (in_sql,) = sqlite3.connect(":memory:").execute(f"SELECT {folded_sql('?1')}", [text]).fetchone()
    assert folded(text) == in_sql
    assert len(folded(text)) == len(text)
    assert folded(folded(text)) == folded(text)


@pytest.fixture(scope="module")
def index():
    database = Database(memory=True)
    migrations.apply(database)
    return database


WORD = st.text(alphabet="abcdđeghiklmnopqrstuvxyàáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩị", min_size=1) | (
    st.text(alphabet="òóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĐÂĂÊÔƠƯ", min_size=1)
)


@settings(max_examples=80)
@given(st.lists(WORD, min_size=1, max_size=6))
@example(["đ"])
@example(["Đảng", "bộ", "huyện"])
def test_any_text_is_found_as_written_decomposed_and_plain(index, words):
    """As words and as a phrase, in NFC, NFD, and without any mark as people type it."""
    text = " ".join(words)
    plain = "".join(c for c in normalize("NFD", folded(text)) if normalize("NFD", c) == c)
    plain = "".join(c for c in plain if not "\u0300" <= c <= "\u036f")
    index.execute("DELETE FROM articles")
    index.execute(
        "INSERT INTO articles (site, url, title, tags, version, first_seen_at, last_seen_at, "
        "capture) VALUES ('s', 'u', ?, '[]', 1, '', '', 1)",
        [text],
    )
    for query in (text, normalize("NFD", text), text.upper(), text.lower(), plain, plain.upper()):
        for typed in (query, f'"{query}"'):
            sql = "SELECT count(*) FROM articles_fts WHERE articles_fts MATCH ?"
            assert index.execute(sql, [escape_fts(typed)]).fetchone() == (1,), typed


# Datasette leaves the plugins that are installed alone under this flag.
PLAIN_DATASETTE = "import sys; sys._called_from_test = 1; from datasette.cli import cli; cli()"


def test_plain_datasette_finds_the_index_by_itself(archive):
    """Its ordinary search box, without our plugin and without any metadata."""
    first = see(archive, AT).article
    see(archive, AT, page(replace(BLANK, title="Đường huyện"), url="https://hoanghoa.example.vn/2"))
    for query in ("Đảng bộ huyện", '"dang bo huyen"'):
        path = "/archive/articles.json?" + urlencode({"_search": query, "_shape": "array"})
        answer = subprocess.run(
            [sys.executable, "-c", PLAIN_DATASETTE, str(archive.path), "--get", path],
            capture_output=True,
            check=True,
        )
        assert [row["id"] for row in json.loads(answer.stdout)] == [first], query


def test_edit_of_the_words_alone_keeps_captions(archive):
    stored = see(archive, AT)
    see(archive, LATER, edited(title="Khác hẳn"))
    assert found(archive, "khac toan canh") == {stored.article}
