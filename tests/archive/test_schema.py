"""The tables that the design promises, and that what Datasette shows is answered by an index."""

import sqlite3
from datetime import UTC, datetime

import pytest

from scraper.archive import RunCounts

from .build import SITE, URL, page, see

# DESIGN.md, "Tables": names on which other people's scripts rely.
DESIGN = {
    "sites": "id name base_url platform province timezone",
    "captures": "id site url fetched_at status content_type digest bytes source warc_file "
    "warc_offset warc_length etag last_modified",
    "articles": "id site url title summary body body_html author organisation byline category tags "
    "published_at published_on published_raw version first_seen_at last_seen_at gone_at capture",
    "article_versions": "article version capture seen_at content_hash reason title summary body "
    "body_html author organisation byline category tags published_at published_on published_raw",
    "images": "article position url filename caption alt digest bytes media_type capture",
    "attachments": "article position url filename label digest bytes media_type capture",
    "counters": "id site observed_at today yesterday this_week this_month total online capture",
    "article_views": "article observed_at views capture",
    "visits": "site day visits low high basis own_requests evidence",
    "runs": "id command started_at finished_at outcome requested fetched new changed unchanged "
    "gone failed",
    "failures": "id run site url kind message at attempts retry_at",
}
KEYS = {
    "article_versions": ["article", "version"],
    "images": ["article", "position"],
    "attachments": ["article", "position"],
    "article_views": ["article", "observed_at"],
    "visits": ["site", "day"],
}


@pytest.mark.parametrize("table", DESIGN)
def test_tables_have_the_columns_and_keys_of_the_design(archive, table):
    columns = list(archive.db.table(table).columns_dict)
    assert [name for name in columns if name in DESIGN[table].split()] == DESIGN[table].split()
    assert archive.db.table(table).pks == KEYS.get(table, ["id"])


def test_an_address_is_one_article(archive):
    see(archive, "2024-03-28T02:00:00Z")
    with pytest.raises(sqlite3.IntegrityError, match=r"UNIQUE.*articles\.url"):
        archive.db.execute(
            "INSERT INTO articles (site, url, tags, version, first_seen_at, last_seen_at, capture) "
            "SELECT site, url, tags, version, first_seen_at, last_seen_at, capture FROM articles"
        )


def test_columns_that_name_a_site_article_capture_or_run_are_foreign_keys(archive):
    for table in DESIGN:
        keys = {key.column: key.other_table for key in archive.db.table(table).foreign_keys}
        for column in ("site", "article", "capture", "run"):
            if column in archive.db.table(table).columns_dict:
                assert keys[column] == f"{column}s", (table, column)


def test_every_foreign_key_has_an_index(archive):
    """Datasette counts the rows that point to a row on its page."""
    for table in archive.db.tables:
        first = {index.columns[0] for index in table.indexes} | {table.pks[0]}
        for key in table.foreign_keys:
            assert key.columns[0] in first, (table.name, key.columns)


FACETS = [
    *(("articles", column) for column in ("site", "year", "author", "organisation", "category")),
    *(("captures", column) for column in ("site", "status", "content_type", "source")),
    *(("images", column) for column in ("media_type", "filename")),
    *(("attachments", column) for column in ("media_type", "filename")),
    *(("article_versions", column) for column in ("reason", "version")),
    *(("runs", column) for column in ("command", "outcome")),
    *(("failures", column) for column in ("site", "kind")),
    *(("visits", column) for column in ("site", "basis")),
    ("counters", "site"),
]
SORTS = [
    *(
        ("articles", column)
        for column in ("published_on", "published_at", "first_seen_at", "title")
    ),
    *(("articles", column) for column in ("last_seen_at", "gone_at", "year", "version")),
    *(("captures", column) for column in ("fetched_at", "url", "digest")),
    *(("article_versions", column) for column in ("seen_at",)),
    *(("images", column) for column in ("bytes", "url")),
    ("counters", "observed_at"),
    ("article_views", "views"),
    ("article_views", "observed_at"),
    ("runs", "started_at"),
    ("failures", "at"),
    ("visits", "day"),
    ("visits", "visits"),
]
OF_A_SITE = [
    ("articles", "published_on"),
    ("articles", "published_at"),
    ("captures", "fetched_at"),
    ("counters", "observed_at"),
    ("visits", "day"),
]


