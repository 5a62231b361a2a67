"""What two readings say of the days between them, whatever our clock says."""

from __future__ import annotations

from scraper.visits.calendar import LocalCalendar
from scraper.visits.readings import Reading


def days_between(before: Reading, after: Reading, fewest: int = 1) -> int | None:
    """Days of the portal's from one reading to the next, or ``None`` where the numbers do not say.

    On a day without visits the count at the start of the next day is the same, so equal counts
    prove something only if somebody came that day; and they may be chance where a day has fewer
    visits than ``fewest``.
    """
    if before.day_start is None or after.day_start is None:
        return None
    somebody_came = before.high > before.day_start
    scale = max(before.high - before.day_start, before.yesterday or 0, after.yesterday or 0)
    if scale < fewest:
        return None
    if after.day_start == before.day_start and (somebody_came or after.yesterday):
        return 0
    return 1 if somebody_came and after.previous_start == before.day_start else None


def hours_of(reading: Reading, calendar: LocalCalendar) -> tuple[float, float]:
    """Hours from midnight of our clock to the first and to the last snapshot."""
    return (
        calendar.hours_into(reading.day, reading.first[0]),
        calendar.hours_into(reading.day, reading.last[0]),
    )
