"""Pages that JavaScript puts together: drawn by Chromium, which is never on the network itself."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from io import BytesIO

import pytest
from warcio.archiveiterator import ArchiveIterator

from scraper.crawl import browser, run_scrape
from scraper.crawl.browser import BrowserMissingError, check_browser
from scraper.crawl.counting import run_counters
from scraper.crawl.fetch import Fetcher
from scraper.crawl.timetable import Appointment
from tests.cli.test_cli import run
from tests.crawl.conftest import Killed
from tests.crawl.tiny_portal import Reply, TinyPortal
from tests.web.browser import find_chromium

pytestmark = pytest.mark.browser

PATH = "/tin-tuc/hoi-nghi-mot-7001.html"
TITLE = "Hội nghị triển khai nhiệm vụ thứ nhất"
TEXT = (
    "Sáng ngày 27/3, tại hội trường UBND huyện đã diễn ra hội nghị triển khai nhiệm vụ với sự tham "
    "dự của các đồng chí lãnh đạo huyện, các phòng ban, đơn vị và các xã, thị trấn trên địa bàn."
)
SHELL = b"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>Cong thong tin</title></head>
<body><div id="app"></div><script src="/app.js"></script></body></html>"""
APP = """
const app = document.getElementById("app");
fetch("/api" + location.pathname).then(answer => answer.json()).then(page => {
  app.innerHTML = page.html;
  document.title = page.title;
});
"""


def data(title: str, html: str) -> Reply:
    body = json.dumps({"title": title, "html": html}).encode()
    return Reply(body, content_type="application/json")


def story(title: str) -> Reply:
    return data(
        title,
        f"<article><h1 class='title'>{title}</h1><p class='date'>Đăng lúc: 15:06:52 27/03/2024</p>"
        f"<div class='content'><p>{TEXT}</p><p>{TEXT}</p></div></article>",
    )


@pytest.fixture
def drawn(portal: TinyPortal, monkeypatch: pytest.MonkeyPatch) -> TinyPortal:
    monkeypatch.setenv("DISTRICT_ARCHIVE_CHROMIUM", find_chromium())
    portal.pages["/"] = portal.pages[PATH] = Reply(SHELL)
    portal.pages["/app.js"] = Reply(APP.encode(), content_type="text/javascript")
    front = f"<h1>Tin tức</h1><ul><li><h3><a href='{PATH}'>{TITLE}</a></h3></li></ul>"
    portal.pages["/api/"] = data("Tin tức", front)
    portal.pages[f"/api{PATH}"] = story(TITLE)
    return portal


def scrape(archive, portal, options, listener):
    archive.save_site(portal.site(browser=True))
    return run_scrape(archive, archive.sites(), options, listener)


def records(archive, kind: str) -> list:
    found = []
    for path in archive.warc_folder.glob("*.warc.gz"):
        for record in ArchiveIterator(BytesIO(path.read_bytes())):
            if record.rec_type == kind:
                found.append((record.rec_headers, record.content_stream().read()))
    return found


def test_what_was_sent_and_what_was_drawn_are_both_kept(archive, drawn, options, listener) -> None:
    summary = scrape(archive, drawn, options, listener)
    assert listener.failures == []
    assert summary.exit_code == 0
    article = next(archive.db.query("SELECT * FROM articles"))
    assert article["title"] == TITLE
    assert article["published_at"] == "2024-03-27T15:06:52+07:00"
    assert TEXT in article["body"]
    capture = archive.db.table("captures").get(article["capture"])
    path = archive.warc_folder / capture["warc_file"]
    member = path.read_bytes()[capture["warc_offset"] :][: capture["warc_length"]]
    record = next(iter(ArchiveIterator(BytesIO(gzip.decompress(member)))))
    ids = {headers.get_header("WARC-Refers-To") for headers, _ in records(archive, "conversion")}
    assert record.rec_headers.get_header("WARC-Record-ID") in ids
    bodies = {
        headers.get_header("WARC-Target-URI"): body
        for headers, body in records(archive, "conversion")
    }
    assert TITLE in bodies[drawn.base_url + PATH].decode()
    sent = {
        headers.get_header("WARC-Target-URI"): body
        for headers, body in records(archive, "response")
    }
    assert sent[f"{drawn.base_url}/"] == SHELL
    assert TITLE.encode() not in sent[f"{drawn.base_url}/"]
    assert json.loads(sent[f"{drawn.base_url}/api{PATH}"])["title"] == TITLE
    assert any(b"drawnBy: Chromium" in body for _, body in records(archive, "metadata"))
    files = sorted(map(str, archive.warc_folder.glob("*.warc.gz")))
    check = [sys.executable, "-m", "warcio.cli", "check", *files]
    assert subprocess.run(check, check=False).returncode == 0


def test_the_browser_itself_asks_for_nothing(archive, drawn, options, listener) -> None:
    with TinyPortal("127.0.0.2") as elsewhere:
        foreign = (
            f"<img src='{elsewhere.base_url}/a.jpg'><script src='{elsewhere.base_url}/a.js'>"
            f"</script><iframe src='{elsewhere.base_url}/'></iframe><script>"
            f"fetch('{elsewhere.base_url}/data'); navigator.sendBeacon('{elsewhere.base_url}/b');"
            f"new WebSocket('ws://127.0.0.2:{elsewhere.port}/'); new Image().src = '/anh.jpg';"
            f"fetch('/cam/data.json'); fetch('/post', {{method: 'POST'}});</script>"
        )
        page = SHELL.replace(b"</body>", foreign.encode() + b"</body>")
        drawn.pages[PATH] = Reply(page)
        drawn.pages["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /cam/\n")
        scrape(archive, drawn, options, listener)
        assert elsewhere.requests == []
    assert archive.totals().articles == 1
    hits = drawn.hits()
    assert sorted(hits) == ["/", "/api/", f"/api{PATH}", "/app.js", "/robots.txt", PATH]
    assert set(hits.values()) == {1}, "a program is fetched once, whatever pages it draws"
    assert drawn.most_at_once == 1
    agents = {request.headers["user-agent"] for request in drawn.requests}
    assert len(agents) == 1


