"""Every form of date of the portals, day before month."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from scraper.parse.timestamp import iso, machine_date, printed_dates, relative_date, short_year

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2024, 3, 28, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("15:06:52 27/03/2024 (GMT+7)", "2024-03-27T15:06:52+07:00"),
        ("27/03/2024 15:06", "2024-03-27T15:06:00+07:00"),
        ("15:06 27/03/2024", "2024-03-27T15:06:00+07:00"),
        ("01:24 11/07/2018", "2018-07-11T01:24:00+07:00"),
        ("27/03/2024 | 15:06", "2024-03-27T15:06:00+07:00"),
        ("21/07/2022 | 10:00 AM", "2022-07-21T10:00:00+07:00"),
        ("18/03/2019 | 04:01 PM", "2019-03-18T16:01:00+07:00"),
        ("18/03/2019 | 04:01 SA", "2019-03-18T04:01:00+07:00"),
        ("18/03/2019 | 04:01 CH", "2019-03-18T16:01:00+07:00"),
        ("18/03/2019 | 12:01 SA", "2019-03-18T00:01:00+07:00"),
        ("18/03/2019 | 12:01 CH", "2019-03-18T12:01:00+07:00"),
        ("01/11/2024 - 09:50", "2024-11-01T09:50:00+07:00"),
        ("Thứ tư, 27/03/2024, 15:06", "2024-03-27T15:06:00+07:00"),
        ("Thứ hai - 08/04/2019 17:39", "2019-04-08T17:39:00+07:00"),
        ("15h06, ngày 27/3/2024", "2024-03-27T15:06:00+07:00"),
        ("15/09/2024 10:49:00 AM", "2024-09-15T10:49:00+07:00"),
        ("2024-03-27T15:06:52", "2024-03-27T15:06:52+07:00"),
    ],
)
def test_a_date_with_a_time(printed, expected):
    (stamp,) = printed_dates(printed, ZONE)
    assert iso(stamp.at) == expected
    assert stamp.on.isoformat() == expected[:10]


@pytest.mark.parametrize(
    "printed", ["Ngày 27 tháng 3 năm 2024", "27-03-2024", "(27/03/2024)", "27.3.2024", "27/3/2024"]
)
def test_a_day_alone_has_no_time(printed):
    (stamp,) = printed_dates(printed, ZONE)
    assert (stamp.on, stamp.at) == (date(2024, 3, 27), None)


@pytest.mark.parametrize(
    "printed",
    [
        *("27 Th3, 2024", "27 Th3 2024", "Th3 27, 2024", "27 Tháng Ba, 2024"),
        *("Tháng Ba 27, 2024", "Tháng 3 27, 2024", "tháng ba 27, 2024"),
    ],
)
def test_months_as_wordpress_writes_them_in_vietnamese(printed):
    (stamp,) = printed_dates(printed, ZONE)
    assert (stamp.raw, stamp.on, stamp.at) == (printed, date(2024, 3, 27), None)


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("1 Th12, 2023", "2023-12-01"),
        ("Tháng Mười Hai 7, 2023", "2023-12-07"),
        ("Thứ Tư, Th3 27, 2024 08:15", "2024-03-27T08:15:00+07:00"),
    ],
)
def test_december_and_clocks_as_wordpress_writes_them(printed, read):
    (stamp,) = printed_dates(printed, ZONE)
    assert (stamp.at or stamp.on).isoformat() == read


@pytest.mark.parametrize("text", ["tháng 3 27 người, 2024 hộ", "27 Th3", "Th 3 27, 2024"])
def test_what_only_begins_like_such_a_date(text):
    assert list(printed_dates(text, ZONE)) == []


def test_a_short_year_is_a_date_where_it_is_the_whole_line():
    stamp = short_year("Ngày đăng: 27/3/24")
    assert (stamp.raw, stamp.start, stamp.on) == ("27/3/24", 11, date(2024, 3, 27))
    for line in ("31/2/24", "27/3/41", "27/13/24", "1/27/3/24", "27/3/24 hộ", "27-3-24"):
        assert short_year(line) is None


def test_the_count_after_a_date_is_not_part_of_it():
    (stamp,) = printed_dates("01/11/2024 - 09:50 1205", ZONE)
    assert stamp.raw == "01/11/2024 - 09:50"


@pytest.mark.parametrize("printed", ["31/02/2024", "15:00 32/01/2024", "01/13/2024"])
def test_an_impossible_day_is_marked_and_has_no_value(printed):
    (stamp,) = printed_dates(printed, ZONE)
    assert stamp.impossible
    assert (stamp.on, stamp.at) == (None, None)


@pytest.mark.parametrize("text", ["0373.86.12.34", "số 12/QĐ-UBND", "1.234.567", "", "10-12/3"])
def test_numbers_that_are_no_dates(text):
    assert list(printed_dates(text, ZONE)) == []


def test_where_a_date_stands_in_its_text():
    text = "Đăng lúc: 15:06 27/03/2024, Lượt xem: 5"
    (stamp,) = printed_dates(text, ZONE)
    assert text[stamp.start : stamp.end] == stamp.raw == "15:06 27/03/2024"


@pytest.mark.parametrize(
    ("printed", "day"),
    [("8 giờ trước", 28), ("10 giờ trước", 27), ("3 ngày trước", 25), ("1 tuần trước", 21)],
)
def test_relative_dates_tell_the_local_day(printed, day):
    stamp = relative_date(printed, NOW, ZONE)
    assert (stamp.on, stamp.at) == (date(2024, 3, day), None)


def test_yesterday_with_a_clock_tells_the_time():
    assert iso(relative_date("Hôm qua, lúc 08:15", NOW, ZONE).at) == "2024-03-27T08:15:00+07:00"


@pytest.mark.parametrize("printed", ["3 tháng trước", "2 năm trước", "trước đây"])
def test_what_fixes_no_day_gives_none(printed):
    assert relative_date(printed, NOW, ZONE) is None


def test_machine_dates_keep_their_offset_and_come_home_from_utc():
    assert iso(machine_date("2024-03-27T15:06:52+07:00", ZONE).at) == "2024-03-27T15:06:52+07:00"
    assert iso(machine_date("2024-03-27T23:06:52Z", ZONE).at) == "2024-03-28T06:06:52+07:00"
    assert machine_date("2024-03-27", ZONE).on == date(2024, 3, 27)
    assert machine_date("2024-03-27T15:06:52+07:00", ZONE).at.utcoffset() == timedelta(hours=7)


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("Wed, 02 Feb 2022 09:12:22 +0100", "2022-02-02T09:12:22+01:00"),
        ("20240327150652", "2024-03-27T15:06:52+07:00"),
    ],
)
def test_machine_dates_as_mail_headers_and_digits_write_them(value, moment):
    assert iso(machine_date(value, ZONE).at) == moment


def test_a_month_before_its_day_is_read_only_where_nothing_else_can_be_meant():
    assert machine_date("12/16/2016 4:19 PM", ZONE).on == date(2016, 12, 16)
    assert machine_date("12/11/2016", ZONE).on == date(2016, 11, 12)


@pytest.mark.parametrize(
    "value",
    ["2019-04-08+0717:39:00", "", "yesterday", "2024-13-45", "0001-01-01T00:00:00Z", "0001-01-01"],
)
def test_malformed_machine_dates_are_none(value):
    stamp = machine_date(value, ZONE)
    assert stamp is None or (stamp.on is None and stamp.impossible)


@pytest.mark.parametrize(
    ("printed", "raw", "read"),
    [
        ("February 26, 2024", "February 26, 2024", "2024-02-26"),
        ("Published 20 Mar 2023 09:15", "20 Mar 2023 09:15", "2023-03-20T09:15:00+07:00"),
        ("3rd June, 2021", "3rd June, 2021", "2021-06-03"),
        ("Sept. 1, 2022 4:05 PM", "Sept. 1, 2022 4:05 PM", "2022-09-01T16:05:00+07:00"),
    ],
)
def test_dates_of_english_pages(printed, raw, read):
    stamp = next(printed_dates(printed, ZONE))
    assert stamp.raw == raw
    assert (stamp.at or stamp.on).isoformat() == read
