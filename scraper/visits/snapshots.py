"""What goes in: the numbers of a "Truy cập" box at one moment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from operator import itemgetter, le
from typing import NamedTuple

_LENGTH = len("2024-03-28T02:00:00Z")


class SnapshotError(ValueError):
    """A snapshot that cannot be placed in time; the message says which and why."""


class Snapshot(NamedTuple):
    """The box as one capture showed it. ``None`` is what the box does not say.

    ``observed_at`` is ISO 8601 in UTC with ``Z`` and whole seconds, as in the table ``counters``;
    ``capture`` is that table's. A plain tuple with the fields in this order will do wherever a
    snapshot is asked for, so rows of a query need no copying.
    """

    observed_at: str
    today: int | None = None
    yesterday: int | None = None
    this_week: int | None = None
    this_month: int | None = None
    total: int | None = None
    online: int | None = None
    capture: int | None = None


def utc(moment: datetime) -> str:
    """``moment`` (aware) as the archive writes times: UTC, ``Z``, whole seconds.

    Raises:
        SnapshotError: ``moment`` has no time zone.
    """
    if moment.tzinfo is None:
        raise SnapshotError(f"{moment.isoformat()} has no time zone: whose midnight ends its day?")
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def in_order(snapshots: Iterable[Snapshot]) -> list[Snapshot]:
    """The snapshots by time; those of one second stay in the order given.

    Raises:
        SnapshotError: a time is not written as ``2024-03-28T02:00:00Z``.
    """
    rows = snapshots if isinstance(snapshots, list) else list(snapshots)
    times = [row[0] for row in rows]
    if set(map(len, times)) - {_LENGTH} or set(map(itemgetter(-1), times)) - {"Z"}:
        wrong = next(time for time in times if len(time) != _LENGTH or time[-1] != "Z")
        raise SnapshotError(f"{wrong!r} is not a UTC time like 2024-03-28T02:00:00Z")
    if all(map(le, times, times[1:])):
        return rows
    return sorted(rows, key=itemgetter(0))
