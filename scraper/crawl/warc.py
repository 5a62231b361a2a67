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
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO, FileIO
from pathlib import Path

from warcio.recordloader import ArcWarcRecord
from warcio.warcwriter import WARCWriter

from scraper.archive.records import Capture
from scraper.crawl.cdxj import CdxLine, Place, bare_type, cdx_line, sort_spool
from scraper.crawl.clock import stamp
from scraper.crawl.exchange import Exchange
from scraper.crawl.posted_keys import posted_query
from scraper.crawl.software import VERSION as PROGRAM_VERSION
from scraper.crawl.warc_records import (
    VERSION,
    Block,
    companions,
    gzip_member,
    make_record,
    new_record_id,
    payload_digest,
)

NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
IDENTICAL = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
RESPONSE = "application/http; msgtype=response"
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


def place_of(capture: Capture) -> Place | None:
    """Return where a capture's record lies, ``None`` where no file of ours holds it."""
    file, offset, length = capture.warc_file, capture.warc_offset, capture.warc_length
    if file is None or offset is None or length is None:
        return None
    return Place(file, offset, length, bare_type(capture.content_type))


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
        self._writer = WARCWriter(BytesIO(), gzip=False, warc_version=VERSION)
        self._serial = -1
        self._descriptor: int | None = None
        self._lines: FileIO | None = None
        self._offset = 0
        self._full: list[str] = []
        self.name = ""

    def write(
        self,
        exchange: Exchange,
        earlier: Earlier | None = None,
        via: str | None = None,
        digest: str | None = None,
    ) -> Written:
        """Append response (or revisit), request and metadata records, and flush them to disk.

        ``earlier`` makes a revisit of it where the server said so (304) or the payload is the same.
        ``digest`` is that of the body, where it is known already.

        Raises:
            OSError: The folder cannot be written or the disk is full; the file is cut back first.
        """
        if self._descriptor is None or self._offset >= self._largest:
            self._open_next()
        digest, record_id = digest or payload_digest(exchange.body), new_record_id()
        response, revisit = _response(exchange, record_id, digest, earlier)
        first = gzip_member(self._writer, response)
        beside = companions(exchange, record_id, via)
        rest = b"".join(gzip_member(self._writer, each) for each in beside)
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
        info = self._writer.create_warcinfo_record(name, self._info)
        self._append(gzip_member(self._writer, info))
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


def _response(
    exchange: Exchange, record_id: str, digest: str, earlier: Earlier | None
) -> tuple[ArcWarcRecord, bool]:
    """Return the record of the answer, and whether it is a revisit of ``earlier``."""
    headers: dict[str, str | None] = {
        "WARC-Date": stamp(exchange.started_at),
        "WARC-IP-Address": exchange.ip or None,
        "WARC-Truncated": exchange.truncated,
    }
    head, url = stored_head(exchange), exchange.url
    unmodified = exchange.status == 304
    same = earlier is not None and earlier.digest == digest and bool(exchange.body)
    if earlier is None or exchange.truncated or not (unmodified or same):
        block = Block(RESPONSE, exchange.body, head, digest)
        return make_record("response", url, record_id, headers, block), False
    headers["WARC-Profile"] = NOT_MODIFIED if unmodified else IDENTICAL
    headers["WARC-Refers-To-Target-URI"] = earlier.url
    headers["WARC-Refers-To-Date"] = earlier.fetched_at
    return make_record(
        "revisit", url, record_id, headers, Block(RESPONSE, b"", head, earlier.digest)
    ), True


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def warcinfo(operator: str | None, agent: str) -> dict[str, str]:
    """Return what the warcinfo record of each file says."""
    return {
        "software": f"district-archive/{PROGRAM_VERSION}",
        "format": "WARC File Format 1.1",
        "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "robots": "classic (RFC 9309)",
        "http-header-user-agent": agent,
        "operator": operator or "",
    }
