from datetime import date, datetime

import pytest

from scraper.demo import DEFAULT_TODAY
from scraper.demo.article import HANOI
from scraper.demo.edition import edition_at
from scraper.demo.newsdesk import load_articles

EDITED = "kiem-tra-an-toan-thuc-pham-bep-an-ban-tru"
REMOVED = "thong-bao-tam-dung-ben-do-ngang-van-khe"


def hanoi(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=HANOI)


def slugs(moment: datetime) -> set[str]:
    return {article.slug for article in edition_at(moment).articles}


def test_the_default_day_shows_forty_articles_the_newest_first():
    edition = edition_at(DEFAULT_TODAY)
    assert len(edition.articles) == 40
    dates = [article.online_since for article in edition.articles]
    assert dates == sorted(dates, reverse=True)
    assert date(2024, 2, 15) <= dates[-1].date()
    assert dates[0] <= DEFAULT_TODAY


def test_an_article_appears_at_its_time():
    slug = "dai-bieu-hdnd-tiep-xuc-cu-tri-xa-thach-van"
    assert slug not in slugs(hanoi(2024, 3, 28, 16, 45, 10))
    assert slug in slugs(hanoi(2024, 3, 28, 16, 45, 11))


def test_a_dated_article_appears_at_midnight():
    slug = "thong-bao-lich-tiep-cong-dan-dinh-ky-thang-3"
    assert slug not in slugs(hanoi(2024, 3, 4, 23, 59, 59))
    edition = edition_at(hanoi(2024, 3, 5))
    assert not edition.find(slug).timed


def test_an_edit_changes_title_and_body_from_its_time_on():
    before = edition_at(hanoi(2024, 3, 29, 10, 29)).find(EDITED)
    after = edition_at(hanoi(2024, 3, 29, 10, 30)).find(EDITED)
    assert "24 bếp" in before.title
    assert "26 bếp" in after.title
    assert len(after.body) == len(before.body) + 1
    assert after.published == before.published
    assert after.photos == before.photos


def test_a_removed_article_is_on_no_list():
    assert REMOVED in slugs(hanoi(2024, 4, 1, 7, 59))
    edition = edition_at(hanoi(2024, 4, 1, 8))
    assert REMOVED not in {article.slug for article in edition.articles}
    assert [article.slug for article in edition.removed] == [REMOVED]
    with pytest.raises(KeyError):
        edition.find(REMOVED)


def test_there_are_no_articles_before_the_first():
    first = load_articles()[-1]
    assert edition_at(hanoi(2024, 2, 1)).articles == ()
    assert edition_at(first.online_since).articles == (first,)


def test_others_are_of_the_same_section_and_not_the_article_itself():
    edition = edition_at(DEFAULT_TODAY)
    article = edition.articles[0]
    others = edition.others(article, 6)
    assert len(others) == 6
    assert {one.category for one in others} == {article.category}
    assert article not in others
