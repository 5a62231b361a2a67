"""Holidays by the moon, and patterns of days with known shapes."""

import random
from datetime import UTC, date, datetime, timedelta
from math import isclose

import pytest

from scraper.web.statistics.columns_chart import columns_chart
from scraper.web.statistics.holidays import NAMES, TET, holidays_between, moving
from scraper.web.statistics.patterns import around, percent_of_level, weekdays

DAY = timedelta(days=1)
# Mean new moons: one at this moment, then every so many days (Meeus, Astronomical Algorithms, 49).
NEW_MOON = datetime(2000, 1, 6, 14, 20, 37, tzinfo=UTC)
MONTH = 29.530588861


def days_after_new_moon(day: date) -> float:
    """Days from the nearest mean new moon to noon of the day in Hanoi."""
    noon = datetime(day.year, day.month, day.day, 5, tzinfo=UTC)
    months = (noon - NEW_MOON).total_seconds() / 86400 / MONTH
    return (months - round(months)) * MONTH


@pytest.mark.parametrize("day", moving()["tet"])
def test_tet_is_at_a_new_moon_between_its_earliest_and_latest_day(day):
    assert abs(days_after_new_moon(day)) < 1.1
    assert (1, 21) <= (day.month, day.day) <= (2, 20)


@pytest.mark.parametrize("day", moving()["hung_kings"])
def test_hung_kings_day_is_the_tenth_of_the_third_month(day):
    assert abs(days_after_new_moon(day - 9 * DAY)) < 1.1
    (tet,) = (each for each in moving()["tet"] if each.year == day.year)
    # Two months later, or three with a leap month between them.
    assert round((day - 9 * DAY - tet).days / MONTH) in (2, 3)


def test_every_year_has_its_tet_and_holidays_come_by_day():
    assert [day.year for day in moving()["tet"]] == list(range(2005, 2031))
    found = holidays_between(date(2024, 1, 1), date(2024, 12, 31))
    assert [each.day for each in found] == sorted(each.day for each in found)
    assert sorted(each.name for each in found) == sorted(NAMES)
    assert holidays_between(date(2024, 2, 11), date(2024, 2, 20)) == []


def series(shape, days=400, growth=1.004):
    dice = random.Random(1)
    start = date(2023, 6, 1)
    return {
        start + number * DAY: int(
            1000 * growth**number * shape(start + number * DAY) * dice.uniform(0.97, 1.03)
        )
        for number in range(days)
    }


def test_growth_is_not_taken_for_a_pattern():
    found = weekdays(series(lambda day: 1.5 if day.isoweekday() == 3 else 1.0))
    assert [each.key for each in found] == [1, 2, 3, 4, 5, 6, 7]
    for each in found:
        assert isclose(each.percent, 150 if each.key == 3 else 100, rel_tol=0.06)
        assert each.least <= each.percent <= each.most


def test_days_around_an_event_are_compared_with_those_farther_off():
    event = date(2024, 2, 10)
    days = series(lambda day: 0.4 if -1 <= (day - event).days <= 3 else 1.0)
    found = {each.key: each for each in around(days, [event], range(-3, 6))}
    assert all(isclose(found[key].percent, 40, rel_tol=0.1) for key in range(-1, 4))
    assert all(isclose(found[key].percent, 100, rel_tol=0.1) for key in (-3, -2, 4, 5))
    assert isclose(percent_of_level(days, event), 40, rel_tol=0.1)
    assert percent_of_level(days, date(2030, 1, 1)) is None


def test_few_days_give_no_pattern():
    days = {date(2024, 3, 1) + number * DAY: 10 for number in range(5)}
    assert weekdays(days) == []
    assert weekdays({date(2024, 3, 1) + number * DAY: 0 for number in range(60)}) == []


def test_a_chart_holds_its_columns():
    chart = columns_chart(weekdays(series(lambda day: 1.0)), range(1, 8))
    assert len(chart.columns) == len(chart.labels) == 7
    for column in chart.columns:
        assert column.y > 0 and column.y + column.height == pytest.approx(chart.base)
        assert chart.left <= column.x and column.x + column.width <= chart.width
        assert column.whisker_top <= column.y <= column.whisker_bottom + 0.1
    assert columns_chart([], range(1, 8)).columns == []
    assert TET in NAMES
