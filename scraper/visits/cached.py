"""Readings from soon after midnight that are of the day before, as the box was cached."""

from __future__ import annotations

from itertools import pairwise

from scraper.visits.calendar import LocalCalendar
from scraper.visits.links import days_between, hours_of
from scraper.visits.readings import Reading

# So many hours after midnight a box may still be yesterday's.
_CACHED = 3.0
# A day with less than this part of the visits of the day before is taken to have just begun.
_PART = 3
# From this hour on it is odd that a day has hardly begun.
_AFTERNOON = 15.0
# With fewer visits a day than this, equal counts may be chance: only a habit proves something.
_FEW_VISITS = 30


def find_cached(
    readings: list[Reading], days: dict[Reading, int | None], calendar: LocalCalendar
) -> None:
    """Move readings from soon after midnight to the day before, where links to others say so.

    How late boxes were cached is then known, too: other readings from those hours that no link
    places are of unclear day. So are those seen late on a day that has hardly begun, and readings
    whose links cannot be explained in this way.
    """
    links = _Links(readings, calendar)
    cached = {reading for reading in readings if links.day_before(reading)}
    latest = max((hours_of(reading, calendar)[1] for reading in cached), default=0.0)
    for reading in readings:
        first, last = hours_of(reading, calendar)
        odd = first < latest or (last > _AFTERNOON and not _looks_whole(reading))
        if reading in links.unexplained or (odd and reading not in links.placed):
            days[reading] = None
        elif reading in cached:
            days[reading] = reading.day - 1


class _Links:
    """Links between neighbours, and what they say of readings from soon after midnight."""

    def __init__(self, readings: list[Reading], calendar: LocalCalendar) -> None:
        self._late = {
            reading
            for reading in readings
            if hours_of(reading, calendar)[1] <= _CACHED and _looks_whole(reading)
        }
        self._cached: set[Reading] = set()
        self.placed: set[Reading] = set()
        self.unexplained: set[Reading] = set()
        pairs = list(pairwise(readings))
        for before, after in pairs:
            off = self._off(before, after, 1)
            if off and (before if off > 0 else after) not in self._late:
                self.unexplained.update((before, after))
        for before, after in (*pairs, *reversed(pairs)):
            if not self.unexplained & {before, after}:
                self._place(before, after)

    def day_before(self, reading: Reading) -> bool:
        """Whether links put the reading on the day before our clock's."""
        return reading in self._cached and reading not in self.unexplained

    def _off(self, before: Reading, after: Reading, fewest: int) -> int | None:
        """Days that the link has more than our clock; ``None`` without a link."""
        step = days_between(before, after, fewest)
        return None if step is None else step - (after.day - before.day)

    def _place(self, before: Reading, after: Reading) -> None:
        off = self._off(before, after, _FEW_VISITS)
        if off is None:
            return
        # What the days already found leave to be explained.
        off += (before not in self._cached) - (after not in self._cached)
        if off < 0 and after in self._late:
            self._cached.add(after)
        elif off > 0 and before in self._late:
            self._cached.add(before)
        elif off:
            return
        self.placed.update((before, after))


def _looks_whole(reading: Reading) -> bool:
    """Whether "today" may be of a whole day, as a box cached since before midnight shows it.

    If it has hardly begun, the numbers are no cached ones: the portal's midnight is not ours.
    """
    if reading.day_start is None:
        return False
    return (reading.high - reading.day_start) * _PART >= (reading.yesterday or 0)
