"""Articles that are gone, and that come back."""

import pytest

from .build import SITE, URL, capture, rows, see

SEEN = "2024-03-28T02:00:00Z"
FIRST, NEXT_DAY, LATER = (f"2024-03-{day}T02:00:00Z" for day in (29, 30, 31))
HISTORY = "SELECT first_at, last_at, gone_at, returned_at FROM absences ORDER BY id"


@pytest.fixture
def missing(archive):
    """Answer "not found" at a time; gives whether the article is gone by that."""
    see(archive, SEEN)

    def answer(at: str, url: str = URL) -> bool:
        return archive.mark_not_found(SITE.id, url, capture(archive, at, status=404), at)

    return answer


def gone_at(archive):
    return rows(archive, "SELECT gone_at FROM articles")[0][0]


def test_one_answer_is_not_enough(archive, missing):
    assert missing(FIRST) is False
    assert gone_at(archive) is None
    assert rows(archive, HISTORY) == [(FIRST, FIRST, None, None)]


@pytest.mark.parametrize(
    ("at", "gone"),
    [("2024-03-29T03:00:00Z", False), ("2024-03-30T01:59:59Z", False), (NEXT_DAY, True)],
)
def test_two_answers_count_when_they_are_a_day_apart(archive, missing, at, gone):
    missing(FIRST)
    assert missing(at) is gone
    assert gone_at(archive) == (at if gone else None)


def test_an_article_becomes_gone_once(archive, missing):
    assert [missing(at) for at in (FIRST, NEXT_DAY, LATER)] == [False, True, False]
    assert gone_at(archive) == NEXT_DAY
    assert rows(archive, HISTORY) == [(FIRST, LATER, NEXT_DAY, None)]


def test_coming_back_clears_it_and_keeps_the_history(archive, missing):
    missing(FIRST)
    missing(NEXT_DAY)
    stored = see(archive, LATER)
    assert stored.outcome == "unchanged"
    assert gone_at(archive) is None
    assert rows(archive, HISTORY) == [(FIRST, NEXT_DAY, NEXT_DAY, LATER)]


def test_a_good_answer_in_between_starts_the_count_anew(archive, missing):
    missing(FIRST)
    see(archive, "2024-03-29T12:00:00Z")
    assert missing(NEXT_DAY) is False
    assert missing(LATER) is True
    assert len(rows(archive, HISTORY)) == 2


def test_nothing_is_deleted(archive, missing):
    missing(FIRST)
    missing(NEXT_DAY)
    assert rows(archive, "SELECT title, version FROM articles") == [
        ("Đảng bộ huyện Hoằng Hóa họp", 1)
    ]
    assert archive.totals().gone == 1


def test_answers_from_before_the_article_was_seen_do_not_count(archive, missing):
    assert missing("2024-03-20T02:00:00Z") is False
    assert missing("2024-03-22T02:00:00Z") is False
    assert rows(archive, HISTORY) == []


def test_an_old_capture_does_not_bring_an_article_back(archive, missing):
    missing(FIRST)
    missing(NEXT_DAY)
    see(archive, "2024-03-27T02:00:00Z")
    assert gone_at(archive) == NEXT_DAY


def test_addresses_that_are_no_articles_are_left_alone(archive, missing):
    assert missing(FIRST, URL + "?khac") is False
    assert rows(archive, HISTORY) == []
