"""Counters and views: a row when they say something new."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.archive import Outcome, UnknownSite, open_archive
from scraper.archive.snapshots import CounterSource, all_snapshots
from scraper.archive.times import utc_text

from .build import SITE, capture, counted, edited, page, rows, see

ROWS = "SELECT observed_at, today, total, online FROM counters ORDER BY id"


def test_numbers_are_kept_as_read(archive):
    stored = see(archive, "2024-03-27T09:00:00Z", counted(today=4840, total=11718781))
    assert stored.outcome is Outcome.NOT_ARTICLE
    assert stored.article is None
    assert rows(archive, ROWS) == [("2024-03-27T09:00:00Z", 4840, 11718781, None)]


def test_same_numbers_on_the_same_day_are_one_row(archive):
    see(archive, "2024-03-27T09:00:00Z", counted(today=5, total=9))
    see(archive, "2024-03-27T09:10:00Z", counted(today=5, total=9))
    assert len(rows(archive, ROWS)) == 1


def test_any_other_number_is_a_row(archive):
    for hour, numbers in enumerate(({"online": 3}, {"online": 4}, {}, {"today": 0}), start=2):
        see(archive, f"2024-03-27T{hour:02d}:00:00Z", counted(**{"today": 5, "total": 9} | numbers))
    assert [row[1:] for row in rows(archive, ROWS)] == [
        (5, 9, 3),
        (5, 9, 4),
        (5, 9, None),
        (0, 9, None),
    ]


def read_each_second(archive, start, count, page_of):
    """Readings one second apart, as a crawl makes them."""
    at = datetime.fromisoformat(start)
    for number in range(count):
        see(archive, utc_text(at + timedelta(seconds=number)), page_of(number))


def test_a_crawl_that_is_counted_itself_adds_two_rows_an_hour(archive):
    with archive.transaction():
        read_each_second(
            archive,
            "2024-03-27T09:30:00Z",
            3600,
            lambda number: counted(today=100 + number, yesterday=7, total=900 + number),
        )
    assert [row[:3] for row in rows(archive, ROWS)] == [
        ("2024-03-27T09:30:00Z", 100, 900),
        ("2024-03-27T09:59:59Z", 1899, 2699),
        ("2024-03-27T10:00:00Z", 1900, 2700),
        ("2024-03-27T10:29:59Z", 3699, 4499),
    ]
    assert rows(archive, "SELECT count(*) FROM captures") == [(3600,)]


def test_the_first_and_the_last_reading_of_a_day_are_kept(archive):
    """Midnight in Hanoi is 17:00 UTC."""
    with archive.transaction():
        read_each_second(
            archive,
            "2024-03-27T16:59:50Z",
            20,
            lambda number: (
                counted(today=90 + number, total=990 + number)
                if number < 10
                else counted(today=number - 10, total=990 + number)
            ),
        )
    assert [row[:3] for row in rows(archive, ROWS)] == [
        ("2024-03-27T16:59:50Z", 90, 990),
        ("2024-03-27T16:59:59Z", 99, 999),
        ("2024-03-27T17:00:00Z", 0, 1000),
        ("2024-03-27T17:00:09Z", 9, 1009),
    ]


@pytest.mark.parametrize(
    "odd",
    [
        counted(today=4, total=99, yesterday=7),
        counted(today=5, total=104, yesterday=8),
        counted(today=5, total=105, yesterday=7),
        counted(total=104, yesterday=7),
        counted(today=5, yesterday=7),
    ],
)
def test_a_reading_that_differs_in_kind_is_kept_and_so_are_those_beside_it(archive, odd):
    shown = [counted(today=n, total=99 + n, yesterday=7) for n in range(1, 11)]
    shown[4] = odd
    read_each_second(archive, "2024-03-27T09:00:00Z", 10, lambda number: shown[number])
    seconds = [int(row[0][17:19]) for row in rows(archive, ROWS)]
    assert seconds == [0, 3, 4, 5, 9]


@given(st.permutations(range(8)))
@settings(max_examples=40)
def test_readings_may_come_in_any_order(order):
    with TemporaryDirectory() as folder, open_archive(Path(folder) / "archive.db") as archive:
        archive.save_site(SITE)
        for number in order:
            at = f"2024-03-27T09:00:{number:02d}Z"
            see(archive, at, counted(today=5 + number, total=9 + number))
        kept = sorted(row[0][17:19] for row in rows(archive, ROWS))
        assert kept == ["00", "07"]


def test_readings_of_one_second_are_put_in_order_by_their_total(archive):
    for total in (12, 9, 11, 10, 13):
        see(archive, "2024-03-27T09:00:00Z", counted(total=total))
    assert sorted(row[2] for row in rows(archive, ROWS)) == [9, 13]


def test_all_readings_have_the_order_of_those_between_two_times(archive):
    for at, total in (("09:00:01", 7), ("09:00:00", 12), ("09:00:00", None), ("09:00:00", 9)):
        see(archive, f"2024-03-27T{at}Z", counted(total=total, online=1))
    every = all_snapshots(archive.db, SITE.id)
    assert [row[5] for row in every] == [None, 9, 12, 7]
    assert every == CounterSource(archive.db, SITE.id).between("", "~")


@pytest.mark.parametrize(
    ("at", "count"), [("2024-03-27T16:59:59Z", 1), ("2024-03-27T17:00:00Z", 2)]
)
def test_a_new_local_day_is_a_row_even_with_the_same_numbers(archive, at, count):
    """Midnight in Hanoi is 17:00 UTC."""
    see(archive, "2024-03-27T09:00:00Z", counted(total=9))
    see(archive, at, counted(total=9))
    assert len(rows(archive, ROWS)) == count


def test_an_older_capture_is_compared_with_what_was_before_it(archive):
    see(archive, "2024-03-27T09:00:00Z", counted(total=9))
    see(archive, "2024-03-27T11:00:00Z", counted(total=12))
    see(archive, "2024-03-27T10:00:00Z", counted(total=12))
    see(archive, "2024-03-27T09:30:00Z", counted(total=9))
    assert sorted(row[:3:2] for row in rows(archive, ROWS)) == [
        ("2024-03-27T09:00:00Z", 9),
        ("2024-03-27T10:00:00Z", 12),
        ("2024-03-27T11:00:00Z", 12),
    ]


def test_storing_a_capture_again_gives_no_second_row(archive):
    at = "2024-03-27T09:00:00Z"
    number = capture(archive, at)
    for total in (9, 10):
        archive.store_page(SITE.id, number, counted(total=total), at)
    assert [row[2] for row in rows(archive, ROWS)] == [10]


def test_each_site_has_its_own_counters(archive):
    archive.save_site(replace(SITE, id="khac"))
    at = "2024-03-27T09:00:00Z"
    see(archive, at, counted(total=9))
    archive.store_page("khac", capture(archive, at, site="khac"), counted(total=9), at)
    assert rows(archive, "SELECT site FROM counters ORDER BY id") == [(SITE.id,), ("khac",)]


def test_an_article_page_gives_counters_and_views_too(archive):
    shown = edited(views=536)
    see(archive, "2024-03-27T09:00:00Z", page(shown.article, counters=counted(total=9).counters))
    assert rows(archive, "SELECT views, observed_at FROM article_views") == [
        (536, "2024-03-27T09:00:00Z")
    ]
    assert rows(archive, "SELECT total, capture FROM counters") == [(9, 1)]


def test_views_are_a_row_when_they_change(archive):
    for hour, views in enumerate((7, 7, 8, None, 8, 7)):
        see(archive, f"2024-03-27T{hour:02d}:00:00Z", edited(views=views))
    assert rows(archive, "SELECT views FROM article_views ORDER BY observed_at") == [
        (7,),
        (8,),
        (7,),
    ]
    assert rows(archive, "SELECT count(*) FROM article_versions") == [(1,)]


def test_a_page_of_an_unknown_site_is_refused_whole(archive):
    number = capture(archive, "2024-03-27T09:00:00Z")
    first = counted(total=9)
    archive.store_page(SITE.id, number, first, "2024-03-27T09:00:00Z")
    with pytest.raises(UnknownSite, match="hoang-hoa"):
        archive.store_page("nowhere", number, page(), "2024-03-27T09:00:00Z")
    assert rows(archive, "SELECT count(*) FROM articles") == [(0,)]
