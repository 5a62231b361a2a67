"""Bad input and faults: each by name, against a real server; the table is printed at the end.

In each, one address of a portal misbehaves. The rest of the run must be done, a ``failures`` row
must say in words what happened, and the capture of whatever arrived must be readable.
"""

from __future__ import annotations

import os
import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from email.utils import format_datetime

import pytest
from fastwarc.stream_io import ZstdWriter

from scraper.archive import Archive
from scraper.crawl import Politeness, ScrapeOptions, run_scrape
from scraper.sites import Site
from tests.crawl.conftest import Listener, TestClock
from tests.crawl.tiny_portal import Reply, Request, TinyPortal, article, listing, reset

BAD = "/tin-tuc/trang-loi-7009.html"
GOOD = "/tin-tuc/tin-tot-7008.html"
GOOD_TITLE = "Tin tốt của huyện vẫn phải được lưu lại"
TABLE: list[tuple[str, str, str]] = []


@dataclass
class Bench:
    """A portal with one good and one bad article, and the archive that scrapes it."""

    portal: TinyPortal
    archive: Archive
    options: ScrapeOptions
    listener: Listener
    clock: TestClock
    bad_url: str = ""

    def scrape(self, **changes: object):  # type: ignore[no-untyped-def]
        if not self.archive.db.table("sites").count:
            self.archive.save_site(self.portal.site(**changes))
        return run_scrape(self.archive, self.archive.sites(), self.options, self.listener)

    def titles(self) -> set[str]:
        return {row["title"] for row in self.archive.db.query("SELECT title FROM articles")}

    def failure(self, url: str | None = None):  # type: ignore[no-untyped-def]
        rows = {each.url: each for each in self.archive.open_failures()}
        return rows[url or self.portal.base_url + BAD]


@pytest.fixture
def bench(portal, archive, options, listener, clock) -> Bench:
    portal.pages["/"] = listing([(BAD, "Trang lỗi của máy chủ huyện nhà"), (GOOD, GOOD_TITLE)])
    portal.pages[GOOD] = article(GOOD_TITLE)
    return Bench(portal, archive, options, listener, clock)


