from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from scraper.demo import VisitCounter
from scraper.demo.article import HANOI
from scraper.demo.counter import load_public
from scraper.demo.newsdesk import load_articles
from scraper.parse.page import Counters

MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2025, 12, 31)).map(
    lambda naive: naive.replace(microsecond=0, tzinfo=HANOI)
)


def hanoi(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=HANOI)


def test_the_box_at_the_seed_articles_publication_is_the_seeds():
    read = VisitCounter().read(hanoi(2024, 3, 27, 15, 6, 52))
    assert read == Counters(
        today=4840, yesterday=12008, this_week=59019, this_month=226219, total=11718781
    )


def test_a_visit_adds_one_to_every_number_but_yesterday():
    counter, moment = VisitCounter(), hanoi(2024, 3, 28, 9)
    before = counter.read(moment)
    counter.count(moment)
    after = counter.read(moment)
    assert after.yesterday == before.yesterday
    for name in ("today", "this_week", "this_month", "total"):
        assert getattr(after, name) == getattr(before, name) + 1


def test_midnight_in_hanoi_begins_a_day():
    counter = VisitCounter()
    evening, morning = hanoi(2024, 3, 28, 23, 59, 59), hanoi(2024, 3, 29)
    for _ in range(7):
        counter.count(evening)
    before, after = counter.read(evening), counter.read(morning)
    assert after.today == 0
    assert after.yesterday == load_public().on(evening.date()) + 7
    assert after.this_week >= before.this_week
    assert after.total >= before.total


def test_five_in_the_afternoon_in_greenwich_is_the_next_day_in_hanoi():
    counter = VisitCounter()
    assert counter.read(datetime.fromisoformat("2024-03-28T17:00:00+00:00")).today == 0
    assert counter.read(datetime.fromisoformat("2024-03-28T16:59:00+00:00")).today > 7000


def test_the_week_begins_on_monday_and_the_month_on_the_first():
    counter = VisitCounter()
    monday, first = counter.read(hanoi(2024, 4, 1, 6)), counter.read(hanoi(2024, 3, 1, 6))
    assert monday.this_week == monday.today == monday.this_month
    assert first.this_month == first.today < first.this_week


@given(MOMENTS, st.timedeltas(timedelta(0), timedelta(days=90)), st.integers(0, 5))
def test_the_total_only_grows_by_what_the_days_say(start, later, visits):
    counter = VisitCounter()
    before = counter.read(start)
    for _ in range(visits):
        counter.count(start)
    end = start + later
    after = counter.read(end)
    public = load_public()
    whole = public.between(start.date(), end.date()) - public.by(start) + public.by(end)
    assert after.total - before.total == whole + visits >= visits
    assert after.today <= after.this_week <= after.total
    assert after.today <= after.this_month <= after.total


@given(MOMENTS)
def test_each_day_ends_as_the_next_days_yesterday(moment):
    midnight = moment.replace(hour=0, minute=0, second=0) + timedelta(days=1)
    counter = VisitCounter()
    today, tomorrow = counter.read(moment), counter.read(midnight)
    assert today.today <= tomorrow.yesterday
    assert tomorrow.total - today.total == tomorrow.yesterday - today.today


def test_views_grow_with_the_hours_and_with_readers():
    counter, article = VisitCounter(), load_articles()[-1]
    moment = article.online_since + timedelta(hours=2)
    before = counter.views(article, moment)
    counter.count(moment, article.slug)
    assert counter.views(article, moment) == before + 1
    assert counter.views(article, moment + timedelta(days=1)) > before + 1
    assert counter.views(article, article.online_since) == 1
