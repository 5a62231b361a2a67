"""Visits per day in the archive: kept up to date as if all were worked out anew each time."""

import json
import random
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from scraper.archive import Capture, UnknownSite
from scraper.archive.series import Period
from scraper.parse import Counters
from scraper.visits import METHOD, daily_visits
from tests.visits.histories import MOVE, RESET, SHIFT, random_history
from tests.visits.simulator import (
    DAY,
    FAULTS,
    LINES,
    Portal,
    Reset,
    random_moments,
    random_portal,
)
from tests.visits.simulator import capture as look

from .build import SITE, capture, counted, rows, see

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
SEED = counted(
    today=4840, yesterday=12008, this_week=59019, this_month=226219, total=11718781
)  # 27 March 2024, 15:06:52
ANYTHING = (*FAULTS, SHIFT, RESET, MOVE)
DAYS = "SELECT day, visits, low, high, basis, own_requests FROM visits ORDER BY day"


def everything(archive):
    """All that was worked out, and what is remembered of it."""
    found = rows(archive, "SELECT * FROM visits ORDER BY site, day")
    columns = "site, day, kind, message, facts, witnesses"
    found += rows(archive, f"SELECT {columns} FROM visit_findings ORDER BY {columns}")
    return found + rows(archive, "SELECT site, votes, week_start FROM visits_state ORDER BY site")


def store(archive, snapshot):
    """Store a simulated reading as one of the front page."""
    at = snapshot.observed_at
    numbers = Counters(**{line: getattr(snapshot, line) for line in (*LINES, "online")})
    number = archive.add_capture(Capture(SITE.id, SITE.base_url, at, 200))
    return archive.store_counters(SITE.id, number, numbers, at)


@pytest.mark.parametrize("seed", range(8))
def test_increments_give_what_working_out_all_gives(archive, seed):
    rng = random.Random(seed)
    readings = random_history(rng, rng.choice(("daily", "random", "weekly")), ANYTHING).snapshots
    # Mostly in order, as a timer brings them; imports bring old ones late.
    late = [one for one in readings if rng.random() < 0.15]
    arriving = [one for one in readings if one not in late]
    for one in late:
        arriving.insert(rng.randrange(len(arriving)), one)
    while arriving:
        for one in arriving[: (size := rng.choice((1, 1, 7, 30)))]:
            store(archive, one)
        del arriving[:size]
        archive.refresh_visits(SITE.id)
    by_increments = everything(archive)
    assert len(by_increments) > 1
    assert archive.refresh_visits(SITE.id, rebuild=True).whole
    assert everything(archive) == by_increments


@pytest.mark.parametrize("seed", range(8))
def test_readings_that_are_left_out_take_nothing_from_the_days(archive, seed):
    """A crawl reads the box on every page: the rows kept of it say all that all of them say."""
    rng = random.Random(seed)
    portal = random_portal(rng, 40, sizes=(8000, 900, 40))
    moments = [
        start + timedelta(seconds=each)
        for start in random_moments(rng, portal, 8)
        for each in sorted(rng.sample(range(10800), 60))
    ]
    every = [look(portal, at, number).snapshot for number, at in enumerate(sorted(set(moments)))]
    with archive.transaction():
        for one in every:
            store(archive, one)
    archive.refresh_visits(SITE.id)
    assert len(rows(archive, "SELECT id FROM counters")) < 8 * 10 < len(every)
    wanted = [
        (day.day.isoformat(), day.visits, day.low, day.high, str(day.basis))
        for day in daily_visits(every)
    ]
    assert [row[:5] for row in rows(archive, DAYS)] == wanted


def test_the_seed_page_alone(archive):
    see(archive, "2024-03-27T08:06:52Z", SEED)
    archive.refresh_visits(SITE.id)
    known = [row for row in rows(archive, DAYS) if row[4] == "exact"]
    assert [row[:2] for row in known] == [("2024-03-26", 12008)]
    assert rows(archive, "SELECT low, high, basis FROM visits WHERE day = '2024-03-27'") == [
        (4840, None, "interval")
    ]
    ((evidence,),) = rows(archive, "SELECT evidence FROM visits WHERE day = '2024-03-26'")
    points = json.loads(evidence)["points"]
    assert [point["captures"] for point in points] == [[1], [1]]


def test_nothing_due_is_nothing_done(archive):
    assert archive.refresh_visits(SITE.id) is None
    see(archive, "2024-03-27T08:06:52Z", SEED)
    assert archive.refresh_visits(SITE.id).whole
    before = archive.db.conn.total_changes
    assert archive.refresh_visits(SITE.id) is None
    assert archive.db.conn.total_changes - before <= 1
    with pytest.raises(UnknownSite):
        archive.refresh_visits("nowhere")


