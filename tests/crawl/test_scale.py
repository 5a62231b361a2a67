"""What a run costs does not grow with what was visited before: told by questions, not by clocks."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from benchmarks.rerun.build import DUE, NOW, build
from benchmarks.rerun.portal import Portal
from scraper.archive import open_archive
from scraper.crawl import Politeness, ScrapeOptions, run_scrape
from scraper.crawl.reporter import Silent
from tests.crawl.serving import serving

LARGE_TABLES = (
    "articles|article_versions|captures|frontier|images|attachments|counters|article_views|absences"
)
SCAN = re.compile(rf"^SCAN (?:\w+ AS )?(?:{LARGE_TABLES})\b")


@pytest.fixture
def visited(tmp_path):
    """An archive of 60 articles that was visited a week ago, and its portal."""
    with serving(Portal(60, 0)) as portal:
        base_url = f"http://127.0.0.1:{portal.server_address[1]}"
        build(tmp_path / "archive.db", base_url, 60)
        yield tmp_path / "archive.db", portal


OPTIONS = ScrapeOptions(
    politeness=Politeness(pause=0.0, patience=0.0), min_free_bytes=0, clock=lambda: NOW
)


def test_a_rerun_asks_for_the_first_pages_and_what_is_due(visited):
    path, portal = visited
    with open_archive(path) as archive:
        summary = run_scrape(archive, archive.sites(), OPTIONS, Silent())
    assert len(portal.asked) == len(set(portal.asked)) == 3 + DUE
    assert (summary.tally.new, summary.tally.failed) == (0, 0)


def test_a_rerun_looks_through_no_large_table(visited):
    """Every question of a run with nothing new is answered by an index."""
    path, _ = visited
    asked: set[str] = set()
    with open_archive(path) as archive:
        archive.db.conn.set_trace_callback(asked.add)
        run_scrape(archive, archive.sites(), replace(OPTIONS, recheck_days=30), Silent())
        archive.db.conn.set_trace_callback(None)
        questions = [sql for sql in asked if re.match(r"(?i)\s*(?:select|update|delete|with)", sql)]
        assert len(questions) > 10
        scans = {}
        for sql in questions:
            plan = [row[3] for row in archive.db.execute(f"EXPLAIN QUERY PLAN {sql}")]
            found = [step for step in plan if SCAN.match(step) and not _is_cheap(step, sql)]
            if found:
                scans[sql] = found
    assert scans == {}


def _is_cheap(step: str, sql: str) -> bool:
    """Whether a scan is of what is open only (a partial index), or ends at its first row."""
    if "idx_frontier_waiting" in step or "idx_frontier_claimed" in step:
        return True
    return bool(re.search(r"(?i)select (?:coalesce\()?(?:max|min)\((?:id|rowid|host)\)", sql))
