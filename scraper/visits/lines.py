"""The lines of one box as counts at day starts, and whether they go together."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from scraper.visits.calendar import SUNDAY, WeekStart, month_start, week_start, weekday
from scraper.visits.readings import DAY, MONTH, NOTHING, TOTAL, WEEK, Reading

_END = 1 << 40
# How counts at the starts of day, day before, week and month follow from a line.
_SAYS = {
    base: (
        f"{base} - today",
        f"{base} - today - yesterday",
        f"{base} - this_week",
        f"{base} - this_month",
    )
    for base in (TOTAL, MONTH, WEEK, DAY, NOTHING)
}


class Claim(NamedTuple):
    """The count, its ``level``, at a ``position`` according to ``line``, and how that follows.

    Positions are those of :mod:`points`.
    """

    position: int
    level: int
    line: str
    says: str


def claims_of(
    reading: Reading, day: int, week: WeekStart | None, *, use_week: bool = True
) -> list[Claim]:
    """What ``reading`` puts on the curve if it is of ``day``, by position.

    ``week`` is when weeks begin, ``None`` while that is unknown; without ``use_week`` the line
    "this week" is left out.
    """
    today, yesterday, this_week, this_month = _SAYS[reading.base]
    found: list[Claim] = []
    if reading.day_start is not None:
        found.append(Claim(2 * day, reading.day_start, "today", today))
        if reading.yesterday is not None:
            count = reading.day_start - reading.yesterday
            found.append(Claim(2 * (day - 1), count, "yesterday", yesterday))
    if reading.month_start is not None:
        position = 2 * month_start(day)
        found.append(Claim(position, reading.month_start, "this_month", this_month))
    if use_week and reading.week_start is not None:
        start = _week_position(reading, day, week)
        if start is not None:
            found.append(Claim(start, reading.week_start, "this_week", this_week))
    found.sort()
    return found


def _week_position(reading: Reading, day: int, week: WeekStart | None) -> int | None:
    """Where the week of a reading begins.

    While the portal's first weekday is unknown, the beginning lies between the start of Sunday and
    the start of Monday, whichever it is: a point within the Sunday. Seen on a Sunday it is that
    Sunday or six days earlier; a count that had grown since before today tells.
    """
    if week is not None:
        return 2 * week_start(day, week)
    if weekday(day) != SUNDAY:
        return 2 * (week_start(day, WeekStart.MONDAY) - 1) + 1
    if reading.day_start is None or reading.week_start == reading.day_start:
        return None
    return 2 * week_start(day, WeekStart.MONDAY)


def clash(claims: Sequence[Claim], reading: Reading, *, from_zero: bool) -> str | None:
    """Two lines that cannot both be true, in words; ``None`` if all can.

    ``from_zero`` tells that the total has counted from 0, so that no count is below.
    """
    from_zero = from_zero and reading.base == TOTAL
    if _all_rise(claims, reading.low, 0 if from_zero else -_END):
        return None
    row = [*claims, Claim(_END, reading.low, reading.base, reading.base)]
    if from_zero:
        row.insert(0, Claim(-1, 0, "", "nothing"))
    for one, other in pairwise(row):
        same_place = one.position == other.position
        if one.level > other.level or (same_place and one.level != other.level):
            return f"{one.says} is {one.level}, {other.says} is {other.level}"
    return None


def _all_rise(claims: Sequence[Claim], low: int, level: int) -> bool:
    """The quick way to see that no two ``claims`` clash between ``level`` and ``low``."""
    place = -1
    for position, count, _, _ in claims:
        if count < level or (position == place and count != level):
            return False
        place, level = position, count
    return level <= low


def suspects(claims: Sequence[Claim], reading: Reading) -> set[str]:
    """The lines one of which must be wrong where ``claims`` clash; all, if one is not enough."""
    lines = {claim.line for claim in claims}
    found = {
        line
        for line in lines
        if clash(
            [claim for claim in claims if claim.line not in _resting_on(line)],
            reading,
            from_zero=False,
        )
        is None
    }
    found = {resting for line in found for resting in _resting_on(line)}
    return found or lines


def _resting_on(line: str) -> tuple[str, ...]:
    return ("today", "yesterday") if line == "today" else (line,)


def goes_together(reading: Reading, day: int) -> bool:
    """Whether the lines of ``reading`` can all be true of the portal's ``day``."""
    return any(
        clash(claims_of(reading, day, week), reading, from_zero=False) is None for week in WeekStart
    )
