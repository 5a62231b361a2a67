"""Boxes that tell the truth: every exact day is true, every interval holds the truth, always."""

import random

import pytest

from scraper.visits import Basis, daily_visits
from tests.visits.histories import random_history
from tests.visits.judge import is_wrong

HISTORIES = {"random": 700, "daily": 200, "weekly": 150, "hourly": 12}


@pytest.mark.parametrize("visiting", HISTORIES)
def test_exact_days_are_true_and_intervals_hold_the_truth(visiting):
    exact = 0
    for seed in range(HISTORIES[visiting]):
        history = random_history(random.Random(f"{visiting} {seed}"), visiting)
        for day in daily_visits(history.snapshots):
            assert not is_wrong(day, history.truth.get(day.day)), (seed, day)
            assert day.basis is not Basis.EXACT or day.low == day.high == day.visits
            exact += day.basis is Basis.EXACT
    assert exact > HISTORIES[visiting]


@pytest.mark.parametrize("visiting", ["random", "daily"])
def test_another_snapshot_only_makes_days_better_known(visiting):
    for seed in range(120):
        rng = random.Random(f"one more, {visiting} {seed}")
        history = random_history(rng, visiting)
        every = history.snapshots
        if len(every) < 2:
            continue
        left_out = rng.randrange(len(every))
        more = {day.day: day for day in daily_visits(every)}
        for day in daily_visits(every[:left_out] + every[left_out + 1 :]):
            after = more[day.day]
            assert not is_wrong(after, history.truth.get(day.day))
            assert (after.low or 0) >= (day.low or 0), (seed, left_out, day, after)
            assert day.high is None or (after.high is not None and after.high <= day.high)
