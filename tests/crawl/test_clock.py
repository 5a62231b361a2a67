"""The machine's clock goes back: while a run is at work, and between two runs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scraper.crawl import run_scrape
from tests.crawl.test_discovery import page_of, path_of, publish, title_of, titles
from tests.crawl.tiny_portal import Reply, Request


def visit(archive, portal, options, listener):
    archive.save_site(portal.site())
    return run_scrape(archive, archive.sites(), options, listener)


@pytest.mark.parametrize("back", [{"minutes": 5}, {"hours": 7}, {"days": 400}], ids=str)
def test_while_a_run_is_at_work_it_visits_all_that_it_finds(
    back, archive, portal, options, listener, clock
):
    """What was found at nine is due, though it is eight now."""
    publish(portal, 1, 2, 3, 4)
    portal.pages["/"] = page_of(1, 2, 3, pager="<a href='/?page=2'>2</a>")
    portal.pages["/?page=2"] = page_of(4)
    page = portal.pages[path_of(1)]

    def jump(request: Request) -> Reply:
        clock.move(**{name: -amount for name, amount in back.items()})
        return page

    portal.pages[path_of(1)] = jump
    summary = visit(archive, portal, options, listener)
    assert titles(archive) == {title_of(number) for number in (1, 2, 3, 4)}
    assert (summary.exit_code, summary.waiting) == (0, 0)
    hits = portal.hits()
    assert hits.pop("/robots.txt") == 2, "rules of the future do not count"
    assert set(hits.values()) == {1}
    assert archive.db.table("frontier").count_where("state <> 'done'") == 0


@pytest.mark.parametrize("days", [1, 10, 400])
def test_between_two_runs_news_are_found_and_nothing_is_asked_twice(
    days, archive, portal, options, listener, clock
):
    publish(portal, 1)
    portal.pages["/"] = page_of(1)
    visit(archive, portal, options, listener)
    clock.move(days=-days)
    publish(portal, 1, 2)
    portal.pages["/"] = page_of(2, 1)
    summary = visit(archive, portal, replace(options, recheck_days=0), listener)
    assert titles(archive) == {title_of(1), title_of(2)}
    assert (summary.exit_code, summary.tally.new, listener.failures) == (0, 1, [])
    assert portal.hits() == {"/robots.txt": 2, "/": 2, path_of(1): 1, path_of(2): 1}


@pytest.mark.parametrize("days", [1, 400])
def test_what_failed_before_is_tried_again_within_a_week(
    days, archive, portal, options, listener, clock
):
    publish(portal, 1, 2)
    portal.pages["/"] = page_of(1, 2)
    page, portal.pages[path_of(2)] = portal.pages[path_of(2)], Reply(b"", 503)
    visit(archive, portal, options, listener)
    portal.pages[path_of(2)] = page
    clock.move(days=-days)
    for _ in range(8):
        clock.move(days=1)
        visit(archive, portal, options, listener)
    assert titles(archive) == {title_of(1), title_of(2)}
    assert archive.open_failures() == []


def test_what_is_seen_again_at_an_earlier_time_is_no_second_version(
    archive, portal, options, listener, clock
):
    publish(portal, 1)
    portal.pages["/"] = page_of(1)
    visit(archive, portal, options, listener)
    (before,) = archive.db.query("SELECT first_seen_at, last_seen_at FROM articles")
    clock.move(days=-10)
    visit(archive, portal, options, listener)
    (row,) = archive.db.query("SELECT first_seen_at, last_seen_at, version FROM articles")
    assert row["version"] == 1
    assert row["first_seen_at"] <= row["last_seen_at"] == before["last_seen_at"]
