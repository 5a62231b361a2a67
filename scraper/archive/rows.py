"""Insert a row: the one statement that every writer shares."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlite_utils import Database


def insert(db: Database, table: str, row: dict[str, Any], *, or_update: Sequence[str] = ()) -> int:
    """Insert a row and give its rowid.

    ``or_update`` names a unique key: where the table has a row with that key, its other
    columns are overwritten instead.

    sqlite-utils' own ``insert`` looks at the table's schema each time, which costs more than the
    row itself.
    """
    names, marks = ", ".join(row), ", ".join(f":{name}" for name in row)
    sql = f"INSERT INTO {table} ({names}) VALUES ({marks})"
    if or_update:
        updates = ", ".join(f"{name} = excluded.{name}" for name in row if name not in or_update)
        sql += f" ON CONFLICT ({', '.join(or_update)}) DO UPDATE SET {updates}"
    return int(db.execute(sql, row).lastrowid or 0)


def insert_all(db: Database, table: str, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows that have the same columns; none is no work."""
    if rows:
        names, marks = ", ".join(rows[0]), ", ".join(f":{name}" for name in rows[0])
        db.conn.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)