@pytest.fixture(scope="module", autouse=True)
def table(request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    reporter = request.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None:
        return
    reporter.write_line("")
    for name, kind, message in TABLE:
        reporter.write_line(f"  fault  {name:<34} {kind:<10} {message[:110]}")


def bytes_then(data: bytes, then: Callable[[socket.socket], None]):  # type: ignore[no-untyped-def]
    def handle(connection: socket.socket, request: Request) -> None:
        connection.sendall(data)
        then(connection)

    return handle


def stall(connection: socket.socket) -> None:
    connection.settimeout(5)
    try:
        connection.recv(1)  # until the client has had enough
    except OSError:
        return


def drip(connection: socket.socket) -> None:
    try:
        for _ in range(100):
            connection.sendall(b"x")
            time.sleep(0.05)
    except OSError:
        return


def flood(connection: socket.socket) -> None:
    try:
        while True:
            connection.sendall(b"tin " * 4096)
    except OSError:
        return


OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def bomb(coding: str) -> Reply:
    plain = b"0" * 30_000_000
    if coding == "gzip":
        squeeze = zlib.compressobj(9, zlib.DEFLATED, 31)
        body = squeeze.compress(plain) + squeeze.flush()
    elif coding == "br":
        import brotli

        body = brotli.compress(plain)
    else:
        import io

        out = io.BytesIO()
        writer = ZstdWriter(out)
        writer.write(plain)
        writer.close()
        body = out.getvalue()
    return Reply(body, headers={"Content-Encoding": coding})


CAPTCHA = (
    "<html><head><title>Xác thực</title></head><body><form>"
    "<div class='g-recaptcha' data-sitekey='x'></div></form></body></html>"
)
LOGIN = (
    "<html><head><title>Đăng nhập hệ thống</title></head><body><form method='post'>"
    "<input name='u'><input type='password' name='p'></form></body></html>"
)
NOT_FOUND_PAGE = (
    "<html><head><title>404 - Không tìm thấy trang</title></head>"
    "<body><h1>Không tìm thấy trang</h1>"
    "<p>Trang bạn yêu cầu không tồn tại hoặc đã bị xóa.</p></body></html>"
)

SIMPLE: dict[str, tuple[str, object]] = {
    "reset before the head": ("reset", bytes_then(b"", reset)),
    "reset in the middle": (
        "reset",
        bytes_then(OK + b"Content-Length: 900\r\n\r\n<html>", reset),
    ),
    "stall before the head": ("timeout", bytes_then(b"", stall)),
    "stall in the body": (
        "timeout",
        bytes_then(OK + b"Content-Length: 900\r\n\r\n<html>", stall),
    ),
    "slow drip in the head": ("timeout", bytes_then(b"HTTP/1.1 200 OK\r\nX: ", drip)),
    "slow drip in the body": (
        "timeout",
        bytes_then(OK + b"Content-Length: 900\r\n\r\n", drip),
    ),
    "wrong length": (
        "length",
        bytes_then(OK + b"Content-Length: 900\r\n\r\n<html>short</html>", lambda c: c.close()),
    ),
    "endless body": ("size", bytes_then(OK + b"\r\n", flood)),
    "no HTTP at all": ("protocol", bytes_then(b"SSH-2.0-OpenSSH_9.2\r\n", lambda c: c.close())),
    "wrong gzip": ("decode", Reply(b"<html>no gzip</html>", headers={"Content-Encoding": "gzip"})),
    "cut gzip": (
        "decode",
        Reply(zlib.compress(b"x" * 9999)[:20], headers={"Content-Encoding": "deflate"}),
    ),
    "unknown coding": ("decode", Reply(b"??", headers={"Content-Encoding": "x-secret"})),
    "gzip bomb": ("decode", "gzip"),
    "br bomb": ("decode", "br"),
    "zstd bomb": ("decode", "zstd"),
    "200 with an empty body": ("empty", Reply(b"")),
    "200 with a not-found page": ("not found", Reply(NOT_FOUND_PAGE.encode())),
    "404": ("not found", Reply(b"gone", 404)),
    "403": ("http", Reply(b"forbidden", 403)),
    "500": ("http", Reply(b"", 500)),
    "CAPTCHA page": ("blocked", Reply(CAPTCHA.encode())),
    "login page": ("blocked", Reply(LOGIN.encode())),
    "binary instead of a page": ("parse", Reply(b"\x00\x01\x02\x03" * 4000)),
    "redirect to itself": ("redirect", Reply(b"", 302, {"Location": BAD})),
    "redirect off the site": (
        "redirect",
        Reply(b"", 302, {"Location": "http://bao.example.com/tin.html"}),
    ),
    "redirect to a private address": (
        "redirect",
        Reply(b"", 302, {"Location": "http://10.0.0.1/admin"}),
    ),
    "redirect to a file address": (
        "redirect",
        Reply(b"", 302, {"Location": "file:///etc/passwd"}),
    ),
    "429 without Retry-After": ("http", Reply(b"", 429)),
    "503": ("http", Reply(b"", 503)),
}


@pytest.mark.parametrize("name", SIMPLE)
def test_one_bad_page(name: str, bench: Bench) -> None:
    kind, answer = SIMPLE[name]
    if callable(answer) and answer.__name__ == "handle":
        bench.portal.wild[BAD] = answer
    elif isinstance(answer, str):
        bench.portal.pages[BAD] = bomb(answer)
    else:
        bench.portal.pages[BAD] = answer  # type: ignore[assignment]
    # The host's rest after a fault is another test's matter: here it is short, the retry is not.
    bench.options = replace(bench.options, politeness=Politeness(backoff=0.0, patience=0.0))
    summary = bench.scrape()
    failure = bench.failure()
    TABLE.append((name, failure.kind, failure.message))
    assert failure.kind == kind
    assert failure.message.startswith(("http://", "127.0.0.1")), failure.message
    assert GOOD_TITLE in bench.titles(), "the rest of the run is done"
    assert len(bench.titles()) == 1
    assert summary.exit_code == 3


def test_the_cut_answer_is_in_the_warc_marked_as_cut(bench: Bench) -> None:
    bench.portal.wild[BAD] = bytes_then(OK + b"Content-Length: 900\r\n\r\n<html>half", reset)
    bench.scrape()
    import gzip

    (file,) = bench.archive.warc_folder.glob("*.warc.gz")
    text = gzip.decompress(file.read_bytes())
    assert b"WARC-Truncated: disconnect" in text
    assert b"<html>half" in text


def test_redirect_loop_of_two_pages(bench: Bench) -> None:
    other = "/tin-tuc/trang-loi-b-7011.html"
    bench.portal.pages[BAD] = Reply(b"", 302, {"Location": other})
    bench.portal.pages[other] = Reply(b"", 302, {"Location": BAD})
    bench.scrape()
    kinds = {each.kind for each in bench.archive.open_failures()}
    TABLE.append(("redirect loop", *_first(bench)))
    assert kinds == {"redirect"}
    assert bench.portal.hits()[BAD] + bench.portal.hits()[other] <= 4
    assert GOOD_TITLE in bench.titles()


def test_redirect_loop_without_end(bench: Bench) -> None:
    def onward(request: Request) -> Reply:
        number = int(request.path.rpartition("=")[2]) if "=" in request.path else 0
        return Reply(b"", 302, {"Location": f"{BAD}?n={number + 1}"})

    bench.portal.pages[BAD] = onward
    for number in range(1, 40):
        bench.portal.pages[f"{BAD}?n={number}"] = onward
    bench.scrape()
    (failure,) = bench.archive.open_failures()
    TABLE.append(("redirect chain without end", failure.kind, failure.message))
    assert failure.kind == "redirect"
    assert len(bench.portal.requests) < 16


def _first(bench: Bench) -> tuple[str, str]:
    failure = bench.archive.open_failures()[0]
    return failure.kind, failure.message


def test_every_redirect_has_a_capture_of_its_own(bench: Bench) -> None:
    bench.portal.pages[BAD] = Reply(b"", 301, {"Location": "/tin-tuc/moi-7010.html"})
    bench.portal.pages["/tin-tuc/moi-7010.html"] = article("Trang mới của bài viết cũ")
    bench.scrape()
    statuses = {
        row["url"].removeprefix(bench.portal.base_url): row["status"]
        for row in bench.archive.db.query("SELECT url, status FROM captures")
    }
    assert statuses[BAD] == 301
    assert statuses["/tin-tuc/moi-7010.html"] == 200
    assert bench.titles() == {GOOD_TITLE, "Trang mới của bài viết cũ"}


def test_an_article_that_leads_to_the_front_page_is_not_there(bench: Bench) -> None:
    bench.portal.pages[BAD] = article("Bài viết sẽ bị gỡ khỏi trang")
    bench.scrape()
    bench.portal.pages[BAD] = Reply(b"", 302, {"Location": "/"})
    for _ in range(2):
        bench.clock.move(days=1, hours=1)
        summary = bench.scrape()
    TABLE.append(("redirect to the front page", "gone", "counted as not found, gone on the second"))
    assert summary.tally.gone == 1


def test_connection_refused(bench: Bench) -> None:
    port = bench.portal.port
    bench.archive.save_site(bench.portal.site(pause=0.0))
    dead = socket.create_server(("127.0.0.1", 0))
    dead_port = dead.getsockname()[1]
    dead.close()
    assert dead_port != port
    bench.archive.save_site(
        Site("dead", "Dead", f"http://127.0.0.1:{dead_port}/", pause=0.0, private_network=True)
    )
    summary = run_scrape(bench.archive, bench.archive.sites(), bench.options, bench.listener)
    failure = bench.failure(f"http://127.0.0.1:{dead_port}/")
    TABLE.append(("connection refused", failure.kind, failure.message))
    assert GOOD_TITLE in bench.titles(), "other hosts go on"
    assert summary.resting
    assert summary.exit_code == 3


def test_dns_failure(bench: Bench) -> None:
    bench.archive.save_site(Site("nix", "Nix", "http://khong-co.invalid/", pause=0.0))
    bench.archive.save_site(bench.portal.site())
    run_scrape(bench.archive, bench.archive.sites(), bench.options, bench.listener)
    failure = bench.failure("http://khong-co.invalid/")
    TABLE.append(("DNS failure", failure.kind, failure.message))
    assert GOOD_TITLE in bench.titles()


def test_a_loopback_address_is_refused_for_a_site_of_the_open_web(bench: Bench) -> None:
    bench.archive.save_site(bench.portal.site(private_network=False))
    run_scrape(bench.archive, bench.archive.sites(), bench.options, bench.listener)
    assert bench.portal.requests == []
    (failure,) = bench.archive.open_failures()
    TABLE.append(("private address", failure.kind, failure.message))
    assert failure.kind in ("address", "robots")


def test_a_name_that_resolves_to_a_private_address_is_refused(bench: Bench) -> None:
    site = bench.portal.site(
        base_url=f"http://localhost:{bench.portal.port}/", private_network=False
    )
    bench.archive.save_site(site)
    run_scrape(bench.archive, bench.archive.sites(), bench.options, bench.listener)
    assert bench.portal.requests == []
    TABLE.append(("name resolves to private address", *_first(bench)))


def test_robots_500_means_not_now(bench: Bench) -> None:
    bench.portal.pages["/robots.txt"] = Reply(b"", 500)
    summary = bench.scrape()
    assert bench.portal.hits() == {"/robots.txt": 1}
    failure = bench.failure(bench.portal.base_url + "/")
    TABLE.append(("robots.txt 500", failure.kind, failure.message))
    assert failure.kind == "robots"
    assert summary.exit_code == 3
    bench.portal.pages["/robots.txt"] = Reply(b"", 404)
    bench.clock.move(hours=1)
    bench.portal.pages[BAD] = article("Trang lỗi nay đã lành trở lại")
    bench.scrape()
    assert GOOD_TITLE in bench.titles()
    assert bench.archive.open_failures() == []


@pytest.mark.parametrize("form", ["seconds", "date"])
def test_429_with_retry_after_is_heeded_by_the_next_run_too(bench: Bench, form: str) -> None:
    def busy(request: Request) -> Reply:
        later = bench.clock.moment + timedelta(seconds=3600)
        value = "3600" if form == "seconds" else format_datetime(later, usegmt=True)
        return Reply(b"", 429, {"Retry-After": value})

    bench.portal.pages[BAD] = busy
    bench.scrape()
    failure = bench.failure()
    TABLE.append((f"429 with Retry-After ({form})", failure.kind, failure.message))
    hits = bench.portal.hits().copy()
    bench.clock.move(minutes=50)
    bench.scrape()
    assert bench.portal.hits() == hits, "nothing is asked before the time that the server named"
    bench.portal.pages[BAD] = article("Trang đã trở lại sau khi bận rộn")
    bench.clock.move(minutes=15)
    bench.scrape()
    assert bench.titles() == {GOOD_TITLE, "Trang đã trở lại sau khi bận rộn"}


def test_503_for_an_hour_loses_nothing(bench: Bench) -> None:
    bench.portal.pages["/"] = Reply(b"", 503)
    bench.scrape()
    for _ in range(4):
        bench.clock.move(minutes=15)
        bench.scrape()
    asked = bench.portal.hits()["/"]
    assert 2 <= asked <= 5
    TABLE.append(("503 for an hour", *_first(bench)))
    bench.portal.pages["/"] = listing([(BAD, "Trang lỗi của huyện"), (GOOD, GOOD_TITLE)])
    bench.portal.pages[BAD] = article("Trang lỗi nay đã lành trở lại")
    bench.clock.move(hours=7)
    bench.scrape()
    assert GOOD_TITLE in bench.titles()
    assert bench.archive.open_failures() == []


def test_a_listing_that_repeats_itself_is_left_and_told(bench: Bench) -> None:
    links = [(BAD, "Trang lỗi của máy chủ huyện nhà"), (GOOD, GOOD_TITLE)]
    bench.portal.pages[BAD] = article("Trang lỗi nay đã lành trở lại")
    bench.portal.pages["/"] = listing(links, "/?page=2")
    for number in range(2, 50):
        bench.portal.pages[f"/?page={number}"] = listing(links, f"/?page={number + 1}")
    bench.scrape()
    TABLE.append(("endless pager", *_first(bench)))
    assert len(bench.portal.requests) < 8
    assert bench.archive.open_failures()[0].kind == "trap"


def test_warc_folder_not_writable(bench: Bench) -> None:
    bench.archive.warc_folder.write_text("a file where the folder should be")
    summary = bench.scrape()
    TABLE.append(("WARC folder not writable", "stopped", str(summary.error)))
    assert summary.exit_code == 1
    assert "could not be kept" in (summary.error or "")
    assert bench.archive.totals().captures == 0
    bench.archive.warc_folder.unlink()
    bench.portal.pages[BAD] = article("Trang lỗi nay đã lành trở lại")
    assert bench.scrape().exit_code == 0
    assert GOOD_TITLE in bench.titles()


def test_disk_full_while_writing(bench: Bench) -> None:
    """A file size limit stands in for the full disk: the write fails half-way just the same."""
    import resource
    import signal

    bench.portal.pages[BAD] = Reply(os.urandom(60_000).hex().encode() + b"<html>")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    bench.archive.save_site(bench.portal.site())
    size = max(bench.archive.path.stat().st_size, _wal(bench.archive))
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (max(size + 4_000_000, 4_000_000), hard))
        bench.options = replace(
            bench.options, limits=replace(bench.options.limits, max_page_bytes=9**9)
        )
        bench.portal.pages[BAD] = Reply(os.urandom(6_000_000), content_type="application/pdf")
        summary = bench.scrape()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)
    TABLE.append(("disk full", "stopped", str(summary.error)))
    assert summary.exit_code == 1
    from tests.crawl.test_run import check_warcs

    check_warcs(bench.archive)
    bench.portal.pages[BAD] = article("Trang lỗi nay đã lành trở lại")
    assert bench.scrape().exit_code == 0
    assert GOOD_TITLE in bench.titles()


