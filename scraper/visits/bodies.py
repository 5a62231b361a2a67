"""Joining frames that share points, so that as many counts as possible compare.

A box without a total still counts from the start of its month. Where such a frame and another put
the same two moments on the curve, one is the other moved up by a constant: they are joined to one
rigid *body* of points.
"""

from __future__ import annotations

from datetime import date

from scraper.visits.findings import Finding, FindingKind
from scraper.visits.points import Frame, Point, rising_points, settle
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
    for key in sorted(frames, key=lambda key: (key[0], key[1] != TOTAL, key[2], key[1])):
        joined = _Joined(*settle(frames[key], findings))
        epoch = key[0]
        for position in list(joined.points):
            for other in by_position.get((epoch, position), ()):
                if other.alive and other is not joined:
                    joined = other.join(joined, findings)
        if joined not in bodies:
            bodies.append(joined)
        for position in joined.points:
            holders = by_position.setdefault((epoch, position), [])
            if joined not in holders:
                holders.append(joined)
    return [body.rising(findings) for body in bodies if body.alive]


def _drop_vague(frames: dict[FrameKey, Frame]) -> None:
    """Leave out beginnings of weeks that may lie on either side of a snapshot of that Sunday."""
    seen = {moment.position for frame in frames.values() for moment in frame.moments}
    for frame in frames.values():
        for position in [at for at in frame.claims if at % 2 and at in seen]:
            del frame.claims[position]


class _Joined:
    """A body in the making."""

    def __init__(self, points: dict[int, Point], moments: list[Point]) -> None:
        self.points = points
        self.moments = moments
        self.alive = True

    def join(self, other: _Joined, findings: list[Finding]) -> _Joined:
        """Take in ``other`` and give the body that holds both; a contradiction drops ``other``."""
        shared = [position for position in other.points if position in self.points]
        moves = {self.points[at].count - other.points[at].count for at in shared}
        if len(moves) > 1:
            self._give_up(shared, other, findings)
            other.alive = False
            return self
        if moves:
            (move,) = moves
            self._take(other, move)
            other.alive = False
        return self if moves else other

    def _take(self, other: _Joined, move: int) -> None:
        for position, point in other.points.items():
            held = self.points.get(position)
            if held is None:
                point.count += move
                self.points[position] = point
            else:
                held.voices.extend(point.voices)
        for moment in other.moments:
            moment.count += move
            self.moments.append(moment)

    def _give_up(self, shared: list[int], other: _Joined, findings: list[Finding]) -> None:
        day = date.fromordinal(min(shared) // 2)
        rivals = [other.points[position] for position in shared]
        witnesses = tuple(witness for point in rivals for witness in point.witnesses())[:4]
        facts: dict[str, str | int] = {
            "what": f"The growth from {day} to {date.fromordinal(max(shared) // 2)}",
            "count": rivals[-1].count - rivals[0].count,
        }
        findings.append(Finding(FindingKind.OUT_OF_ORDER, day, facts, witnesses))
        for position in shared:
            if len(self.points[position].voices) < 2:
                del self.points[position]

    def rising(self, findings: list[Finding]) -> Body:
        """The body's points by place, without those that contradict the rest."""
        return rising_points([*self.points.values(), *self.moments], findings)
