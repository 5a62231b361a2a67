"""Is what was relaxed of a host's TLS still needed? Tried every 30 days, told, never undone."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from scraper.archive import Archive
from scraper.archive.hosts import find_relaxation, save_relaxation
from scraper.archive.tls_tests import relaxed_hosts
from scraper.cli import cli
from scraper.cli.progress import summary_lines
from scraper.crawl import run_scrape
from tests.crawl.certificates import issue, server_context
from tests.crawl.conftest import TestClock
from tests.crawl.tiny_portal import Reply, TinyPortal, article, listing

ROOT = issue("Test root", authority=True)
TITLE = "Tin tức được lấy qua kết nối cũ"
PATH = "/tin-tuc/tin-so-1001.html"
RELAXED = {
    "host": "127.0.0.1",
    "reason": "a server of 2009",
    "since": "2024-03-01",
    "legacy_renegotiation": False,
    "weak_keys": True,
    "intermediate_pem": None,
}


@pytest.fixture(autouse=True)
def trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "roots.pem").write_text(ROOT.pem)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "roots.pem"))


@pytest.fixture(params=["old", "mended"])
def server(request, tmp_path: Path, archive: Archive):
    """A server whose keys are weak, or were renewed since."""
    context = server_context(tmp_path, issue("leaf", ROOT, weak=request.param == "old"))
    with TinyPortal(context=context) as portal:
        portal.old = request.param == "old"
        portal.pages["/"] = listing([(PATH, TITLE)])
        portal.pages[PATH] = article(TITLE)
        portal.pages["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /x\n")
        archive.save_site(portal.site())
        save_relaxation(archive.db, RELAXED)
        yield portal


def outcome(archive: Archive):
    (found,) = relaxed_hosts(archive.db)
    return found.tested_at, found.needed


def status(archive: Archive, *words: str) -> str:
    return CliRunner().invoke(cli, ["status", "--db", str(archive.path), *words]).output


def test_it_is_tried_after_thirty_days_and_then_every_thirty(
    archive, server, options, listener, clock: TestClock
):
    def visit():
        return run_scrape(archive, archive.sites(), options, listener)

    options = replace(options, recheck_days=0)
    clock.move(days=2)  # 30 March: relaxed 29 days ago
    assert visit().relaxed_in_vain == ()
    assert outcome(archive) == (None, None)
    assert "not tried without yet" in status(archive)
    clock.move(days=1, hours=1)
    asked = len(server.requests)
    summary = visit()
    first, needed = outcome(archive)
    assert (first[:10], needed) == ("2024-03-31", server.old)
    assert summary.relaxed_in_vain == (() if server.old else ("127.0.0.1",))
    # robots.txt and the front page: a try that a server refuses never was a request.
    assert len(server.requests) - asked == 2
    clock.move(days=29)
    summary = visit()
    assert outcome(archive) == (first, needed)
    assert summary.relaxed_in_vain == (() if server.old else ("127.0.0.1",)), "told on and on"
    clock.move(days=1, hours=1)
    visit()
    assert outcome(archive)[0] > first
    assert listener.failures == []
    assert find_relaxation(archive.db, "127.0.0.1") == RELAXED, "nothing is undone by itself"


def test_what_came_of_it_is_told(archive, server, options, listener, clock: TestClock):
    clock.move(days=10)
    summary = run_scrape(archive, archive.sites(), options, listener)
    assert summary.exit_code == 0 and summary.tally.new == 1
    lines, shown = "\n".join(summary_lines(summary)), status(archive)
    advice = "district-archive sites relax 127.0.0.1 --drop"
    (fact,) = json.loads(status(archive, "--json"))["tls_relaxed"]
    if server.old:
        assert "sites relax" not in lines + shown
        assert "still needed: " in shown and "key too weak" in fact["said"]
    else:
        assert advice in lines and advice in shown
        assert (fact["needed"], fact["said"]) == (False, None)
    assert (fact["relaxed"], fact["since"]) == (["weak-keys"], "2024-03-01")


def test_captures_say_what_was_relaxed_for_them_and_no_more(
    archive, server, options, listener, clock: TestClock
):
    clock.move(days=10)
    run_scrape(archive, archive.sites(), options, listener)
    relaxed = dict(archive.db.execute("SELECT url, tls_relaxed FROM captures").fetchall())
    robots = relaxed.pop(f"{server.base_url}/robots.txt")
    assert robots == ("weak-keys" if server.old else None)
    assert set(relaxed.values()) == {"weak-keys"}


def test_a_fault_of_another_kind_says_nothing_about_tls(
    archive, server, options, listener, clock: TestClock
):
    """The server is down while it is tried: the next run tries again."""
    clock.move(days=10)
    server.close()
    run_scrape(archive, archive.sites(), options, listener)
    assert outcome(archive) == (None, None)


def test_a_try_of_the_future_does_not_count(archive, server, options, listener, clock: TestClock):
    clock.move(days=3650)
    run_scrape(archive, archive.sites(), options, listener)
    clock.move(days=-3640)
    run_scrape(archive, archive.sites(), options, listener)
    assert outcome(archive)[0][:4] == "2024"


def test_what_is_relaxed_anew_is_not_tried_yet(archive, server, options, listener, clock):
    clock.move(days=10)
    run_scrape(archive, archive.sites(), options, listener)
    save_relaxation(archive.db, {**RELAXED, "since": "2024-04-07", "weak_keys": True})
    assert outcome(archive) == (None, None)
