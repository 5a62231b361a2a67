"""What can go wrong with an archive, told for people."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

# What happens to an archive outside of this program, and what a person can do about it. Other
# errors of SQLite would be mistakes in our SQL: those keep their traceback.
_ADVICE = {
    sqlite3.SQLITE_BUSY: "another program keeps writing it. Wait until that is done, then run "
    "the command again",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened; look at its permissions and its folder's",
    sqlite3.SQLITE_CORRUPT: "the file is damaged. Keep a copy of it; the WARC folder beside it "
    "still holds the pages, and `district-archive reparse` rebuilds an archive from them",
    sqlite3.SQLITE_FULL: "the disk is full. Make room, then run the command again",
    sqlite3.SQLITE_IOERR: "the disk reports an error; look at the disk before anything else",
    sqlite3.SQLITE_NOTADB: "it is no SQLite database; choose another file with --db",
    sqlite3.SQLITE_PERM: "it may not be opened; look at its permissions",
    sqlite3.SQLITE_READONLY: "it may not be written; look at its permissions and its folder's",
}


class ArchiveError(Exception):
    """The archive cannot be opened, read or written; the message says why and what to do."""


class UnknownSite(ArchiveError):  # noqa: N818 - reads as what it says: an unknown site
    """Sites were named that the archive does not hold.

    ``unknown`` and ``known`` are slugs, in the order asked and sorted.
    """

    def __init__(self, unknown: Iterable[str], known: Iterable[str]) -> None:
        self.unknown = tuple(unknown)
        self.known = tuple(sorted(known))
        have = (
            f"The archive knows: {', '.join(self.known)}."
            if self.known
            else "The archive has no site yet: add one with `district-archive sites add URL`."
        )
        super().__init__(f"No site called {', '.join(self.unknown)}. {have}")


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Tell what SQLite reports about the archive at ``path`` as an :class:`ArchiveError`."""
    try:
        yield
    except sqlite3.Error as error:
        # The low byte is the primary code; extended ones (SQLITE_IOERR_WRITE…) add to it.
        # Errors that Python's module raises itself have none.
        advice = _ADVICE.get(getattr(error, "sqlite_errorcode", -1) & 0xFF)
        if advice is None:
            raise
        raise ArchiveError(
            f"The archive {path}: {advice} ({error}). What was stored before is kept."
        ) from error
