"""A portal that says nothing any more is told; one bad moment is not (ANCHORS: silence)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scraper.cli.progress import summary_lines
from scraper.crawl import Politeness, run_scrape
from scraper.sites import load_profile
from tests.crawl.conftest import TestClock
from tests.crawl.test_discovery import page_of, path_of, publish, title_of, titles, visit
from tests.crawl.test_script_lists import load_page
from tests.crawl.tiny_portal import Reply, article

SHELL = Reply(b"<html><head><script src='/app.js'></script></head><body><div id='root'></div>")
NOTICE = Reply("<h1>Video</h1><p>Xem trên kênh của huyện.</p>".encode())


def kinds(listener) -> list[str]:
    return [str(kind) for _, kind, _ in listener.failures]


def test_a_site_whose_lists_name_no_article_is_a_failure(archive, portal, options, listener):
    portal.pages["/"] = SHELL
    portal.pages["/tin/"] = page_of()
    summary = visit(archive, portal, options, listener, listings=(f"{portal.base_url}/tin/",))
    ((url, kind, message),) = listener.failures
    assert (url, kind, summary.exit_code) == (portal.base_url + "/", "nothing there", 3)
    assert "none of the 2 lists" in message and "sites check tiny" in message


def test_it_is_told_in_every_run_until_it_speaks_again(
    archive, portal, options, listener, clock: TestClock
):
    portal.pages["/"] = SHELL
    for _ in range(3):
        assert visit(archive, portal, options, listener).exit_code == 3
        clock.move(days=1)
    publish(portal, 1)
    portal.pages["/"] = page_of(1)
    assert visit(archive, portal, options, listener).exit_code == 0
    assert archive.open_failures() == []


def test_one_list_that_names_articles_is_enough(archive, portal, options, listener):
    publish(portal, 1)
    portal.pages["/"] = SHELL
    portal.pages["/tin/"] = page_of(1)
    portal.pages["/thong-bao/"] = page_of()
    lists = (f"{portal.base_url}/tin/", f"{portal.base_url}/thong-bao/")
    assert visit(archive, portal, options, listener, listings=lists).exit_code == 0


def test_lists_that_a_script_fills_are_not_silent(archive, portal, options, listener):
    publish(portal, 1, 2, 3)
    load_page(portal)
    portal.pages["/"] = SHELL
    summary = visit(
        archive,
        portal,
        options,
        listener,
        listings=(f"{portal.base_url}/tin-tuc-su-kien",),
        platform="bacninh",
        profile=load_profile("bacninh"),
    )
    assert (summary.exit_code, summary.tally.new) == (0, 3)


def test_lists_that_are_as_they_were_are_not_silent(
    archive, portal, options, listener, clock: TestClock
):
    """The front page is a shell, the list answers that nothing has changed."""
    publish(portal, 1)
    portal.pages["/"] = SHELL

    def unchanged(request):
        if request.headers.get("if-none-match"):
            return Reply(b"", 304, {"ETag": '"1"'})
        return replace(page_of(1), headers={"ETag": '"1"'})

    portal.pages["/tin/"] = unchanged
    for _ in range(2):
        summary = visit(archive, portal, options, listener, listings=(f"{portal.base_url}/tin/",))
        assert (summary.exit_code, listener.failures) == (0, [])
        clock.move(days=1)


def test_a_list_that_led_to_articles_and_shows_none_is_tried_again_and_told(
    archive, portal, options, listener, clock: TestClock
):
    publish(portal, 1, 2)
    portal.pages["/"] = page_of(1)
    portal.pages["/tin/"] = page_of(2)
    lists = {"listings": (f"{portal.base_url}/tin/",)}
    assert visit(archive, portal, options, listener, **lists).exit_code == 0
    clock.move(days=1)
    portal.pages["/tin/"] = SHELL
    assert visit(archive, portal, options, listener, **lists).exit_code == 3
    (failure,) = archive.open_failures()
    assert failure.url.endswith("/tin/") and "led to articles before" in failure.message
    assert failure.retry_at is not None
    clock.move(days=1)
    portal.pages["/tin/"] = page_of(2)
    assert visit(archive, portal, options, listener, **lists).exit_code == 0
    assert archive.open_failures() == []


def test_a_list_that_is_empty_for_a_moment_is_no_alarm(
    archive, portal, options, listener, clock: TestClock
):
    publish(portal, 1)
    portal.pages["/"] = page_of(1)
    visit(archive, portal, options, listener)
    clock.move(days=1)
    answers = [SHELL, page_of(1)]
    portal.pages["/"] = lambda request: answers.pop(0)
    options = replace(options, retry_wait=0.0, recheck_days=0)
    assert visit(archive, portal, options, listener).exit_code == 0
    assert kinds(listener) == ["nothing there"], "the log says what happened"
    assert archive.open_failures() == []


def test_one_bad_answer_that_the_next_try_mends_is_no_alarm(archive, portal, options, listener):
    """changedetection.io#1179: one flaky 504."""
    publish(portal, 1)
    answers = [Reply(b"", 504), page_of(1)]
    portal.pages["/"] = lambda request: answers.pop(0)
    options = replace(options, retry_wait=0.0, politeness=Politeness(backoff=0.01, patience=5.0))
    summary = visit(archive, portal, options, listener)
    assert (summary.exit_code, summary.tally.failed) == (0, 0)
    assert kinds(listener) == ["http"]
    assert archive.recent_runs(1)[0].counts.failed == 0


