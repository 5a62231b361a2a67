"""Local days, weeks and months. A day is its proleptic ordinal (``date.toordinal()``)."""

from __future__ import annotations

from datetime import date, datetime, tzinfo
from enum import IntEnum
from functools import cache

from scraper.visits.snapshots import utc

SUNDAY = 6


class WeekStart(IntEnum):
    """The weekday on which a portal's week begins, numbered as in ``date.weekday()``."""

    MONDAY = 0
    SUNDAY = 6


class LocalCalendar:
    """Midnights of one time zone, as UTC times in the archive's spelling."""

    def __init__(self, zone: tzinfo) -> None:
        self.zone = zone
        self._midnights: dict[int, str] = {}

    def midnight(self, day: int) -> str:
        """The UTC time at which the local ``day`` begins."""
        found = self._midnights.get(day)
        if found is None:
            local = datetime.combine(date.fromordinal(day), datetime.min.time(), self.zone)
            found = self._midnights[day] = utc(local)
        return found

    def day_of(self, observed_at: str) -> int:
        """The local day on which ``observed_at`` (UTC) falls."""
        return datetime.fromisoformat(observed_at).astimezone(self.zone).date().toordinal()

    def hours_into(self, day: int, observed_at: str) -> float:
        """Hours from the beginning of the local ``day`` to ``observed_at``; negative before it."""
        start = datetime.fromisoformat(self.midnight(day))
        return (datetime.fromisoformat(observed_at) - start).total_seconds() / 3600


@cache
def month_start(day: int) -> int:
    """The first day of the month of ``day``."""
    return date.fromordinal(day).replace(day=1).toordinal()


@cache
def next_month(day: int) -> int:
    """The first day of the month after that of ``day``."""
    return month_start(month_start(day) + 31)


def month_before(day: int) -> int:
    """The first day of the month before that of ``day``."""
    return month_start(month_start(day) - 1)


def weekday(day: int) -> int:
    """0 for Monday to 6 for Sunday."""
    return (day - 1) % 7


def week_start(day: int, start: WeekStart) -> int:
    """The first day of the week of ``day``, for weeks that begin on ``start``."""
    return day - (weekday(day) - start) % 7


def week_starts(day: int) -> tuple[int, int]:
    """The first and the last day with which the week of ``day`` may begin: Sunday or Monday."""
    monday, sunday = day - (day - 1) % 7, day - day % 7
    return (sunday, monday) if sunday < monday else (monday, sunday)


def same_week(one: int, other: int) -> bool:
    """Whether two days are of one week, whenever weeks begin."""
    return one // 7 == other // 7 and (one - 1) // 7 == (other - 1) // 7


def clock(hours: float) -> str:
    """Hours after midnight (any sign) as a time of day: ``-0.5`` is ``23:30``."""
    minutes = round(hours * 60) % (24 * 60)
    return f"{minutes // 60:02}:{minutes % 60:02}"
