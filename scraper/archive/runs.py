"""Runs of a command, from start to outcome."""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from scraper.archive.records import Run, RunCounts
from scraper.archive.rows import insert
from scraper.archive.times import utc_text


def start_run(db: Database, command: str, at: datetime) -> int:
    """Write down that a command begins; gives the run's id."""
    return insert(db, "runs", {"command": command, "started_at": utc_text(at)})


def finish_run(db: Database, run: int, outcome: str, at: datetime, counts: RunCounts) -> None:
    """Write down how a run ended."""
    row = {"finished_at": utc_text(at), "outcome": outcome, **asdict(counts)}
    db.table("runs").update(run, row)


def recent_runs(db: Database, limit: int) -> list[Run]:
    """The last runs, latest first."""
    rows = db.query("SELECT * FROM runs ORDER BY id DESC LIMIT ?", [limit])
    return [_run(row) for row in rows]


def _run(row: dict[str, Any]) -> Run:
    counts = RunCounts(**{field.name: row.pop(field.name) for field in fields(RunCounts)})
    return Run(**row, counts=counts)
