"""What a killed run left behind in the database."""

from __future__ import annotations

from sqlite_utils import Database


def mark_killed_runs(db: Database, run: int) -> int:
    """Say of runs before ``run`` that never ended that they were killed; returns how many.

    Only the holder of the run lock may ask this: then no other run can be alive.
    """
    cursor = db.conn.execute(
        "UPDATE runs SET outcome = 'killed' "
        "WHERE id < ? AND command IN ('scrape', 'counters') "
        "AND finished_at IS NULL AND outcome IS NULL",
        (run,),
    )
    return cursor.rowcount


def is_stored(db: Database, warc_file: str, offset: int) -> bool:
    """Say whether the archive names the response at ``offset`` of ``warc_file``."""
    row = db.conn.execute(
        "SELECT 1 FROM captures WHERE warc_file = ? AND warc_offset = ?", (warc_file, offset)
    ).fetchone()
    return row is not None
