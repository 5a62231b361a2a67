"""What is read stays the same when a page changes around it (more: benchmarks.metamorphic)."""

from tests.parse.mutations import MUTATIONS, trials

SAMPLE = 300


def test_what_is_read_stays_when_the_page_changes_around_it():
    # Seeds far apart, so that every kind comes and every page more than once.
    done = [trial for part in range(5) for trial in trials(SAMPLE // 5, first_seed=part * 145)]
    changed = [trial for trial in done if trial.wrong]
    assert {trial.kind for trial in done} == set(MUTATIONS)
    assert len(changed) <= 0.01 * len(done), changed
