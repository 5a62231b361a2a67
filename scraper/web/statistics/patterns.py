"""Patterns of the calendar in a series of days: pure, exact days in, ratios out.

A day is compared with the level around it, the median of the exact days near it, so that a portal
that grows does not look as if some weekday or holiday had brought that.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

# The level is that of so many days before and after, and needs so many exact ones.
_AROUND = 28
_ENOUGH = 7
# Days so near to a holiday are no part of the level that it is compared with.
_HOLIDAY = 5
TET_DAYS = range(-10, 16)


@dataclass(frozen=True, slots=True)
class Pattern:
    """Days of one kind: how many are exact, their median, and percents of the level around them.

    ``percent`` is the median of those, ``least`` and ``most`` their extremes.
    """

    key: int
    days: int
    visits: float
    percent: float
    least: float
    most: float


def weekdays(days: Mapping[date, int]) -> list[Pattern]:
    """The patterns of Monday (1) to Sunday (7); a weekday without exact days is left out."""
    ratios = _ratios(days, days, 0)
    return _patterns((day.isoweekday(), days[day], ratios.get(day)) for day in days)


def around(days: Mapping[date, int], events: Iterable[date], offsets: range) -> list[Pattern]:
    """The patterns of the days at ``offsets`` from each of the ``events``."""
    near = [(event + timedelta(days=offset), offset) for event in events for offset in offsets]
    chosen = [(day, offset) for day, offset in near if day in days]
    reach = max(abs(offsets.start), abs(offsets.stop - 1))
    ratios = _ratios(days, [day for day, _ in chosen], reach)
    return _patterns((offset, days[day], ratios.get(day)) for day, offset in chosen)


def percent_of_level(days: Mapping[date, int], day: date) -> float | None:
    """An exact day's visits in percent of the level around it; ``None`` where that is not known."""
    return _ratios(days, [day], _HOLIDAY).get(day) if day in days else None


def _ratios(days: Mapping[date, int], wanted: Iterable[date], left_out: int) -> dict[date, float]:
    """Percents of the level of days at most ``_AROUND + left_out`` away, without the nearest."""
    ordered = sorted(days)
    found = {}
    for day in wanted:
        reach = timedelta(days=_AROUND + left_out)
        near = ordered[bisect_left(ordered, day - reach) : bisect_right(ordered, day + reach)]
        level = [days[each] for each in near if abs((each - day).days) >= max(left_out, 1)]
        if len(level) >= _ENOUGH and (middle := median(level)) > 0:
            found[day] = 100 * days[day] / middle
    return found


def _patterns(values: Iterable[tuple[int, int, float | None]]) -> list[Pattern]:
    visits: dict[int, list[int]] = {}
    percents: dict[int, list[float]] = {}
    for key, number, percent in values:
        if percent is not None:
            visits.setdefault(key, []).append(number)
            percents.setdefault(key, []).append(percent)
    return [
        Pattern(
            key,
            len(visits[key]),
            median(visits[key]),
            median(percents[key]),
            min(percents[key]),
            max(percents[key]),
        )
        for key in sorted(visits)
    ]