def test_an_increment_rewrites_only_the_months_that_may_change(archive):
    portal = random_portal(random.Random(3), 800)
    moments = [portal.midnight(portal.first + DAY * n) + timedelta(hours=8) for n in range(840)]
    with archive.transaction():
        for number, at in enumerate(moments[:-1]):
            store(archive, look(portal, at, number).snapshot)
    archive.refresh_visits(SITE.id)
    before = archive.db.conn.total_changes
    store(archive, look(portal, moments[-1], 840).snapshot)
    done = archive.refresh_visits(SITE.id)
    assert not done.whole
    assert done.days < 130
    assert archive.db.conn.total_changes - before < 400


def test_readings_that_are_taken_away_are_forgotten(archive):
    see(archive, "2024-03-27T08:06:52Z", SEED)
    archive.refresh_visits(SITE.id)
    archive.db.execute("DELETE FROM counters")
    archive.refresh_visits(SITE.id)
    assert everything(archive) == [(SITE.id, None, None)]


def test_days_of_an_earlier_method_are_worked_out_anew(archive):
    see(archive, "2024-03-27T08:06:52Z", SEED)
    archive.refresh_visits(SITE.id)
    right = everything(archive)
    archive.db.execute("UPDATE visits SET low = 1 WHERE day = '2024-03-27'")
    assert archive.refresh_visits(SITE.id) is None
    archive.db.execute("UPDATE visits_state SET method = 0")
    assert archive.refresh_visits(SITE.id).whole
    assert everything(archive) == right
    assert rows(archive, "SELECT method FROM visits_state") == [(METHOD,)]


def test_own_requests_are_counted_by_local_day(archive):
    """Midnight in Hanoi is 17:00 UTC; what was imported from elsewhere was not asked by us."""
    see(archive, "2024-03-27T08:06:52Z", SEED)
    for at in ("2024-03-26T16:59:59Z", "2024-03-26T17:00:00Z", "2024-03-27T16:59:59Z"):
        capture(archive, at, url=f"{SITE.base_url}{at}")
    capture(archive, "2024-03-27T09:00:00Z", url=f"{SITE.base_url}w", source="wayback")
    archive.refresh_visits(SITE.id)
    own = {row[0]: row[5] for row in rows(archive, DAYS)}
    assert own["2024-03-26"] == 1
    assert own["2024-03-27"] == 3
    # Photos bring no counters, and count all the same.
    capture(archive, "2024-03-27T16:00:00Z", url=f"{SITE.base_url}photo.jpg")
    assert archive.refresh_visits(SITE.id) is None
    own = {row[0]: row[5] for row in rows(archive, DAYS)}
    assert own["2024-03-27"] == 4
    by_increments = everything(archive)
    archive.refresh_visits(SITE.id, rebuild=True)
    assert everything(archive) == by_increments


def test_own_requests_are_counted_from_their_index_alone(archive):
    see(archive, "2024-03-27T08:06:52Z", SEED)
    asked = []
    archive.db.conn.set_trace_callback(asked.append)
    archive.refresh_visits(SITE.id)
    archive.db.conn.set_trace_callback(None)
    counting = [sql for sql in asked if "idx_captures_own" in sql]
    assert counting
    plans = [
        step[3]
        for sql in counting
        for step in archive.db.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()
    ]
    assert all(
        "USING COVERING INDEX idx_captures_own (site=? AND source=?" in each for each in plans
    )
    assert "fetched_at>? AND fetched_at<?" in plans[-1]


def test_a_reset_is_found_and_told(archive):
    first = date(2024, 3, 1)
    reset = Reset(datetime(2024, 3, 20, 9, tzinfo=HANOI), 0, restart=True)
    portal = Portal(date(2024, 1, 1), (900,) * 120, resets=(reset,))
    for number in range(35):
        at = portal.midnight(first + DAY * number) + timedelta(hours=20)
        store(archive, look(portal, at, number).snapshot)
    archive.refresh_visits(SITE.id)
    ((day, message),) = rows(
        archive, "SELECT day, message FROM visit_findings WHERE kind = 'break'"
    )
    assert day == "2024-03-20"
    assert "reset" in message
    assert rows(archive, "SELECT basis FROM visits WHERE day = '2024-03-20'") == [("interval",)]
    # The week's sum is open upwards, too.
    assert rows(archive, "SELECT visits, high FROM visits_weekly WHERE week = '2024-03-18'") == [
        (None, None)
    ]


def fill_days(archive, days):
    """Days as (day, low, high) or (day, low, high, first, last and sum of the gap)."""
    for day, low, high, *gap in days:
        archive.db.execute(
            "INSERT INTO visits (site, day, visits, low, high, basis, own_requests, gap_first, "
            "gap_last, gap_visits) VALUES (?, ?, ?, ?, ?, ?, 1, ?, ?, ?)",
            [
                *(SITE.id, day, low if low == high else None, low, high),
                "exact" if low == high else "interval",
                *(gap or (None, None, None)),
            ],
        )


