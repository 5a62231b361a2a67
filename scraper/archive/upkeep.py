"""What keeps the database fast: statistics for the query planner, and an index without crumbs."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlite_utils import Database

# A table is counted out again once it has grown by this share. Each ANALYZE then costs as much as
# all new rows are worth to it, however large the archive: 5 s at 100,000 articles.
GROWTH = 0.25
# Pages of the full-text index that one run may merge.
MERGE_PAGES = 500


def after_run(db: Database) -> None:
    """Once a run has stored what it found: renew the statistics, merge the index's pieces."""
    with _unless_busy():
        for table in _grown_tables(db):
            # In full: under PRAGMA analysis_limit SQLite takes a column with one value, such as
            # the site of a small archive, for a selective one.
            db.execute(f'ANALYZE "{table}"')
        db.execute(
            "INSERT INTO articles_fts (articles_fts, rank) VALUES ('merge', ?)", [MERGE_PAGES]
        )


def make_durable(db: Database) -> None:
    """Bring what was committed to the disk itself: a power cut from now on cannot take it back."""
    with _unless_busy():
        db.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()


def before_close(db: Database) -> None:
    """Renew statistics that SQLite has missed in its queries, of tables that have grown.

    A partial index without rows, such as that of waiting addresses, has no statistics: SQLite alone
    would count out all known addresses after every run that looks for a waiting one.
    """
    with _unless_busy():
        grown = _grown_tables(db)
        # With 1 and 2 it answers what it would do, and does nothing (sqlite.org/pragma.html).
        for statement, *_ in db.execute("PRAGMA optimize(3)").fetchall():
            if statement.endswith(tuple(f'"{table}"' for table in grown)):
                db.execute(statement)


def _grown_tables(db: Database) -> list[str]:
    analysed = _analysed_rows(db)
    grown = []
    for table in db.table_names():
        # FTS5's own tables are asked for by their keys only, and long to look through.
        if table.startswith(("articles_fts", "sqlite_")):
            continue
        enough = analysed.get(table, 0) * (1 + GROWTH)
        # The highest rowid is found at once and is no less than the number of rows, which only
        # counting gives: a run with nothing new must not look through the whole archive.
        (most,) = db.execute(f'SELECT coalesce(max(rowid), 0) FROM "{table}"').fetchone()
        if most > enough:
            (count,) = db.execute(f'SELECT count(*) FROM "{table}"').fetchone()
            if count > enough:
                grown.append(table)
    return grown


def _analysed_rows(db: Database) -> dict[str, int]:
    if "sqlite_stat1" not in db.table_names():
        return {}
    # The first number of `stat` is how many rows the index has; a partial one has fewer.
    rows = db.execute("SELECT tbl, max(CAST(stat AS INTEGER)) FROM sqlite_stat1 GROUP BY tbl")
    return dict(rows.fetchall())


@contextmanager
def _unless_busy() -> Iterator[None]:
    # Another program is writing, and will do the upkeep when it ends; nothing stored depends on it.
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
