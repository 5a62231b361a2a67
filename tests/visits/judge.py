"""Judges days against the truth, and says whether a wrong one could have been known to be wrong."""

from __future__ import annotations

from collections import Counter
from datetime import date

from scraper.visits import Basis, Day, daily_visits
from tests.visits.histories import History
from tests.visits.solver import Constraints


def is_wrong(day: Day, truth: int | None) -> bool:
    """Whether what is said of a day is not so; of days before the portal's first, 0 is so."""
    if day.basis is Basis.NONE:
        return False
    true = truth or 0
    return day.low > true or (day.high is not None and day.high < true)


class Judge:
    """Knows of a history what its truthful snapshots, all together, say of each day."""

    def __init__(self, history: History) -> None:
        self.truth = history.truth
        truthful = [item for item in history.captures if item.truthful]
        self.bounds: dict[date, tuple[int, int | None]] = {}
        if truthful:
            self.bounds = Constraints(history.portal, truthful).paths()

    def contradicts(self, day: Day) -> bool:
        """Whether truthful snapshots speak against what is said of ``day``."""
        least, most = self.bounds.get(day.day, (0, None))
        too_much = most is not None and (day.low or 0) > most
        return too_much or (day.high is not None and day.high < least)


class Tally(Counter[str]):
    """Counts days by basis, wrong ones, and those that should have been known to be wrong."""

    def __init__(self) -> None:
        super().__init__()
        self.avoidable: list[str] = []

    def judge(self, history: History, days: list[Day] | None = None, name: str = "") -> None:
        truth, judge = history.truth, None
        for day in daily_visits(history.snapshots) if days is None else days:
            self["days"] += 1
            self[str(day.basis)] += 1
            if is_wrong(day, truth.get(day.day)):
                self["wrong"] += 1
                judge = judge or Judge(history)
                if judge.contradicts(day):
                    self.avoidable.append(f"{name} {day.day}: {day.low}…{day.high}")

    @property
    def wrong_share(self) -> float:
        return self["wrong"] / max(1, self["days"])

    def __str__(self) -> str:
        return (
            f"{self['days']} days, {self['exact']} exact, {self['interval']} between bounds; "
            f"{self['wrong']} wrong ({self.wrong_share:.3%}), "
            f"{len(self.avoidable)} of them contradicted by truthful snapshots"
        )
