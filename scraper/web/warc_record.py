"""Reading one record out of the archive's WARC files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord


class BytesMissing(Exception):  # noqa: N818 - reads as what it says
    """The bytes of a capture cannot be had; the message says why."""


@dataclass(frozen=True, slots=True)
class Position:
    """Where a record lies: file name within the WARC folder, offset and length in bytes."""

    warc_file: str
    offset: int
    length: int | None


def read_payload(folder: Path, position: Position) -> bytes:
    """The payload of a response record, decoded (chunks and content encodings taken off).

    Args:
        folder: the archive's WARC folder.
        position: where the record lies.

    Raises:
        BytesMissing: the file is not there, is damaged at this place, or holds another kind of
            record there (a revisit has no payload of its own).
    """
    with _opened(folder, position) as file:
        try:
            record = next(iter(ArchiveIterator(file)), None)
            if record is None or record.rec_type not in ("response", "resource"):
                found = "nothing" if record is None else f"a {record.rec_type} record"
                raise BytesMissing(
                    f"{position.warc_file} has {found} at byte {position.offset}, not a response"
                )
            return _content(record)
        except (ArchiveLoadFailed, OSError, EOFError) as error:
            raise BytesMissing(
                f"{position.warc_file} is damaged at byte {position.offset}: {error}"
            ) from error


def read_record(folder: Path, position: Position) -> bytes:
    """The record as it lies in the file: a gzip member that is a small WARC file of its own.

    Raises:
        BytesMissing: the file is not there or too short, or its length is not known.
    """
    if position.length is None:
        raise BytesMissing(f"The length of the record in {position.warc_file} is not known")
    with _opened(folder, position) as file:
        data = file.read(position.length)
    if len(data) < position.length:
        raise BytesMissing(f"{position.warc_file} ends within the record")
    return data


def _content(record: ArcWarcRecord) -> bytes:
    content: bytes = record.content_stream().read()
    return content


@contextmanager
def _opened(folder: Path, position: Position) -> Iterator[BinaryIO]:
    """The WARC file at the record's place; never a file outside of the folder."""
    root = folder.resolve()
    path = (root / position.warc_file).resolve()
    if not path.is_relative_to(root):
        raise BytesMissing(f"{position.warc_file} lies outside of the archive's WARC folder")
    try:
        with path.open("rb") as file:
            file.seek(position.offset)
            yield file
    except OSError as error:
        raise BytesMissing(f"{position.warc_file} cannot be read: {error.strerror}") from error
