"""What snapshots allow at all, worked out in another way: a linear programme, and shortest paths.

Unknowns are the true numbers of visits until each day's start and until each snapshot; every line
of a box is an equation between two of them, and time an inequality. Nothing here is shared with
``scraper.visits``: the days of each line come from the simulator.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from datetime import date, datetime, timedelta

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import johnson

from tests.visits.simulator import Capture, Portal

DAY = timedelta(days=1)


class Constraints:
    """Bounds between unknowns: ``more[a, b]`` is the most by which b exceeds a."""

    def __init__(self, portal: Portal, captures: Iterable[Capture]) -> None:
        self.portal = portal
        true = [item for item in captures if item.true_at is not None]
        moments = {portal.midnight(day) for day in self._days(true)} | {
            item.true_at for item in true
        }
        self.moments = sorted(moments)
        self.index = {moment: i for i, moment in enumerate(self.moments)}
        # One more unknown for the zero of each epoch's total.
        self.size = len(self.moments) + len(portal.resets) + 1
        self.most: dict[tuple[int, int], int] = {}
        for later in range(1, len(self.moments)):
            self._bound(later, later - 1, 0)
        for item in true:
            self._add(item)

    def _days(self, captures: list[Capture]) -> list[date]:
        days = {self.portal.day_of(item.true_at) for item in captures}
        first, last = min(days).replace(day=1) - 7 * DAY, max(days)
        return [first + DAY * i for i in range((last - first).days + 2)]

    def _bound(self, a: int, b: int, most: int) -> None:
        self.most[a, b] = min(most, self.most.get((a, b), most))

    def _add(self, item: Capture) -> None:
        at, box = item.true_at, item.snapshot
        now, starts = self.index[at], self.portal.starts(at)
        today = self.index[self.portal.midnight(starts["today"])]
        for line in ("today", "this_week", "this_month"):
            if getattr(box, line) is not None:
                self._growth(starts[line], now, getattr(box, line), at)
        if box.yesterday is not None:
            self._growth(starts["yesterday"], today, box.yesterday, at)
        if box.total is not None:
            zero = len(self.moments) + self.portal.epoch(at)
            self._bound(zero, now, box.total)
            self._bound(now, zero, -box.total)

    def _growth(self, day: date, end: int, visits: int, at: datetime) -> None:
        """From the start of ``day`` to ``end``; only the least, if the box began anew since."""
        start = self.portal.midnight(day)
        begun = [r.at for r in self.portal.resets if r.restart and start < r.at <= at]
        self._bound(end, self.index[start], -visits)
        if not begun:
            self._bound(self.index[start], end, visits)

    def paths(self) -> dict[date, tuple[int, int | None]]:
        """The least and the most visits of each day (``None``: no limit), by shortest paths."""
        (rows, columns), weights = zip(*self.most, strict=True), list(self.most.values())
        graph = csr_matrix(
            (np.array(weights, float), (rows, columns)), shape=(self.size, self.size)
        )
        far = johnson(graph)
        found = {}
        for start, end in self._day_indexes():
            most = far[start, end]
            least = max(0, -far[end, start])
            day = self.portal.day_of(self.moments[start])
            found[day] = (round(least), None if np.isinf(most) else round(most))
        return found

    def programme(self, day: date) -> tuple[int, int | None]:
        """The same for one day, by linear programming."""
        start, end = (self.index[self.portal.midnight(d)] for d in (day, day + DAY))
        rows = np.repeat(np.arange(len(self.most)), 2)
        columns = [i for pair in self.most for i in pair]
        matrix = csr_matrix(
            (np.tile([-1.0, 1.0], len(self.most)), (rows, columns)),
            shape=(len(self.most), self.size),
        )
        bounds = list(self.most.values())
        results = []
        for sign in (1, -1):
            goal = np.zeros(self.size)
            goal[end], goal[start] = sign, -sign
            free = [(None, None)] * self.size
            free[start] = (0, 0)
            results.append(linprog(goal, A_ub=matrix, b_ub=bounds, bounds=free, method="highs"))
        least, most = results
        assert least.status == 0 and most.status in (0, 3)
        return round(least.fun), None if most.status == 3 else round(-most.fun)

    def _day_indexes(self) -> list[tuple[int, int]]:
        midnights = [
            i
            for i, m in enumerate(self.moments)
            if self.portal.midnight(self.portal.day_of(m)) == m
        ]
        return list(itertools.pairwise(midnights))
