"""What comes out: visits per day, what they rest on, and sums where only the sum is known."""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from scraper.visits.bounds import Curve
from scraper.visits.findings import Finding
from scraper.visits.points import Point, Voice

_ENOUGH = 3


class Basis(StrEnum):
    """How well a day is known: to the visit, between bounds, or not at all."""

    EXACT = "exact"
    INTERVAL = "interval"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A point of the curve that a day's figure rests on.

    ``place`` is the local date whose start it is (``2024-03-24/2024-03-25``: the start of one of
    the two), or the UTC time of a snapshot; ``count`` is the portal's count there, ``says`` the
    lines of the box that give it, ``snapshots`` how many readings say so, and ``captures`` up to
    three of them (``None`` where one has no capture).
    """

    place: str
    count: int
    says: str
    snapshots: int
    captures: tuple[int | None, ...]
    observed_at: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """Days from ``first`` to ``last``, both included, of which only the sum is known."""

    first: date
    last: date
    visits: int


@dataclass(frozen=True, slots=True)
class Day:
    """Visits that the portal counted on one local day.

    ``visits`` is given where the ``basis`` is exact; then ``low`` and ``high`` equal it. For an
    interval the true number is between ``low`` and ``high``, ``high`` being ``None`` where nothing
    limits it; ``gap`` is the sum of the days around it, where that is known. With basis none all
    are ``None``. ``own_requests`` is how many requests we made to the site that day, ``None`` where
    that is unknown. ``findings`` are those about this day.
    """

    day: date
    visits: int | None
    low: int | None
    high: int | None
    basis: Basis
    own_requests: int | None = None
    evidence: tuple[Evidence, ...] = ()
    gap: Gap | None = None
    findings: tuple[Finding, ...] = ()

    def evidence_json(self) -> str:
        """Evidence, gap and findings as JSON, for the column ``visits.evidence``."""
        points = [
            {
                "place": item.place,
                "count": item.count,
                "says": item.says,
                "snapshots": item.snapshots,
                "captures": item.captures,
                "observed_at": item.observed_at,
            }
            for item in self.evidence
        ]
        content: dict[str, object] = {"points": points}
        if self.gap is not None:
            content["gap"] = {
                "first": self.gap.first.isoformat(),
                "last": self.gap.last.isoformat(),
                "visits": self.gap.visits,
            }
        if self.findings:
            content["findings"] = [
                {"kind": str(finding.kind), "message": finding.message, "facts": finding.facts}
                for finding in self.findings
            ]
        return json.dumps(content, ensure_ascii=False)


class DayReader:
    """Reads days off a curve."""

    def __init__(
        self,
        curve: Curve,
        floors: Mapping[int, tuple[int, Voice]],
        findings: Mapping[int, list[Finding]],
        own_requests: Mapping[date, int] | None,
    ) -> None:
        self._curve = curve
        self._places = [point.place for point in curve.points]
        self._floors = floors
        self._findings = findings
        self._own = own_requests
        self._told: dict[int, Evidence] = {}

    def days(self, first: int, end: int) -> Iterator[Day]:
        """The days from ``first`` up to ``end``, as far as the curve reaches."""
        if not self._places:
            return
        start = max(first, self._places[0][0] // 2)
        last = (self._places[-1][0] - 1) // 2
        for day in range(start, min(end, last + 1)):
            yield self._day(day)

    def _day(self, day: int) -> Day:
        start, end = (2 * day, ""), (2 * day + 2, "")
        before = bisect_right(self._places, start) - 1
        after = bisect_left(self._places, end)
        known_start = before if before >= 0 and self._places[before] == start else None
        inner_first = before + 1 if known_start is None else before
        at_end = after < len(self._places) and self._places[after] == end
        inner_last = after if at_end else after - 1
        high = None
        if before >= 0 and after < len(self._places):
            high = self._curve.most(before, after)
        low = self._curve.least(inner_first, inner_last) if inner_first < inner_last else 0
        return self._finish(day, low, high, {before, inner_first, inner_last, after})

    def _finish(self, day: int, low: int, high: int | None, used: set[int]) -> Day:
        on = date.fromordinal(day)
        floor = self._floors.get(day)
        # Where the counter began anew the floor is all that is known; it never beats a bound.
        at_least = floor if floor is not None and high is None and floor[0] > low else None
        if at_least is not None:
            low = at_least[0]
        basis = Basis.EXACT if low == high else Basis.INTERVAL
        if high is None and low == 0:
            basis = Basis.NONE
        exact = low if basis is Basis.EXACT else None
        known = basis is not Basis.NONE
        return Day(
            on,
            exact,
            low if known else None,
            high if known else None,
            basis,
            None if self._own is None else self._own.get(on, 0),
            self._evidence(used, at_least) if known else (),
            self._gap(day) if basis is Basis.INTERVAL else None,
            tuple(self._findings.get(day, ())),
        )

    def _evidence(self, used: set[int], at_least: tuple[int, Voice] | None) -> tuple[Evidence, ...]:
        found = [self._tell(i) for i in sorted(used) if 0 <= i < len(self._places)]
        if at_least is not None:
            count, voice = at_least
            at, capture, says = voice.witness
            found.append(Evidence(at, count, says, 1, (capture,), (at,)))
        return tuple(found)

    def _tell(self, index: int) -> Evidence:
        """The evidence of a point, made once: it is the end of one day and the start of another."""
        found = self._told.get(index)
        if found is None:
            found = self._told[index] = _evidence(self._curve.points[index])
        return found

    def _gap(self, day: int) -> Gap | None:
        """The nearest known starts of days around ``day``, if they are of one counter."""
        points, bodies = self._curve.points, self._curve.bodies
        early = bisect_right(self._places, (2 * day, "")) - 1
        while early >= 0 and points[early].position % 2:
            early -= 1
        late = bisect_left(self._places, (2 * day + 2, ""))
        while late < len(points) and points[late].position % 2:
            late += 1
        if early < 0 or late == len(points) or bodies[early] != bodies[late]:
            return None
        first, end = points[early].position // 2, points[late].position // 2
        visits = points[late].count - points[early].count
        return Gap(date.fromordinal(first), date.fromordinal(end - 1), visits)


def _evidence(point: Point) -> Evidence:
    place = point.at or date.fromordinal(point.position // 2).isoformat()
    if point.position % 2 and not point.at:
        place += f"/{date.fromordinal(point.position // 2 + 1).isoformat()}"
    witnesses = [voice.witness for voice in point.voices[:_ENOUGH]]
    return Evidence(
        place,
        point.count,
        witnesses[0].says,
        len(point.voices),
        tuple(witness.capture for witness in witnesses),
        tuple(witness.observed_at for witness in witnesses),
    )
