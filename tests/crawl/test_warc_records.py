"""Records are what warcio itself would have made of them, and every reader takes them."""

from __future__ import annotations

import zlib
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator as FastIterator
from hypothesis import given, settings
from hypothesis import strategies as st
from requests.structures import CaseInsensitiveDict
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker
from warcio.recordloader import ArcWarcRecord
from warcio.warcwriter import WARCWriter

from scraper.crawl.exchange import Drawing, Exchange
from scraper.crawl.warc import Earlier, WarcFile, warcinfo
from scraper.crawl.warc_records import (
    LARGE,
    Block,
    companions,
    gzip_member,
    make_record,
    new_record_id,
    payload_digest,
)

URL = "http://huyen.example.vn/tin/đại-hội?trang=2"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX-Odd: \xc4\x91\r\n\r\n"


def exchange(body: bytes, *, head: bytes = HEAD, drawn: bytes | None = None) -> Exchange:
    return Exchange(
        url=URL,
        method="GET",
        started_at=datetime(2024, 3, 27, 8, 0, tzinfo=UTC),
        seconds=0.25,
        ip="192.0.2.7",
        sent=b"GET /tin HTTP/1.1\r\nHost: huyen.example.vn\r\n\r\n",
        head=head,
        status=200,
        headers=CaseInsensitiveDict({"Content-Type": "text/html"}),
        body=body,
        drawing=Drawing(drawn, "Chromium 120") if drawn is not None else None,
    )


def member(record: ArcWarcRecord) -> bytes:
    return gzip_member(WARCWriter(BytesIO(), gzip=False, warc_version="WARC/1.1"), record)


def read(data: bytes) -> list[tuple[dict[str, str], bytes]]:
    """Headers and block of each record, by warcio, all digests checked."""
    for record in ArchiveIterator(BytesIO(data), check_digests="raise"):
        record.raw_stream.read()
    records = ArchiveIterator(BytesIO(data), no_record_parse=True)
    return [(dict(each.rec_headers.headers), each.raw_stream.read()) for each in records]


def test_a_response_has_the_headers_that_warcio_gives_it() -> None:
    """Whatever warcio works out by itself, digests above all, is the same here."""
    body = b"<p>Tin</p>" * 30
    moment: dict[str, str | None] = {"WARC-Date": "2024-03-27T08:00:00Z", "WARC-Truncated": None}
    block = Block("application/http; msgtype=response", body, HEAD)
    ((ours, _),) = read(member(make_record("response", URL, "<urn:uuid:1>", moment, block)))
    theirs = BytesIO()
    writer = WARCWriter(theirs, gzip=True, warc_version="WARC/1.1")
    writer.write_record(
        writer.create_warc_record(
            URL,
            "response",
            payload=BytesIO(HEAD.replace(b"\xc4\x91", b"d") + body),
            warc_headers_dict={
                "WARC-Date": "2024-03-27T08:00:00Z",
                "WARC-Record-ID": "<urn:uuid:1>",
            },
        )
    )
    ((expected, _),) = read(theirs.getvalue())
    assert set(ours) == set(expected)
    differing = {name for name in ours if ours[name] != expected[name]}
    assert differing <= {"WARC-Block-Digest", "Content-Length"}  # one byte of the head is replaced


