"""What the boxes said: the portal's counters and the articles' own views."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlite_utils import Database

from scraper.archive.rows import insert
from scraper.archive.sites import timezone_of
from scraper.archive.snapshots import ORDER, ORDER_BACK
from scraper.archive.times import utc_moment
from scraper.parse import Counters

Row = dict[str, Any]

# Numbers that begin again with a period; each is a part of the total.
_PERIODS = ("today", "this_week", "this_month")
_NUMBERS = ("today", "yesterday", "this_week", "this_month", "total", "online")


def store_counters(
    db: Database, site_id: str, capture_id: int, counters: Counters, observed_at: str
) -> bool:
    """Keep a reading where it says more than the rows beside it; gives whether it was kept.

    A portal counts our own requests, so every page of a crawl shows other numbers. Of readings
    that only rise, with nothing else different, the first and the last of each local hour are
    kept; they say all that the ones between do. So a crawl of 10,000 pages adds two rows an hour,
    and the edges of a day are kept. Every reading that contradicts its neighbours is a row. The
    same numbers again on the same day are none. A capture has one row at most.
    """
    new: Row = {"site": site_id, "observed_at": observed_at}
    new |= {name: getattr(counters, name) for name in _NUMBERS}
    new["capture"] = capture_id
    if db.execute("SELECT 1 FROM counters WHERE capture = ?", [capture_id]).fetchone():
        insert(db, "counters", new, or_update=("capture",))
        return True
    zone = ZoneInfo(timezone_of(db, site_id))
    before = _beside(db, new, "<=", ORDER_BACK)
    if before and _same_numbers(before[0], new) and _same_day(before[0], new, zone):
        return False
    after = _beside(db, new, ">", ORDER)
    if before and after and _between(before[0], new, after[0], zone):
        return False
    if len(before) == 2 and _between(before[1], before[0], new, zone):
        _replace(db, before[0]["id"], new)
    elif len(after) == 2 and _between(new, after[0], after[1], zone):
        _replace(db, after[0]["id"], new)
    else:
        insert(db, "counters", new)
    return True


def has_counters(db: Database, site_id: str) -> bool:
    """Whether a box of the site was ever read."""
    row = db.execute("SELECT 1 FROM counters WHERE site = ? LIMIT 1", [site_id]).fetchone()
    return row is not None


def store_views(
    db: Database, article_id: int, capture_id: int, views: int, observed_at: str
) -> bool:
    """Add a row when the article's views differ from the last that were read; gives whether.

    A count that falls is a row like any other: `article_views_read` says whether a cached page or
    a reset was the reason.
    """
    last = db.execute(
        "SELECT views FROM article_views WHERE article = ? AND observed_at <= ? "
        "ORDER BY observed_at DESC LIMIT 1",
        [article_id, observed_at],
    ).fetchone()
    if last is not None and last[0] == views:
        return False
    row = {"article": article_id, "observed_at": observed_at, "views": views, "capture": capture_id}
    insert(db, "article_views", row, or_update=("article", "observed_at"))
    return True


def _beside(db: Database, new: Row, side: str, order: str) -> list[Row]:
    """Up to two rows next to a reading: those at or before it (``<=``), or after it (``>``)."""
    # The first condition is for the index; among readings of one second the total decides.
    sql = (
        f"SELECT id, observed_at, {', '.join(_NUMBERS)} FROM counters "
        f"WHERE site = ? AND observed_at {side.rstrip('=')}= ? "
        f"AND (observed_at, coalesce(total, -1)) {side} (?, ?) ORDER BY {order} LIMIT 2"
    )
    at, total = new["observed_at"], new["total"]
    values = [new["site"], at, at, -1 if total is None else total]
    # Not by Database.query, which puts each question into a savepoint of its own.
    names = ("id", "observed_at", *_NUMBERS)
    return [dict(zip(names, row, strict=True)) for row in db.execute(sql, values)]


def _replace(db: Database, row_id: int, new: Row) -> None:
    columns = ", ".join(f"{name} = :{name}" for name in new)
    db.execute(f"UPDATE counters SET {columns} WHERE id = :id", {**new, "id": row_id})


def _between(first: Row, middle: Row, last: Row, zone: ZoneInfo) -> bool:
    """Whether a reading lies between two of its local hour and says no more than they do."""
    rows = (first, middle, last)
    if len({_local(row, zone).replace(minute=0, second=0) for row in rows}) > 1:
        return False
    if len({_fixed(row) for row in rows}) > 1:
        return False
    return all(
        first[name] is None or first[name] <= middle[name] <= last[name]
        for name in (*_PERIODS, "total")
    )


def _fixed(row: Row) -> tuple[int | None, ...]:
    """What stays the same from one reading to the next while nothing but the time goes on."""
    parts = [row[name] for name in (*_PERIODS, "total")]
    whole = next((part for part in reversed(parts) if part is not None), 0)
    return (row["yesterday"], *(None if part is None else whole - part for part in parts))


def _same_numbers(row: Row, new: Row) -> bool:
    return all(row[name] == new[name] for name in _NUMBERS)


def _same_day(row: Row, new: Row, zone: ZoneInfo) -> bool:
    return _local(row, zone).date() == _local(new, zone).date()


def _local(row: Row, zone: ZoneInfo) -> datetime:
    return utc_moment(row["observed_at"]).astimezone(zone)
