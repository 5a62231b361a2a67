"""The metadata file: whole, bilingual, and of use without our command."""

import json
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest

from scraper.web.language import HALVES
from scraper.web.metadata import metadata_for

ROOT = Path(__file__).parents[2] / "datasette_metadata.json"
ARCHIVE = metadata_for("archive")["databases"]["archive"]
QUERIES = ARCHIVE["queries"]
PARAMETERS = {
    "best_matches": "words=dang+bo+huyen",
    "articles_of_a_period": "since=2024-01-01&until=2024-12-31&site=hoanghoa",
    "photos_by_caption": "words=toan+canh",
    "on_this_day": "day=03-27",
    "words_by_year": "words=hoi",
    "visits_by_week": "site=hoanghoa",
    "visits_by_month": "site=hoanghoa",
}
# Columns that each question must answer with, and whether the test archive has an answer.
COLUMNS = {
    "best_matches": ({"article", "title", "passage"}, True),
    "articles_of_a_period": ({"article", "title", "published_on"}, True),
    "photos_by_caption": ({"photo", "caption", "article"}, True),
    "on_this_day": ({"article", "title"}, True),
    "words_by_year": ({"year", "articles"}, True),
    "signatures": ({"author", "organisation", "articles"}, True),
    "reprints": ({"title", "articles", "portals"}, False),
    "latest_counters": ({"site", "observed_at", "total"}, True),
    "counter_by_day": ({"day", "total", "growth"}, True),
    "visits_by_day": ({"day", "site", "visits", "low", "high"}, True),
    "visits_by_week": ({"week", "visits", "low", "high", "days"}, True),
    "visits_by_month": ({"month", "visits", "low", "high", "days"}, True),
    "busiest_days": ({"day", "site", "visits"}, True),
    "counter_findings": ({"day", "site", "kind", "message"}, False),
    "counters_gone_back": ({"site", "step"}, False),
    "most_viewed": ({"article", "title", "views"}, True),
    "articles_by_month": ({"month", "site", "articles"}, True),
    "hours_of_publication": ({"hour", "articles"}, True),
    "changed_articles": ({"article", "version", "seen_at"}, True),
    "gone_articles": ({"article", "gone_at"}, False),
    "failures_by_kind": ({"site", "kind", "addresses"}, True),
    "missing_files": ({"kind", "url", "article"}, True),
    "coverage": ({"site", "articles", "title", "body"}, True),
    "storage": ({"site", "type", "megabytes"}, True),
}


VIEWS = {"visits_daily", "visits_weekly", "visits_monthly", "article_views_read"}


def test_the_package_carries_the_file_of_the_root():
    packaged = Path(metadata_for.__code__.co_filename).parent / "datasette_metadata.json"
    assert packaged.read_bytes() == ROOT.read_bytes()


def test_it_describes_the_database_whatever_its_name():
    assert list(metadata_for("kho lưu")["databases"]) == ["kho lưu"]


def _texts(node):
    for key, value in node.items():
        if isinstance(value, dict):
            yield from _texts(value) if key != "units" else ()
        elif key in {"title", "description", "license", "source"}:
            yield value


def test_every_text_is_english_and_vietnamese():
    metadata = metadata_for("archive")
    texts = list(_texts(metadata))
    texts += [
        text for table in ARCHIVE["tables"].values() for text in table.get("columns", {}).values()
    ]
    assert len(texts) > 150
    for text in texts:
        assert text.count(HALVES) == 1 and all(text.split(HALVES)), text


def test_every_table_and_column_of_the_archive_is_described(reader, base):
    tables = reader.json(f"{base}.json")["tables"]
    for table in tables:
        if table["hidden"]:
            continue
        described = ARCHIVE["tables"][table["name"]]
        assert described["title"] and described["description"]
        missing = set(table["columns"]) - set(described["columns"])
        assert not missing or table["name"] == "frontier", (table["name"], missing)
        assert set(described["columns"]) <= set(table["columns"]), table["name"]
        assert set(described.get("sortable_columns", [])) <= set(table["columns"])
        assert set(described.get("facets", [])) <= set(table["columns"])


