"""On which weekday a portal's week begins, told from its own numbers."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from scraper.visits.bodies import Body
from scraper.visits.calendar import WeekStart, week_start
from scraper.visits.readings import Reading
from scraper.visits.statements import Dated

_FEWEST = 2
_CLEARLY = 5


class WeekVotes(NamedTuple):
    """How many readings go together with only one beginning of the week, and how many with none."""

    monday: int = 0
    sunday: int = 0
    neither: int = 0

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


def total(votes: Iterable[WeekVotes]) -> WeekVotes:
    """All ``votes`` together."""
    counts = Counter(votes)
    return WeekVotes(
        sum(vote.monday * times for vote, times in counts.items()),
        sum(vote.sunday * times for vote, times in counts.items()),
        sum(vote.neither * times for vote, times in counts.items()),
    )


def vote(dated: Iterable[Dated], bodies: list[Body]) -> list[tuple[Dated, WeekVotes]]:
    """What each reading that says something of its week has to say about when weeks begin.

    ``bodies`` are points found without any line "this week", so the evidence is independent of
    what it is evidence for.
    """
    where = _where_readings_are(bodies)
    votes = []
    for item in dated:
        if not item.believed or item.reading.week_start is None or item.reading not in where:
            continue
        placed, move = where[item.reading]
        count = item.reading.week_start + move
        monday = placed.fits(week_start(item.day, WeekStart.MONDAY), count)
        sunday = placed.fits(week_start(item.day, WeekStart.SUNDAY), count)
        if not (monday and sunday):
            votes.append((item, _VOTES[monday, sunday]))
    return votes


_VOTES = {
    (True, False): WeekVotes(monday=1),
    (False, True): WeekVotes(sunday=1),
    (False, False): WeekVotes(neither=1),
}


class _Placed:
    """A body with the places of its points, to look them up."""

    def __init__(self, body: Body) -> None:
        self._counts = [point.count for point in body]
        self._places = [point.place for point in body]

    def fits(self, day: int, count: int) -> bool:
        """Whether ``day`` can have begun with ``count`` visits on the curve through the body."""
        place = (2 * day, "")
        at = bisect_left(self._places, place)
        if at < len(self._places) and self._places[at] == place:
            return self._counts[at] == count
        above_before = at == 0 or self._counts[at - 1] <= count
        return above_before and (at == len(self._counts) or count <= self._counts[at])


def _where_readings_are(bodies: list[Body]) -> dict[Reading, tuple[_Placed, int]]:
    """The body in which each reading was placed, and by how much its counts were moved there."""
    where = {}
    for body in bodies:
        placed = _Placed(body)
        for point in body:
            if point.at:
                voice = point.voices[0]
                reading = voice.reading
                move = point.count - (reading.high if voice.at_end else reading.low)
                where[reading] = (placed, move)
    return where
