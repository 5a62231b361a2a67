"""``kill -9`` at random moments: ``python -m tests.e2e.killing 200`` does it 200 times, this 20."""

from __future__ import annotations

import pytest

from tests.e2e.killing import trials
from tests.faults import Told

pytestmark = pytest.mark.e2e


@pytest.mark.fault("SIGKILL")
def test_a_killed_run_is_finished_by_the_next_one_as_if_nothing_had_been(fault: Told) -> None:
    done = trials(20)
    alive = sum(trial.alive for trial in done)
    lost = sum(bool(trial.problems) for trial in done)
    fault("killed", f"{alive} of 20 runs killed at work; what the next one made differs in {lost}")
    assert [trial.problems for trial in done if trial.problems] == []
    assert alive >= 10, "most were killed while at work"
    assert max(len(trial.twice) for trial in done) <= 1, "only the one in flight is fetched twice"
