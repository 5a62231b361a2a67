"""Where snapshots come from, and which of them the days of one month depend on."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple, Protocol

from scraper.visits.calendar import LocalCalendar, month_before, month_start, next_month
from scraper.visits.snapshots import Snapshot

# A month is judged together with so many days before it and after it, and so many snapshots.
_DAYS = 8
CONTEXT = 10


class SnapshotSource(Protocol):
    """The snapshots of one site, ordered by time; times are UTC as in :class:`Snapshot`.

    The archive answers each of these from the index on (site, observed_at), so that their cost
    does not grow with the history.
    """

    def between(self, start: str, end: str) -> Sequence[Snapshot]:
        """Snapshots with ``start <= observed_at < end``, by time."""

    def nth_before(self, at: str, n: int) -> str | None:
        """The time of the ``n``-th last snapshot before ``at``; ``None`` if there are fewer."""

    def nth_after(self, at: str, n: int) -> str | None:
        """The time of the ``n``-th snapshot at or after ``at``; ``None`` if there are fewer."""

    def extent(self) -> tuple[str, str] | None:
        """The times of the first and the last snapshot; ``None`` if there are none."""


class SnapshotList:
    """A :class:`SnapshotSource` over snapshots in memory (as :func:`in_order` gives them)."""

    def __init__(self, snapshots: list[Snapshot]) -> None:
        self.snapshots = snapshots
        self._times = [snapshot[0] for snapshot in snapshots]

    def between(self, start: str, end: str) -> list[Snapshot]:
        """Snapshots with ``start <= observed_at < end``, by time."""
        return self.snapshots[bisect_left(self._times, start) : bisect_left(self._times, end)]

    def nth_before(self, at: str, n: int) -> str | None:
        """The time of the ``n``-th last snapshot before ``at``."""
        index = bisect_left(self._times, at) - n
        return self._times[index] if index >= 0 else None

    def nth_after(self, at: str, n: int) -> str | None:
        """The time of the ``n``-th snapshot at or after ``at``."""
        index = bisect_left(self._times, at) + n - 1
        return self._times[index] if index < len(self._times) else None

    def extent(self) -> tuple[str, str] | None:
        """The times of the first and the last snapshot."""
        return (self._times[0], self._times[-1]) if self._times else None


class Span(NamedTuple):
    """Local days from ``first`` up to, but not with, ``end`` (ordinals)."""

    first: int
    end: int


def span_of_month(source: SnapshotSource, month: int, calendar: LocalCalendar) -> Span:
    """The days whose snapshots decide about the month that begins on the day ``month``.

    They are the month and eight days before and after it (a week reaches no farther), and more
    where those hold few snapshots. As the rule looks at nothing else, a month comes out the same
    whenever it is worked out.
    """
    after = next_month(month)
    first, end = month - _DAYS, after + _DAYS
    extent = source.extent()
    if extent is not None:
        start_at, after_at = calendar.midnight(month), calendar.midnight(after)
        early = source.nth_before(start_at, CONTEXT) or min(extent[0], start_at)
        late = source.nth_after(after_at, CONTEXT) or max(extent[1], after_at)
        first = min(first, calendar.day_of(early))
        end = max(end, calendar.day_of(late) + 1)
    return Span(first, end)


def months_touched(
    source: SnapshotSource, first_at: str, last_at: str, calendar: LocalCalendar
) -> list[int]:
    """The months (their first days) that snapshots from ``first_at`` to ``last_at`` can change.

    The snapshots are in ``source`` already; the answer also covers what their months were judged
    by before they came, and the snapshot after each, which may be known as its copy.
    """
    extent = source.extent()
    if extent is None:
        return []
    first, end = calendar.day_of(first_at), calendar.day_of(last_at) + 1
    early = source.nth_before(calendar.midnight(first), CONTEXT + 1) or extent[0]
    late = source.nth_after(calendar.midnight(end), CONTEXT + 1) or extent[1]
    start = min(month_before(first), calendar.day_of(early))
    last = max(next_month(end), calendar.day_of(late))
    return _months(month_start(start), month_start(last))


def all_months(extent: tuple[str, str], calendar: LocalCalendar) -> list[int]:
    """The months (their first days) about which snapshots of that extent can say anything."""
    first, last = (month_start(calendar.day_of(at)) for at in extent)
    return _months(month_before(first), next_month(last))


def _months(first: int, last: int) -> list[int]:
    months = [first]
    while months[-1] < last:
        months.append(next_month(months[-1]))
    return months
