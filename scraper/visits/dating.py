"""Which day a reading speaks of, when that is not the day of our clock.

A cached box shows yesterday's numbers after midnight, and a portal whose clock is off changes its
day before or after us. The numbers give it away: two readings that put the same count at the start
of "today" are of one day of the portal's, and where "yesterday" began at the other's "today", they
are a day apart. Such links are exact; when they contradict our clock, the clock yields.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from scraper.visits.calendar import LocalCalendar
from scraper.visits.lines import goes_together
from scraper.visits.readings import Reading

# Candidates for the hour at which the portal's day begins, in hours from our midnight: that of a
# server in Tonga to that of one in California.
_SHIFTS = [half / 2 for half in range(-14, 33)]
# Hours that a reading is counted as straining the clock if its lines do not fit its day.
_CONTRADICTION = 12.0
# So many readings of another day before the portal's midnight, not a cache, is the reason.
_HABIT = 3
# So many hours after midnight a box may still be yesterday's.
_CACHED = 3.0
# A day with less than this part of the visits of the day before is taken to have just begun.
_PART = 3
# From this hour on it is odd that a day has hardly begun.
_AFTERNOON = 15.0
# With fewer visits a day than this, equal counts may be chance: only a habit proves something.
_FEW_VISITS = 30


@dataclass(slots=True)
class Dates:
    """The portal's day of each reading, ``None`` where unclear, and the portal's midnight.

    ``shift`` is in hours from our midnight; ``days`` has the readings that were looked at.
    """

    days: dict[Reading, int | None] = field(default_factory=dict)
    shift: float = 0.0


@dataclass(slots=True)
class _Run:
    """Readings linked day by day; ``steps`` are their days counted from the first's."""

    readings: list[Reading]
    steps: list[int]
    _contradictions: dict[int, int] = field(default_factory=dict)

    def contradictions(self, offset: int) -> int:
        """Readings whose lines do not fit their days, if the first is ``offset`` days off ours."""
        if offset not in self._contradictions:
            start = self.readings[0].day + offset
            self._contradictions[offset] = sum(
                not goes_together(reading, start + step)
                for reading, step in zip(self.readings, self.steps, strict=True)
            )
        return self._contradictions[offset]

    @property
    def agrees_with_clock(self) -> bool:
        first = self.readings[0].day
        return all(
            reading.day - first == step
            for reading, step in zip(self.readings, self.steps, strict=True)
        )


def date_readings(readings: list[Reading], calendar: LocalCalendar) -> Dates:
    """Give each of one counter's ``readings`` (by time) its day."""
    linkable = [reading for reading in readings if reading.has_day_start]
    runs = _linked_runs(linkable)
    dates = Dates({reading: reading.day for reading in readings})
    if all(run.agrees_with_clock for run in runs):
        return dates
    dates.shift = _portal_midnight(runs, calendar)
    # A "today" of 0 may be true after a midnight that is not ours.
    dates.days.update((reading, None) for reading in readings if reading.zero)
    if dates.shift == 0:
        _find_cached(linkable, dates, calendar)
        return dates
    # Readings without "today" cannot be linked: each is on its own.
    runs += [_Run([reading], [0]) for reading in readings if not reading.has_day_start]
    for run in runs:
        first = _first_day(run, dates.shift, calendar)
        for reading, step in zip(run.readings, run.steps, strict=True):
            dates.days[reading] = None if first is None else first + step
    return dates


def _find_cached(readings: list[Reading], dates: Dates, calendar: LocalCalendar) -> None:
    """Move readings from soon after midnight to the day before, where links to others say so.

    How late boxes were cached is then known, too: other readings from those hours that no link
    places are of unclear day. So are those seen late on a day that has hardly begun, and readings
    whose links cannot be explained in this way.
    """
    links = _Links(readings, calendar)
    cached = {reading for reading in readings if links.day_before(reading)}
    latest = max((_hours(reading, calendar)[1] for reading in cached), default=0.0)
    for reading in readings:
        first, last = _hours(reading, calendar)
        odd = first < latest or (last > _AFTERNOON and not _looks_whole(reading))
        if reading in links.unexplained or (odd and reading not in links.placed):
            dates.days[reading] = None
        elif reading in cached:
            dates.days[reading] = reading.day - 1


class _Links:
    """Links between neighbours, and what they say of readings from soon after midnight."""

    def __init__(self, readings: list[Reading], calendar: LocalCalendar) -> None:
        self._late = {
            reading
            for reading in readings
            if _hours(reading, calendar)[1] <= _CACHED and _looks_whole(reading)
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
        step = _step(before, after, fewest)
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


def _linked_runs(readings: list[Reading]) -> list[_Run]:
    runs: list[_Run] = []
    for reading in readings:
        step = _step(runs[-1].readings[-1], reading) if runs else None
        if step is None:
            runs.append(_Run([reading], [0]))
        else:
            runs[-1].steps.append(runs[-1].steps[-1] + step)
            runs[-1].readings.append(reading)
    return runs


def _step(before: Reading, after: Reading, fewest: int = 1) -> int | None:
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


def _portal_midnight(runs: list[_Run], calendar: LocalCalendar) -> float:
    """The shift that explains the links best; 0 unless another one is clearly better."""
    misfits = sum(
        reading.day - run.readings[0].day != step
        for run in runs
        for reading, step in zip(run.readings, run.steps, strict=True)
    )
    if misfits < _HABIT:
        return 0.0
    hours = [[_hours(reading, calendar) for reading in run.readings] for run in runs]
    costs = {
        shift: sum(
            min(_costs(run, times, shift, _CONTRADICTION))
            for run, times in zip(runs, hours, strict=True)
        )
        for shift in _SHIFTS
    }
    best = min(_SHIFTS, key=lambda shift: (costs[shift], abs(shift)))
    return best if costs[0.0] > 3 * costs[best] + _HABIT else 0.0


def _first_day(run: _Run, shift: float, calendar: LocalCalendar) -> int | None:
    """The portal's day of the run's first reading: the one that strains the clock least."""
    # A lone reading that contradicts itself has a line wrong rather than the day.
    weight = _CONTRADICTION if len(run.readings) > 1 else 0.0
    hours = [_hours(reading, calendar) for reading in run.readings]
    costs = _costs(run, hours, shift, weight)
    best, second = sorted(costs)[:2]
    # The portal's midnight is known to half an hour; near it a lone reading stays without a day.
    if second < 2 * best + 2.0 or best > _CONTRADICTION * len(run.readings):
        return None
    return run.readings[0].day + costs.index(best) - 1


def _hours(reading: Reading, calendar: LocalCalendar) -> tuple[float, float]:
    """Hours from midnight of our clock to the first and to the last snapshot."""
    return (
        calendar.hours_into(reading.day, reading.first[0]),
        calendar.hours_into(reading.day, reading.last[0]),
    )


def _costs(
    run: _Run, hours: list[tuple[float, float]], shift: float, contradiction: float
) -> list[float]:
    """Hours by which the readings lie outside their days.

    One sum each for the first reading being of the day before our clock's, of that day, and of
    the day after. A reading whose lines do not fit its day adds ``contradiction``.
    """
    start = run.readings[0].day
    costs = []
    for offset in (-1, 0, 1):
        cost = run.contradictions(offset) * contradiction if contradiction else 0.0
        for reading, step, (first, last) in zip(run.readings, run.steps, hours, strict=True):
            late = 24 * (reading.day - start - offset - step) - shift
            cost += max(0.0, -first - late) + max(0.0, last + late - 24)
        costs.append(cost)
    return costs
