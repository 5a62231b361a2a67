"""Write exchanges to WARC/1.1 files, one file per run and host, gzip per record.

A page that a browser drew is kept beside its response, as a conversion record.

What is kept of a response: its head byte for byte and its body as received, still content-encoded.
Chunk framing is the one thing taken off (with its Transfer-Encoding line): then the payload digest
is the same for every reader, ``warcio check`` passes and pywb replays it. The metadata record says
that it was chunked. Digests are SHA-1 in base32, as in other web archives and in CDX files, so
that captures from the Wayback Machine can be compared with ours.

A record is on disk (fsync) before its position is handed out.
"""

from __future__ import annotations

import os
import re
import zlib
from base64 import b32encode
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha1
from io import BytesIO, FileIO
from pathlib import Path

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from scraper.archive.records import Capture
from scraper.crawl.cdxj import CdxLine, Place, bare_type, cdx_line, sort_spool
from scraper.crawl.clock import stamp
from scraper.crawl.exchange import Exchange
from scraper.crawl.posted_keys import posted_query
from scraper.crawl.software import VERSION

NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
IDENTICAL = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
# A page grows by a twentieth against level 6, which takes twice the time.
COMPRESSION = 4
LARGE = 1024 * 1024
OPEN_FOLDER = ".open"
TRANSFER_ENCODING = re.compile(rb"(?im)^transfer-encoding:[^\n]*\n(?:[ \t][^\n]*\n)*")


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier capture that a revisit refers to; ``fetched_at`` is its WARC-Date.

    ``place`` is where its payload lies, ``None`` where no WARC file of ours holds it.
    """

    url: str
    fetched_at: str
    digest: str
    etag: str | None = None
    last_modified: str | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """Where a response lies: file name, byte offset and length of its gzip member, payload digest.

    ``revisit`` says that the payload itself lies with an earlier capture.
    """

    file: str
    offset: int
    length: int
    digest: str
    revisit: bool


class _Head(StatusAndHeaders):  # type: ignore[misc]
    """A head that is written as the bytes it came in, not as it was parsed."""

    def __init__(self, raw: bytes) -> None:
        super().__init__("", [])
        self._received = raw

    def __bool__(self) -> bool:
        return True  # warcio takes a head without parsed headers for none at all

    def compute_headers_buffer(self, header_filter: object = None) -> None:
        self.headers_buff = self._received


def place_of(capture: Capture) -> Place | None:
    """Return where a capture's record lies, ``None`` where no file of ours holds it."""
    file, offset, length = capture.warc_file, capture.warc_offset, capture.warc_length
    if file is None or offset is None or length is None:
        return None
    return Place(file, offset, length, bare_type(capture.content_type))


def payload_digest(body: bytes) -> str:
    """Return the digest that WARC and CDX files use: ``sha1:`` and base32."""
    return "sha1:" + b32encode(sha1(body, usedforsecurity=False).digest()).decode("ascii")


def stored_head(exchange: Exchange) -> bytes:
    """Return the response head as it is written: as received, without the line about chunks."""
    return TRANSFER_ENCODING.sub(b"", exchange.head) if exchange.chunked else exchange.head