@given(
    body=st.binary(max_size=3000),
    tail=st.binary(max_size=40).filter(lambda each: b"\n" not in each and b"\r" not in each),
    drawn=st.none() | st.binary(max_size=500),
)
@settings(max_examples=60, deadline=None)
def test_every_block_comes_back_byte_for_byte(
    body: bytes, tail: bytes, drawn: bytes | None
) -> None:
    head = b"HTTP/1.1 200 OK\r\nX-Odd: " + tail + b"\r\n\r\n"
    came = exchange(body, head=head, drawn=drawn)
    name = new_record_id()
    block = Block("application/http; msgtype=response", body, head, payload_digest(body))
    response = make_record("response", URL, name, {"WARC-Date": "2024-03-27T08:00:00Z"}, block)
    records = [response, *companions(came, name, "http://huyen.example.vn/")]
    data = b"".join(member(each) for each in records)
    found = read(data)
    kinds = [headers["WARC-Type"] for headers, _ in found]
    drawing = ["conversion"] if drawn is not None else []
    assert kinds == ["response", "request", *drawing, "metadata"]
    assert found[0][1] == head + body
    assert found[1][1] == came.sent
    assert [block for headers, block in found if headers["WARC-Type"] == "conversion"] == [
        each for each in (drawn,) if each is not None
    ]
    assert all(
        record.verify_block_digest() for record in FastIterator(BytesIO(data), parse_http=False)
    )


def test_a_record_is_the_same_without_libdeflate(monkeypatch) -> None:
    block = Block("application/http; msgtype=response", b"<p>Tin</p>" * 200, HEAD)
    record = make_record("response", URL, new_record_id(), {}, block)
    with_it = member(record)
    record = make_record(
        "response", URL, record.rec_headers.get_header("WARC-Record-ID"), {}, block
    )
    monkeypatch.setattr("scraper.crawl.warc_records.at_once", None)
    without = member(record)
    assert zlib.decompress(with_it, 31) == zlib.decompress(without, 31)
    assert len(with_it) < len(zlib.decompress(with_it, 31)) / 4


def test_a_large_record_is_the_same_in_pieces() -> None:
    body = bytes(range(256)) * (LARGE // 256 + 1)
    block = Block("application/http; msgtype=response", body, HEAD)
    ((headers, kept),) = read(member(make_record("response", URL, new_record_id(), {}, block)))
    assert kept == HEAD + body
    assert headers["WARC-Payload-Digest"] == payload_digest(body)


@pytest.mark.parametrize("status", [200, 304])
def test_a_revisit_holds_the_head_only_and_names_what_it_refers_to(
    tmp_path: Path, status: int
) -> None:
    digest = payload_digest(b"body")
    earlier = Earlier("http://huyen.example.vn/", "2024-01-01T00:00:00Z", digest)
    file = WarcFile(tmp_path, "huyen.example.vn", 1, warcinfo(None, "agent"), 10**9)
    came = exchange(b"body" if status == 200 else b"")
    came = Exchange(**{name: getattr(came, name) for name in came.__slots__} | {"status": status})
    written = file.write(came, earlier)
    file.close()
    path = tmp_path / written.file
    data = path.read_bytes()[written.offset : written.offset + written.length]
    ((headers, kept),) = read(data)
    assert written.revisit
    assert kept == HEAD
    assert headers["WARC-Payload-Digest"] == digest
    assert headers["WARC-Refers-To-Target-URI"] == earlier.url
    assert headers["WARC-Refers-To-Date"] == earlier.fetched_at
    profile = "identical-payload-digest" if status == 200 else "server-not-modified"
    assert headers["WARC-Profile"].endswith(profile)
    assert check(path) == 0


def test_a_whole_file_passes_warcio_check(tmp_path: Path) -> None:
    file = WarcFile(tmp_path, "huyen.example.vn", 1, warcinfo(None, "agent"), 10**9)
    for number in range(3):
        body = b"<p>%d</p>" % number
        file.write(exchange(body, drawn=b"drawn"), digest=payload_digest(body))
    file.close()
    (path,) = tmp_path.glob("*.warc.gz")
    assert check(path) == 0
    inflate = zlib.decompressobj(31)
    assert inflate.decompress(path.read_bytes()).startswith(b"WARC/1.1\r\n")


def check(path: Path) -> int:
    """The exit value of ``warcio check``."""
    checker = Checker(type("Command", (), {"inputs": [str(path)], "verbose": False})())
    checker.process_all()
    return checker.exit_value
