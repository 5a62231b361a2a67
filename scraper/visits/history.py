"""A site's whole history, or what new snapshots change in it, month by month.

Each month is worked out from the snapshots of a span around it (:func:`span_of_month`) and from
nothing else but the site's first weekday. Working out the months that new snapshots touch is
therefore the same as working out everything again, and costs the same after ten years as after one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from datetime import date, tzinfo
from zoneinfo import ZoneInfo

from scraper.visits.calendar import LocalCalendar, next_month
from scraper.visits.days import Day
from scraper.visits.findings import Finding
from scraper.visits.readings import Reading, Readings, read
from scraper.visits.results import SiteVisits, VisitsState
from scraper.visits.snapshots import Snapshot, in_order
from scraper.visits.sources import (
    SnapshotList,
    SnapshotSource,
    Span,
    all_months,
    months_touched,
    span_of_month,
)
from scraper.visits.window import Window, look_at, work_out

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
# Raised whenever the same snapshots come out differently: what was worked out by an earlier version
# is then worked out anew as a whole, and no series is half of one and half of the other.
METHOD = 1


def site_visits(
    snapshots: Iterable[Snapshot],
    *,
    zone: tzinfo = VIETNAM,
    own_requests: Mapping[date, int] | None = None,
) -> SiteVisits | None:
    """Work out a site's visits per day from all its snapshots; ``None`` if there are none.

    Args:
        snapshots: of one site, in any order.
        zone: the portal's time zone; its midnights part the days.
        own_requests: how many requests we made to the site on each local day.

    Raises:
        SnapshotError: a snapshot's time is not UTC as the archive writes it.
    """
    source = SnapshotList(in_order(snapshots))
    return _whole(source, LocalCalendar(zone), own_requests)


def daily_visits(
    snapshots: Iterable[Snapshot],
    *,
    zone: tzinfo = VIETNAM,
    own_requests: Mapping[date, int] | None = None,
) -> list[Day]:
    """The days of :func:`site_visits`, in order, from the first of which anything is known."""
    found = site_visits(snapshots, zone=zone, own_requests=own_requests)
    return [] if found is None else found.days


def refresh(
    source: SnapshotSource,
    state: VisitsState,
    first_at: str,
    last_at: str,
    *,
    zone: tzinfo = VIETNAM,
    own_requests: Mapping[date, int] | None = None,
) -> SiteVisits | None:
    """Work out again what the snapshots from ``first_at`` to ``last_at`` change.

    Args:
        source: all snapshots of the site, the new ones included.
        state: what the last call gave, or an empty state for a site that is new.
        first_at: the time of the earliest snapshot that was added, changed or removed (UTC).
        last_at: the time of the latest.
        zone: the portal's time zone.
        own_requests: as in :func:`site_visits`.

    Returns:
        What :func:`site_visits` would give, limited to the months that can have changed. Should the
        site's first weekday have come out differently, that is the whole.
    """
    calendar = LocalCalendar(zone)
    months = months_touched(source, first_at, last_at, calendar)
    if not months:
        return None
    spans = {month: span_of_month(source, month, calendar) for month in months}
    start = calendar.midnight(min(span.first for span in spans.values()))
    end = calendar.midnight(max(span.end for span in spans.values()))
    # One snapshot more: a copy of it is known as a copy.
    start = source.nth_before(start, 1) or start
    readings = read(list(source.between(start, end)), calendar)
    windows = _windows(readings, spans, calendar)
    votes = {**state.votes, **_votes(windows)}
    renewed = VisitsState({month: pair for month, pair in sorted(votes.items()) if any(pair)})
    if renewed.week_start != state.week_start:
        everything = source.extent()
        if everything is not None:
            rows = source.between(everything[0], everything[1] + "~")
            return _whole(SnapshotList(list(rows)), calendar, own_requests)
    return _result(windows, readings, renewed, own_requests, whole=False)


def _whole(
    source: SnapshotList, calendar: LocalCalendar, own_requests: Mapping[date, int] | None
) -> SiteVisits | None:
    extent = source.extent()
    if extent is None:
        return None
    readings = read(source.snapshots, calendar)
    spans = {
        month: span_of_month(source, month, calendar) for month in all_months(extent, calendar)
    }
    windows = _windows(readings, spans, calendar)
    votes = {month: pair for month, pair in _votes(windows).items() if any(pair)}
    return _result(windows, readings, VisitsState(votes), own_requests, whole=True)


def _windows(
    readings: Readings, spans: dict[int, Span], calendar: LocalCalendar
) -> dict[int, Window]:
    days = [reading.day for reading in readings.all]
    windows = {}
    for month, span in spans.items():
        part: list[Reading] = readings.all[
            bisect_left(days, span.first) : bisect_left(days, span.end)
        ]
        windows[month] = look_at(part, calendar)
    return windows


def _votes(windows: dict[int, Window]) -> dict[str, tuple[int, int]]:
    found = {}
    for month, window in windows.items():
        votes = window.votes_between(month, next_month(month))
        found[f"{date.fromordinal(month):%Y-%m}"] = (votes.monday, votes.sunday)
    return found


def _result(
    windows: dict[int, Window],
    readings: Readings,
    state: VisitsState,
    own_requests: Mapping[date, int] | None,
    *,
    whole: bool,
) -> SiteVisits:
    first, last = min(windows), next_month(max(windows)) - 1
    days: list[Day] = []
    findings: list[Finding] = []
    for month in sorted(windows):
        found = work_out(windows[month], month, next_month(month), state.week_start, own_requests)
        days += found[0]
        findings += found[1]
    findings += (
        finding for finding in readings.findings if first <= finding.day.toordinal() <= last
    )
    if whole and (week_finding := state.week_finding()) is not None:
        findings.append(week_finding)
    findings.sort(key=lambda finding: finding.day)
    return SiteVisits(date.fromordinal(first), date.fromordinal(last), days, findings, state, whole)
