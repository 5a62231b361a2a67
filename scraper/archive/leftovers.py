"""What a killed run left behind in the database."""

from __future__ import annotations

from sqlite_utils import Database


def mark_killed_runs(db: Database, run: int) -> int:
    """Say of runs before ``run`` that never ended that they were killed; returns how many.

    Only the holder of the run lock may ask this: then no other run can be alive.
    """
    cursor = db.conn.execute(
        "UPDATE runs SET outcome = 'killed' "
        "WHERE id < ? AND command = 'scrape' AND finished_at IS NULL AND outcome IS NULL",
        (run,),
    )
    return cursor.rowcount


def stored_end(db: Database, warc_file: str) -> int:
    """Return the offset behind the last response of ``warc_file`` that the archive names (or 0)."""
    row = db.conn.execute(
        "SELECT warc_offset + warc_length FROM captures WHERE warc_file = ? "
        "ORDER BY warc_offset DESC LIMIT 1",
        (warc_file,),
    ).fetchone()
    return int(row[0]) if row else 0
