"""Captures: responses kept, and what the next request may ask with."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from sqlite_utils import Database

from scraper.archive.records import Capture

_NAMES = [field.name for field in fields(Capture)]
_COLUMNS = ", ".join(_NAMES)

# The capture that holds a payload. The pluses keep SQLite to the index of digests: in an archive
# whose tables were never counted it takes that of `status`, and looks through all captures.
HOLDS_PAYLOAD = "digest = ? AND +revisit_of IS NULL AND +status = 200 ORDER BY id LIMIT 1"

_INSERT = (
    f"INSERT INTO captures ({', '.join(name for name in _NAMES if name != 'id')}) "
    f"VALUES ({', '.join(f':{name}' for name in _NAMES if name != 'id')}) "
    "ON CONFLICT (warc_file, warc_offset) DO NOTHING RETURNING id"
)


def add_capture(db: Database, capture: Capture) -> int:
    """Store a capture and give its id; a WARC record that is stored already keeps the id it has."""
    row = {name: getattr(capture, name) for name in _NAMES if name != "id"}
    stored = db.execute(_INSERT, row).fetchone()
    return int(stored[0]) if stored else _at_position(db, capture)


def last_capture(db: Database, url: str) -> Capture | None:
    """The latest capture that brought or confirmed the payload at an address (200 or 304)."""
    return _first(
        db,
        "SELECT * FROM captures WHERE url = ? AND status IN (200, 304) "
        "ORDER BY fetched_at DESC, id DESC LIMIT 1",
        [url],
    )


def payload_of(db: Database, digest: str) -> Capture | None:
    """The first capture whose record holds the payload with this digest (no revisit)."""
    return _first(db, f"SELECT * FROM captures WHERE {HOLDS_PAYLOAD}", [digest])


def digest_of(db: Database, capture: int) -> str | None:
    """The payload digest of a capture, ``None`` where it has none."""
    row = db.execute("SELECT digest FROM captures WHERE id = ?", [capture]).fetchone()
    return row[0] if row else None


def _at_position(db: Database, capture: Capture) -> int:
    row = db.execute(
        "SELECT id FROM captures WHERE warc_file = ? AND warc_offset = ?",
        [capture.warc_file, capture.warc_offset],
    ).fetchone()
    return int(row[0])


def _first(db: Database, sql: str, values: list[Any]) -> Capture | None:
    # Not by Database.query, which puts each question into a savepoint of its own.
    row = db.execute(sql.replace("*", _COLUMNS, 1), values).fetchone()
    return Capture(**dict(zip(_NAMES, row, strict=True))) if row else None
