"""When a page makes a version, and where in the history it belongs."""

import json
from dataclasses import replace
from itertools import groupby, pairwise
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.archive import Outcome, open_archive
from scraper.archive.content import _words
from scraper.archive.integrity import find_problems
from scraper.parse import Image

from .build import ARTICLE, SITE, capture, edited, page, rows, see

DAY1, DAY2, DAY3, DAY4 = (f"2024-03-{day}T02:00:00Z" for day in (28, 29, 30, 31))
HISTORY = "SELECT version, title, seen_at, last_seen_at, reason FROM article_versions ORDER BY 1"


def test_new_article_has_all_columns(archive):
    stored = see(archive, DAY1)
    assert stored.outcome is Outcome.NEW
    (row,) = archive.db.query("SELECT * FROM articles WHERE id = ?", [stored.article])
    for name in ("title", "summary", "body", "body_html", "author", "organisation", "byline"):
        assert row[name] == getattr(ARTICLE, name)
    for name in ("category", "published_at", "published_on", "published_raw"):
        assert row[name] == getattr(ARTICLE, name)
    assert json.loads(row["tags"]) == ["hội nghị", "diễn tập"]
    assert (row["first_seen_at"], row["last_seen_at"], row["gone_at"]) == (DAY1, DAY1, None)
    assert (row["version"], row["year"], row["captions"]) == (1, 2024, "Toàn cảnh lễ phát động")


def test_version_tells_its_files_and_where_its_values_came_from(archive):
    see(archive, DAY1)
    (row,) = archive.db.query("SELECT * FROM article_versions")
    assert [image["caption"] for image in json.loads(row["images"])] == [
        "Toàn cảnh lễ phát động",
        None,
    ]
    assert json.loads(row["attachments"])[0]["label"] == "Kế hoạch"
    assert json.loads(row["provenance"]) == {
        "title": {"rule": "profile:title", "path": "/html/body/h1", "confidence": 0.9}
    }


def test_unknown_is_null(archive):
    bare = page(replace(ARTICLE, summary=None, author=None, published_at=None, published_on=None))
    see(archive, DAY1, bare)
    assert rows(
        archive, "SELECT summary, author, published_at, published_on, year FROM articles"
    ) == [(None,) * 5]


def test_scraping_twice_changes_only_last_seen(archive):
    see(archive, DAY1)
    before = _everything(archive)
    assert see(archive, DAY2).outcome is Outcome.UNCHANGED
    after = _everything(archive)
    assert after["articles"].pop("last_seen_at") == [DAY2]
    assert after["article_versions"].pop("last_seen_at") == [DAY2]
    del before["articles"]["last_seen_at"], before["article_versions"]["last_seen_at"]
    assert after == before


def _everything(archive):
    tables = ("articles", "article_versions", "images", "attachments", "article_views", "counters")
    found = {}
    for table in (*tables, "absences"):
        all_rows = list(archive.db.query(f"SELECT * FROM {table}"))
        found[table] = {name: [row[name] for row in all_rows] for name in (all_rows or [{}])[0]}
    return found


def test_there_and_back_again_is_three_versions(archive):
    see(archive, DAY1)
    assert see(archive, DAY2, edited(title="Sửa")).outcome is Outcome.CHANGED
    assert see(archive, DAY3).version == 3
    assert rows(archive, HISTORY) == [
        (1, ARTICLE.title, DAY1, DAY1, None),
        (2, "Sửa", DAY2, DAY2, "edit"),
        (3, ARTICLE.title, DAY3, DAY3, "edit"),
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Khác"},
        {"summary": None},
        {"body": "Khác"},
        {"author": "Lê Lài"},
        {"organisation": None},
        {"byline": "Lê Lài"},
        {"category": "Văn hóa"},
        {"tags": ("hội nghị",)},
        {"published_at": "2024-03-27T16:00:00+07:00"},
        {"published_on": "2024-03-28"},
        {"images": ARTICLE.images[:1]},
        {"images": (replace(ARTICLE.images[0], caption="Khác"), ARTICLE.images[1])},
        {"images": (replace(ARTICLE.images[0], filename="c.jpg"), ARTICLE.images[1])},
        {"images": ARTICLE.images[::-1]},
        {"attachments": ()},
    ],
    ids=str,
)
def test_what_a_reader_calls_content_makes_a_version(archive, change):
    see(archive, DAY1)
    assert see(archive, DAY2, edited(**change)).outcome is Outcome.CHANGED


