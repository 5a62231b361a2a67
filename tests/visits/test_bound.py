"""One capture a week: as much is found as the snapshots allow, worked out by other means."""

import random
from datetime import timedelta

import pytest

from scraper.visits import Basis, site_visits
from tests.visits.simulator import capture, random_portal, regular_moments
from tests.visits.solver import Constraints

WEEK = timedelta(weeks=1)


def _two_years(seed, outages=0.0):
    rng = random.Random(seed)
    portal = random_portal(rng, 731, outages, sizes=(8000, 8000, 900))
    moments = regular_moments(rng, portal, WEEK)
    return portal, [capture(portal, at, number) for number, at in enumerate(moments)]


def _known(captures):
    found = site_visits([item.snapshot for item in captures])
    return {day.day: day for day in found.days}, found.week_start


@pytest.mark.parametrize("seed", range(25))
def test_every_day_is_as_well_known_as_the_snapshots_allow(seed):
    portal, captures = _two_years(seed)
    found, week_start = _known(captures)
    assert week_start == portal.week_start
    bounds = Constraints(portal, captures).paths()
    exact = [day for day, (least, most) in bounds.items() if least == most]
    assert len(exact) > 100
    assert [day for day in exact if found[day].basis is not Basis.EXACT] == []
    for day, bound in bounds.items():
        known = found.get(day)
        assert ((known and known.low) or 0, known and known.high) == bound, (seed, day)


def test_linear_programming_finds_the_same_bounds_as_shortest_paths():
    portal, captures = _two_years(1)
    constraints = Constraints(portal, captures)
    bounds = constraints.paths()
    for day in random.Random(1).sample(sorted(bounds), 60):
        assert constraints.programme(day) == bounds[day]


def test_days_without_any_visits_cost_little_of_what_could_be_known():
    """A first of the month without a visit may be a counter that began anew: not believed."""
    possible = found = 0
    for seed in range(10):
        portal, captures = _two_years(seed, outages=0.02)
        days, _ = _known(captures)
        for day, (least, most) in Constraints(portal, captures).paths().items():
            possible += least == most
            found += least == most and days[day].basis is Basis.EXACT
    print(f"{found} of {possible} days that can be known exactly")
    assert found >= 0.98 * possible
