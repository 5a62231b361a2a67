"""Times as text, and the days of a site."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.archive.times import local_day, midnight, utc_moment, utc_text

HANOI = "Asia/Ho_Chi_Minh"
MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))


@given(MOMENTS, MOMENTS)
def test_text_sorts_as_time_does(one, other):
    one, other = one.replace(microsecond=0), other.replace(microsecond=0)
    assert utc_moment(utc_text(one)) == one
    assert (utc_text(one) < utc_text(other)) is (one < other)


@given(MOMENTS)
def test_a_moment_lies_in_its_local_day(moment):
    text = utc_text(moment)
    day = local_day(text, HANOI)
    assert midnight(day, HANOI) <= text < midnight(day + timedelta(days=1), HANOI)


def test_other_zones_are_turned_into_utc():
    moment = datetime(2024, 3, 27, 15, 6, 52, tzinfo=timezone(timedelta(hours=7)))
    assert utc_text(moment) == "2024-03-27T08:06:52Z"


def test_the_day_begins_at_midnight_of_the_site():
    assert midnight(date(2024, 3, 27), HANOI) == "2024-03-26T17:00:00Z"
    assert local_day("2024-03-26T16:59:59Z", HANOI) == date(2024, 3, 26)


@pytest.mark.parametrize("text", ["2024-03-27T15:06:52+07:00", "2024-03-27T15:06:52", "soonZ"])
def test_a_time_that_is_not_utc_is_refused(text):
    with pytest.raises(ValueError, match=r"UTC time|isoformat"):
        utc_moment(text)


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="no time zone"):
        utc_text(datetime(2024, 3, 27))
