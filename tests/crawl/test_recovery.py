"""What a run that died had kept is stored by the next one, and not fetched again."""

from __future__ import annotations

import pytest

from scraper.crawl import run_scrape
from scraper.crawl.ingest import Ingest
from tests.crawl.tiny_portal import Reply, TinyPortal, article, listing

PATH = "/tin-tuc/hoi-nghi-mot-7001.html"
TITLE = "Hội nghị triển khai nhiệm vụ thứ nhất"
JPEG = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 8 + b"\xff\xd9"


class Killed(BaseException):
    """Stands for the end of the process: nobody catches it."""


@pytest.fixture
def dies_at(monkeypatch: pytest.MonkeyPatch):
    """Let the run die when it is about to store the answer of an address."""
    whole = Ingest.take

    def arm(path: str | None) -> None:
        def take(self, delivery):
            if path is not None and delivery.job.task.url.endswith(path):
                raise Killed
            whole(self, delivery)

        monkeypatch.setattr(Ingest, "take", take)

    return arm


def finish_after_death(archive, portal, options, listener, dies_at, path: str) -> None:
    archive.save_site(portal.site())
    dies_at(path)
    with pytest.raises(Killed):
        run_scrape(archive, archive.sites(), options, listener)
    assert list((archive.warc_folder / ".open").iterdir())
    dies_at(None)
    summary = run_scrape(archive, archive.sites(), options, listener)
    assert listener.failures == []
    assert summary.exit_code == 0
    assert set(portal.hits().values()) == {1}, "nothing is fetched twice"
    assert not list((archive.warc_folder / ".open").iterdir())


@pytest.fixture
def news(portal: TinyPortal) -> TinyPortal:
    photos = "".join(f"<p><img src='/anh/{name}.jpg' width='600'></p>" for name in ("mot", "hai"))
    portal.pages["/"] = listing([(PATH, TITLE)])
    portal.pages[PATH] = article(TITLE, extra=photos)
    portal.pages["/anh/mot.jpg"] = portal.pages["/anh/hai.jpg"] = Reply(
        JPEG, content_type="image/jpeg"
    )
    return portal


@pytest.mark.parametrize("path", ["/", PATH, "/anh/mot.jpg", "/anh/hai.jpg"])
def test_what_was_kept_and_not_stored(archive, news, options, listener, dies_at, path) -> None:
    finish_after_death(archive, news, options, listener, dies_at, path)
    assert shown_photos(archive) == [(len(JPEG), "image/jpeg")] * 2
    assert archive.totals().articles == 1


def test_a_payload_that_lies_with_an_earlier_capture(
    archive, news, options, listener, dies_at, clock
) -> None:
    """The record is a revisit then: what it shows must be read where it refers to."""
    archive.save_site(news.site())
    run_scrape(archive, archive.sites(), options, listener)
    news.requests.clear()
    clock.move(hours=22)
    later = "/tin-tuc/le-hoi-hai-7002.html"
    photo = "<p><img src='/anh/ba.jpg' width='600'></p>"
    news.pages["/"] = listing([(later, "Lễ hội truyền thống xã thứ hai"), (PATH, TITLE)])
    news.pages[later] = article("Lễ hội truyền thống xã thứ hai", extra=photo)
    news.pages["/anh/ba.jpg"] = news.pages["/anh/mot.jpg"]
    finish_after_death(archive, news, options, listener, dies_at, "/anh/ba.jpg")
    assert shown_photos(archive) == [(len(JPEG), "image/jpeg")] * 3
    (third,) = archive.db.query("SELECT * FROM captures WHERE url LIKE '%/ba.jpg'")
    assert third["bytes"] == len(JPEG)
    holder = archive.db.table("captures").get(third["revisit_of"])
    assert holder["url"].endswith("/anh/mot.jpg")


def shown_photos(archive) -> list[tuple[int, str]]:
    images = archive.db.query("SELECT bytes, media_type FROM images")
    return [(each["bytes"], each["media_type"]) for each in images]
