"""Open the database: connect, set it up, migrate, and say in words why it cannot be done."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from urllib.parse import quote

from sqlite_utils import Database

from scraper.archive.errors import ArchiveError, explained
from scraper.archive.schema import migrations, newer_than_us

# How long a writer waits for another one (seconds): a page is stored in milliseconds, so only a
# migration or a bulk load of another process can take this long.
BUSY_TIMEOUT = 30.0
# Memory that a writer may use for pages of the database, its indexes mostly (KiB).
CACHE_KIB = 8 * 1024
_SQLITE_MAGIC = b"SQLite format 3\x00"


def open_database(path: Path, *, read_only: bool) -> Database:
    """Open the archive's database, create or migrate it unless ``read_only``.

    Raises:
        ArchiveError: the file is no archive, is newer than this program, is missing
            (``read_only``), or file or folder cannot be read or written.
    """
    _check_file(path, read_only=read_only)
    with explained(path):
        database = Database(_connect(path, read_only=read_only))
        try:
            _set_up(database, path, read_only=read_only)
        except BaseException:
            database.close()
            raise
    return database


def _check_file(path: Path, *, read_only: bool) -> None:
    if path.is_dir():
        raise ArchiveError(
            f"{path} is a folder; --db wants the archive's file, such as archive.db."
        )
    if path.exists():
        _check_readable(path)
        if not read_only and not _may_write(path):
            raise ArchiveError(
                f"{path} may not be written. Nothing was changed; give yourself leave "
                "to write it, or choose another file with --db."
            )
    elif read_only:
        raise ArchiveError(
            f"There is no archive at {path} yet. Make one with `district-archive "
            "sites add URL` and `district-archive scrape`."
        )
    if read_only:
        return
    folder = path.parent
    if not folder.is_dir():
        raise ArchiveError(
            f"The folder {folder} does not exist: create it, or choose another file with --db."
        )
    if not _may_write(folder):
        raise ArchiveError(
            f"The folder {folder} may not be written, and SQLite keeps its journal beside the "
            "archive. Nothing was changed."
        )


def _may_write(path: Path) -> bool:
    # Ask for the identity that will open the file, not for the one that started the program.
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def _check_readable(path: Path) -> None:
    try:
        with path.open("rb") as file:
            start = file.read(len(_SQLITE_MAGIC))
    except OSError as error:
        raise ArchiveError(f"{path} cannot be read: {error.strerror}.") from error
    if start and start != _SQLITE_MAGIC:
        raise _no_database(path)


def _connect(path: Path, *, read_only: bool) -> sqlite3.Connection:
    uri = f"file:{quote(str(path.absolute()))}?mode={'ro' if read_only else 'rwc'}"
    if read_only and not _may_write(path.parent) and not _has_journal(path):
        # WAL needs its index beside the file. Without leave to write there, the file can
        # only be read as one that nobody changes, which is true when no journal is left.
        uri += "&immutable=1"
    return sqlite3.connect(uri, uri=True, timeout=BUSY_TIMEOUT)


def _has_journal(path: Path) -> bool:
    journal = path.with_name(path.name + "-wal")
    return journal.exists() and journal.stat().st_size > 0


def _set_up(database: Database, path: Path, *, read_only: bool) -> None:
    _check_is_ours(database, path)
    if read_only:
        if migrations.pending(database):
            raise ArchiveError(
                f"{path} was made by an older version of district-archive, and is only read here. "
                "A command that writes it, such as `district-archive scrape`, brings it up to date."
            )
        database.execute("PRAGMA query_only = ON")
    else:
        if database.journal_mode != "wal":
            database.enable_wal()
        # Under WAL, NORMAL cannot corrupt the file: a power cut loses the last commits at most,
        # and those pages are in the WARC already.
        database.execute("PRAGMA synchronous = NORMAL")
        database.execute(f"PRAGMA journal_size_limit = {64 * 1024 * 1024}")
        # Pages that change with each article (indexes, search) are copied back once for many.
        database.execute("PRAGMA wal_autocheckpoint = 4000")
        database.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        if migrations.pending(database):
            _migrate(database)
    database.execute("PRAGMA foreign_keys = ON")


def _migrate(database: Database) -> None:
    # One lock around all: of two programs that open a new archive at once, the second waits and
    # then finds nothing left to do. An old archive is migrated whole or stays as it was.
    database.execute("BEGIN IMMEDIATE")
    try:
        migrations.apply(database)
        database.commit()
    except BaseException:
        database.rollback()
        raise


def _check_is_ours(database: Database, path: Path) -> None:
    unknown = newer_than_us(database)
    if unknown:
        raise ArchiveError(
            f"{path} was written by a newer version of district-archive "
            f"({', '.join(unknown)}). Nothing was changed; install that version or a later one."
        )
    if database.table_names() and not migrations.applied(database):
        raise ArchiveError(
            f"{path} is a database of something else (its tables: "
            f"{', '.join(database.table_names()[:5])}). Nothing was changed; "
            "choose another file with --db."
        )


def _no_database(path: Path) -> ArchiveError:
    return ArchiveError(
        f"{path} is no SQLite database. Nothing was changed; choose another file with --db."
    )
