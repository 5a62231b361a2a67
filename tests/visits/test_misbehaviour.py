"""What is said, and done, when a box misbehaves: one small history for each way of it."""

import random
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from scraper.visits import VIETNAM, Basis, FindingKind, WeekStart, site_visits
from tests.visits.simulator import (
    YOUTH,
    Portal,
    Reset,
    cached,
    capture,
    other_box,
)

START = date(2024, 1, 1)
HOURS = (9, 21)


def portal(**changes):
    """A portal with about 1000 visits a day."""
    visits = tuple(900 + 37 * (day % 11) + 5 * (day % 7) for day in range(YOUTH + 60))
    return Portal(START, visits, **changes)


def at(day, hour, minute=0):
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=VIETNAM)


def seen(portal, days=30, hours=HOURS):
    """Captures at those hours of each day."""
    first = portal.first + timedelta(days=YOUTH)
    moments = [at(first + timedelta(days=day), hour) for day in range(days) for hour in hours]
    return [capture(portal, moment, number) for number, moment in enumerate(moments)]


def told(captures, **options):
    """What is found, the days by date, and the findings by kind."""
    found = site_visits([item.snapshot for item in captures], **options)
    findings = {}
    for finding in found.findings:
        findings.setdefault(finding.kind, []).append(finding)
    return found, {day.day: day for day in found.days}, findings


def changed(captures, number, **lines):
    """The captures with lines of one box changed."""
    item = captures[number]
    captures[number] = replace(item, snapshot=item.snapshot._replace(**lines))
    return captures


def all_true(portal, days):
    truth = portal.truth()
    return all(day.visits in (None, truth[day.day]) for day in days.values())


def test_a_box_that_behaves_gives_no_finding_but_the_week():
    box = portal()
    found, days, findings = told(seen(box))
    assert set(findings) == {FindingKind.WEEK_START}
    assert sum(day.basis is Basis.EXACT for day in days.values()) >= 30
    assert all_true(box, days)
    assert found.week_start is WeekStart.MONDAY


@pytest.mark.parametrize("start", list(WeekStart))
def test_the_first_weekday_is_inferred_with_its_votes(start):
    found, _, findings = told(seen(portal(week_start=int(start))))
    (finding,) = findings[FindingKind.WEEK_START]
    assert found.week_start is start
    assert finding.facts["weekday"] == start.name.capitalize()
    assert finding.facts["votes"] > 5 and finding.facts["against"] == 0


def test_a_reset_is_told_with_the_totals_before_and_after():
    box = portal()
    broken = at(START + timedelta(days=YOUTH + 15), 13)
    box = replace(box, resets=(Reset(broken, 0, restart=True),))
    captures = seen(box)
    _, days, findings = told(captures)
    (finding,) = findings[FindingKind.BREAK]
    before, after = captures[30].snapshot, captures[31].snapshot
    assert finding.facts["before"] == before.total
    assert finding.facts["after"] == after.total
    assert [witness.observed_at for witness in finding.witnesses] == [
        before.observed_at,
        after.observed_at,
    ]
    on = days[broken.date()]
    assert on.basis is Basis.INTERVAL and on.high is None
    assert all_true(box, days)


def test_a_new_total_while_the_other_lines_go_on_is_a_break_too():
    moved = at(START + timedelta(days=YOUTH + 15), 13)
    box = replace(portal(), resets=(Reset(moved, 20_000_000, restart=False),))
    _, days, findings = told(seen(box))
    assert len(findings[FindingKind.BREAK]) == 1
    assert all_true(box, days)


def test_a_page_that_shows_the_last_numbers_again_is_not_counted_again():
    captures = seen(portal())
    stale = captures[21].snapshot._asdict() | {"observed_at": captures[22].snapshot.observed_at}
    _, days, findings = told(changed(captures, 22, **stale))
    (finding,) = findings[FindingKind.STALE_COPY]
    assert finding.facts["since"] == captures[21].snapshot.observed_at
    assert all_true(portal(), days)


def test_a_cached_box_after_midnight_is_of_the_day_before():
    box = portal()
    captures = seen(box)
    day = START + timedelta(days=YOUTH + 15)
    late = capture(box, at(day, 0, 10), 99)
    late = cached(box, late, random.Random(3))
    assert box.day_of(late.true_at) < day
    captures.insert(30, late)
    _, days, findings = told(captures)
    (finding,) = findings[FindingKind.OTHER_DAY]
    assert finding.facts["portal_day"] == (day - timedelta(days=1)).isoformat()
    assert all_true(box, days)
    assert days[day].basis is Basis.EXACT


@pytest.mark.parametrize(
    ("hours", "earliest", "latest"), [(-2, "21:00", "23:00"), (7, "05:00", "09:00")]
)
def test_a_midnight_that_is_not_ours_is_found_out(hours, earliest, latest):
    """As well as the captures tell: between the last of one day and the first of the next."""
    box = portal(shift=timedelta(hours=hours))
    _, days, findings = told(seen(box, hours=(1, 5, 9, 15, 21, 23)))
    for finding in findings[FindingKind.OTHER_MIDNIGHT]:
        assert earliest <= finding.facts["clock"] <= latest
    assert all_true(box, days)
    assert sum(day.basis is Basis.EXACT for day in days.values()) > 20


def test_without_today_the_other_lines_are_used():
    box = portal()
    captures = seen(box)
    for number in range(len(captures)):
        changed(captures, number, today=None)
    _, days, _ = told(captures)
    assert all_true(box, days)
    assert sum(day.basis is Basis.EXACT for day in days.values()) >= 28


def test_a_zero_is_not_believed_at_a_busy_portal():
    box = portal()
    _, days, findings = told(changed(seen(box), 31, today=0))
    (finding,) = findings[FindingKind.ZERO_TODAY]
    assert finding.facts["expected"] > 500
    assert all_true(box, days)


def test_swapped_lines_contradict_themselves_and_are_not_used():
    box = portal()
    captures = seen(box)
    row = captures[30].snapshot
    _, days, findings = told(
        changed(captures, 30, this_week=row.this_month, this_month=row.this_week)
    )
    assert findings[FindingKind.SELF_CONTRADICTION][0].day == captures[30].at.date()
    assert all_true(box, days)


def test_a_second_box_is_set_aside():
    box = portal()
    captures = seen(box)
    captures[31] = other_box(box, captures[31], random.Random(1))
    _, days, findings = told(captures)
    (finding,) = findings[FindingKind.OTHER_COUNTER]
    assert finding.facts["total"] == captures[31].snapshot.total
    assert all_true(box, days)


def test_a_yesterday_that_the_day_itself_contradicts_is_disputed():
    box = portal()
    captures = seen(box, hours=(15,))
    row = captures[16].snapshot
    _, days, findings = told(changed(captures, 16, yesterday=row.yesterday - 20))
    kinds = {FindingKind.DISPUTED, FindingKind.OUTVOTED} & set(findings)
    assert kinds
    (finding, *_) = findings[kinds.pop()]
    assert str(box.base + box.count_at_start(captures[15].at.date())) in finding.facts["claims"]
    assert all_true(box, days)


def test_own_requests_stand_beside_every_day():
    day = START + timedelta(days=YOUTH + 3)
    _, days, _ = told(seen(portal()), own_requests={day: 412})
    assert days[day].own_requests == 412
    assert days[day + timedelta(days=1)].own_requests == 0
    _, days, _ = told(seen(portal()))
    assert days[day].own_requests is None
