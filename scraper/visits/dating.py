"""Which day a reading speaks of, when that is not the day of our clock.

A cached box shows yesterday's numbers after midnight, and a portal whose clock is off changes its
day before or after us. The numbers give it away: two readings that put the same count at the start
of "today" are of one day of the portal's, and where "yesterday" began at the other's "today", they
are a day apart. Such links are exact; when they contradict our clock, the clock yields.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from scraper.visits.calendar import LocalCalendar
from scraper.visits.lines import goes_together
from scraper.visits.readings import Reading

# Candidates for the hour at which the portal's day begins, in hours from our midnight: servers
# stand as far away as New Zealand and California.
_SHIFTS = [half / 2 for half in range(-24, 33)]
# Hours that a reading is counted as straining the clock if its lines do not fit its day.
_CONTRADICTION = 12.0
# So many readings of another day before the portal's midnight, not a cache, is the reason.
_HABIT = 3
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
    with_today = [reading for reading in readings if reading.day_start is not None]
    runs = _linked_runs(with_today, fewest=1)
    dates = Dates({reading: reading.day for reading in readings})
    if all(run.agrees_with_clock for run in runs):
        return dates
    dates.shift = _portal_midnight(runs, calendar)
    if dates.shift == 0:
        runs = _linked_runs(with_today, fewest=_FEW_VISITS)
    firsts = [_first_day(run, dates.shift, calendar) for run in runs]
    doubtful = _doubtful_hours(runs, firsts, dates.shift, calendar)
    # Readings without "today" cannot be linked: each is on its own.
    single = [_Run([reading], [0]) for reading in readings if reading.day_start is None]
    firsts += [_first_day(run, dates.shift, calendar) for run in single]
    for run, first in zip([*runs, *single], firsts, strict=True):
        unclear = first is None or _all_within(doubtful, run, first, calendar)
        for reading, step in zip(run.readings, run.steps, strict=True):
            dates.days[reading] = None if first is None or unclear else first + step
    return dates


def _linked_runs(readings: list[Reading], fewest: int) -> list[_Run]:
    """Readings joined by links; those on days with fewer than ``fewest`` visits prove nothing."""
    runs: list[_Run] = []
    for reading in readings:
        step = _step(runs[-1].readings[-1], reading, fewest) if runs else None
        if step is None:
            runs.append(_Run([reading], [0]))
        else:
            runs[-1].steps.append(runs[-1].steps[-1] + step)
            runs[-1].readings.append(reading)
    return runs


def _step(before: Reading, after: Reading, fewest: int) -> int | None:
    """Days of the portal's from one reading to the next, or ``None`` where the numbers do not say.

    On a day without visits the count at the start of the next day is the same, so equal counts
    prove something only if somebody came that day.
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
    hours = [_hours(run, calendar) for run in runs]
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
    if shift == 0 and run.agrees_with_clock:
        return run.readings[0].day
    # A lone reading that contradicts itself has a line wrong rather than the day.
    weight = _CONTRADICTION if len(run.readings) > 1 else 0.0
    costs = _costs(run, _hours(run, calendar), shift, weight)
    best, second = sorted(costs)[:2]
    if best > _CONTRADICTION * len(run.readings):
        return None
    # The portal's midnight is known to half an hour; near it a lone reading stays without a day.
    if second < 2 * best + (1.0 if shift == 0 else 2.0):
        return None
    return run.readings[0].day + costs.index(best) - 1


def _doubtful_hours(
    runs: list[_Run], firsts: list[int | None], shift: float, calendar: LocalCalendar
) -> tuple[float, float]:
    """The hours after and before which readings are known to be of the day beside ours.

    What happened at those hours to some readings may have happened to others, unnoticed. Where the
    portal's midnight is known to lie elsewhere, there are no such hours.
    """
    early, late = 24.0, 0.0
    for run, first in zip(runs, firsts, strict=True):
        for reading, step, hours in zip(
            run.readings, run.steps, _hours(run, calendar), strict=True
        ):
            if first is not None and first + step < reading.day:
                late = max(late, hours[1])
            elif first is not None and first + step > reading.day:
                early = min(early, hours[0])
    return (24.0, 0.0) if shift else (early, late)


def _all_within(
    doubtful: tuple[float, float], run: _Run, first: int, calendar: LocalCalendar
) -> bool:
    """Whether a run goes by our clock, but was only seen at doubtful hours."""
    early, late = doubtful
    return first == run.readings[0].day and all(
        hours[0] < late or hours[1] > early for hours in _hours(run, calendar)
    )


def _hours(run: _Run, calendar: LocalCalendar) -> list[tuple[float, float]]:
    """Hours of the first and the last snapshot of each reading after midnight of our clock."""
    return [
        (
            calendar.hours_into(reading.day, reading.first[0]),
            calendar.hours_into(reading.day, reading.last[0]),
        )
        for reading in run.readings
    ]


def _costs(
    run: _Run, hours: list[tuple[float, float]], shift: float, contradiction: float
) -> list[float]:
    """Hours by which the readings lie outside their days.

    One sum each for the first reading being of the day before our clock's, of that day, and of
    the day after.
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
