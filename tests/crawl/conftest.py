from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from scraper.archive import Archive, open_archive
from scraper.crawl import FetchLimits, Politeness, ScrapeOptions
from scraper.crawl.ingest import Ingest
from scraper.crawl.reporter import Silent
from tests.crawl.bench import BAD, GOOD, GOOD_TITLE, Bench
from tests.crawl.tiny_portal import TinyPortal, article, listing


class Listener(Silent):
    """Remembers what a run told."""

    def __init__(self) -> None:
        self.failures: list[tuple[str, str, str]] = []
        self.notes: list[str] = []
        self.visits: list[tuple[str, str]] = []

    def visited(self, site, url, what, tally, waiting) -> None:  # type: ignore[no-untyped-def]
        self.visits.append((url, what))

    def failed(self, site: str, url: str, kind: str, message: str) -> None:
        self.failures.append((url, kind, message))

    def note(self, text: str) -> None:
        self.notes.append(text)


class TestClock:
    """A clock that goes on by itself from a simulated moment, and can be moved."""

    __test__ = False

    def __init__(self, moment: datetime = datetime(2024, 3, 28, 2, 0, tzinfo=UTC)) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        self.moment += timedelta(milliseconds=10)
        return self.moment

    def move(self, **delta: float) -> None:
        self.moment += timedelta(**delta)


class Killed(BaseException):
    """Stands for the end of the process: nobody catches it."""


@pytest.fixture
def dies_at(monkeypatch: pytest.MonkeyPatch):
    """Let the run die when it is about to store the answer of an address."""
    whole = Ingest.take

    def arm(path: str | None, how: str = "get", until: Callable[[], bool] = lambda: True) -> None:
        def take(self, delivery):
            task = delivery.job.task
            asked = "post" if task.posted is not None else "get"
            if path is not None and task.url.endswith(path) and asked == how:
                for _ in range(500):
                    if until():
                        break
                    time.sleep(0.01)
                raise Killed
            whole(self, delivery)

        monkeypatch.setattr(Ingest, "take", take)

    return arm


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture
def listener() -> Listener:
    return Listener()


@pytest.fixture
def portal() -> Iterator[TinyPortal]:
    with TinyPortal() as portal:
        yield portal


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(tmp_path / "archive.db") as archive:
        yield archive


@pytest.fixture
def options(clock: TestClock) -> ScrapeOptions:
    return ScrapeOptions(
        clock=clock,
        min_free_bytes=0,
        limits=FetchLimits(
            connect_timeout=5.0, read_timeout=1.0, whole_timeout=2.5, connect_backoff=0.0,
            max_page_bytes=200_000, max_file_bytes=300_000, max_decoded_bytes=2_000_000,
        ),
        politeness=Politeness(backoff=30.0, patience=0.0),
    )  # fmt: skip


@pytest.fixture
def bench(portal, archive, options, listener, clock) -> Bench:
    portal.pages["/"] = listing([(BAD, "Trang lỗi của máy chủ huyện nhà"), (GOOD, GOOD_TITLE)])
    portal.pages[GOOD] = article(GOOD_TITLE)
    return Bench(portal, archive, options, listener, clock)
