"""Build an archive of many articles as a year of runs would have left it, without the network."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from scraper.archive import Archive, Capture, RunCounts, open_archive
from scraper.archive.frontier import Frontier, NewTask, Priority, TaskKind
from scraper.archive.rounds import Walk, finish_rounds, start_round
from scraper.crawl.clock import stamp
from scraper.crawl.scope import Scope
from scraper.parse import Article, Image, Page, PageKind
from scraper.sites import Site

NOW = datetime(2024, 6, 1, 2, 0, tzinfo=UTC)
LISTED = 20
DUE = 5
BATCH = 500
WORDS = "Sáng ngày 27 tháng 3, tại hội trường UBND huyện đã diễn ra hội nghị triển khai nhiệm vụ. "


def path_of(number: int) -> str:
    """Return the path of an article; the highest number is the latest."""
    return f"/tin-tuc/hoi-nghi-trien-khai-nhiem-vu-{number:06d}.html"


def build(path: Path, base_url: str, articles: int) -> Site:
    """Make the archive of a portal at ``base_url``: all visited, ``DUE`` articles of late.

    The last full walk was a week ago, so a run looks at the first pages only.
    """
    site = Site(
        "portal",
        "Cổng huyện",
        f"{base_url}/",
        pause=0.0,
        private_network=True,
        listings=(f"{base_url}/tin-tuc/",),
    )
    with open_archive(path) as archive:
        archive.save_site(site)
        week_ago = NOW - timedelta(days=7)
        run = archive.start_run("scrape", week_ago)
        frontier, scope = Frontier(archive.db), Scope.of(site)
        with archive.transaction():
            round_ = start_round(archive.db, site.id, Walk.FULL, stamp(week_ago), run).id
        for start in range(0, articles, BATCH):
            with archive.transaction():
                for number in range(start, min(start + BATCH, articles)):
                    _article(archive, frontier, scope, articles, number, round_)
        with archive.transaction():
            for number in range(articles // LISTED):
                url = f"{base_url}/tin-tuc/?page={number + 1}"
                _visited(frontier, scope.task(url, TaskKind.LISTING), round_, stamp(week_ago))
            finish_rounds(archive.db, site.id, stamp(week_ago))
        archive.finish_run(run, "finished", week_ago, RunCounts())
    return site


def _article(
    archive: Archive, frontier: Frontier, scope: Scope, articles: int, number: int, round_: int
) -> None:
    url = scope.site.base_url.rstrip("/") + path_of(number)
    # The last few are a week old and looked at again; all others lie more than a month back.
    age = timedelta(days=8) if number >= articles - DUE else timedelta(days=60 + number % 3000)
    day = (NOW - age).date().isoformat()
    seen_at = stamp(NOW - timedelta(days=7))
    capture = archive.add_capture(
        Capture(
            scope.site.id,
            url,
            seen_at,
            200,
            "text/html",
            f"sha1:{number:032d}",
            20_000,
            warc_file="old.warc.gz",
            warc_offset=number * 7000,
            warc_length=6000,
            etag=f'"{number}"',
        )
    )
    article = Article(
        title=f"Hội nghị triển khai nhiệm vụ lần thứ {number}",
        body="\n\n".join([WORDS * 3] * 4),
        published_on=day,
        published_at=f"{day}T08:00:00+07:00",
        published_raw=day,
        images=(Image(f"{url}.jpg", f"{number}.jpg", f"Quang cảnh hội nghị lần thứ {number}"),),
    )
    archive.store_page(scope.site.id, capture, Page(url, PageKind.ARTICLE, article), seen_at)
    archive.store_file(f"{url}.jpg", f"sha1:{number:032d}", 20_000, "image/jpeg", capture)
    for kind, address in ((TaskKind.ARTICLE, url), (TaskKind.FILE, f"{url}.jpg")):
        _visited(frontier, scope.task(address, kind), round_, seen_at)


def _visited(frontier: Frontier, task: NewTask | None, round_: int, at: str) -> None:
    if task is None:
        raise ValueError("the address is none that is visited")
    frontier.add(replace(task, priority=Priority.ARTICLE), round_, at)
    waiting = frontier.waiting_task(task.site, task.key)
    if waiting is not None:
        frontier.done(waiting, at, 200)
