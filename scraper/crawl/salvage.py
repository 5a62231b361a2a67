"""After a crash: cut torn WARC files back to their last whole record, and find what nobody stored.

Files that were open when a run died still have their mark in ``.open/``. The records of one
exchange are written together (response, request, metadata), so a file is cut back to the end of
its last whole exchange. Responses that are whole but not in the database are handed back: they
need not be fetched again.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from requests.structures import CaseInsensitiveDict
from warcio.archiveiterator import ArchiveIterator
from warcio.recordloader import ArcWarcRecord

from scraper.crawl.cdxj import Place, write_sorted
from scraper.crawl.clock import from_stamp
from scraper.crawl.delivery import Kept
from scraper.crawl.exchange import Drawing, Exchange
from scraper.crawl.warc import OPEN_FOLDER, Written, index_line

STEP = 1024 * 1024


@dataclass(frozen=True, slots=True)
class _Member:
    offset: int
    length: int
    record: ArcWarcRecord
    content: bytes


def torn_files(folder: Path) -> list[Path]:
    """Return the WARC files that a dead run left open, by name."""
    marks = folder / OPEN_FOLDER
    if not marks.is_dir():
        return []
    return sorted(folder / mark.name for mark in marks.iterdir() if mark.name.endswith(".warc.gz"))


def mend(path: Path, holder_of: Callable[[str], Place | None]) -> int:
    """Cut ``path`` back to its last whole exchange and index it; its open mark stays.

    ``holder_of`` tells where the payload of a digest lies, for what only confirms it.

    Returns:
        How many bytes were cut off.
    """
    cut = 0
    if path.exists():
        end = _whole_end(path)
        cut = path.stat().st_size - end
        if cut:
            with path.open("r+b") as file:
                file.truncate(end)
                os.fsync(file.fileno())
        if end == 0:
            path.unlink()
        else:
            index = path.with_name(path.name.replace(".warc.gz", ".cdxj"))
            write_sorted(list(_index_lines(path, holder_of)), index)
    return cut


def unmark(path: Path) -> None:
    """Take the open mark of a file away: all that it holds is stored."""
    marks = path.parent / OPEN_FOLDER
    (marks / f"{path.name}.cdxj").unlink(missing_ok=True)
    (marks / path.name).unlink(missing_ok=True)


def _index_lines(path: Path, holder_of: Callable[[str], Place | None]) -> Iterator[str]:
    for kept in exchanges(path):
        confirms = kept.exchange.status == 304
        holder = holder_of(kept.written.digest) if confirms else None
        line = index_line(kept.exchange, kept.written, holder)
        if line is not None:
            yield line


def exchanges(path: Path, start: int = 0) -> Iterator[Kept]:
    """Yield the whole exchanges of a WARC file of ours from byte ``start`` on, in its order."""
    response: _Member | None = None
    sent, drawn = b"", None
    for member in _members(path, start):
        kind = member.record.rec_type
        if kind in ("response", "revisit"):
            response, sent, drawn = member, b"", None
        elif kind == "request":
            sent = member.content
        elif kind == "conversion":
            drawn = member.content
        elif kind == "metadata" and response is not None:
            yield _kept(path.name, response, sent, member.content, drawn)
            response = None


def read_exchange(folder: Path, place: Place) -> Exchange | None:
    """Return the exchange whose response lies at ``place``; ``None`` where none is there."""
    path = folder / place.file
    kept = next(exchanges(path, place.offset), None) if path.exists() else None
    return kept.exchange if kept is not None else None


def _whole_end(path: Path) -> int:
    """Return the offset behind the last whole exchange (or behind the warcinfo record)."""
    end = 0
    for member in _members(path, 0):
        if member.record.rec_type in ("metadata", "warcinfo"):
            end = member.offset + member.length
    return end


def _members(path: Path, start: int) -> Iterator[_Member]:
    """Yield whole gzip members; stops silently at the first that is not."""
    with path.open("rb") as file:
        file.seek(start)
        offset, rest = start, b""
        while True:
            inflate = zlib.decompressobj(zlib.MAX_WBITS + 16)
            pieces, read = [], 0
            try:
                while not inflate.eof:
                    chunk = rest or file.read(STEP)
                    rest = b""
                    if not chunk:
                        return
                    pieces.append(inflate.decompress(chunk))
                    read += len(chunk)
            except zlib.error:
                return
            rest = inflate.unused_data
            length = read - len(rest)
            content = b"".join(pieces)
            record = next(iter(ArchiveIterator(BytesIO(content), no_record_parse=True)), None)
            if record is None:
                return
            yield _Member(offset, length, record, record.raw_stream.read())
            offset += length


def _kept(name: str, member: _Member, sent: bytes, facts: bytes, drawn: bytes | None) -> Kept:
    headers = member.record.rec_headers
    head, _, body = member.content.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    pairs = [line.split(":", 1) for line in lines[1:] if ":" in line]
    exchange = Exchange(
        url=headers.get_header("WARC-Target-URI"),
        method=sent.partition(b" ")[0].decode("ascii") or "GET",
        started_at=from_stamp(headers.get_header("WARC-Date")),
        seconds=0.0,
        ip=headers.get_header("WARC-IP-Address"),
        sent=sent,
        head=head + b"\r\n\r\n",
        status=int(lines[0].split(" ")[1]),
        headers=CaseInsensitiveDict((name_.strip(), value.strip()) for name_, value in pairs),
        body=body,
        truncated=headers.get_header("WARC-Truncated"),
        tls=_fact(facts, b"tlsRelaxed"),
        drawing=Drawing(drawn, _fact(facts, b"drawnBy") or "") if drawn is not None else None,
    )
    digest = headers.get_header("WARC-Payload-Digest")
    revisit = member.record.rec_type == "revisit"
    return Kept(exchange, Written(name, member.offset, member.length, digest, revisit))


def _fact(facts: bytes, name: bytes) -> str | None:
    """Return a field of a metadata record, if it has it."""
    for line in facts.split(b"\r\n"):
        key, _, value = line.partition(b": ")
        if key == name:
            return value.decode("utf-8")
    return None
