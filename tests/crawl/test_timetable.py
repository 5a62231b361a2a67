"""When boxes are read."""

import random
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.crawl.timetable import TimetableError, around_midnight, spread
from scraper.sites import Site

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
SITES = [Site(f"s{number}", "S", "https://a.example/") for number in range(40)]


def test_sites_are_spread_over_the_jitter_in_order_of_time():
    now = datetime(2024, 3, 28, 2, tzinfo=UTC)
    found = spread(SITES, now, 600, random.Random(1))
    times = [(each.at - now).total_seconds() for each in found]
    assert times == sorted(times)
    assert 0 <= times[0] < 60 and 540 < times[-1] <= 600
    assert sorted(each.site.id for each in found) == sorted(site.id for site in SITES)
    assert {each.at for each in spread(SITES, now, 0, random.Random(1))} == {now}


@given(st.integers(0, 3599), st.integers())
def test_in_the_last_hour_each_site_is_read_before_and_after_midnight(second, seed):
    now = datetime(2024, 3, 28, 23, tzinfo=HANOI) + timedelta(seconds=second)
    before, after = around_midnight(SITES, now.astimezone(UTC), random.Random(seed))
    midnight = datetime(2024, 3, 29, tzinfo=HANOI)
    latest = max(now, midnight - timedelta(seconds=90))
    for each in before:
        assert max(now, midnight - timedelta(minutes=10)) <= each.at <= latest
    for each in after:
        assert midnight + timedelta(minutes=1) <= each.at <= midnight + timedelta(minutes=9)
    assert len(before) == len(after) == len(SITES)


def test_just_after_midnight_only_the_second_reading_is_left():
    now = datetime(2024, 3, 29, 0, 5, tzinfo=HANOI)
    (after,) = around_midnight(SITES, now, random.Random(1))
    assert all(now <= each.at <= now.replace(minute=9) for each in after)


def test_at_another_time_of_day_it_says_what_time_it_is():
    now = datetime(2024, 3, 28, 8, 30, tzinfo=UTC)
    with pytest.raises(TimetableError, match=r"at s0 .* it is 15:30"):
        around_midnight(SITES, now, random.Random(1))
