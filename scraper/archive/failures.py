"""Addresses that could not be had, one row each until they can."""

from __future__ import annotations

from dataclasses import asdict

from sqlite_utils import Database

from scraper.archive.records import Failure
from scraper.archive.rows import insert


def add_failure(db: Database, failure: Failure) -> int:
    """Write a failed attempt down; gives how many in a row that makes for the address."""
    row = asdict(failure)
    row.pop("id")
    before = db.execute(
        "SELECT attempts FROM failures WHERE site = ? AND url = ?", [failure.site, failure.url]
    ).fetchone()
    row["attempts"] = failure.attempts + (before[0] if before else 0)
    insert(db, "failures", row, or_update=("site", "url"))
    return int(row["attempts"])


def clear_failure(db: Database, site_id: str, url: str) -> None:
    """The address was had: forget its failures."""
    db.execute("DELETE FROM failures WHERE site = ? AND url = ?", [site_id, url])


def open_failures(db: Database) -> list[Failure]:
    """What could not be had so far, by site, latest first."""
    rows = db.query("SELECT * FROM failures ORDER BY site, at DESC, id")
    return [Failure(**row) for row in rows]


def failed_in(db: Database, run: int) -> int:
    """How many addresses failed in ``run`` and have not been had since."""
    (count,) = db.execute("SELECT count(*) FROM failures WHERE run = ?", [run]).fetchone()
    return int(count)