def test_an_article_that_is_read_as_none_is_told_and_keeps_what_was_read(
    archive, portal, options, listener, clock: TestClock
):
    """A redesign, or a page that only scripts fill now."""
    publish(portal, 1, 2)
    portal.pages["/"] = page_of(1, 2)
    visit(archive, portal, options, listener)
    clock.move(days=1)
    portal.pages[path_of(2)] = SHELL
    summary = visit(archive, portal, options, listener)
    ((url, kind, message),) = listener.failures
    assert (url, kind) == (portal.base_url + path_of(2), "nothing there")
    assert "was read as an article before" in message and summary.exit_code == 3
    assert titles(archive) == {title_of(1), title_of(2)}
    clock.move(days=1)
    portal.pages[path_of(2)] = article(title_of(2))
    assert visit(archive, portal, options, listener).exit_code == 0
    assert archive.open_failures() == []


def test_pages_that_are_all_read_as_no_article_are_told(archive, portal, options, listener):
    for number in range(1, 7):
        portal.pages[path_of(number)] = NOTICE
    portal.pages["/"] = page_of(*range(1, 7))
    visit(archive, portal, options, listener)
    ((url, _, message),) = listener.failures
    assert url == portal.base_url + "/" and "none of 6 pages" in message
    publish(portal, 7)
    portal.pages["/"] = page_of(*range(1, 8))
    assert visit(archive, portal, options, listener).exit_code == 0
    assert archive.open_failures() == []


def test_what_is_gone_is_announced(archive, portal, options, listener, clock: TestClock):
    """DocNow/diffengine#49: 404s were logged and never announced."""
    publish(portal, 1, 2)
    portal.pages["/"] = page_of(1, 2)
    visit(archive, portal, options, listener)
    portal.pages[path_of(2)] = Reply(b"", 404)
    for _ in range(2):
        clock.move(days=1, hours=1)
        summary = visit(archive, portal, options, listener)
    assert summary.tally.gone == 1
    assert "1 gone" in summary_lines(summary)[0]


@pytest.mark.parametrize("runs", [4])
def test_a_portal_that_is_dead_is_told_in_every_run(
    runs, archive, portal, options, listener, clock: TestClock
):
    """juriscraper#623, #1220: dead for four months, noticed by hand."""
    publish(portal, 1)
    portal.pages["/"] = page_of(1)
    visit(archive, portal, options, listener)
    portal.close()
    for _ in range(runs):
        clock.move(days=1)
        assert run_scrape(archive, archive.sites(), options, listener).exit_code == 3
        assert archive.open_failures()