class WarcFile:
    """The WARC files of one host in one run; not for several threads at once."""

    def __init__(
        self, folder: Path, host: str, run: int, info: Mapping[str, str], largest: int
    ) -> None:
        self._folder = folder
        self._stem = f"{re.sub(r'[^A-Za-z0-9.-]', '_', host)}-r{run:06d}"
        self._info = dict(info)
        self._largest = largest
        self._builder = WARCWriter(BytesIO(), gzip=False, warc_version="WARC/1.1")
        self._serial = -1
        self._descriptor: int | None = None
        self._lines: FileIO | None = None
        self._offset = 0
        self._full: list[str] = []
        self.name = ""

    def write(
        self, exchange: Exchange, earlier: Earlier | None = None, via: str | None = None
    ) -> Written:
        """Append response (or revisit), request and metadata records, and flush them to disk.

        ``earlier`` makes a revisit of it where the server said so (304) or the payload is the same.

        Raises:
            OSError: The folder cannot be written or the disk is full; the file is cut back first.
        """
        if self._descriptor is None or self._offset >= self._largest:
            self._open_next()
        digest = payload_digest(exchange.body)
        response, revisit = self._response(exchange, digest, earlier)
        record_id = response.rec_headers.get_header("WARC-Record-ID")
        first = _member(self._builder, response)
        rest = b"".join(
            _member(self._builder, each) for each in self._companions(exchange, record_id, via)
        )
        offset = self._append(first + rest)
        shown = earlier.digest if earlier and exchange.status == 304 else digest
        written = Written(self.name, offset, len(first), shown, revisit)
        self._spool(index_line(exchange, written, earlier.place if earlier else None))
        return written

    def close(self, *, stored: bool = True) -> None:
        """Close the files, write a sorted index beside each and take their open marks away.

        The marks stay where not all that they hold was ``stored``: the next run looks into them.
        """
        self._shut()
        for name in self._full if stored else ():
            sort_spool(self._folder / OPEN_FOLDER / f"{name}.cdxj", self._folder)
            (self._folder / OPEN_FOLDER / name).unlink()
        self._full.clear()

    def _shut(self) -> None:
        """Close the file that is written; its mark stays until all it holds is stored."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
            self._full.append(self.name)
        if self._lines is not None:
            self._lines.close()
            self._lines = None

    def _open_next(self) -> None:
        self._shut()
        marks = self._folder / OPEN_FOLDER
        marks.mkdir(parents=True, exist_ok=True)
        self._serial += 1
        name = f"{self._stem}-{self._serial:03d}.warc.gz"
        (marks / name).touch()
        _sync_folder(marks)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND
        self._descriptor = os.open(self._folder / name, flags, 0o644)
        self._lines = (marks / f"{name}.cdxj").open("ab", buffering=0)
        self.name = name
        self._offset = 0
        self._append(_member(self._builder, self._builder.create_warcinfo_record(name, self._info)))
        _sync_folder(self._folder)

    def _append(self, data: bytes) -> int:
        """Append ``data`` whole and flush it, or cut the file back to where it was."""
        if self._descriptor is None:
            raise ValueError("the WARC file is closed")
        offset = self._offset
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(self._descriptor, view) :]
            os.fsync(self._descriptor)
        except OSError:
            os.ftruncate(self._descriptor, offset)
            raise
        self._offset = offset + len(data)
        return offset

    def _response(
        self, exchange: Exchange, digest: str, earlier: Earlier | None
    ) -> tuple[ArcWarcRecord, bool]:
        builder = self._builder
        headers = {"WARC-Date": stamp(exchange.started_at)}
        if exchange.ip:
            headers["WARC-IP-Address"] = exchange.ip
        if exchange.truncated:
            headers["WARC-Truncated"] = exchange.truncated
        head = _Head(stored_head(exchange))
        unmodified = exchange.status == 304
        same = earlier is not None and earlier.digest == digest and bool(exchange.body)
        if earlier is None or exchange.truncated or not (unmodified or same):
            record = builder.create_warc_record(
                exchange.url,
                "response",
                payload=BytesIO(exchange.body),
                length=len(exchange.body),
                http_headers=head,
                warc_headers_dict=headers | {"WARC-Payload-Digest": digest},
            )
            return record, False
        record = builder.create_revisit_record(
            exchange.url,
            earlier.digest,
            earlier.url,
            earlier.fetched_at,
            http_headers=head,
            warc_headers_dict=headers,
        )
        record.rec_headers.replace_header("WARC-Profile", NOT_MODIFIED if unmodified else IDENTICAL)
        return record, True

    def _companions(
        self, exchange: Exchange, record_id: str, via: str | None
    ) -> list[ArcWarcRecord]:
        builder = self._builder
        common = {"WARC-Date": stamp(exchange.started_at), "WARC-Concurrent-To": record_id}
        head, _, body = exchange.sent.partition(b"\r\n\r\n")
        request = builder.create_warc_record(
            exchange.url,
            "request",
            payload=BytesIO(body),
            length=len(body),
            http_headers=_Head(head + b"\r\n\r\n"),
            warc_headers_dict=dict(common),
        )
        facts = {
            "via": via,
            "fetchTimeMs": round(exchange.seconds * 1000),
            "transferEncoding": "chunked" if exchange.chunked else None,
            "tlsRelaxed": exchange.tls,
            "drawnBy": exchange.drawing.by if exchange.drawing else None,
        }
        text = "".join(f"{key}: {value}\r\n" for key, value in facts.items() if value is not None)
        payload = text.encode("utf-8")
        metadata = builder.create_warc_record(
            exchange.url,
            "metadata",
            payload=BytesIO(payload),
            length=len(payload),
            warc_content_type="application/warc-fields",
            warc_headers_dict=dict(common),
        )
        # The metadata record comes last: by it a reader knows that the exchange is whole.
        drawn = [_conversion(builder, exchange, record_id)] if exchange.drawing else []
        return [request, *drawn, metadata]

    def _spool(self, line: str | None) -> None:
        if line is not None and self._lines is not None:
            self._lines.write(line.encode("utf-8") + b"\n")


def index_line(exchange: Exchange, written: Written, holder: Place | None) -> str | None:
    """Return the line of an exchange in the CDXJ index; ``None`` where it has nothing to show.

    ``holder`` is where the payload lies that a 304 confirms.
    """
    media, status = bare_type(exchange.header("Content-Type")), exchange.status
    place = Place(written.file, written.offset, written.length, media)
    if status == 304:
        if holder is None:
            return None
        place, status = holder, 200
    elif written.revisit:
        place = place._replace(media_type="warc/revisit")
    posted = posted_query(*exchange.posted) if exchange.method == "POST" else None
    return cdx_line(
        CdxLine(exchange.url, stamp(exchange.started_at), status, written.digest, place, posted)
    )


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


def _member(writer: WARCWriter, record: ArcWarcRecord) -> bytes:
    """Return a record as a gzip member of its own.

    A small one is compressed in one go, which is faster; a large one is not held a second time.
    """
    if (record.length or 0) > LARGE:
        writer.out = squeezer = _Squeezer()
        writer.write_record(record)
        return squeezer.member()
    writer.out = buffer = BytesIO()
    writer.write_record(record)
    return zlib.compress(buffer.getbuffer(), COMPRESSION, wbits=zlib.MAX_WBITS + 16)


def _conversion(builder: WARCWriter, exchange: Exchange, record_id: str) -> ArcWarcRecord:
    """Return the record of the page as a browser drew it from the response."""
    html = exchange.drawing.html if exchange.drawing else b""
    return builder.create_warc_record(
        exchange.url,
        "conversion",
        payload=BytesIO(html),
        length=len(html),
        warc_content_type="text/html; charset=utf-8",
        warc_headers_dict={
            "WARC-Date": stamp(exchange.started_at),
            "WARC-Refers-To": record_id,
        },
    )


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def warcinfo(operator: str | None, agent: str) -> dict[str, str]:
    """Return what the warcinfo record of each file says."""
    return {
        "software": f"district-archive/{VERSION}",
        "format": "WARC File Format 1.1",
        "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "robots": "classic (RFC 9309)",
        "http-header-user-agent": agent,
        "operator": operator or "",
    }
