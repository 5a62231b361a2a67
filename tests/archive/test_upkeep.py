"""Statistics are made when a table has grown, and only then."""

from datetime import UTC, datetime

from scraper.archive import RunCounts, upkeep
from scraper.archive.frontier import Frontier, NewTask, TaskKind

from .build import SITE, URL, page, rows, see

AT = datetime(2024, 3, 28, 2, tzinfo=UTC)


def run_once(archive) -> list[str]:
    """A run that does nothing; gives the tables that were analysed after it."""
    asked = []
    number = archive.start_run("scrape", AT)
    archive.db.conn.set_trace_callback(asked.append)
    archive.finish_run(number, "done", AT, RunCounts())
    archive.db.conn.set_trace_callback(None)
    return [sql.split('"')[1] for sql in asked if sql.startswith("ANALYZE")]


def store(archive, first: int, last: int) -> None:
    with archive.transaction():
        for number in range(first, last):
            see(archive, "2024-03-28T02:00:00Z", page(url=f"{URL}?{number}"))


def test_tables_are_analysed_when_they_have_grown_by_a_quarter(archive):
    store(archive, 0, 20)
    assert {"articles", "captures", "images", "article_versions"} <= set(run_once(archive))
    assert "articles" not in run_once(archive)
    store(archive, 20, 25)
    assert "articles" not in run_once(archive)
    store(archive, 25, 26)
    assert "articles" in run_once(archive)


def test_statistics_count_every_row(archive):
    store(archive, 0, 30)
    run_once(archive)
    sql = "SELECT stat FROM sqlite_stat1 WHERE idx = 'idx_articles_site_year'"
    assert rows(archive, sql) == [("30 30 30",)]


def test_the_search_index_itself_is_never_analysed(archive):
    store(archive, 0, 3)
    assert not any(table.startswith("articles_fts") for table in run_once(archive))


def test_visited_addresses_are_not_counted_out_after_each_run(archive):
    """The index of waiting addresses has no rows then, and so never any statistics."""
    frontier, now = Frontier(archive.db), "2024-03-28T02:00:00Z"
    number = archive.start_run("scrape", AT)
    with archive.transaction():
        for each in range(50):
            url = f"{URL}?{each}"
            frontier.add(NewTask(SITE.id, url, url, "a.vn", TaskKind.ARTICLE, 30), 1, now)
        for task in frontier.claim("a.vn", [SITE.id], number, now, 50):
            frontier.done(task, now, 200)
    archive.finish_run(number, "done", AT, RunCounts())
    assert frontier.claim("a.vn", [SITE.id], number, now) == []
    asked: list[str] = []
    archive.db.conn.set_trace_callback(asked.append)
    upkeep.before_close(archive.db)
    archive.db.conn.set_trace_callback(None)
    # What a PRAGMA does itself is told as "-- ANALYZE ...".
    assert [sql for sql in asked if "ANALYZE" in sql] == []
