"""Joining frames that share points, so that as many counts as possible compare.

A box without a total still counts from the start of its month. Where such a frame and another put
the same two moments on the curve, one is the other moved up by a constant: they are joined to one
rigid *body* of points.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from scraper.visits.findings import Finding, FindingKind
from scraper.visits.points import BY_PLACE, Frame, Point, rising_points, settle
from scraper.visits.readings import TOTAL
from scraper.visits.statements import FrameKey

Body = list[Point]


def join_frames(frames: dict[FrameKey, Frame], findings: list[Finding]) -> list[Body]:
    """Settle each frame, join those that share points, and give rising bodies of points.

    A frame that contradicts the body it touches is left out, and points on which the two disagree
    are given up unless several snapshots bear them out.
    """
    _drop_vague(frames)
    bodies: list[_Joined] = []
    by_position: dict[tuple[int, int], list[_Joined]] = {}
    for key, joined in _settled(frames, findings):
        epoch = key[0]
        for position in list(joined.points):
            for other in by_position.get((epoch, position), ()):
                if other.alive and joined.alive and other is not joined:
                    joined = other.join(joined, findings)
        if joined not in bodies:
            bodies.append(joined)
        for position in joined.points:
            holders = by_position.setdefault((epoch, position), [])
            if joined not in holders:
                holders.append(joined)
    return [body.in_order() for body in bodies if body.alive]


def _settled(
    frames: dict[FrameKey, Frame], findings: list[Finding]
) -> Iterator[tuple[FrameKey, _Joined]]:
    """The points of each frame that rise; frames that count from the total first, then by day."""
    settled = {key: settle(frame, findings) for key, frame in frames.items()}
    doubtful = {reading for points in settled.values() for reading in points.doubtful}
    for key in sorted(frames, key=lambda key: (key[0], key[1] != TOTAL, key[2], key[1])):
        points = [*settled[key].points.values(), *frames[key].moments]
        if doubtful:
            points = [point for point in points if point.stands_without(doubtful)]
        points = rising_points(points, findings)
        if len(points) > 1:
            yield key, _Joined(points)


def _drop_vague(frames: dict[FrameKey, Frame]) -> None:
    """Leave out beginnings of weeks that may lie on either side of a snapshot of that Sunday."""
    seen = {moment.position for frame in frames.values() for moment in frame.moments}
    for frame in frames.values():
        for position in [at for at in frame.claims if at % 2 and at in seen]:
            del frame.claims[position]


class _Joined:
    """A body in the making: points at starts of days by position, and moments."""

    def __init__(self, points: Body) -> None:
        self.points = {point.position: point for point in points if not point.at}
        self.moments = [point for point in points if point.at]
        self.alive = True

    def in_order(self) -> Body:
        """All points by place."""
        points = [*self.points.values(), *self.moments]
        points.sort(key=BY_PLACE)
        return points

    def join(self, other: _Joined, findings: list[Finding]) -> _Joined:
        """Take in ``other`` and give the body that holds both.

        If the two contradict one another, ``other`` is dropped.
        """
        shared = [position for position in other.points if position in self.points]
        moves = {self.points[at].count - other.points[at].count for at in shared}
        if not moves:
            return other
        other.alive = False
        (move, *more) = moves
        if more or not self._rises_with(other, move):
            self._give_up(shared, other, findings)
        else:
            self._take(other, move)
        return self

    def _rises_with(self, other: _Joined, move: int) -> bool:
        counts = [(point.place, point.count) for point in self.in_order()]
        counts += [(point.place, point.count + move) for point in other.in_order()]
        counts.sort()
        return all(before[1] <= after[1] for before, after in pairwise(counts))

    def _take(self, other: _Joined, move: int) -> None:
        for point in other.in_order():
            point.count += move
        self.points = {**other.points, **self.points}
        self.moments += other.moments

    def _give_up(self, shared: list[int], other: _Joined, findings: list[Finding]) -> None:
        first, last = min(shared), max(other.points)
        facts: dict[str, str | int] = {
            "what": f"The growth from {date.fromordinal(first // 2)} "
            f"to {date.fromordinal(last // 2)}",
            "count": other.points[last].count - other.points[first].count,
        }
        witnesses = tuple(other.points[last].witnesses())[:4]
        day = date.fromordinal(first // 2)
        findings.append(Finding(FindingKind.OUT_OF_ORDER, day, facts, witnesses))
        for position in shared:
            if len(self.points[position].voices) < 2:
                del self.points[position]