def test_weeks_use_what_is_known_of_gaps(archive):
    """25 March 2024 is a Monday."""
    days = [(f"2024-03-{day}", 10, 10) for day in (25, 26, 27)]
    days += [(f"2024-03-{day}", 0, 40, "2024-03-28", "2024-03-29", 40) for day in (28, 29)]
    gap = ("2024-03-30", "2024-04-02", 100)
    days += [("2024-03-30", 30, 40, *gap), ("2024-03-31", 0, 70, *gap)]
    days += [("2024-04-01", 10, 20, *gap), ("2024-04-02", 10, 70, *gap)]
    fill_days(archive, days)
    columns = "week, visits, low, high, basis, days, known_days, exact_days, own_requests"
    assert rows(archive, f"SELECT {columns} FROM visits_weekly ORDER BY week") == [
        # 30 exact, 40 in the first gap; of the second gap's 100 at most 80 are outside the week.
        ("2024-03-25", None, 100, 150, "interval", 7, 7, 3, 7),
        ("2024-04-01", None, 20, None, "interval", 7, 2, 0, 2),
    ]
    assert rows(archive, "SELECT month, low, high, days, known_days FROM visits_monthly") == [
        ("2024-03", 100, None, 31, 7),
        ("2024-04", 20, None, 30, 2),
    ]


def test_a_month_with_its_days_in_one_gap_is_exact(archive):
    days = [f"2024-02-{day:02d}" for day in range(1, 30)]
    fill_days(archive, [(day, 0, 500, days[0], days[-1], 500) for day in days])
    assert rows(archive, "SELECT month, visits, basis, days FROM visits_monthly") == [
        ("2024-02", 500, "exact", 29)
    ]


@pytest.mark.parametrize("seed", range(6))
def test_every_week_and_month_holds_the_truth(archive, seed):
    rng = random.Random(seed)
    portal = random_portal(rng, 120)
    moments = random_moments(rng, portal, rng.choice((12, 30, 80)))
    for number, at in enumerate(moments):
        store(archive, look(portal, at, number).snapshot)
    archive.refresh_visits(SITE.id)
    truth = portal.truth()
    for period in (Period.WEEK, Period.MONTH):
        found = list(archive.visits_series([SITE.id], period))
        assert found
        for row in found:
            days = [day for day in truth if period.of(day) == row[period]]
            visits = sum(truth[day] for day in days)
            assert row["low"] <= visits, row
            if len(days) == row["days"]:
                assert row["high"] is None or visits <= row["high"], row
                assert row["visits"] in (None, visits)


def test_the_series_is_that_of_a_site_and_a_span(archive):
    see(archive, "2024-03-27T08:06:52Z", SEED)
    archive.refresh_visits(SITE.id)
    series = archive.visits_series([SITE.id], Period.DAY, date(2024, 3, 26), date(2024, 3, 27))
    assert [(row["day"], row["weekday"], row["low"]) for row in series] == [
        ("2024-03-26", 2, 12008),
        ("2024-03-27", 3, 4840),
    ]
    weeks = list(archive.visits_series([SITE.id], Period.WEEK, date(2024, 3, 27)))
    assert [row["week"] for row in weeks] == ["2024-03-25"]
    assert list(archive.visits_series([], Period.DAY)) == []


@pytest.mark.parametrize("view", ["visits_daily", "visits_weekly", "visits_monthly"])
def test_a_view_looks_at_one_site_only(archive, view):
    sql = f"EXPLAIN QUERY PLAN SELECT * FROM {view} WHERE site = 'x'"
    plan = " / ".join(row[3] for row in archive.db.execute(sql))
    assert "SEARCH visits USING INDEX" in plan or "SEARCH v USING INDEX" in plan


def test_views_of_an_article_that_fall_are_explained(archive):
    readings = (100, 120, 90, 125, 5, 9, 7, 11)
    for hour, views in enumerate(readings):
        archive.db.execute(
            "INSERT INTO article_views VALUES (?, ?, ?, ?)",
            [article(archive), f"2024-03-27T{hour:02d}:00:00Z", views, 1],
        )
    found = rows(archive, "SELECT views, note, gained FROM article_views_read ORDER BY observed_at")
    assert found == [
        (100, None, None),
        (120, None, 20),
        (90, "stale", None),
        (125, None, 5),
        (5, "reset", None),
        (9, None, 4),
        (7, "stale", None),
        (11, None, 2),
    ]


def article(archive):
    """The id of an article, stored when it is first asked for."""
    found = rows(archive, "SELECT id FROM articles")
    return found[0][0] if found else see(archive, "2024-03-20T08:00:00Z").article
