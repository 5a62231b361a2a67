"""Visits per day in the archive: worked out by :mod:`scraper.visits`, kept up to date here.

``visits_state`` says which counters and captures came since the last time; only the months that
those can change are worked out again, and the result is the same as that of working out all.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from sqlite_utils import Database

from scraper.archive.rows import insert_all
from scraper.archive.sites import timezone_of
from scraper.archive.snapshots import CounterSource, all_snapshots
from scraper.archive.times import local_day, midnight
from scraper.visits import (
    METHOD,
    Day,
    Finding,
    FindingKind,
    SiteVisits,
    VisitsState,
    refresh,
    site_visits,
)


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What working out a site's visits wrote: days and findings, ``whole`` if all of them."""

    days: int
    findings: int
    whole: bool


def refresh_visits(db: Database, site_id: str, *, rebuild: bool = False) -> Refreshed | None:
    """Bring a site's visits per day up to date; ``None`` where no counters came since.

    Days that an earlier version of the method worked out are all worked out anew.

    Args:
        db: the archive, in a transaction.
        site_id: the site.
        rebuild: work out all days anew, whatever is remembered.

    Raises:
        UnknownSite: the site is not in the archive.
    """
    timezone = timezone_of(db, site_id)
    due = _due(db, site_id)
    found = None
    rebuild = rebuild or due.outdated
    if rebuild or due.counters is not None:
        found = _work_out(db, site_id, ZoneInfo(timezone), due, rebuild=rebuild)
        if found is None or found.whole:
            _forget(db, site_id)
        else:
            _forget(db, site_id, found.first, found.last)
        if found is not None:
            _store(db, site_id, timezone, found)
        _remember(db, site_id, found)
    if due.requests_from is not None:
        _count_again(db, site_id, timezone, due.requests_from)
    db.execute(
        "UPDATE visits_state SET due_from = NULL, due_to = NULL, requests_from = NULL "
        "WHERE site = ?",
        [site_id],
    )
    return None if found is None else Refreshed(len(found.days), len(found.findings), found.whole)


@dataclass(frozen=True, slots=True)
class _Due:
    """What came since the last time: the times of counters, and the first capture's.

    ``outdated`` says that the days were worked out by an earlier version of the method.
    """

    state: VisitsState | None = None
    counters: tuple[str, str] | None = None
    requests_from: str | None = None
    outdated: bool = False


def _due(db: Database, site_id: str) -> _Due:
    row = db.execute(
        "SELECT votes, due_from, due_to, requests_from, method FROM visits_state WHERE site = ?",
        [site_id],
    ).fetchone()
    if row is None:
        return _Due()
    votes, first, last, requests_from, method = row
    return _Due(
        VisitsState.from_json(json.loads(votes)) if votes is not None else None,
        (first, last) if first is not None else None,
        requests_from,
        votes is not None and method != METHOD,
    )


def _work_out(
    db: Database, site_id: str, zone: ZoneInfo, due: _Due, *, rebuild: bool
) -> SiteVisits | None:
    if rebuild or due.state is None or due.counters is None:
        return site_visits(all_snapshots(db, site_id), zone=zone)
    return refresh(CounterSource(db, site_id), due.state, *due.counters, zone=zone)


def requests_on(db: Database, site_id: str, day: date, timezone: str) -> int:
    """How many answers to our own requests were kept on a local day (imports are not ours)."""
    (count,) = db.execute(
        "SELECT count(*) FROM captures INDEXED BY idx_captures_own "
        "WHERE site = ? AND source = 'live' AND fetched_at >= ? AND fetched_at < ?",
        [site_id, midnight(day, timezone), midnight(day + timedelta(days=1), timezone)],
    ).fetchone()
    return int(count)


def _asked_between(db: Database, site_id: str, timezone: str) -> tuple[date, date]:
    """The local days of our first and last own request; an empty span where there is none."""
    ends = [
        db.execute(
            f"SELECT {end}(fetched_at) FROM captures INDEXED BY idx_captures_own "
            "WHERE site = ? AND source = 'live'",
            [site_id],
        ).fetchone()[0]
        for end in ("min", "max")
    ]
    if None in ends:
        return date.max, date.min
    return local_day(ends[0], timezone), local_day(ends[1], timezone)


def _forget(db: Database, site_id: str, first: date = date.min, last: date = date.max) -> None:
    for table in ("visits", "visit_findings"):
        db.execute(
            f"DELETE FROM {table} WHERE site = ? AND day BETWEEN ? AND ?",
            [site_id, first.isoformat(), last.isoformat()],
        )


def _store(db: Database, site_id: str, timezone: str, found: SiteVisits) -> None:
    first, last = _asked_between(db, site_id, timezone)
    insert_all(
        db,
        "visits",
        [
            _day_row(
                site_id,
                day,
                # Most days of an archive that was imported have none: do not ask for each.
                requests_on(db, site_id, day.day, timezone) if first <= day.day <= last else 0,
            )
            for day in found.days
        ],
    )
    of_days = (each for each in found.findings if each.kind is not FindingKind.WEEK_START)
    _store_findings(db, site_id, of_days)


def _day_row(site_id: str, day: Day, own_requests: int) -> dict[str, str | int | None]:
    gap = day.gap
    return {
        "site": site_id,
        "day": day.day.isoformat(),
        "visits": day.visits,
        "low": day.low,
        "high": day.high,
        "basis": str(day.basis),
        "own_requests": own_requests,
        "evidence": day.evidence_json(),
        "gap_first": gap.first.isoformat() if gap else None,
        "gap_last": gap.last.isoformat() if gap else None,
        "gap_visits": gap.visits if gap else None,
    }


def _store_findings(db: Database, site_id: str, findings: Iterable[Finding]) -> None:
    rows = [
        {
            "site": site_id,
            "day": finding.day.isoformat(),
            "kind": str(finding.kind),
            "message": finding.message,
            "facts": json.dumps(finding.facts, ensure_ascii=False),
            "witnesses": json.dumps([each._asdict() for each in finding.witnesses]),
        }
        for finding in findings
    ]
    insert_all(db, "visit_findings", rows)


def _count_again(db: Database, site_id: str, timezone: str, since: str) -> None:
    """Count our requests of all days from ``since`` on: captures came that bring no counters."""
    first = local_day(since, timezone)
    days = db.execute(
        "SELECT day, own_requests FROM visits WHERE site = ? AND day >= ?",
        [site_id, first.isoformat()],
    ).fetchall()
    for day, known in days:
        own = requests_on(db, site_id, date.fromisoformat(day), timezone)
        if own != known:
            db.execute(
                "UPDATE visits SET own_requests = ? WHERE site = ? AND day = ?",
                [own, site_id, day],
            )


def _remember(db: Database, site_id: str, found: SiteVisits | None) -> None:
    """Keep what the next time must know; the finding about weeks changes with any month's votes."""
    start = found.week_start if found is not None else None
    db.execute(
        "UPDATE visits_state SET votes = ?, week_start = ?, method = ? WHERE site = ?",
        [
            json.dumps(found.state.to_json()) if found is not None else None,
            start.name.lower() if start is not None else None,
            METHOD,
            site_id,
        ],
    )
    db.execute(
        "DELETE FROM visit_findings WHERE site = ? AND kind = ?",
        [site_id, str(FindingKind.WEEK_START)],
    )
    finding = found.state.week_finding() if found is not None else None
    _store_findings(db, site_id, [finding] if finding is not None else [])
