"""A whole host misbehaves: the other hosts go on, and it is asked again when it may be."""

from __future__ import annotations

import socket
import threading
from dataclasses import replace
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from scraper.crawl import Politeness
from scraper.sites import Site
from tests.crawl.bench import BAD, GOOD, GOOD_TITLE, HEALED, Bench
from tests.crawl.certificates import OLD_HELLO, issue, server_context
from tests.crawl.tiny_portal import Reply, Request, TinyPortal, article, listing
from tests.faults import Told


def other_site(bench: Bench, base_url: str) -> None:
    """Follow another site beside the portal."""
    bench.archive.save_site(bench.portal.site())
    bench.archive.save_site(Site("khac", "Khác", base_url, pause=0.0, private_network=True))


def host_fails(bench: Bench, url: str, fault: Told, kind: str, words: str) -> None:
    """Do a run; the other site fails so, the portal's is done."""
    bench.portal.pages[BAD] = article(HEALED)
    summary = bench.scrape()
    failure = bench.failure(url)
    fault(failure.kind, failure.message)
    assert failure.kind == kind
    assert words in failure.message
    assert failure.retry_at is not None, "it is tried again"
    assert bench.titles() == {GOOD_TITLE, HEALED}, "the other host goes on"
    assert summary.exit_code == 3


@pytest.mark.fault("connection refused")
def test_connection_refused(bench: Bench, fault: Told) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        url = f"http://127.0.0.1:{closed.getsockname()[1]}/"
    other_site(bench, url)
    host_fails(bench, url, fault, "connect", "Connection refused")


@pytest.mark.fault("DNS failure")
def test_a_name_that_does_not_resolve(bench: Bench, fault: Told) -> None:
    other_site(bench, "http://khong-co.invalid/")
    host_fails(bench, "http://khong-co.invalid/", fault, "dns", "khong-co.invalid does not resolve")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        pytest.param(name, words, marks=pytest.mark.fault(f"{name} certificate"))
        for name, words in (
            ("expired", "certificate has expired"),
            ("self-signed", "self-signed certificate is refused on purpose"),
            ("incomplete", "sites relax 127.0.0.1 --intermediate FILE --reason TEXT"),
        )
    ]
    + [
        pytest.param(
            "weak", "sites relax 127.0.0.1 --weak-keys", marks=pytest.mark.fault("weak keys")
        )
    ],
)
def test_bad_certificates(
    bench: Bench, fault: Told, tmp_path: Path, monkeypatch, name: str, words: str
) -> None:
    root = issue("Test root", authority=True)
    leaf = {
        "expired": lambda: issue("leaf", root, ended=True),
        "self-signed": lambda: issue("leaf"),
        "incomplete": lambda: issue("leaf", issue("Middle", root, authority=True)),
        "weak": lambda: issue("leaf", root, weak=True),
    }[name]()
    (tmp_path / "roots.pem").write_text(root.pem)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "roots.pem"))
    with TinyPortal(context=server_context(tmp_path, leaf)) as secure:
        url = secure.base_url + "/"
        other_site(bench, url)
        host_fails(bench, url, fault, "tls", words)
        assert secure.requests == [], "nothing was asked over such a connection"


@pytest.mark.fault("legacy renegotiation")
def test_legacy_renegotiation(bench: Bench, fault: Told) -> None:
    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                connection.recv(4096)
                connection.sendall(OLD_HELLO)
                connection.settimeout(2)
                connection.recv(4096)

    listener = socket.create_server(("127.0.0.1", 0))
    threading.Thread(target=serve, daemon=True).start()
    url = f"https://127.0.0.1:{listener.getsockname()[1]}/"
    other_site(bench, url)
    try:
        host_fails(bench, url, fault, "tls", "sites relax 127.0.0.1")
    finally:
        listener.close()


@pytest.mark.fault("robots.txt 500")
def test_robots_500_means_not_now(bench: Bench, fault: Told) -> None:
    bench.portal.pages["/robots.txt"] = Reply(b"", 500)
    summary = bench.scrape()
    assert bench.portal.hits() == {"/robots.txt": 1}
    failure = bench.failure(bench.portal.base_url + "/")
    fault(failure.kind, failure.message)
    assert failure.kind == "robots"
    assert "/robots.txt answered 500" in failure.message
    assert summary.exit_code == 3
    bench.portal.pages["/robots.txt"] = Reply(b"", 404)
    bench.clock.move(hours=1)
    bench.portal.pages[BAD] = article(HEALED)
    bench.scrape()
    assert bench.titles() == {GOOD_TITLE, HEALED}
    assert bench.archive.open_failures() == []


