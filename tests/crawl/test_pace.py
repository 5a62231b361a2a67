from __future__ import annotations

from datetime import UTC, datetime

import pytest

from scraper.crawl.options import Politeness
from scraper.crawl.pace import Pace, retry_after_seconds

NOW = datetime(2024, 3, 28, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("Thu, 28 Mar 2024 02:05:00 GMT", 300.0),
        ("Thu, 28 Mar 2024 01:00:00 GMT", 0.0),
        ("999999999", 7 * 24 * 3600.0),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after(value: str | None, seconds: float | None) -> None:
    assert retry_after_seconds(value, NOW) == seconds


def test_the_pause_runs_from_start_to_start() -> None:
    pace = Pace(Politeness(), 1.5)
    assert pace.wait(100.0) == 0
    pace.started(100.0)
    pace.answered(100.4, 0.4)
    assert pace.wait(100.4) == pytest.approx(1.1)
    assert pace.wait(101.5) == 0


def test_a_slow_server_gets_a_longer_pause_and_a_quick_one_the_old_again() -> None:
    pace = Pace(Politeness(), 1.0)
    pace.answered(0.0, 4.0)
    assert pace.pause == 8.0
    for moment in range(1, 20):
        pace.answered(float(moment), 0.01)
    assert pace.pause == 1.0


def test_the_pause_never_grows_beyond_its_bound() -> None:
    pace = Pace(Politeness(), 1.0)
    pace.answered(0.0, 500.0)
    assert pace.pause == Politeness().longest_pause


def test_crawl_delay_only_lengthens() -> None:
    pace = Pace(Politeness(), 2.0)
    pace.ask_for(1.0)
    assert pace.pause == 2.0
    pace.ask_for(10.0)
    assert pace.pause == 10.0


def test_refusals_double_the_rest_and_the_breaker_adds_its_own() -> None:
    pace = Pace(Politeness(backoff=30, breaker_after=3, breaker_rest=900), 1.0)
    rests = [pace.refused(0.0, None) for _ in range(3)]
    assert rests == [30, 60, 900]
    assert pace.wait(0.0) == 900
    pace.answered(1000.0, 0.1)
    assert pace.failures == 0


def test_what_the_server_asks_for_counts() -> None:
    pace = Pace(Politeness(), 1.0)
    assert pace.refused(0.0, 7.0) == 7.0