def plan(archive, sql):
    return " / ".join(row[3] for row in archive.db.execute(f"EXPLAIN QUERY PLAN {sql}"))


@pytest.mark.parametrize(("table", "column"), FACETS)
def test_facets_are_counted_from_an_index_alone(archive, table, column):
    """The query is Datasette's."""
    steps = plan(
        archive,
        f"select {column} as value, count(*) as count from (select * from {table}) "
        f"where {column} is not null group by {column} order by count desc, value limit 31",
    )
    assert "COVERING INDEX" in steps
    assert "TEMP B-TREE FOR GROUP BY" not in steps


@pytest.mark.parametrize(("table", "column"), SORTS)
def test_sorting_a_table_walks_an_index(archive, table, column):
    steps = plan(archive, f"select * from {table} order by {column} desc limit 101")
    assert "USING INDEX" in steps
    assert "TEMP B-TREE" not in steps


@pytest.mark.parametrize(("table", "column"), OF_A_SITE)
def test_sorting_what_a_site_has_walks_an_index(archive, table, column):
    steps = plan(
        archive, f"select * from {table} where site = 'x' order by {column} desc limit 101"
    )
    assert "SEARCH" in steps
    assert "TEMP B-TREE" not in steps


def test_what_a_page_needs_is_looked_up_never_scanned(archive, tmp_path):
    """Storing a page costs the same in a large archive: no step of it walks a whole table."""
    see(archive, "2024-03-28T02:00:00Z")
    asked = []
    archive.db.conn.set_trace_callback(asked.append)
    see(archive, "2024-03-29T02:00:00Z")
    archive.files_missing("hoang-hoa")
    archive.last_capture("x")
    archive.payload_of("x")
    archive.db.conn.set_trace_callback(None)
    reading = [sql for sql in asked if sql.startswith(("SELECT", "UPDATE", "DELETE"))]
    assert len(reading) > 8
    for sql in reading:
        if "count(*)" not in sql:  # the test's own way of numbering captures
            scans = [step for step in plan(archive, sql).split(" / ") if step.startswith("SCAN")]
            assert all("USING" in step for step in scans), (sql, scans)


@pytest.mark.parametrize("analysed", [False, True])
def test_known_addresses_are_looked_up_by_address(archive, analysed):
    """Never by walking all that the site has, whether SQLite knows how much that is or not."""
    with archive.transaction():
        for number in range(200):
            see(archive, "2024-03-28T02:00:00Z", page(url=f"{URL}?{number}"))
    if analysed:
        run = archive.start_run("scrape", datetime(2024, 3, 28, tzinfo=UTC))
        archive.finish_run(run, "done", datetime(2024, 3, 28, tzinfo=UTC), RunCounts())
    asked = []
    archive.db.conn.set_trace_callback(asked.append)
    found = archive.known_articles(SITE.id, [f"{URL}?{number}" for number in range(190, 210)])
    archive.db.conn.set_trace_callback(None)
    assert len(found) == 10
    assert "USING INDEX idx_articles_url" in plan(archive, asked[0])


@pytest.mark.parametrize("analysed", [False, True])
def test_a_payload_is_looked_up_by_its_digest(archive, analysed):
    """A first run has nothing analysed yet, and must not look through all captures."""
    with archive.transaction():
        for number in range(200):
            see(archive, "2024-03-28T02:00:00Z", page(url=f"{URL}?{number}"))
    if analysed:
        run = archive.start_run("scrape", datetime(2024, 3, 28, tzinfo=UTC))
        archive.finish_run(run, "done", datetime(2024, 3, 28, tzinfo=UTC), RunCounts())
    asked = []
    archive.db.conn.set_trace_callback(asked.append)
    archive.payload_of("sha1:none")
    archive.db.conn.set_trace_callback(None)
    assert "idx_captures_digest" in plan(archive, asked[0])
