"""What keeps the database fast: statistics for the query planner, and an index without crumbs."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlite_utils import Database

# Rows that ANALYZE looks at per index: enough to tell a selective index from a poor one, and a
# bound on its time however large the archive grows.
ANALYSIS_LIMIT = 1000
# Pages of the full-text index that one run may merge.
MERGE_PAGES = 500


def after_run(db: Database) -> None:
    """Once a run has stored what it found: renew the statistics, merge the index's pieces."""
    with _unless_busy():
        db.execute(f"PRAGMA analysis_limit = {ANALYSIS_LIMIT}")
        db.execute("ANALYZE")
        db.execute(
            "INSERT INTO articles_fts (articles_fts, rank) VALUES ('merge', ?)", [MERGE_PAGES]
        )


def before_close(db: Database) -> None:
    """Let SQLite renew the statistics of tables that have changed much (cheap when none has)."""
    with _unless_busy():
        db.execute(f"PRAGMA analysis_limit = {ANALYSIS_LIMIT}")
        db.execute("PRAGMA optimize")


@contextmanager
def _unless_busy() -> Iterator[None]:
    # Another program is writing, and will do the upkeep when it ends; nothing stored depends on it.
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
