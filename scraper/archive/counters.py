"""What the boxes said: the portal's counters and the articles' own views."""

from __future__ import annotations

from dataclasses import asdict

from sqlite_utils import Database

from scraper.archive.rows import insert
from scraper.archive.sites import timezone_of
from scraper.archive.times import local_day
from scraper.parse import Counters


def store_counters(
    db: Database, site_id: str, capture_id: int, counters: Counters, observed_at: str
) -> bool:
    """Add a row when the numbers differ from the site's last row or a new local day has begun.

    Gives whether a row was written. A capture has one row at most.
    """
    numbers = asdict(counters)
    if _repeats_last(db, site_id, numbers, observed_at):
        return False
    row = {"site": site_id, "observed_at": observed_at, **numbers, "capture": capture_id}
    insert(db, "counters", row, or_update=("capture",))
    return True


def store_views(
    db: Database, article_id: int, capture_id: int, views: int, observed_at: str
) -> bool:
    """Add a row when the article's views differ from the last that were read; gives whether."""
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


def _repeats_last(
    db: Database, site_id: str, numbers: dict[str, int | None], observed_at: str
) -> bool:
    last = db.execute(
        f"SELECT observed_at, {', '.join(numbers)} FROM counters "
        "WHERE site = ? AND observed_at <= ? ORDER BY observed_at DESC, id DESC LIMIT 1",
        [site_id, observed_at],
    ).fetchone()
    if last is None or tuple(last[1:]) != tuple(numbers.values()):
        return False
    timezone = timezone_of(db, site_id)
    return local_day(last[0], timezone) == local_day(observed_at, timezone)
