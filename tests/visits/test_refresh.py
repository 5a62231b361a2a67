"""Working out what new snapshots change gives what working out everything would give."""

import json
import random

import pytest

from scraper.visits import SnapshotList, VisitsState, in_order, refresh, site_visits
from tests.visits.histories import MOVE, RESET, SHIFT, random_history
from tests.visits.simulator import FAULTS

CASES = {"random": 40, "weekly": 30, "daily": 15, "hourly": 2}
EVERYTHING = (*FAULTS, SHIFT, RESET, MOVE)


class Stored:
    """What the archive keeps of a site: days and findings of dates, and the state as JSON."""

    def __init__(self):
        self.days, self.findings, self.state = {}, {}, "{}"

    def take(self, result):
        first, last = (result.first, result.last)
        for kept in (self.days, self.findings):
            for day in [day for day in kept if result.whole or first <= day <= last]:
                del kept[day]
        self.days.update({day.day: day for day in result.days})
        for finding in result.findings:
            self.findings.setdefault(finding.day, []).append(finding)
        self.state = json.dumps(result.state.to_json())

    def load_state(self):
        return VisitsState.from_json(json.loads(self.state))


def _batches(rng, snapshots):
    """The snapshots as they might come in: mostly in order, some late (from a web archive)."""
    late = [row for row in snapshots if rng.random() < 0.2]
    rest = [row for row in snapshots if row not in late]
    while rest or late:
        source = rest if rest and (not late or rng.random() < 0.8) else late
        size = rng.randrange(1, max(2, len(snapshots) // 4))
        yield source[:size]
        del source[:size]


@pytest.mark.parametrize("faults", [(), EVERYTHING], ids=["true", "faulty"])
@pytest.mark.parametrize("visiting", CASES)
def test_refreshing_equals_working_out_the_whole(visiting, faults):
    for seed in range(CASES[visiting]):
        rng = random.Random(f"refresh {visiting} {faults} {seed}")
        snapshots = random_history(rng, visiting, faults).snapshots
        stored, seen = Stored(), []
        for batch in _batches(rng, snapshots):
            seen = in_order(seen + batch)
            first, last = min(batch)[0], max(batch, key=lambda row: row[0])[0]
            stored.take(refresh(SnapshotList(seen), stored.load_state(), first, last))
        whole = site_visits(snapshots)
        assert list(stored.days.values()) or not whole.days
        assert [stored.days[day] for day in sorted(stored.days)] == whole.days, seed
        assert stored.load_state() == whole.state
        assert stored.load_state().week_start == whole.week_start
