"""One page of a portal is answered badly: the rest of the run is done, and a failure says why."""

from __future__ import annotations

import gzip
import zlib
from dataclasses import replace
from io import BytesIO

import brotli
import pytest
from fastwarc.stream_io import ZstdWriter

from scraper.crawl import Politeness
from tests.crawl.bench import BAD, GOOD_TITLE, OK, Bench, bytes_then, drip, flood, stall
from tests.crawl.tiny_portal import Reply, article, reset
from tests.faults import Told


def bomb(coding: str) -> Reply:
    """Return a few kilobytes that unfold to 30 MB."""
    plain = b"0" * 30_000_000
    if coding == "gzip":
        squeeze = zlib.compressobj(9, zlib.DEFLATED, 31)
        body = squeeze.compress(plain) + squeeze.flush()
    elif coding == "br":
        body = brotli.compress(plain, quality=1)
    else:
        out = BytesIO()
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

ANSWERS: dict[str, tuple[str, object]] = {
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
    "429 without Retry-After": ("http", Reply(b"", 429)),
    "503 once": ("http", Reply(b"", 503)),
}


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.fault(name)) for name in ANSWERS]
)
def test_one_bad_page(name: str, bench: Bench, fault: Told) -> None:
    kind, answer = ANSWERS[name]
    if isinstance(answer, Reply):
        bench.portal.pages[BAD] = answer
    elif isinstance(answer, str):
        bench.portal.pages[BAD] = bomb(answer)
    else:
        bench.portal.wild[BAD] = answer  # type: ignore[assignment]
    # The host's rest after a fault is another test's matter: here it is short, the retry is not.
    bench.options = replace(bench.options, politeness=Politeness(backoff=0.0, patience=0.0))
    summary = bench.scrape()
    failure = bench.failure()
    fault(failure.kind, failure.message)
    assert failure.kind == kind
    assert failure.message.startswith(("http://", "127.0.0.1")), failure.message
    assert GOOD_TITLE in bench.titles(), "the rest of the run is done"
    assert len(bench.titles()) == 1
    assert summary.exit_code == 3


def test_the_cut_answer_is_in_the_warc_marked_as_cut(bench: Bench) -> None:
    bench.portal.wild[BAD] = bytes_then(OK + b"Content-Length: 900\r\n\r\n<html>half", reset)
    bench.scrape()
    (file,) = bench.archive.warc_folder.glob("*.warc.gz")
    text = gzip.decompress(file.read_bytes())
    assert b"WARC-Truncated: disconnect" in text
    assert b"<html>half" in text


@pytest.mark.fault("web page instead of a photo")
def test_a_photo_is_known_by_its_bytes(bench: Bench, fault: Told) -> None:
    """A portal's page for what is not there comes with status 200 and any Content-Type."""
    photo = bench.portal.base_url + "/anh/mot.jpg"
    bench.portal.pages[BAD] = article(
        "Hội nghị có ảnh", extra="<p><img src='/anh/mot.jpg' width='600'></p>"
    )
    bench.portal.pages["/anh/mot.jpg"] = Reply(NOT_FOUND_PAGE.encode(), content_type="image/jpeg")
    bench.scrape()
    failure = bench.failure(photo)
    fault(failure.kind, failure.message)
    assert failure.kind == "media"
    assert failure.retry_at is not None, "it is tried again"
    assert next(bench.archive.db.query("SELECT digest FROM images"))["digest"] is None
    assert len(bench.titles()) == 2
