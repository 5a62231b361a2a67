"""Tables of the portals' visit statistics: counters as read, visits per day as worked out."""

from __future__ import annotations

from sqlite_utils import Database


def create(db: Database) -> None:
    """Create both tables and their indexes."""
    _create_counters(db)
    _create_visits(db)


def _create_counters(db: Database) -> None:
    numbers = ["today", "yesterday", "this_week", "this_month", "total", "online"]
    db.create_table(
        "counters",
        {
            "id": int,
            "site": str,
            "observed_at": str,
            **dict.fromkeys(numbers, int),
            "capture": int,
        },
        pk="id",
        not_null=["site", "observed_at", "capture"],
        foreign_keys=[("site", "sites", "id"), ("capture", "captures", "id")],
        strict=True,
    )
    counters = db.table("counters")
    counters.create_index(["site", "observed_at"])
    counters.create_index(["observed_at"])
    # One box a page: storing the same capture twice is one row.
    counters.create_index(["capture"], unique=True)


def _create_visits(db: Database) -> None:
    # `evidence` is JSON: the counters that the figure rests on.
    db.create_table(
        "visits",
        {
            "site": str,
            "day": str,
            "visits": int,
            "low": int,
            "high": int,
            "basis": str,
            "own_requests": int,
            "evidence": str,
        },
        pk=("site", "day"),
        not_null=["site", "day", "basis"],
        foreign_keys=[("site", "sites", "id")],
        strict=True,
    )
    for column in ("day", "basis", "visits"):
        db.table("visits").create_index([column])
