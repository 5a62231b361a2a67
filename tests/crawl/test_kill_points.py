"""SIGKILL at each place between claim and end, and while a killed run is brought into order.

Whatever the place: the next run finishes, and the archive is that of an undisturbed run.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from scraper.archive import open_archive
from scraper.crawl import run_scrape
from scraper.crawl.clock import utc_now
from tests.crawl.kill_points import DONE, KEPT, NOT_KEPT, PATH, POINTS, RECOVERING
from tests.crawl.test_run import check_warcs
from tests.crawl.tiny_portal import Reply, TinyPortal, article, listing
from tests.e2e.killing import facts, unreadable

TITLES = {
    "/tin-tuc/hoi-nghi-mot-7001.html": "Hội nghị triển khai nhiệm vụ thứ nhất",
    PATH: "Lễ hội truyền thống xã thứ hai",
    "/tin-tuc/thong-bao-ba-7003.html": "Thông báo lịch tiếp công dân thứ ba",
}
# The third article is known to a list only that a script goes on with.
PROFILE = "[listings]\nmore = '/api/tin'\njson = '{\"trang\": {page}}'\n"
JPEG = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 8 + b"\xff\xd9"
Kill = Callable[[Path, str], int]


@pytest.fixture(scope="module")
def kill() -> Iterator[Kill]:
    """Do a run that dies at a point; gives how it ended."""
    command = [sys.executable, "-m", "tests.crawl.kill_points"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, **pipes) as process:

        def die(db: Path, point: str) -> int:
            process.stdin.write(json.dumps({"db": str(db), "point": point}) + "\n")
            process.stdin.flush()
            return int(process.stdout.readline())

        yield die
        process.stdin.close()


@pytest.fixture(scope="module")
def news() -> Iterator[TinyPortal]:
    with TinyPortal() as portal:
        links = list(TITLES.items())
        portal.pages["/"] = listing(links[:1], "/?page=2")
        portal.pages["/?page=2"] = listing(links[1:2])
        portal.pages["/tin"] = listing(links[:1])
        portal.pages["/api/tin"] = lambda request: listing(
            links[2:] if json.loads(request.body) == {"trang": 2} else []
        )
        for number, (path, title) in enumerate(links):
            photo = f"<p><img src='/anh/{number}.jpg' width='600'></p>"
            portal.pages[path] = article(title, extra=photo)
            portal.pages[f"/anh/{number}.jpg"] = Reply(JPEG, content_type="image/jpeg")
        yield portal


def make(path: Path, news: TinyPortal) -> None:
    """Make an archive that follows the portal, with a profile of its own beside it."""
    path.with_suffix(".profiles").mkdir()
    (path.with_suffix(".profiles") / "own.toml").write_text(PROFILE, encoding="utf-8")
    with open_archive(path) as archive:
        archive.save_site(news.site(platform="own", listings=(f"{news.base_url}/tin",)))


def asked(news: TinyPortal) -> Counter[str]:
    """How often each page was asked for; a posted one by what was posted."""
    return Counter(request.path + request.body.decode() for request in news.requests)


@pytest.fixture(scope="module")
def undisturbed(news: TinyPortal, tmp_path_factory: pytest.TempPathFactory):
    """What an archive of the portal holds after a run that nobody disturbed."""
    from tests.crawl.kill_points import scrape

    path = tmp_path_factory.mktemp("undisturbed") / "archive.db"
    make(path, news)
    scrape(str(path))
    with open_archive(path) as archive:
        found = facts(archive)
    assert len(found["articles"]) == 3
    return found


@pytest.fixture
def db(news: TinyPortal, tmp_path: Path) -> Path:
    make(tmp_path / "archive.db", news)
    news.requests.clear()
    return tmp_path / "archive.db"


def finish(db: Path, options, listener) -> dict[str, object]:
    """Do the next run and look at all that it leaves."""
    with open_archive(db) as archive:
        options = replace(options, clock=utc_now)
        summary = run_scrape(archive, archive.sites(), options, listener)
        assert (summary.exit_code, listener.failures) == (0, [])
        check_warcs(archive)
        assert unreadable(archive) == []
        files = {path.name.removesuffix(".warc.gz") for path in archive.warc_folder.glob("*.gz")}
        assert files == {path.stem for path in archive.warc_folder.glob("*.cdxj")}
        assert archive.db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert all(run.outcome for run in archive.recent_runs(9)), "the killed ones say so"
        return facts(archive)


def fetched_twice(news: TinyPortal) -> set[str]:
    """What was asked for again: nothing but what was on its way when the run died."""
    found = {path for path, hits in asked(news).items() if hits > 1}
    assert len(found) <= 1
    return found


@pytest.mark.parametrize("point", [*NOT_KEPT, *KEPT, *DONE])
def test_a_run_that_dies_there(point, kill, news, db, undisturbed, options, listener) -> None:
    assert kill(db, point) == -9
    before = len(news.requests)
    assert finish(db, options, listener) == undisturbed
    if point in DONE:
        return  # a new visit looks at the lists and at what is recent again
    again = fetched_twice(news)
    assert again <= {PATH} if point in NOT_KEPT else PATH not in again
    assert before < len(news.requests) or point in list(KEPT)[5:]


HALF, KEPT_ONLY = "half of a record written", "handed over, not stored"
# With half a record all that came before it may be stored already: then nothing is left to store.
MENDED = [(HALF, point) for point in RECOVERING if point != "some of it stored"]


@pytest.mark.parametrize(("left", "point"), MENDED + [(KEPT_ONLY, point) for point in RECOVERING])
def test_a_run_that_dies_while_it_mends_what_a_killed_one_left(
    left, point, kill, news, db, undisturbed, options, listener
) -> None:
    assert kill(db, left) == -9
    assert kill(db, point) == -9
    assert finish(db, options, listener) == undisturbed
    again = fetched_twice(news)
    assert again <= {PATH} if left in NOT_KEPT else PATH not in again


def test_every_place_once_after_another(kill, news, db, undisturbed, options, listener) -> None:
    """Power fails again and again, each time a little later."""
    for point in [*RECOVERING, *NOT_KEPT, *list(KEPT)[:4], *RECOVERING, *KEPT]:
        kill(db, point)
    assert finish(db, options, listener) == undisturbed
    # Where a point was not come to, the run ended, and the next one looked at the lists anew.
    again = {path: hits - 1 for path, hits in asked(news).items() if path not in ("/", "/tin")}
    assert sum(again.values()) <= len(POINTS), "one in flight each"
