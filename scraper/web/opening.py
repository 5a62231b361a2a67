"""How an archive file can be opened for reading.

An archive is in WAL mode. SQLite reads such a file from a folder it may not write to only when it
can use the ``-shm`` file beside it, or when it is told that the file is immutable; and an immutable
file is read without its ``-wal``, so that what was not checkpointed is missed
(https://www.sqlite.org/wal.html#read_only_databases).
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import click

NEEDED_TABLES = frozenset({"sites", "captures", "articles"})


class ServeError(click.ClickException):
    """The archive cannot be served; the message says why. A command ends with 1 and shows it."""


@dataclass(frozen=True, slots=True)
class Opening:
    """How to open an archive: ``immutable`` or not, and a ``warning`` for the person who serves."""

    immutable: bool
    warning: str | None = None


def choose_opening(path: Path) -> Opening:
    """Find out how ``path`` can be read: as it is, with its ``-wal``, or as immutable.

    Raises:
        ServeError: it is missing, not an SQLite file, not an archive, or cannot be read.
    """
    if not path.is_file():
        raise ServeError(
            f"There is no archive at {path}. Scrape a portal first (district-archive scrape), try "
            "the bundled one (district-archive demo), or name another file with --db."
        )
    try:
        _check_tables(path, "mode=ro")
    except sqlite3.OperationalError as error:
        return _immutable(path, error)
    return Opening(immutable=False)


def _immutable(path: Path, error: sqlite3.OperationalError) -> Opening:
    try:
        _check_tables(path, "immutable=1")
    except sqlite3.OperationalError:
        raise ServeError(f"{path} cannot be read: {error}.") from error
    pending = path.with_name(path.name + "-wal")
    size = pending.stat().st_size if pending.exists() else 0
    if not size:
        return Opening(immutable=True)
    return Opening(
        immutable=True,
        warning=(
            f"The folder of {path} cannot be written, so it is read without {pending.name} "
            f"({size:,} bytes): what was stored last is not shown. Serve it once from an account "
            "that may write there, or run: "
            f"sqlite3 {path.name} 'PRAGMA wal_checkpoint(TRUNCATE)'"
        ),
    )


def _check_tables(path: Path, options: str) -> None:
    """See that the tables of an archive can be read.

    Raises:
        ServeError: the file is no database, or not one of ours.
        sqlite3.OperationalError: it cannot be opened in this way.
    """
    uri = f"file:{quote(str(path.absolute()))}?{options}"
    connection = sqlite3.connect(uri, uri=True)
    try:
        found = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError as error:
        raise ServeError(f"{path} is not an SQLite file, so not an archive ({error}).") from error
    finally:
        connection.close()
    missing = sorted(NEEDED_TABLES - found)
    if missing:
        raise ServeError(f"{path} is not an archive: it has no table {', '.join(missing)}.")