def _wal(archive: Archive) -> int:
    path = archive.path.with_name(archive.path.name + "-wal")
    return path.stat().st_size if path.exists() else 0


def test_database_locked_by_a_reader(bench: Bench) -> None:
    import sqlite3

    bench.portal.pages[BAD] = article("Trang lỗi nay đã lành trở lại")
    bench.archive.save_site(bench.portal.site())
    reader = sqlite3.connect(bench.archive.path)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM articles").fetchone()
    summary = bench.scrape()
    TABLE.append(("database held by a reader", "none", "a reader does not stop a run (WAL)"))
    assert summary.exit_code == 0
    assert reader.execute("SELECT count(*) FROM articles").fetchone() == (0,)
    reader.close()


def test_clock_that_jumps_back_during_a_run(bench: Bench) -> None:
    def jump(request: Request) -> Reply:
        bench.clock.move(days=-400)
        return article("Trang được lấy khi đồng hồ lùi lại")

    bench.portal.pages[BAD] = jump
    summary = bench.scrape()
    TABLE.append(("clock jumps back", "none", "the run ends, all pages are kept"))
    assert summary.exit_code == 0
    assert len(bench.titles()) == 2


def test_the_breaker_leaves_a_dead_host_alone(bench: Bench) -> None:
    paths = [f"/tin-tuc/loi-so-{number:04d}.html" for number in range(30)]
    bench.portal.pages["/"] = listing([(path, f"Tin lỗi thứ {path}") for path in paths])
    for path in paths:
        bench.portal.pages[path] = Reply(b"", 503)
    bench.options = replace(bench.options, politeness=Politeness(backoff=0.001, patience=0.5))
    summary = bench.scrape()
    assert len(bench.portal.requests) <= 2 + bench.options.politeness.breaker_after
    assert summary.resting and summary.waiting
    TABLE.append(("host that only fails", "http", summary.resting[0]))


def test_threads_end_with_the_run(bench: Bench) -> None:
    bench.portal.pages[BAD] = article("Trang lỗi nay đã lành trở lại")
    bench.scrape()
    assert not [each for each in threading.enumerate() if each.name.startswith("host ")]