@pytest.mark.parametrize(
    "noise",
    [
        {"body_html": '<p class="s17">Đồng chí Bí thư chủ trì.</p>'},
        {"body": "Đồng chí  Bí thư chủ trì.\nHội nghị bàn về diễn tập. "},
        {"title": "\u0110a\u0309ng bộ huyện Hoằng Hóa họp"},
        {"published_raw": "15:06 27/03/2024"},
        {"views": 17},
        {"images": (replace(ARTICLE.images[0], alt="x"), ARTICLE.images[1])},
        {"images": tuple(replace(i, url=i.url + "?sid=5") for i in ARTICLE.images)},
    ],
    ids=str,
)
def test_noise_makes_no_version(archive, noise):
    see(archive, DAY1)
    assert see(archive, DAY2, edited(**noise)).outcome is Outcome.UNCHANGED


def test_relative_date_moves_without_a_version(archive):
    first = edited(published_raw="8 giờ trước", published_at="2024-03-27T18:00:00+07:00")
    later = edited(published_raw="9 giờ trước", published_at="2024-03-27T18:30:00+07:00")
    see(archive, DAY1, first)
    assert see(archive, DAY2, later).outcome is Outcome.UNCHANGED
    assert rows(archive, "SELECT published_at FROM articles") == [("2024-03-27T18:00:00+07:00",)]


def test_same_bytes_read_differently_are_a_correction(archive):
    see(archive, DAY1, digest="sha1:same")
    see(archive, DAY2, edited(author="Lê Lài"), digest="sha1:same")
    see(archive, DAY3, edited(author="Huy Khôi"), digest="sha1:other")
    assert rows(archive, "SELECT reason FROM article_versions ORDER BY version") == [
        (None,),
        ("correction",),
        ("edit",),
    ]


def test_reading_one_capture_again_corrects_as_long_as_the_page_stood(archive):
    number = capture(archive, DAY1)
    archive.store_page(SITE.id, number, page(), DAY1)
    see(archive, DAY3)
    newer = edited(author="Lê Lài")
    for _ in range(2):
        archive.store_page(SITE.id, number, newer, DAY1)
    assert rows(archive, "SELECT version, seen_at, last_seen_at, reason FROM article_versions") == [
        (1, DAY1, DAY3, None),
        (2, DAY1, DAY3, "correction"),
    ]
    assert rows(archive, "SELECT author, version FROM articles") == [("Lê Lài", 2)]


def test_a_page_changed_back_to_earlier_bytes_is_an_edit(archive):
    see(archive, DAY1, digest="sha1:a")
    see(archive, DAY2, edited(title="Sửa"), digest="sha1:b")
    see(archive, DAY3, digest="sha1:a")
    assert rows(archive, "SELECT reason FROM article_versions WHERE version = 3") == [("edit",)]


def test_older_capture_becomes_the_first_version(archive):
    see(archive, DAY2)
    stored = see(archive, DAY1, edited(title="Trước"))
    assert (stored.outcome, stored.version) == (Outcome.CHANGED, 1)
    assert rows(archive, HISTORY) == [
        (1, "Trước", DAY1, DAY1, None),
        (2, ARTICLE.title, DAY2, DAY2, "edit"),
    ]
    assert rows(archive, "SELECT title, version, first_seen_at, last_seen_at FROM articles") == [
        (ARTICLE.title, 2, DAY1, DAY2)
    ]


def test_older_capture_of_the_same_content_dates_it_back(archive):
    see(archive, DAY2)
    assert see(archive, DAY1).outcome is Outcome.UNCHANGED
    assert rows(archive, HISTORY) == [(1, ARTICLE.title, DAY1, DAY2, None)]
    assert rows(
        archive,
        "SELECT c.fetched_at FROM articles AS a JOIN captures AS c ON c.id = a.capture",
    ) == [(DAY1,)]


