"""What a run that died had kept is stored by the next one, and not fetched again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scraper.archive import open_archive
from scraper.crawl import run_scrape
from scraper.crawl.warc import WarcFile
from tests.crawl.conftest import Killed
from tests.crawl.tiny_portal import Reply, TinyPortal, article, listing

PATH = "/tin-tuc/hoi-nghi-mot-7001.html"
TITLE = "Hội nghị triển khai nhiệm vụ thứ nhất"
JPEG = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 8 + b"\xff\xd9"


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


def test_what_was_kept_in_a_file_that_was_full(archive, news, options, listener, dies_at) -> None:
    """The next file was begun already when the run died, and nothing of this one stored."""
    later = "/tin-tuc/le-hoi-hai-7002.html"
    news.pages["/"] = listing([(PATH, TITLE), (later, "Lễ hội truyền thống xã thứ hai")])
    news.pages[later] = article("Lễ hội truyền thống xã thứ hai")
    archive.save_site(news.site())
    # robots.txt, the front page and the two articles have a file each.
    dies_at(PATH, until=lambda: len(list(archive.warc_folder.glob("*.warc.gz"))) == 4)
    with pytest.raises(Killed):
        run_scrape(archive, archive.sites(), replace(options, warc_bytes=500), listener)
    assert len(list(archive.warc_folder.glob("*.warc.gz"))) == 4
    dies_at(None)
    assert run_scrape(archive, archive.sites(), options, listener).exit_code == 0
    assert set(news.hits().values()) == {1}, "nothing is fetched twice"
    assert archive.totals().articles == 2


def test_a_page_that_was_asked_for_by_a_form(archive, portal, options, listener, dies_at) -> None:
    """The second page of an ASP.NET list lies behind a post-back."""
    form = (
        '<form action="/"><input type="hidden" name="__VIEWSTATE" value="abc=">'
        "<table><tr><td><span>1</span></td><td>"
        "<a href=\"javascript:__doPostBack('ctl00$grid','Page$2')\">2</a></td></tr></table></form>"
    )
    second = listing([(PATH, TITLE)])

    def list_page(request):
        if request.method == "POST":
            posted.append(request.body)
            return second
        first = listing([("/tin-tuc/le-hoi-hai-7002.html", "Lễ hội truyền thống xã thứ hai")])
        return replace(first, body=first.body.replace(b"</ul>", b"</ul>" + form.encode()))

    posted: list[bytes] = []
    portal.pages["/"] = list_page
    portal.pages[PATH] = article(TITLE)
    portal.pages["/tin-tuc/le-hoi-hai-7002.html"] = article("Lễ hội truyền thống xã thứ hai")
    archive.save_site(portal.site())
    dies_at("/", "post")
    with pytest.raises(Killed):
        run_scrape(archive, archive.sites(), options, listener)
    dies_at(None)
    assert run_scrape(archive, archive.sites(), options, listener).exit_code == 0
    assert len(posted) == 1, "the form is not sent again"
    assert archive.totals().articles == 2


def test_a_file_loses_its_mark_only_when_the_database_is_on_the_disk(
    archive, news, options, listener, monkeypatch, tmp_path
) -> None:
    """A power cut takes back what only the database's journal holds; the file alone is copied."""
    whole = WarcFile.close
    stored = []

    def close(self, **kwargs) -> None:
        copy = tmp_path / f"{len(stored)}.db"
        copy.write_bytes(archive.path.read_bytes())
        with open_archive(copy) as cut:
            stored.append(cut.totals().captures)
        whole(self, **kwargs)

    monkeypatch.setattr(WarcFile, "close", close)
    archive.save_site(news.site())
    run_scrape(archive, archive.sites(), options, listener)
    assert stored == [archive.totals().captures]
    assert stored[0] == len(news.requests)
