"""Reads days off a curve."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from datetime import date

from scraper.visits.bounds import Curve
from scraper.visits.days import Basis, Day, Evidence, Gap
from scraper.visits.findings import Finding
from scraper.visits.points import Point, Voice

_ENOUGH = 3


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
