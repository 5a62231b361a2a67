"""Snapshots of one day that say the same of the past are one reading of the box.

Through a day only the count rises: where the day, the week and the month began stays put. A
thousand snapshots of an hourly timer thus come down to about one reading a day, and everything
after this module works on readings. This is the only loop over single snapshots.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from operator import le
from typing import Any

from scraper.visits.calendar import LocalCalendar, month_start
from scraper.visits.findings import Finding, FindingKind, Witness
from scraper.visits.snapshots import Snapshot

# A "today" of 0 is not believed where the box's own numbers let this many visits expect by then:
# chance gives it once in three million days.
_TOO_MANY_FOR_ZERO = 15
# Until this hour few people are awake: a tenth of the day's pace is taken for the night.
_MORNING = 6

_NOTHING = (None, None, None, None)

# What the numbers of a reading count from: the line of the box that reaches back farthest.
TOTAL, MONTH, WEEK, DAY, NOTHING = "total", "this_month", "this_week", "today", ""


@dataclass(slots=True, eq=False)
class Reading:
    """Snapshots of one local ``day`` (by our clock) whose lines agree about the past.

    All counts are of one line, ``base``: ``low`` at the ``first`` snapshot and ``high`` at the
    ``last``, and those at which the day, the day before, the week and the month began, ``None``
    where the box does not say. ``yesterday`` is the line itself. ``zero`` marks a "today" of 0 that
    is hard to believe: then "yesterday" is not believed either, as the two may have been swapped.
    """

    day: int
    first: Snapshot
    last: Snapshot
    base: str
    low: int
    high: int
    day_start: int | None
    yesterday: int | None
    week_start: int | None
    month_start: int | None
    zero: bool = False

    @property
    def has_day_start(self) -> bool:
        """Whether the count at the start of the day is said, and believed."""
        return self.day_start is not None and not self.zero

    @property
    def previous_start(self) -> int | None:
        """The count at the start of the day before."""
        if self.day_start is None or self.yesterday is None:
            return None
        return self.day_start - self.yesterday

    def witness(self, says: str, *, at_end: bool = False) -> Witness:
        """This reading's first (or last) snapshot as a witness."""
        snapshot = self.last if at_end else self.first
        return Witness(snapshot[0], snapshot[7], says)


@dataclass(slots=True)
class Readings:
    """The readings of a stretch of time in order, and what was found out on the way."""

    all: list[Reading] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def read(snapshots: list[Snapshot], calendar: LocalCalendar) -> Readings:
    """Collapse ``snapshots`` (by time) into readings."""
    found = Readings()
    before: Snapshot | None = None
    for day, rows in _by_day(snapshots, calendar):
        fresh = _without_copies(day, rows, before, found)
        _collapse(day, fresh, calendar, found)
        before = rows[-1]
    return found


def _by_day(
    snapshots: list[Snapshot], calendar: LocalCalendar
) -> Iterator[tuple[int, list[Snapshot]]]:
    times = [snapshot[0] for snapshot in snapshots]
    start, midnight, day = 0, "", 0
    while start < len(snapshots):
        day += 1
        if not midnight or times[start] >= calendar.midnight(day + 1):
            day = calendar.day_of(times[start])
        midnight = calendar.midnight(day + 1)
        end = bisect_left(times, midnight, start)
        yield day, snapshots[start:end]
        start = end


def _without_copies(
    day: int, rows: list[Snapshot], before: Snapshot | None, found: Readings
) -> list[Snapshot]:
    """Leave out what the last snapshot of an earlier day had shown to the last digit.

    With visits today, the same numbers cannot stand for another day: had nobody come since, today
    would be 0.
    """
    if before is None or not before[1] or before[5] is None:
        return rows
    copies = 0
    while copies < len(rows) and rows[copies][1:6] == before[1:6]:
        copies += 1
    if copies:
        copy = rows[copies - 1]
        facts: dict[str, str | int] = {"since": before[0]}
        witness = Witness(copy[0], copy[7], "all lines")
        found.findings.append(
            Finding(FindingKind.STALE_COPY, date.fromordinal(day), facts, (witness,))
        )
    return rows[copies:]


