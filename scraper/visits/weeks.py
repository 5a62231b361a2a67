"""On which weekday a portal's week begins, told from its own numbers."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from scraper.visits.bodies import Body
from scraper.visits.calendar import WeekStart, week_start
from scraper.visits.points import Point
from scraper.visits.readings import Reading
from scraper.visits.statements import Dated

_FEWEST = 2
_CLEARLY = 5


@dataclass(frozen=True, slots=True)
class WeekVotes:
    """How many readings go together with only one beginning of the week, and how many with none."""

    monday: int = 0
    sunday: int = 0
    neither: int = 0

    def __add__(self, other: WeekVotes) -> WeekVotes:
        return WeekVotes(
            self.monday + other.monday,
            self.sunday + other.sunday,
            self.neither + other.neither,
        )

    @property
    def verdict(self) -> WeekStart | None:
        """The beginning that the votes bear out, or ``None`` while they are too few or divided."""
        for_it, against = max(self.monday, self.sunday), min(self.monday, self.sunday)
        if for_it < _FEWEST or for_it < _CLEARLY * against:
            return None
        return WeekStart.MONDAY if self.monday > self.sunday else WeekStart.SUNDAY

    @property
    def usable(self) -> bool:
        """Whether the line counts calendar weeks: not if most readings fit neither beginning."""
        return self.neither < _CLEARLY or self.neither <= 3 * (self.monday + self.sunday)

    def allow(self, verdict: WeekStart | None) -> bool:
        """Whether nothing here speaks against ``verdict``."""
        against = self.sunday if verdict is WeekStart.MONDAY else self.monday
        return against == 0


def vote(dated: Iterable[Dated], bodies: list[Body]) -> list[tuple[Dated, WeekVotes]]:
    """What each reading that says something of its week has to say about when weeks begin.

    ``bodies`` are points found without any line "this week", so the evidence is independent of
    what it is evidence for.
    """
    where = _bodies_of_readings(bodies)
    votes = []
    for item in dated:
        if not item.believed or item.reading.week_start is None or item.reading not in where:
            continue
        body, move = where[item.reading]
        count = item.reading.week_start + move
        monday, sunday = (
            _fits(body, week_start(item.day, start), count)
            for start in (WeekStart.MONDAY, WeekStart.SUNDAY)
        )
        if monday and sunday:
            continue
        votes.append((item, WeekVotes(int(monday), int(sunday), int(not monday and not sunday))))
    return votes


def _bodies_of_readings(bodies: list[Body]) -> dict[Reading, tuple[Body, int]]:
    """The body in which each reading was placed, and by how much its counts were moved there."""
    where = {}
    for body in bodies:
        for point in body:
            if point.at:
                voice = point.voices[0]
                reading = voice.reading
                move = point.count - (reading.high if voice.at_end else reading.low)
                where[reading] = (body, move)
    return where


def _fits(body: Body, day: int, count: int) -> bool:
    """Whether ``day`` can have begun with ``count`` visits on the curve through ``body``."""
    place = (2 * day, "")
    at = bisect_left(body, place, key=_place)
    if at < len(body) and body[at].place == place:
        return body[at].count == count
    above_before = at == 0 or body[at - 1].count <= count
    return above_before and (at == len(body) or count <= body[at].count)


def _place(point: Point) -> tuple[int, str]:
    return point.place
