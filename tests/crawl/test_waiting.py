"""Long silences are told: a slow server, a host that rests, a long Crawl-delay."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from scraper.crawl.clock import utc_now
from scraper.crawl.patience import told_if_long
from scraper.crawl.reporter import Silent
from scraper.crawl.visitor import Visitor
from tests.crawl.bench import Bench
from tests.crawl.tiny_portal import Reply, TinyPortal


class Notes(Silent):
    """Keeps what a person would be told."""

    def __init__(self) -> None:
        self.notes: list[str] = []

    def note(self, text: str) -> None:
        self.notes.append(text)


@pytest.fixture
def portal():
    with TinyPortal() as portal:
        portal.pages["/"] = Reply(b"<p>Trang</p>")
        yield portal


def test_a_slow_server_is_told_while_it_is_waited_for(portal: TinyPortal) -> None:
    said, heard = threading.Event(), []

    def tell(text: str) -> None:
        heard.append(text)
        said.set()

    def slow(request: object) -> Reply:
        assert said.wait(30), "the answer comes only after the line was told"
        return Reply(b"<p>Trang</p>")

    portal.pages["/"] = slow
    url = portal.base_url + "/"
    visitor = Visitor("a@b.vn", private_network=True, pause=0, tell=tell, long=0.3)
    try:
        visitor.ask(url)
    finally:
        visitor.close()
    assert heard == [f"Still waiting for {url}: the server is slow."]


def test_what_is_quick_is_not_told() -> None:
    heard: list[str] = []
    with told_if_long(heard.append, "long", after=3600):
        pass
    with told_if_long(None, "long", after=0):
        pass
    assert heard == []


def test_a_long_crawl_delay_is_told_once(portal: TinyPortal) -> None:
    portal.pages["/robots.txt"] = Reply(
        b"User-agent: *\nCrawl-delay: 9\n", content_type="text/plain"
    )
    heard: list[str] = []
    visitor = Visitor("a@b.vn", private_network=True, pause=0, tell=heard.append)
    try:
        for _ in range(2):
            visitor.robots(portal.base_url + "/")
    finally:
        visitor.close()
    (line,) = heard
    assert "/robots.txt asks for 9 s between two requests (Crawl-delay)" in line


def test_a_run_says_what_it_waits_for(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scraper.crawl.waiting.LONG", 0.5)
    front, times = bench.portal.pages["/"], []

    def busy(request: object) -> Reply:
        times.append(request)
        return Reply(b"", 503, {"Retry-After": "1"}) if len(times) == 1 else front

    bench.portal.pages["/"] = busy
    delay = b"User-agent: *\nCrawl-delay: 0.5\n"
    bench.portal.pages["/robots.txt"] = Reply(delay, content_type="text/plain")
    bench.listener = notes = Notes()
    polite = replace(bench.options.politeness, patience=5.0)
    bench.options = replace(bench.options, clock=utc_now, retry_wait=0.0, politeness=polite)
    bench.scrape()
    assert len(times) > 1, "the run waited and asked again"
    told = [note for note in notes.notes if "is left alone for 1 s" in note]
    assert len(told) == 1 and "answered 503" in told[0]
    assert sum("Crawl-delay" in note for note in notes.notes) == 1
