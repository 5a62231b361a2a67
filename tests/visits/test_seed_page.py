"""The box of the page that this project began with: one snapshot, taken on the day it shows."""

from datetime import date

from scraper.visits import Basis, Snapshot, daily_visits, site_visits

# 15:06:52 on 27 March 2024, local time, a Wednesday.
SEEN = "2024-03-27T08:06:52Z"
BOX = Snapshot(SEEN, 4840, 12008, 59019, 226219, 11718781, None, 1)
TODAY = date(2024, 3, 27)


def test_yesterday_is_exact_today_has_a_least_and_no_other_day_is_known():
    days = {day.day: day for day in daily_visits([BOX])}
    yesterday, today = days[date(2024, 3, 26)], days[TODAY]
    assert (yesterday.basis, yesterday.visits) == (Basis.EXACT, 12008)
    assert (today.basis, today.low, today.high, today.visits) == (
        Basis.INTERVAL,
        4840,
        None,
        None,
    )
    assert [day for day, known in days.items() if known.basis is Basis.EXACT] == [yesterday.day]
    assert max(days) == TODAY


def test_the_starts_of_month_and_week_are_on_the_curve():
    days = {day.day: day for day in daily_visits([BOX])}
    # 226219 - 59019 visits from the 1st until the week began; 59019 - 4840 - 12008 from then until
    # the 26th. Whether the week began on Sunday or on Monday one snapshot cannot tell.
    first, monday = days[date(2024, 3, 1)], days[date(2024, 3, 25)]
    assert (first.basis, first.low, first.high) == (Basis.INTERVAL, 0, 226219 - 59019)
    assert {item.place: item.count for item in first.evidence} == {
        "2024-03-01": 11718781 - 226219,
        "2024-03-24/2024-03-25": 11718781 - 59019,
    }
    assert (monday.low, monday.high) == (0, 59019 - 4840 - 12008)
    assert min(days) == date(2024, 3, 1)
    assert site_visits([BOX]).week_start is None
