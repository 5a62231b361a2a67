"""A stretch of readings worked out: from what boxes said to days.

The order matters: first which readings are of one counter (:mod:`epochs`), then of which day each
is (:mod:`dating`), then what they state (:mod:`statements`) and which statements stand
(:mod:`points`, :mod:`bodies`), when weeks begin (:mod:`weeks`), and last the days.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from scraper.visits.bodies import Body, join_frames
from scraper.visits.bounds import Curve
from scraper.visits.calendar import LocalCalendar, WeekStart, clock
from scraper.visits.dating import Dates, date_readings
from scraper.visits.day_reader import DayReader
from scraper.visits.days import Day
from scraper.visits.epochs import Epochs, split_epochs
from scraper.visits.findings import Finding, FindingKind
from scraper.visits.readings import TOTAL, Reading
from scraper.visits.statements import ALWAYS, Dated, Statements, state
from scraper.visits.weeks import WeekVotes, total, vote

_NOON = 12


@dataclass(slots=True)
class Window:
    """Readings of a stretch of time with the day and the epoch of each, and votes on the week."""

    dated: list[Dated]
    findings: list[Finding] = field(default_factory=list)
    votes: list[tuple[Dated, WeekVotes]] = field(default_factory=list)

    def votes_between(self, first: int, end: int) -> WeekVotes:
        """The votes of the readings of the days from ``first`` up to ``end``."""
        return total(v for item, v in self.votes if first <= item.day < end)


def look_at(readings: list[Reading], calendar: LocalCalendar) -> Window:
    """Sort ``readings`` (by time) into counters and days, and let them vote on the week."""
    findings: list[Finding] = []
    readings = _without_dead_today(readings)
    epochs = split_epochs([reading for reading in readings if reading.base == TOTAL])
    _note_epochs(epochs, findings)
    window = Window(_dated(readings, epochs, calendar, findings), findings)
    if any(item.reading.week_start is not None for item in window.dated):
        without_weeks = join_frames(state(window.dated, {}).frames, [])
        window.votes = vote(window.dated, without_weeks)
    return window


def _without_dead_today(readings: list[Reading]) -> list[Reading]:
    """Where "today" is mostly a 0 that cannot be, nobody counts it: leave the line out."""
    zeros = sum(reading.zero for reading in readings)
    if 2 * zeros <= sum(reading.day_start is not None for reading in readings):
        return readings
    return [
        replace(reading, day_start=None, zero=False) if reading.zero else reading
        for reading in readings
    ]


def _note_epochs(epochs: Epochs, findings: list[Finding]) -> None:
    for reading in epochs.aside:
        facts: dict[str, str | int] = {"total": reading.low}
        findings.append(_finding(FindingKind.OTHER_COUNTER, reading, facts))
    for before, after in epochs.breaks:
        facts = {
            "before": before.high,
            "before_at": before.last[0],
            "after": after.low,
            "after_at": after.first[0],
        }
        findings.append(_finding(FindingKind.BREAK, after, facts, before))


def _finding(
    kind: FindingKind, reading: Reading, facts: dict[str, str | int], *others: Reading
) -> Finding:
    witnesses = tuple(item.witness(item.base) for item in (*others, reading))
    return Finding(kind, date.fromordinal(reading.day), facts, witnesses)


def _dated(
    readings: list[Reading], epochs: Epochs, calendar: LocalCalendar, findings: list[Finding]
) -> list[Dated]:
    """Each reading that is of use with its day and epoch, by time."""
    found: dict[Reading, list[Dated]] = {}
    eras = [_Era()]
    for number, run in enumerate(epochs.runs):
        dates = date_readings(run, calendar)
        era = _Era(run[0].first[0], dates.shift)
        before = epochs.before[number]
        if before is not None:
            era.broken = (2 * before.day + 1, before.last[0])
            era.since = (2 * run[0].day + 1, run[0].first[0])
        eras.append(era)
        for reading in run:
            day = dates.days[reading]
            _note_day(reading, day, dates, findings)
            if day is None:
                found[reading] = _undated(reading, number, era, calendar)
            else:
                found[reading] = [Dated(reading, day, number, era.since, era.broken)]
        if dates.shift:
            _note_midnight(run, dates.shift, findings)
    starts = [era.start for era in eras]
    for reading in readings:
        if reading.base != TOTAL:
            number = max(1, bisect_right(starts, reading.first[0]) - 1)
            era = eras[min(number, len(eras) - 1)]
            if not era.shift:
                dated = Dated(reading, reading.day, number - 1, era.since, era.broken)
                found[reading] = [dated]
    return [item for reading in readings for item in found.get(reading, ())]


@dataclass(slots=True)
class _Era:
    """When an epoch begins, where its counter's break lies, and the portal's midnight in it."""

    start: str = ""
    shift: float = 0.0
    since: tuple[int, str] = ALWAYS
    broken: tuple[int, str] = ALWAYS


def _undated(reading: Reading, number: int, era: _Era, calendar: LocalCalendar) -> list[Dated]:
    """A reading of unclear day: of ours or the nearest, it only speaks against others."""
    beside = -1 if calendar.hours_into(reading.day, reading.first[0]) < _NOON else 1
    return [
        Dated(reading, day, number, era.since, era.broken, believed=False)
        for day in (reading.day, reading.day + beside)
    ]


def _note_day(reading: Reading, day: int | None, dates: Dates, findings: list[Finding]) -> None:
    if day is None:
        findings.append(_finding(FindingKind.UNDATED, reading, {}))
    elif day != reading.day and dates.shift == 0.0:
        facts: dict[str, str | int] = {"portal_day": date.fromordinal(day).isoformat()}
        findings.append(_finding(FindingKind.OTHER_DAY, reading, facts))


def _note_midnight(run: list[Reading], shift: float, findings: list[Finding]) -> None:
    months = {date.fromordinal(reading.day).replace(day=1): reading for reading in run}
    for reading in months.values():
        facts: dict[str, str | int] = {"clock": clock(shift)}
        findings.append(_finding(FindingKind.OTHER_MIDNIGHT, reading, facts))


def work_out(
    window: Window,
    first: int,
    end: int,
    site_week: WeekStart | None,
    own_requests: Mapping[date, int] | None,
) -> tuple[list[Day], list[Finding]]:
    """The days from ``first`` up to ``end`` and the findings about them.

    ``site_week`` is when the site's weeks begin as far as all its snapshots tell.
    """
    weeks = _weeks(window, site_week)
    stated = state(window.dated, weeks)
    findings = [*window.findings, *stated.findings]
    curve = _curve(stated, findings)
    by_day: dict[int, list[Finding]] = {}
    for finding in findings:
        by_day.setdefault(finding.day.toordinal(), []).append(finding)
    reader = DayReader(curve, stated.floors, by_day, own_requests)
    own = [finding for finding in findings if first <= finding.day.toordinal() < end]
    return list(reader.days(first, end)), own


def _weeks(window: Window, site_week: WeekStart | None) -> dict[int, WeekStart | None]:
    """When weeks begin, by epoch: what the epoch itself tells, or else the site.

    Epochs are left out whose line "this week" is no calendar week's.
    """
    weeks = {}
    for epoch in {item.epoch for item in window.dated}:
        votes = total(v for item, v in window.votes if item.epoch == epoch)
        if votes.usable:
            weeks[epoch] = votes.verdict
            if votes.verdict is None and votes.allow(site_week):
                weeks[epoch] = site_week
    return weeks


def _curve(stated: Statements, findings: list[Finding]) -> Curve:
    bodies = [body for body in join_frames(stated.frames, findings) if body]
    curve = Curve(bodies)
    while out := curve.impossible():
        for number in out:
            findings.append(_impossible(bodies[number]))
        bodies = [body for number, body in enumerate(bodies) if number not in out]
        curve = Curve(bodies)
    return curve


def _impossible(body: Body) -> Finding:
    first, last = body[0], body[-1]
    facts: dict[str, str | int] = {
        "what": f"The growth from {date.fromordinal(first.position // 2)} "
        f"to {date.fromordinal(last.position // 2)}",
        "count": last.count - first.count,
    }
    day = date.fromordinal(first.position // 2)
    return Finding(FindingKind.OUT_OF_ORDER, day, facts, tuple(first.witnesses())[:3])
