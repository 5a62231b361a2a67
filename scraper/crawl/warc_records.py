"""The records of one exchange: response or revisit, request, drawn page, metadata.

warcio writes them. They are handed to it complete, with their digests: those that it would work out
itself are the same, but it looks through payload and headers again for each.
"""

from __future__ import annotations

import zlib
from base64 import b32encode
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha1
from io import BytesIO
from uuid import uuid4

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from scraper.crawl.clock import stamp
from scraper.crawl.exchange import Exchange

at_once: Callable[[memoryview, int], bytearray] | None
try:
    from deflate import gzip_compress
except ImportError:  # only CPython has it
    at_once = None
else:
    at_once = gzip_compress

VERSION = "WARC/1.1"
# A page grows by a twentieth against level 6, which takes twice the time. Level 3 of libdeflate
# gives what level 4 of zlib does.
COMPRESSION = 4
COMPRESSION_AT_ONCE = 3
LARGE = 1024 * 1024
FIELDS = "application/warc-fields"


class _Head(StatusAndHeaders):  # type: ignore[misc]
    """A head that is written as the bytes it came in, not as it was parsed."""

    def __init__(self, raw: bytes) -> None:
        super().__init__("", [])
        self._received = raw

    def __bool__(self) -> bool:
        return True  # warcio takes a head without parsed headers for none at all

    def compute_headers_buffer(self, header_filter: object = None) -> None:
        self.headers_buff = self._received


@dataclass(frozen=True, slots=True)
class Block:
    """What a record holds: the head of an HTTP message as bytes, if it is one, and what follows.

    ``digest`` is that of ``body``, where it is known already.
    """

    media_type: str
    body: bytes
    head: bytes | None = None
    digest: str | None = None


def payload_digest(body: bytes) -> str:
    """Return the digest that WARC and CDX files use: ``sha1:`` and base32."""
    return _spelt(sha1(body, usedforsecurity=False).digest())


def _spelt(digest: bytes) -> str:
    return "sha1:" + b32encode(digest).decode("ascii")


def _block_digest(head: bytes, body: bytes) -> str:
    both = sha1(head, usedforsecurity=False)
    both.update(body)
    return _spelt(both.digest())


def new_record_id() -> str:
    """Return a record's name that no other has."""
    return f"<urn:uuid:{uuid4()}>"


def make_record(
    kind: str, url: str, record_id: str, headers: dict[str, str | None], block: Block
) -> ArcWarcRecord:
    """Return a record with all its headers; those of ``headers`` that are ``None`` are left out."""
    digest = block.digest or payload_digest(block.body)
    fields = {
        "WARC-Type": kind,
        "WARC-Record-ID": record_id,
        "WARC-Target-URI": url,
        **headers,
        "WARC-Payload-Digest": digest,
        "WARC-Block-Digest": _block_digest(block.head, block.body)
        if block.head is not None
        else digest,
        "Content-Type": block.media_type,
    }
    head = _Head(block.head) if block.head is not None else None
    size = len(block.body)
    return ArcWarcRecord(
        "warc",
        kind,
        StatusAndHeaders(
            "", [each for each in fields.items() if each[1] is not None], protocol=VERSION
        ),
        BytesIO(block.body),
        head,
        block.media_type,
        size,
        payload_length=size,
    )


def companions(exchange: Exchange, record_id: str, via: str | None) -> list[ArcWarcRecord]:
    """Return what is kept beside the response ``record_id``: request, drawn page, metadata.

    The metadata record comes last: by it a reader knows that the exchange is whole.
    """
    moment = stamp(exchange.started_at)
    beside: dict[str, str | None] = {"WARC-Date": moment, "WARC-Concurrent-To": record_id}
    head, _, body = exchange.sent.partition(b"\r\n\r\n")
    sent = Block("application/http; msgtype=request", body, head + b"\r\n\r\n")
    facts = Block(FIELDS, _facts(exchange, via))
    records = [make_record("request", exchange.url, new_record_id(), beside, sent)]
    if exchange.drawing is not None:
        drawn = Block("text/html; charset=utf-8", exchange.drawing.html)
        origin: dict[str, str | None] = {"WARC-Date": moment, "WARC-Refers-To": record_id}
        records.append(make_record("conversion", exchange.url, new_record_id(), origin, drawn))
    records.append(make_record("metadata", exchange.url, new_record_id(), beside, facts))
    return records


def _facts(exchange: Exchange, via: str | None) -> bytes:
    facts = {
        "via": via,
        "fetchTimeMs": round(exchange.seconds * 1000),
        "transferEncoding": "chunked" if exchange.chunked else None,
        "tlsRelaxed": exchange.tls,
        "drawnBy": exchange.drawing.by if exchange.drawing else None,
    }
    lines = [f"{key}: {value}\r\n" for key, value in facts.items() if value is not None]
    return "".join(lines).encode("utf-8")


class _Squeezer:
    """A file that compresses what is written to it."""

    def __init__(self) -> None:
        self._squeeze = zlib.compressobj(COMPRESSION, zlib.DEFLATED, zlib.MAX_WBITS + 16)
        self._squeezed: list[bytes] = []

    def write(self, data: bytes) -> None:
        self._squeezed.append(self._squeeze.compress(data))

    def flush(self) -> None:
        return

    def member(self) -> bytes:
        self._squeezed.append(self._squeeze.flush())
        return b"".join(self._squeezed)


def gzip_member(writer: WARCWriter, record: ArcWarcRecord) -> bytes:
    """Return a record as a gzip member of its own; ``writer`` is one that does not compress.

    A small one is compressed in one go, by libdeflate, which takes half of zlib's time but needs
    all of it at once; a large one is not held a second time.
    """
    if (record.length or 0) > LARGE:
        writer.out = squeezer = _Squeezer()
        writer.write_record(record)
        return squeezer.member()
    writer.out = buffer = BytesIO()
    writer.write_record(record)
    if at_once is not None:
        return bytes(at_once(buffer.getbuffer(), COMPRESSION_AT_ONCE))
    return zlib.compress(buffer.getbuffer(), COMPRESSION, wbits=zlib.MAX_WBITS + 16)