def test_robots_says_when_to_come_again(bench: Bench) -> None:
    bench.portal.pages["/robots.txt"] = Reply(b"", 503, {"Retry-After": "7200"})
    bench.scrape()
    bench.clock.move(minutes=110)
    bench.scrape()
    assert bench.portal.hits() == {"/robots.txt": 1}
    bench.clock.move(minutes=15)
    bench.scrape()
    assert bench.portal.hits() == {"/robots.txt": 2}


def test_robots_is_followed_through_redirects(bench: Bench) -> None:
    bench.portal.pages["/robots.txt"] = Reply(b"", 301, {"Location": "/r/robots.txt"})
    bench.portal.pages["/r/robots.txt"] = Reply(f"User-agent: *\nDisallow: {BAD}\n".encode())
    bench.scrape()
    assert bench.portal.hits()[BAD] == 0
    assert bench.portal.hits()[GOOD] == 1


FORMS = {"429 with Retry-After in seconds": False, "429 with Retry-After as a date": True}


@pytest.mark.parametrize("name", [pytest.param(n, marks=pytest.mark.fault(n)) for n in FORMS])
def test_retry_after_is_heeded_by_the_next_run_too(bench: Bench, name: str, fault: Told) -> None:
    def busy(request: Request) -> Reply:
        later = bench.clock.moment + timedelta(seconds=3600)
        value = format_datetime(later, usegmt=True) if FORMS[name] else "3600"
        return Reply(b"", 429, {"Retry-After": value})

    bench.portal.pages[BAD] = busy
    bench.scrape()
    failure = bench.failure()
    fault(failure.kind, failure.message)
    hits = bench.portal.hits().copy()
    bench.clock.move(minutes=50)
    bench.scrape()
    assert bench.portal.hits() == hits, "nothing is asked before the time that the server named"
    bench.portal.pages[BAD] = article("Trang đã trở lại sau khi bận rộn")
    bench.clock.move(minutes=15)
    bench.scrape()
    assert bench.titles() == {GOOD_TITLE, "Trang đã trở lại sau khi bận rộn"}


@pytest.mark.fault("503 for an hour")
def test_503_for_an_hour_loses_nothing(bench: Bench, fault: Told) -> None:
    bench.portal.pages["/"] = Reply(b"", 503)
    bench.scrape()
    for _ in range(4):
        bench.clock.move(minutes=15)
        bench.scrape()
    assert 2 <= bench.portal.hits()["/"] <= 5
    failure = bench.failure(bench.portal.base_url + "/")
    fault(failure.kind, failure.message)
    bench.portal.pages["/"] = listing([(BAD, "Trang lỗi của huyện"), (GOOD, GOOD_TITLE)])
    bench.portal.pages[BAD] = article(HEALED)
    bench.clock.move(hours=7)
    bench.scrape()
    assert bench.titles() == {GOOD_TITLE, HEALED}
    assert bench.archive.open_failures() == []


@pytest.mark.fault("endless pager")
def test_a_listing_that_repeats_itself_is_left_and_told(bench: Bench, fault: Told) -> None:
    links = [(BAD, "Trang lỗi của máy chủ huyện nhà"), (GOOD, GOOD_TITLE)]
    bench.portal.pages[BAD] = article(HEALED)
    bench.portal.pages["/"] = listing(links, "/?page=2")
    for number in range(2, 50):
        bench.portal.pages[f"/?page={number}"] = listing(links, f"/?page={number + 1}")
    bench.scrape()
    (failure,) = bench.archive.open_failures()
    fault(failure.kind, failure.message)
    assert failure.kind == "trap"
    assert len(bench.portal.requests) < 8
    assert bench.titles() == {GOOD_TITLE, HEALED}


@pytest.mark.fault("host that only fails")
def test_the_breaker_leaves_a_dead_host_alone(bench: Bench, fault: Told) -> None:
    paths = [f"/tin-tuc/loi-so-{number:04d}.html" for number in range(30)]
    bench.portal.pages["/"] = listing([(path, f"Tin lỗi thứ {path}") for path in paths])
    for path in paths:
        bench.portal.pages[path] = Reply(b"", 503)
    bench.options = replace(bench.options, politeness=Politeness(backoff=0.001, patience=0.5))
    summary = bench.scrape()
    fault("resting", summary.resting[0])
    assert len(bench.portal.requests) <= 2 + bench.options.politeness.breaker_after
    assert summary.waiting


def test_threads_end_with_the_run(bench: Bench) -> None:
    bench.portal.pages[BAD] = article(HEALED)
    bench.scrape()
    assert not [each for each in threading.enumerate() if each.name.startswith("host ")]