def test_every_view_and_its_columns_are_described(reader, base):
    views = [name for name in reader.json(f"{base}.json")["views"] if name["name"] in VIEWS]
    assert {view["name"] for view in views} == VIEWS
    for name in VIEWS:
        columns = reader.json(f"{base}/{name}.json")["columns"]
        described = ARCHIVE["tables"][name]
        assert described["title"] and described["description"]
        assert list(described["columns"]) == columns


def test_the_tables_of_the_index_are_hidden(reader, base):
    hidden = {table["name"] for table in reader.json(f"{base}.json")["tables"] if table["hidden"]}
    assert {"articles_fts", "articles_fts_data", "_sqlite_migrations"} <= hidden
    assert not hidden & {"articles", "captures", "counters", "visits", "runs"}
    assert "articles_text" not in reader.html(base)


def test_every_facet_and_sort_of_a_large_table_has_an_index(reader, base):
    sql = "select group_concat(m.sql, ' ') from sqlite_master as m where m.type = 'index'"
    rows = reader.json(f"{base}.json?_shape=array&sql={sql}")
    (indexes,) = rows[0].values()
    for name in ("articles", "captures"):
        for column in ARCHIVE["tables"][name]["facets"]:
            assert f'"{column}"' in indexes, (name, column)


@pytest.mark.parametrize("name", QUERIES)
def test_a_question_runs_and_answers_with_its_columns(reader, base, name):
    wanted, answered = COLUMNS[name]
    answer = reader.json(f"{base}/{name}.json?{PARAMETERS.get(name, '')}")
    assert wanted <= set(answer["columns"])
    assert bool(answer["rows"]) == answered
    assert answer["truncated"] is False
    page = unescape(reader.html(f"{base}/{name}?{PARAMETERS.get(name, '')}"))
    assert QUERIES[name]["title"].split(HALVES)[0] in page


@pytest.mark.parametrize("name", QUERIES)
def test_a_question_with_its_boxes_left_empty_is_no_error(reader, base, name):
    assert reader.get(f"{base}/{name}").status_code == 200


def test_there_are_questions_for_each_kind_of_user():
    audiences = [query["audience"] for query in QUERIES.values()]
    assert len(QUERIES) >= 10
    assert all(audiences.count(kind) >= 3 for kind in ("researcher", "analyst", "archivist"))


def test_best_matches_puts_exact_words_first(reader, base):
    for words, first in (("to", "Lễ hội đền thờ"), ("tổ", "Hội nghị triển khai")):
        answer = reader.json(f"{base}/best_matches.json?_shape=array&words={words}")
        assert len(answer) == 2 and answer[0]["title"].startswith(first)


def test_the_growth_of_a_counter_is_worked_out(reader, base):
    rows = reader.json(f"{base}/counter_by_day.json?_shape=array&site=hoanghoa")
    assert rows == [
        {"day": "2024-03-28", "readings": 2, "today": 4999, "total": 11718940, "growth": None}
    ]


WITHOUT_PLUGINS = "import sys; sys._called_from_test = True; from datasette.cli import cli; cli()"


@pytest.mark.parametrize("with_plugin", [True, False], ids=["plugin", "stock"])
def test_datasette_with_the_file_alone_gives_a_usable_archive(
    tmp_path, archive_path, articles, with_plugin
):
    path = tmp_path / "archive.db"
    path.write_bytes(archive_path.read_bytes())

    def get(address):
        start = ["-m", "datasette"] if with_plugin else ["-c", WITHOUT_PLUGINS]
        command = [sys.executable, *start, str(path), "-m", str(ROOT), "--get", address]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 0, done.stdout[-1000:] + done.stderr[-1000:]
        return done.stdout

    found = json.loads(get("/archive/articles.json?_search=dang+bo+huyen"))
    assert [row[2].rsplit("/", 1)[1] for row in found["rows"]] == ["Hoi-nghi-trien-khai1a2b3c.aspx"]
    assert set(found["facet_results"]) == {"site", "year", "author", "organisation", "category"}
    rows = json.loads(get("/archive/best_matches.json?_shape=array&words=dang+bo"))
    assert len(rows) == 1
    assert "<mark>" in get("/archive/articles?_search=dang") if with_plugin else True
