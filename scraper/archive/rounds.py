"""Rounds: one pass over a site's listings, which may take several runs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sqlite_utils import Database


class Walk(StrEnum):
    """How far a round goes through the listings: to their end, or until nothing is new."""

    FULL = "full"
    NEWS = "news"


@dataclass(frozen=True, slots=True)
class Round:
    """A pass over a site; ``opened_at`` is UTC with ``Z``.

    ``known_to`` is the last id that the frontier had given when the round began.
    """

    id: int
    site: str
    walk: Walk
    opened_at: str
    known_to: int = 0


def open_round(db: Database, site: str) -> Round | None:
    """Return the round of ``site`` that is not finished, if there is one."""
    row = db.conn.execute(
        "SELECT id, site, walk, opened_at, coalesce(known_to, 0) FROM rounds "
        "WHERE site = ? AND closed_at IS NULL ORDER BY id DESC LIMIT 1",
        (site,),
    ).fetchone()
    return Round(row[0], row[1], Walk(row[2]), *row[3:]) if row else None


def get_round(db: Database, round_id: int) -> Round:
    """Return the round with this id.

    Raises:
        LookupError: There is none.
    """
    row = db.conn.execute(
        "SELECT id, site, walk, opened_at, coalesce(known_to, 0) FROM rounds WHERE id = ?",
        (round_id,),
    ).fetchone()
    if row is None:
        raise LookupError(f"there is no round {round_id}")
    return Round(row[0], row[1], Walk(row[2]), *row[3:])


def start_round(db: Database, site: str, walk: Walk, at: str, run: int) -> Round:
    """Open a round at ``at`` (UTC with ``Z``)."""
    (known_to,) = db.conn.execute("SELECT coalesce(max(id), 0) FROM frontier").fetchone()
    cursor = db.conn.execute(
        "INSERT INTO rounds (site, walk, opened_at, known_to, run) VALUES (?, ?, ?, ?, ?)",
        (site, walk, at, known_to, run),
    )
    return Round(int(cursor.lastrowid or 0), site, walk, at, known_to)


def finish_rounds(db: Database, site: str, at: str) -> None:
    """Close every open round of a site: nothing of it waits any more."""
    db.conn.execute(
        "UPDATE rounds SET closed_at = ? WHERE site = ? AND closed_at IS NULL", (at, site)
    )


def walks_still(db: Database, site: str) -> bool:
    """Say whether a full walk of the site was begun and not finished yet."""
    row = db.conn.execute(
        "SELECT 1 FROM rounds WHERE site = ? AND walk = 'full' AND closed_at IS NULL LIMIT 1",
        (site,),
    ).fetchone()
    return row is not None


def last_full_walk(db: Database, site: str) -> str | None:
    """Return when the last full walk that came to its end was opened."""
    row = db.conn.execute(
        "SELECT max(opened_at) FROM rounds WHERE site = ? AND walk = 'full' "
        "AND closed_at IS NOT NULL",
        (site,),
    ).fetchone()
    return str(row[0]) if row[0] is not None else None
