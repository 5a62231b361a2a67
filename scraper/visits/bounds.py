"""The least and the most that the curve can have risen between two moments.

Points of one body compare exactly. Points of different bodies compare only because visits never
un-happen: a later point is not below an earlier one. Each body's height is then one unknown, each
pair of neighbours in time one inequality between two unknowns, and the tightest bounds are shortest
paths in a graph of inequalities. As bodies overlap in time only a few at once, the paths are
found in two sweeps over the points, one forward and one backward, with a small table of bounds
between the bodies that are open.
"""

from __future__ import annotations

from collections.abc import Iterable

from scraper.visits.bodies import Body
from scraper.visits.points import Point

# Table[a, b]: the most by which the height of body a exceeds that of body b.
_Table = dict[tuple[int, int], int]


class Curve:
    """All points of a stretch of time, by place, with the body that each belongs to."""

    def __init__(self, bodies: list[Body]) -> None:
        pairs = [(point, number) for number, body in enumerate(bodies) for point in body]
        pairs.sort(key=lambda pair: pair[0].place)
        self.points: list[Point] = [point for point, _ in pairs]
        self.bodies: list[int] = [number for _, number in pairs]
        self._single = len(bodies) == 1
        self._clash: set[int] = set()
        if not self._single:
            self._before = self._sweep(range(len(pairs)))
            self._after = self._sweep(range(len(pairs) - 1, -1, -1))

    def impossible(self) -> set[int]:
        """Bodies to leave out, as no heights let all of them rise in one curve; usually none.

        The smallest one of those that contradict one another; two that are about as small, both.
        """
        sizes = {body: self.bodies.count(body) for body in self._clash}
        return {body for body in self._clash if sizes[body] <= min(sizes.values()) + 1}

    def most(self, start: int, end: int) -> int | None:
        """The most visits from point ``start`` to point ``end`` (indexes; ``None``: unbounded)."""
        rise = self.points[end].count - self.points[start].count
        a, b = self.bodies[end], self.bodies[start]
        if a == b:
            return rise
        between = self._between(min(start, end), max(start, end)).get((a, b))
        return None if between is None else between + rise

    def least(self, start: int, end: int) -> int:
        """The fewest visits from point ``start`` to the later point ``end``."""
        most_back = self.most(end, start)
        return 0 if most_back is None else max(0, -most_back)

    def _sweep(self, order: Iterable[int]) -> list[_Table]:
        """For each point, bounds between the bodies then open, from the points up to there."""
        order = list(order)
        last = {self.bodies[i]: i for i in order}
        tables: list[_Table] = [{} for _ in order]
        table: _Table = {}
        open_bodies: list[int] = []
        previous: int | None = None
        for i in order:
            body = self.bodies[i]
            if body not in open_bodies:
                open_bodies = [*open_bodies, body]
                table = {**table, (body, body): 0}
            if previous is not None and self.bodies[previous] != body:
                table = _tightened(table, open_bodies, *self._inequality(previous, i))
                if table[body, body] < 0 and not self._clash:
                    # Now, as one of them may have come to its end.
                    self._clash = {name for name in open_bodies if table[name, name] < 0}
            kept = [other for other in open_bodies if other == body or last[other] != previous]
            if len(kept) < len(open_bodies):
                open_bodies = kept
                table = {
                    pair: most
                    for pair, most in table.items()
                    if pair[0] in open_bodies and pair[1] in open_bodies
                }
            tables[i] = table
            previous = i
        return tables

    def _inequality(self, one: int, other: int) -> tuple[int, int, int]:
        """Neighbours as "the height of a less that of b is at most": a, b and that bound."""
        early, late = min(one, other), max(one, other)
        rise = self.points[late].count - self.points[early].count
        return self.bodies[early], self.bodies[late], rise

    def _between(self, start: int, end: int) -> _Table:
        """Bounds between all bodies of the points from ``start`` to ``end``, from all points."""
        table: _Table = {}
        for part in (self._before[start], self._after[end]):
            for pair, most in part.items():
                table[pair] = min(most, table.get(pair, most))
        names = sorted(
            {name for pair in table for name in pair} | set(self.bodies[start : end + 1])
        )
        for name in names:
            table[name, name] = min(0, table.get((name, name), 0))
        for i in range(start, end):
            if self.bodies[i] != self.bodies[i + 1]:
                a, b, most = self._inequality(i, i + 1)
                table[a, b] = min(most, table.get((a, b), most))
        return _closed(table, names)


def _tightened(table: _Table, names: list[int], a: int, b: int, most: int) -> _Table:
    """A closed ``table`` with one more bound, closed again."""
    if table.get((a, b), most + 1) <= most:
        return table
    tighter = dict(table)
    for x in names:
        if (x, a) not in table:
            continue
        for y in names:
            if (b, y) not in table:
                continue
            bound = table[x, a] + most + table[b, y]
            if bound < tighter.get((x, y), bound + 1):
                tighter[x, y] = bound
    return tighter


def _closed(table: _Table, names: list[int]) -> _Table:
    """All bounds that follow from those of ``table`` (Floyd and Warshall)."""
    for middle in names:
        for x in names:
            first = table.get((x, middle))
            if first is None:
                continue
            for y in names:
                second = table.get((middle, y))
                if second is not None and first + second < table.get((x, y), first + second + 1):
                    table[x, y] = first + second
    return table
