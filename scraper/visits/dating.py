"""Which day a reading speaks of, when that is not the day of our clock.

A cached box shows yesterday's numbers after midnight, and a portal whose clock is off changes its
day before or after us. The numbers give it away: two readings that put the same count at the start
of "today" are of one day of the portal's, and where "yesterday" began at the other's "today", they
are a day apart. Such links are exact; when they contradict our clock, the clock yields.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from scraper.visits.cached import find_cached
from scraper.visits.calendar import LocalCalendar
from scraper.visits.lines import goes_together
from scraper.visits.links import days_between, hours_of
from scraper.visits.readings import Reading

# Candidates for the hour at which the portal's day begins, in hours from our midnight: that of a
# server in Tonga to that of one in California.
_SHIFTS = [half / 2 for half in range(-14, 33)]
# Hours that a reading is counted as straining the clock if its lines do not fit its day.
_CONTRADICTION = 12.0
# So many readings of another day before the portal's midnight, not a cache, is the reason.
_HABIT = 3


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
        find_cached(linkable, dates.days, calendar)
        return dates
    # Readings without "today" cannot be linked: each is on its own.
    runs += [_Run([reading], [0]) for reading in readings if not reading.has_day_start]
    for run in runs:
        first = _first_day(run, dates.shift, calendar)
        for reading, step in zip(run.readings, run.steps, strict=True):
            dates.days[reading] = None if first is None else first + step
    return dates


def _linked_runs(readings: list[Reading]) -> list[_Run]:
    runs: list[_Run] = []
    for reading in readings:
        step = days_between(runs[-1].readings[-1], reading) if runs else None
        if step is None:
            runs.append(_Run([reading], [0]))
        else:
            runs[-1].steps.append(runs[-1].steps[-1] + step)
            runs[-1].readings.append(reading)
    return runs


def _portal_midnight(runs: list[_Run], calendar: LocalCalendar) -> float:
    """The shift that explains the links best; 0 unless another one is clearly better."""
    misfits = sum(
        reading.day - run.readings[0].day != step
        for run in runs
        for reading, step in zip(run.readings, run.steps, strict=True)
    )
    if misfits < _HABIT:
        return 0.0
    hours = [[hours_of(reading, calendar) for reading in run.readings] for run in runs]
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
    hours = [hours_of(reading, calendar) for reading in run.readings]
    costs = _costs(run, hours, shift, weight)
    best, second = sorted(costs)[:2]
    # The portal's midnight is known to half an hour; near it a lone reading stays without a day.
    if second < 2 * best + 2.0 or best > _CONTRADICTION * len(run.readings):
        return None
    return run.readings[0].day + costs.index(best) - 1


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