def test_capture_between_two_sightings_splits_the_version(archive):
    see(archive, DAY1)
    see(archive, DAY3)
    see(archive, DAY2, edited(title="Sửa"))
    assert rows(archive, HISTORY) == [
        (1, ARTICLE.title, DAY1, DAY1, None),
        (2, "Sửa", DAY2, DAY2, "edit"),
        (3, ARTICLE.title, DAY3, DAY3, "edit"),
    ]
    assert rows(archive, "SELECT title, version FROM articles") == [(ARTICLE.title, 3)]


def test_files_follow_the_latest_version_and_keep_their_bytes(archive):
    see(archive, DAY1)
    kept = ARTICLE.images[0]
    archive.store_file(kept.url, "sha1:a", 5, "image/jpeg", capture(archive, DAY1, digest="sha1:a"))
    new = Image("https://hoanghoa.example.vn/anh/c.jpg", "c.jpg", "Bổ sung")
    see(archive, DAY2, edited(images=(new, kept)))
    assert rows(archive, "SELECT position, filename, digest FROM images ORDER BY 1") == [
        (1, "c.jpg", None),
        (2, "a.jpg", "sha1:a"),
    ]
    old, _ = rows(archive, "SELECT images FROM article_versions ORDER BY version")
    assert [image["filename"] for image in json.loads(old[0])] == ["a.jpg", "b.jpg"]


def test_an_article_is_known_by_its_address_whatever_site_names_it(archive):
    archive.save_site(replace(SITE, id="thanh-hoa"))
    see(archive, DAY1)
    number = capture(archive, DAY2, site="thanh-hoa")
    assert archive.store_page("thanh-hoa", number, page(), DAY2).outcome is Outcome.UNCHANGED
    assert rows(archive, "SELECT site FROM articles") == [(SITE.id,)]


@settings(max_examples=40)
@given(
    shown=st.lists(st.sampled_from("ABC"), min_size=1, max_size=7),
    order=st.randoms(use_true_random=False),
)
def test_captures_in_any_order_make_a_history_without_contradiction(tmp_path_factory, shown, order):
    seen = {f"2024-03-{day + 1:02d}T02:00:00Z": title for day, title in enumerate(shown)}
    mixed = list(seen)
    order.shuffle(mixed)
    with open_archive(tmp_path_factory.mktemp("order") / "archive.db") as archive:
        archive.save_site(SITE)
        for at in mixed:
            see(archive, at, edited(title=seen[at]))
        history = rows(archive, HISTORY)
        assert find_problems(archive.db) == []
        assert rows(archive, "SELECT title, first_seen_at, last_seen_at FROM articles") == [
            (shown[-1], min(seen), max(seen))
        ]
    assert history[0][2] == min(seen)
    assert history[-1][3] == max(seen)
    for _, title, first, last, _ in history:
        assert seen[first] == seen[last] == title
    for (_, title, _, last, _), (_, next_title, first, _, _) in pairwise(history):
        assert last < first
        assert title != next_title


@settings(max_examples=25)
@given(shown=st.lists(st.sampled_from("ABC"), min_size=1, max_size=7))
def test_captures_in_the_order_of_time_make_the_whole_history(tmp_path_factory, shown):
    with open_archive(tmp_path_factory.mktemp("time") / "archive.db") as archive:
        archive.save_site(SITE)
        for day, title in enumerate(shown, 1):
            see(archive, f"2024-03-{day:02d}T02:00:00Z", edited(title=title))
        assert [row[1] for row in rows(archive, HISTORY)] == [title for title, _ in groupby(shown)]


@given(st.text(alphabet=st.sampled_from("aĐộ \n\t\u00a0\u200b\u3000\u0301-"), max_size=40))
def test_words_are_what_splitting_leaves(text):
    """The short way past the parser's own white space gives what the long way gives."""
    expected = " ".join(normalize("NFC", text).split())
    assert (_words(text) or "") == expected
