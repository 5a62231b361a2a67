"""Counters and views: a row when they say something new."""

from dataclasses import replace

import pytest

from scraper.archive import Outcome, UnknownSite

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
    see(archive, "2024-03-27T09:00:00Z", counted(today=5, total=9, online=3))
    see(archive, "2024-03-27T09:10:00Z", counted(today=5, total=9, online=4))
    see(archive, "2024-03-27T09:20:00Z", counted(today=5, total=9))
    see(archive, "2024-03-27T09:30:00Z", counted(today=0, total=9))
    assert [row[1:] for row in rows(archive, ROWS)] == [
        (5, 9, 3),
        (5, 9, 4),
        (5, 9, None),
        (0, 9, None),
    ]


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
