"""What is read stays the same when a page changes around it (more: benchmarks.metamorphic)."""

from tests.parse.mutations import MUTATIONS, steady_cases, trials

SAMPLE = 300


def test_what_is_read_stays_when_the_page_changes_around_it():
    # The kinds change with each round over all pages: as many from each kind.
    pages, kinds = len(steady_cases()), len(MUTATIONS)
    done = [
        trial for kind in range(kinds) for trial in trials(SAMPLE // kinds, first_seed=kind * pages)
    ]
    changed = [trial for trial in done if trial.wrong]
    assert {trial.kind for trial in done} == set(MUTATIONS)
    assert len(changed) <= 0.005 * len(done), changed
