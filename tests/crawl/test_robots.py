from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from scraper.crawl.robots import LARGEST, RobotsState, judge, robots_url

NOW = datetime(2024, 3, 28, tzinfo=UTC)
RULES = b"User-agent: *\nDisallow: /cam/\nCrawl-delay: 5\nSitemap: http://a.vn/s.xml\n"


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (200, RobotsState.RULES),
        *((status, RobotsState.ALLOW_ALL) for status in (301, 401, 403, 404, 410)),
        *((status, RobotsState.NOT_NOW) for status in (429, 500, 503, None)),
    ],
)
def test_what_an_answer_means(status: int | None, state: RobotsState) -> None:
    verdict = judge(status, RULES, NOW)
    assert verdict.state is state
    assert verdict.allows("http://a.vn/x") == (state is not RobotsState.NOT_NOW)


def test_rules_delay_and_sitemaps() -> None:
    verdict = judge(200, b"\xef\xbb\xbf" + RULES, NOW)
    assert not verdict.allows("http://a.vn/cam/x")
    assert verdict.crawl_delay == 5
    assert verdict.sitemaps == ["http://a.vn/s.xml"]


def test_our_own_group_goes_before_the_general_one() -> None:
    text = b"User-agent: *\nDisallow: /\n\nUser-agent: district-archive\nDisallow: /rieng/\n"
    verdict = judge(200, text, NOW)
    assert verdict.allows("http://a.vn/x")
    assert not verdict.allows("http://a.vn/rieng/x")


def test_only_the_first_500_kib_are_read() -> None:
    verdict = judge(200, b"#" * LARGEST + b"\nUser-agent: *\nDisallow: /\n", NOW)
    assert verdict.allows("http://a.vn/x")


def test_a_verdict_holds_for_a_day_and_not_from_the_future() -> None:
    verdict = judge(200, RULES, NOW)
    assert verdict.fresh(NOW + timedelta(hours=23))
    assert not verdict.fresh(NOW + timedelta(hours=24))
    assert not verdict.fresh(NOW - timedelta(seconds=1))
    assert not judge(500, b"", NOW).fresh(NOW)


def test_bytes_that_are_no_text_forbid_nothing() -> None:
    assert judge(200, bytes(range(256)) * 10, NOW).allows("http://a.vn/x")


def test_robots_url() -> None:
    assert robots_url("https://a.vn:8443/x/y?z") == "https://a.vn:8443/robots.txt"
