"""``kill -9`` at random moments: ``python -m tests.e2e.killing 200`` does it 200 times, this 20."""

from __future__ import annotations

import pytest

from tests.e2e.killing import trials

pytestmark = pytest.mark.e2e


def test_a_killed_run_is_finished_by_the_next_one_as_if_nothing_had_been() -> None:
    done = trials(20)
    assert [trial.problems for trial in done if trial.problems] == []
    assert sum(trial.alive for trial in done) >= 10, "most were killed while at work"
    assert max(len(trial.twice) for trial in done) <= 1, "only the one in flight is fetched twice"
