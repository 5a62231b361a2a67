"""The rows of ``counters`` as the snapshots that visits per day are worked out from."""

from __future__ import annotations

from typing import Any, cast

from sqlite_utils import Database

from scraper.visits import Snapshot

# Of readings within one second the order is not known: a count that rises puts them in one.
ORDER = "observed_at, coalesce(total, -1), id"
ORDER_BACK = "observed_at DESC, coalesce(total, -1) DESC, id DESC"
_COLUMNS = "observed_at, today, yesterday, this_week, this_month, total, online, capture"


def all_snapshots(db: Database, site_id: str) -> list[Snapshot]:
    """All readings of a site by time, as plain tuples with the fields of a snapshot."""
    # The index has this order. Sorting by ORDER would cost as much again as fetching, and where no
    # two readings are of one second, it is the same.
    sql = f"SELECT {_COLUMNS} FROM counters WHERE site = ? ORDER BY observed_at, id"
    rows = db.execute(sql, [site_id]).fetchall()
    if len({row[0] for row in rows}) < len(rows):
        rows.sort(key=_in_order)
    return cast("list[Snapshot]", rows)


def _in_order(row: tuple[Any, ...]) -> tuple[str, int]:
    """What ORDER sorts by, for rows that are sorted by id already."""
    return row[0], -1 if row[5] is None else row[5]


class CounterSource:
    """A site's readings as a :class:`~scraper.visits.SnapshotSource`, answered from an index."""

    def __init__(self, db: Database, site_id: str) -> None:
        self._db = db
        self._site = site_id

    def between(self, start: str, end: str) -> list[Snapshot]:
        """Readings with ``start <= observed_at < end``, by time."""
        sql = (
            f"SELECT {_COLUMNS} FROM counters WHERE site = ? AND observed_at >= ? "
            f"AND observed_at < ? ORDER BY {ORDER}"
        )
        rows = self._db.execute(sql, [self._site, start, end]).fetchall()
        return cast("list[Snapshot]", rows)

    def nth_before(self, at: str, n: int) -> str | None:
        """The time of the ``n``-th last reading before ``at``."""
        return self._one("observed_at < ? ORDER BY observed_at DESC LIMIT 1 OFFSET ?", at, n - 1)

    def nth_after(self, at: str, n: int) -> str | None:
        """The time of the ``n``-th reading at or after ``at``."""
        return self._one("observed_at >= ? ORDER BY observed_at LIMIT 1 OFFSET ?", at, n - 1)

    def extent(self) -> tuple[str, str] | None:
        """The times of the first and the last reading."""
        first = self.nth_after("", 1)
        last = self.nth_before("~", 1)
        return (first, last) if first is not None and last is not None else None

    def _one(self, condition: str, *values: object) -> str | None:
        sql = f"SELECT observed_at FROM counters WHERE site = ? AND {condition}"
        row = self._db.execute(sql, [self._site, *values]).fetchone()
        return row[0] if row else None
