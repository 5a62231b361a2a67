"""A portal's visits as a page shows them: a bar for each period and for each gap between."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from scraper.archive.series import Period
from scraper.web.statistics.common import Portal
from scraper.web.statistics.evidence import Note, Point, notes_of, points_of

if TYPE_CHECKING:
    from datasette.database import Database

_DAY = timedelta(days=1)
_DAYS = """
select v.day as period, v.visits, v.low, v.high, v.basis, v.own_requests, v.evidence,
    v.gap_first, v.gap_last, v.gap_visits
from visits as v where v.site = :site and v.day between :first and :last order by v.day
"""
_PERIODS = """
select {by} as period, visits, low, high, basis, own_requests, days, known_days, exact_days,
    interval_days
from {view} where site = :site and {by} between :first and :last order by {by}
"""
_FINDINGS = """
select day, kind, message, facts from visit_findings
where site = :site and day between :first and :last order by day, id
"""


@dataclass(frozen=True, slots=True)
class Bar:
    """One period from ``first`` to ``last`` (days, both included); ``basis`` none is a gap.

    ``low`` and ``high`` bound the visits (``high`` is ``None`` where nothing limits them); where
    ``less_own`` was asked for, ``low`` is without the requests that were ours.
    """

    first: date
    last: date
    basis: str
    visits: int | None = None
    low: int | None = None
    high: int | None = None
    own_requests: int | None = None
    days: int = 1
    exact_days: int = 0
    interval_days: int = 0
    points: list[Point] = field(default_factory=list)
    gap: tuple[date, date, int] | None = None
    notes: list[Note] = field(default_factory=list)

    @property
    def reset(self) -> bool:
        """Whether the counter began anew in this period."""
        return any(note.kind == "break" for note in self.notes)


async def known_days(db: Database, site: str) -> tuple[date, date] | None:
    """The first and the last day of a site of which anything is known or was found out."""
    row = (await db.execute("select min(day), max(day) from visits where site = ?", [site])).rows[0]
    if row[0] is None:
        return None
    return date.fromisoformat(row[0]), date.fromisoformat(row[1])


async def read_bars(
    db: Database, portal: Portal, by: Period, first: date, last: date, *, less_own: bool = False
) -> list[Bar]:
    """The portal's bars from ``first`` to ``last`` by time, gaps as one bar each.

    ``less_own`` takes our own requests off: each may have been counted or not, so an exact number
    becomes an interval.
    """
    zone = ZoneInfo(portal.timezone)
    bounds = {"site": portal.id, "first": by.of(first), "last": by.of(last)}
    sql = _DAYS if by is Period.DAY else _PERIODS.format(by=by, view=by.view)
    rows = [dict(row) for row in (await db.execute(sql, bounds)).rows]
    ends = {"site": portal.id, "first": _start(by, first).isoformat(), "last": last.isoformat()}
    findings = notes_of([dict(row) for row in (await db.execute(_FINDINGS, ends)).rows], zone)
    bars = [_bar(by, row, zone, less_own=less_own) for row in rows if row["basis"] != "none"]
    for day, note in findings:
        period = _start(by, day)
        for bar in bars:
            if bar.first == period:
                bar.notes.append(note)
                break
        else:
            bars.append(Bar(period, _end(by, period), "none", notes=[note]))
    return _with_gaps(_merged(bars), by, first, last)


def _merged(bars: list[Bar]) -> list[Bar]:
    """The bars by time; several without figures on one period are one."""
    found: dict[date, Bar] = {}
    for bar in sorted(bars, key=lambda each: each.first):
        if bar.first in found:
            found[bar.first].notes.extend(bar.notes)
        else:
            found[bar.first] = bar
    return list(found.values())


def _with_gaps(bars: list[Bar], by: Period, first: date, last: date) -> list[Bar]:
    """The bars with one of basis none for each stretch between them of which nothing is known."""
    whole: list[Bar] = []
    expected = _start(by, first)
    for bar in bars:
        if bar.first > expected:
            whole.append(Bar(expected, bar.first - _DAY, "none"))
        whole.append(bar)
        expected = bar.last + _DAY
    if expected <= last and bars:
        whole.append(Bar(expected, _end(by, last), "none"))
    return whole


def _bar(by: Period, row: dict[str, Any], zone: ZoneInfo, *, less_own: bool) -> Bar:
    first = _first_day(by, row["period"])
    visits, low, basis = row["visits"], row["low"], row["basis"]
    if less_own and row["own_requests"]:
        low = max(low - row["own_requests"], 0)
        visits, basis = None, "interval"
    evidence = json.loads(row["evidence"]) if row.get("evidence") else {}
    return Bar(
        first,
        _end(by, first),
        basis,
        visits,
        low,
        row["high"],
        row["own_requests"],
        row.get("days", 1),
        row.get("exact_days", int(basis == "exact")),
        row.get("interval_days", int(basis == "interval")),
        points_of(evidence.get("points", []), zone),
        _gap(row),
    )


def _gap(row: dict[str, Any]) -> tuple[date, date, int] | None:
    if row.get("gap_visits") is None:
        return None
    first, last = (date.fromisoformat(row[name]) for name in ("gap_first", "gap_last"))
    return first, last, row["gap_visits"]


def _first_day(by: Period, period: str) -> date:
    return date.fromisoformat(f"{period}-01" if by is Period.MONTH else period)


def _start(by: Period, day: date) -> date:
    return _first_day(by, by.of(day))


def _end(by: Period, day: date) -> date:
    """The last day of the period that ``day`` is in."""
    start = _start(by, day)
    if by is Period.DAY:
        return start
    if by is Period.WEEK:
        return start + 6 * _DAY
    return (start + 31 * _DAY).replace(day=1) - _DAY