def _collapse(day: int, rows: list[Snapshot], calendar: LocalCalendar, found: Readings) -> None:
    plain = _plain(day, rows, calendar) if rows else None
    if plain is not None:
        found.all.append(plain)
        return
    reading: Reading | None = None
    key = None
    for row in rows:
        _, today, yesterday, week, month, total, _, _ = row
        base = total if total is not None else month if month is not None else today
        if base is None:
            reading = _add_bare(day, row, found)
            key = None
            continue
        lines = (
            None if today is None else base - today,
            yesterday,
            None if week is None else base - week,
            None if month is None else base - month,
            today == 0 and _is_incredible(row, day, calendar, found),
            total is None,
        )
        if lines == key and reading is not None and base >= reading.high and lines[:4] != _NOTHING:
            reading.last, reading.high = row, base
            continue
        kind = TOTAL if total is not None else MONTH if month is not None else DAY
        reading = Reading(day, row, row, kind, base, base, *lines[:5])
        found.all.append(reading)
        key = lines


def _plain(day: int, rows: list[Any], calendar: LocalCalendar) -> Reading | None:
    """The one reading of a day whose boxes have all lines and agree; ``None`` for other days.

    Most days are such; this is the quick way for them to what :func:`_collapse` gives.
    """
    try:
        starts = {(row[5] - row[1], row[2], row[5] - row[3], row[5] - row[4]) for row in rows}
        totals = [row[5] for row in rows]
    except TypeError:  # A line is missing.
        return None
    day_start, yesterday, week_start, month_start = starts.pop()
    if starts or yesterday is None or not all(map(le, totals, totals[1:])):
        return None
    if totals[0] == day_start:
        zeros = [row for row in rows if row[1] == 0]
        if _expected(zeros[-1], day, calendar) > _TOO_MANY_FOR_ZERO:
            return None
    return Reading(
        day,
        rows[0],
        rows[-1],
        TOTAL,
        totals[0],
        totals[-1],
        day_start,
        yesterday,
        week_start,
        month_start,
    )


def _add_bare(day: int, row: Snapshot, found: Readings) -> Reading | None:
    """A reading without total, month and today: of a week's count, or of yesterday alone."""
    yesterday, week = row[2], row[3]
    if yesterday is None and week is None:
        return None
    base = NOTHING if week is None else WEEK
    count = week or 0
    start = 0 if week is not None else None
    reading = Reading(day, row, row, base, count, count, None, yesterday, start, None)
    found.all.append(reading)
    return reading


def _is_incredible(row: Snapshot, day: int, calendar: LocalCalendar, found: Readings) -> bool:
    """Whether a "today" of 0 cannot be, as many visits were due by then; notes it if so."""
    expected = _expected(row, day, calendar)
    if expected <= _TOO_MANY_FOR_ZERO:
        return False
    facts: dict[str, str | int] = {"expected": expected}
    witness = Witness(row[0], row[7], "today")
    found.findings.append(Finding(FindingKind.ZERO_TODAY, date.fromordinal(day), facts, (witness,)))
    return True


def _expected(row: Snapshot, day: int, calendar: LocalCalendar) -> int:
    """Visits due by the time of ``row`` at the pace that its other lines tell."""
    _, _, yesterday, week, month, _, _, _ = row
    days_before = day - month_start(day)
    pace = max(yesterday or 0, (week or 0) / 7)
    if month is not None and days_before:
        pace = max(pace, month / (days_before + 1))
    hours = calendar.hours_into(day, row[0])
    night = min(hours, _MORNING)
    return int(pace * (night / 10 + (hours - night)) / 24)
