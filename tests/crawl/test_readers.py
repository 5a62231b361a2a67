from __future__ import annotations

import queue
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from scraper.archive.frontier import Task, TaskKind
from scraper.crawl.delivery import Delivery, Job
from scraper.crawl.readers import BEHIND_AFTER, IDLE, ReadingHelper
from scraper.reading import ReadingRequest, read
from scraper.sites import Site, load_profile
from tests.crawl.tiny_portal import article

URL = "http://a.vn/tin-tuc/tin-so-1001.html"
AT = datetime(2024, 3, 28, tzinfo=UTC)
SITE = Site("a", "A", "http://a.vn/", "nukeviet", profile=load_profile("nukeviet"))


def request(body: bytes) -> ReadingRequest:
    return ReadingRequest(body, URL, SITE, "text/html; charset=utf-8", AT)


def delivery(number: int) -> Delivery:
    task = Task(number, "a", URL, URL, "a.vn", TaskKind.ARTICLE, 1, 0, 1, 0, 1, None, None)
    return Delivery(Job(task))


@pytest.fixture
def outbox() -> queue.Queue[Delivery]:
    return queue.Queue()


@pytest.fixture
def helper(outbox):
    helper = ReadingHelper(outbox)
    yield helper
    helper.close()


def test_the_process_beside_reads_the_same(helper, outbox) -> None:
    pages = [article(f"Hội nghị lần thứ {number} của huyện nhà").body for number in range(3)]
    for number, body in enumerate(pages):
        helper.take(delivery(number), request(body))
    for number, body in enumerate(pages):
        done = outbox.get(timeout=60)
        assert done.job.task.id == number
        assert done.reading == read(request(body))
        assert done.reading.page.article.title.endswith("của huyện nhà")


def test_a_profile_of_ones_own_counts_in_the_process_beside(helper, outbox, tmp_path) -> None:
    (tmp_path / "own.toml").write_text("[fields]\ntitle = '.subtitle'", encoding="utf-8")
    site = replace(SITE, platform="own", profile=load_profile("own", tmp_path))
    page = article("Hội nghị của huyện nhà").body
    page = page.replace(b"</h1>", "</h1><p class='subtitle'>Tiêu đề riêng của huyện</p>".encode())
    helper.take(delivery(1), replace(request(page), site=site))
    reading = outbox.get(timeout=60).reading
    assert reading.page.article.title == "Tiêu đề riêng của huyện"


def test_what_cannot_be_read_is_told(helper, outbox) -> None:
    helper.take(delivery(1), request(b"\x00\x01\x02\x03" * 4000))
    reading = outbox.get(timeout=60).reading
    assert reading.page is None
    assert "could not be read" in reading.problem


def test_a_process_that_dies_is_replaced_and_nothing_is_lost(helper, outbox) -> None:
    body = article("Hội nghị khi tiến trình bị dừng").body
    helper.take(delivery(1), request(body))
    outbox.get(timeout=60)
    helper._process.kill()
    helper._process.wait()
    for number in (2, 3):
        helper.take(delivery(number), request(body))
        assert outbox.get(timeout=60).reading == read(request(body))


def test_it_is_used_only_when_the_run_is_behind(helper, monkeypatch) -> None:
    now = [1000.0]
    monkeypatch.setattr("scraper.crawl.readers.time.monotonic", lambda: now[0])
    helper.waited(IDLE * 2)
    now[0] += BEHIND_AFTER / 2
    assert not helper.may_take(50)  # a burst of many hosts
    helper.waited(IDLE / 2)
    now[0] += BEHIND_AFTER
    assert helper.may_take(1)
    helper.waited(IDLE * 2)
    assert not helper.may_take(50)


def test_it_rests_once_the_run_has_caught_up(helper, outbox, monkeypatch) -> None:
    helper.take(delivery(1), request(article("Hội nghị của huyện nhà").body))
    outbox.get(timeout=60)
    now = [1000.0]
    monkeypatch.setattr("scraper.crawl.readers.time.monotonic", lambda: now[0])
    helper.waited(IDLE * 2)
    assert not helper.may_take(50)  # many hosts at once, and time enough until the next ones
    now[0] += BEHIND_AFTER * 2
    assert helper.may_take(50)
    assert not helper.may_take(0)  # nothing else would be stored meanwhile


def test_the_process_beside_says_nothing_of_its_own(helper, outbox, capfd) -> None:
    helper.take(delivery(1), request(article("Hội nghị của huyện nhà").body))
    outbox.get(timeout=60)
    assert capfd.readouterr() == ("", "")