def test_the_same_shell_with_other_data_is_an_edit(
    archive, drawn, options, listener, clock
) -> None:
    scrape(archive, drawn, options, listener)
    drawn.pages[f"/api{PATH}"] = story(TITLE + " năm 2024")
    clock.move(days=1, hours=1)
    summary = scrape(archive, drawn, options, listener)
    assert summary.tally.changed == 1
    assert listener.failures == []


def test_a_page_that_never_comes_to_rest_fails_alone(
    archive, drawn, options, listener, monkeypatch
) -> None:
    monkeypatch.setattr(browser, "LOADING_MS", 2000.0)
    drawn.pages[PATH] = Reply(b"<html><body><script>while (true) {}</script></body></html>")
    good = "/tin-tuc/tin-tot-7002.html"
    drawn.pages[good] = Reply(SHELL)
    drawn.pages[f"/api{good}"] = story("Tin tốt của huyện vẫn phải được lưu lại")
    links = f"<li><a href='{PATH}'>{TITLE}</a></li><li><a href='{good}'>Tin tốt của huyện</a></li>"
    drawn.pages["/api/"] = data("Tin tức", f"<ul>{links}</ul>")
    summary = scrape(archive, drawn, options, listener)
    (failure,) = archive.open_failures()
    assert (failure.url, failure.kind) == (drawn.base_url + PATH, "draw")
    assert "could not be drawn by the browser" in failure.message
    assert summary.exit_code == 3
    assert [row["title"] for row in archive.db.query("SELECT title FROM articles")] == [
        "Tin tốt của huyện vẫn phải được lưu lại"
    ]
    assert archive.db.table("captures").count_where("url LIKE ?", [f"%{PATH}"]) >= 1, "kept as sent"


def test_a_killed_run_need_not_draw_again(archive, drawn, options, listener, dies_at) -> None:
    archive.save_site(drawn.site(browser=True))
    dies_at(PATH)
    with pytest.raises(Killed):
        run_scrape(archive, archive.sites(), options, listener)
    dies_at(None)
    assert run_scrape(archive, archive.sites(), options, listener).exit_code == 0
    assert next(archive.db.query("SELECT title FROM articles"))["title"] == TITLE
    assert drawn.hits()[PATH] == drawn.hits()[f"/api{PATH}"] == 1
    kept = archive.db.table("captures").count_where("url LIKE '%/api%'")
    assert kept == 2


def test_without_a_browser_the_run_does_not_begin(
    archive, drawn, options, listener, monkeypatch
) -> None:
    monkeypatch.delenv("DISTRICT_ARCHIVE_CHROMIUM")
    monkeypatch.setenv("PATH", "")
    with pytest.raises(BrowserMissingError, match="apt-get install chromium"):
        scrape(archive, drawn, options, listener)
    monkeypatch.setattr(browser, "find_spec", lambda name: None)
    with pytest.raises(BrowserMissingError, match=r"district-archive\[browser\]"):
        check_browser()
    assert drawn.requests == []
    assert archive.recent_runs(1) == []


def test_a_fault_of_our_own_does_not_hang_the_run(
    archive, drawn, options, listener, monkeypatch
) -> None:
    whole = Fetcher.fetch

    def fetch(self, request):
        if request.url.endswith(PATH):
            raise KeyError("a mistake")
        return whole(self, request)

    monkeypatch.setattr(Fetcher, "fetch", fetch)
    summary = scrape(archive, drawn, options, listener)
    (failure,) = archive.open_failures()
    assert failure.kind == "fault"
    assert summary.exit_code == 3


def test_a_box_that_a_script_draws_is_read_from_the_drawn_page(
    archive, drawn, options, listener
) -> None:
    box = "<h3>Truy cập</h3><ul><li>Hôm nay: <b>40</b></li><li>Tất cả: <b>5.000</b></li></ul>"
    drawn.pages["/api/"] = data("Tin tức", box)
    archive.save_site(drawn.site(browser=True))
    (site,) = archive.sites()
    found = run_counters(archive, [Appointment(options.clock(), site)], options, listener)
    assert found.read == ("tiny",)
    assert archive.db.execute("SELECT today, total FROM counters").fetchall() == [(40, 5000)]


def test_sites_add_and_check_see_what_is_drawn(drawn, tmp_path) -> None:
    db = tmp_path / "archive.db"
    added = run(
        *("sites", "add", drawn.base_url, "--db", db, "--contact", "a@b.vn", "--pause", "0"),
        *("--private-network", "--yes", "--id", "nha", "--browser", "--json"),
    )
    assert added.exit_code == 0, added.output
    facts = json.loads(added.stdout)
    assert facts["articles"] == 1 and facts["site"]["browser"]
    fields = {field["name"]: field["value"] for field in facts["pages"][0]["fields"]}
    assert (fields["title"], fields["published_on"]) == (TITLE, "2024-03-27")
    checked = run("sites", "check", "nha", "--db", db)
    assert checked.exit_code == 0, checked.output
    assert TITLE in checked.output
