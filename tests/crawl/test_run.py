from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from scraper.archive import Archive
from scraper.crawl import ScrapeOptions, run_scrape
from scraper.crawl.budget import StopReason
from scraper.crawl.pace import Pace
from tests.crawl.conftest import Listener
from tests.crawl.tiny_portal import Reply, TinyPortal, article, listing

TITLES = {
    "/tin-tuc/hoi-nghi-mot-7001.html": "Hội nghị triển khai nhiệm vụ thứ nhất",
    "/tin-tuc/le-hoi-hai-7002.html": "Lễ hội truyền thống xã thứ hai",
    "/tin-tuc/thong-bao-ba-7003.html": "Thông báo lịch tiếp công dân thứ ba",
}


@pytest.fixture
def news(portal: TinyPortal) -> TinyPortal:
    paths = list(TITLES)
    portal.pages["/robots.txt"] = Reply(
        b"User-agent: *\nDisallow: /cam/\n", content_type="text/plain"
    )
    portal.pages["/"] = listing([(path, TITLES[path]) for path in paths[:2]], "/?page=2")
    portal.pages["/?page=2"] = listing([(paths[2], TITLES[paths[2]])])
    for path, title in TITLES.items():
        portal.pages[path] = article(title)
    return portal


def scrape(archive: Archive, portal: TinyPortal, options: ScrapeOptions, listener: Listener):
    archive.save_site(portal.site())
    return run_scrape(archive, archive.sites(), options, listener)


def titles(archive: Archive) -> set[str]:
    return {row["title"] for row in archive.db.query("SELECT title FROM articles")}


def check_warcs(archive: Archive) -> None:
    files = sorted(archive.warc_folder.glob("*.warc.gz"))
    assert files
    assert not list((archive.warc_folder / ".open").iterdir())
    command = [sys.executable, "-m", "warcio.cli", "check", *map(str, files)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout
    subprocess.run(["gzip", "-t", *map(str, files)], check=True)


def test_finds_and_stores_all_articles_of_a_paged_listing(archive, news, options, listener):
    summary = scrape(archive, news, options, listener)
    assert listener.failures == []
    assert titles(archive) == set(TITLES.values())
    assert summary.exit_code == 0
    assert summary.tally.new == 3
    check_warcs(archive)


def test_each_page_is_asked_for_once(archive, news, options, listener):
    scrape(archive, news, options, listener)
    assert set(news.hits().values()) == {1}
    assert news.most_at_once == 1


def test_a_second_run_without_news_adds_no_version_and_no_article(
    archive, news, options, listener, clock
):
    scrape(archive, news, options, listener)
    clock.move(days=1, hours=1)
    summary = scrape(archive, news, options, listener)
    assert (summary.tally.new, summary.tally.changed, summary.tally.unchanged) == (0, 0, 3)
    assert archive.totals().versions == 3
    assert news.hits()["/?page=2"] == 1, "a listing whose first page has no news is not walked on"


def test_unchanged_bytes_become_revisits_that_name_the_first_capture(
    archive, news, options, listener, clock
):
    scrape(archive, news, options, listener)
    clock.move(days=1, hours=1)
    scrape(archive, news, options, listener)
    rows = list(archive.db.query("SELECT * FROM captures WHERE revisit_of IS NOT NULL"))
    assert len(rows) >= 3
    for row in rows:
        original = archive.db.table("captures").get(row["revisit_of"])
        assert original["digest"] == row["digest"]
    check_warcs(archive)


def test_conditional_get_gives_a_not_modified_revisit(archive, news, options, listener, clock):
    path = next(iter(TITLES))

    def page(request):
        if request.headers.get("if-none-match") == '"v1"':
            return Reply(b"", 304, {"ETag": '"v1"'})
        return replace(article(TITLES[path]), headers={"ETag": '"v1"'})

    news.pages[path] = page
    scrape(archive, news, options, listener)
    clock.move(days=2)
    scrape(archive, news, options, listener)
    row = next(archive.db.query("SELECT * FROM captures WHERE status = 304"))
    original = archive.db.table("captures").get(row["revisit_of"])
    assert row["digest"] == original["digest"]
    article_row = next(archive.db.query("SELECT * FROM articles WHERE url LIKE ?", [f"%{path}"]))
    assert article_row["last_seen_at"] == row["fetched_at"] > article_row["first_seen_at"]
    warc = (archive.warc_folder / row["warc_file"]).read_bytes()
    member = warc[row["warc_offset"] : row["warc_offset"] + row["warc_length"]]
    import gzip

    record = gzip.decompress(member).decode()
    assert "revisit/server-not-modified" in record
    assert f"WARC-Refers-To-Date: {original['fetched_at']}" in record
    assert f"WARC-Payload-Digest: {original['digest']}" in record


def test_an_edit_becomes_a_version(archive, news, options, listener, clock):
    scrape(archive, news, options, listener)
    path = next(iter(TITLES))
    news.pages[path] = article(TITLES[path] + " năm 2024")
    clock.move(days=1, hours=1)
    summary = scrape(archive, news, options, listener)
    assert summary.tally.changed == 1
    row = next(archive.db.query("SELECT * FROM articles WHERE version = 2"))
    assert row["title"].endswith("năm 2024")


def test_a_removed_article_is_gone_after_two_visits_a_day_apart(
    archive, news, options, listener, clock
):
    scrape(archive, news, options, listener)
    path = next(iter(TITLES))
    del news.pages[path]
    for _ in range(2):
        clock.move(days=1, hours=1)
        summary = scrape(archive, news, options, listener)
    assert summary.tally.gone == 1
    (row,) = archive.db.query("SELECT url FROM articles WHERE gone_at IS NOT NULL")
    assert row["url"].endswith(path)


def test_photos_and_attachments_are_kept_and_linked(archive, news, options, listener):
    path = next(iter(TITLES))
    news.pages[path] = article(
        TITLES[path],
        extra="<p><img src='/anh/mot.jpg' alt='' width='600'></p><p><em>Quang cảnh</em></p>"
        "<p><a href='/tep/kh.pdf'>Kế hoạch số 12</a></p>",
    )
    jpeg = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 8 + b"\xff\xd9"
    news.pages["/anh/mot.jpg"] = Reply(jpeg, content_type="application/octet-stream")
    news.pages["/tep/kh.pdf"] = Reply(b"%PDF-1.4\n%%EOF\n", content_type="application/pdf")
    summary = scrape(archive, news, options, listener)
    assert listener.failures == []
    assert summary.tally.files == 2
    image = next(archive.db.query("SELECT * FROM images"))
    assert (image["bytes"], image["media_type"]) == (len(jpeg), "image/jpeg")
    assert next(archive.db.query("SELECT * FROM attachments"))["media_type"] == "application/pdf"


def test_one_article_under_two_spellings_is_one_row(archive, portal, options, listener):
    first = "/portal/Pages/2023-3-9/Hoi-nghi-1a2b3c.aspx"
    second = "/portal/pages/2023-03-09/hoi-nghi-1a2b3c.aspx?utm_source=zalo"
    portal.pages["/"] = listing([(first, "Hội nghị thứ nhất của huyện"), (second, "Hội nghị")])
    portal.pages[first] = portal.pages[second] = article("Hội nghị thứ nhất của huyện")
    scrape(archive, portal, options, listener)
    assert archive.totals().articles == 1


def test_what_robots_forbids_is_not_asked_for(archive, news, options, listener):
    links = [("/cam/tin-7004.html", "Tin không được phép lấy về máy"), *TITLES.items()]
    news.pages["/"] = listing(links)
    news.pages["/cam/tin-7004.html"] = article("Tin không được phép lấy về máy")
    scrape(archive, news, options, listener)
    assert news.hits()["/cam/tin-7004.html"] == 0
    assert [kind for _, kind, _ in listener.failures] == ["robots"]


def test_robots_is_asked_for_once_a_day(archive, news, options, listener, clock):
    scrape(archive, news, options, listener)
    clock.move(hours=21)
    scrape(archive, news, options, listener)
    assert news.hits()["/robots.txt"] == 1
    clock.move(hours=21)
    scrape(archive, news, options, listener)
    assert news.hits()["/robots.txt"] == 2


def test_max_requests_stops_and_the_next_run_goes_on(archive, news, options, listener):
    summary = scrape(archive, news, replace(options, max_requests=3), listener)
    assert len(news.requests) == 3
    assert summary.waiting > 0
    scrape(archive, news, options, listener)
    assert titles(archive) == set(TITLES.values())
    assert set(news.hits().values()) == {1}


def test_max_minutes_stops_and_the_next_run_goes_on(archive, news, options, listener):
    summary = scrape(archive, news, replace(options, max_minutes=1e-9), listener)
    assert news.requests == []
    assert summary.stopped is StopReason.MINUTES
    assert summary.waiting > 0
    scrape(archive, news, options, listener)
    assert titles(archive) == set(TITLES.values())


def test_the_pause_is_kept_between_two_requests(archive, news, options, listener, monkeypatch):
    whole, starts = Pace.started, []

    def started(self, now: float) -> None:
        starts.append(now)
        whole(self, now)

    monkeypatch.setattr(Pace, "started", started)
    archive.save_site(news.site(pause=0.15))
    run_scrape(archive, archive.sites(), options, listener)
    assert len(starts) == len(news.requests)
    gaps = [after - before for before, after in pairwise(starts)]
    assert min(gaps) >= 0.149


def test_feeds_and_sitemaps_lead_to_articles(archive, news, options, listener):
    import gzip

    base = news.base_url
    news.pages["/"] = listing([])
    paths = list(TITLES)
    news.pages["/rss"] = Reply(
        f"<rss version='2.0'><channel><title>t</title><item><title>a</title><link>{base}{paths[0]}"
        "</link></item></channel></rss>".encode(),
        content_type="application/rss+xml",
    )
    news.pages["/sitemap.xml"] = Reply(
        f"<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><sitemap><loc>{base}"
        "/s1.xml.gz</loc></sitemap></sitemapindex>".encode(),
        content_type="application/xml",
    )
    urls = "".join(f"<url><loc>{base}{path}</loc></url>" for path in paths[1:])
    news.pages["/s1.xml.gz"] = Reply(
        gzip.compress(f"<urlset>{urls}</urlset>".encode()), content_type="application/gzip"
    )
    archive.save_site(news.site(feeds=(f"{base}/rss",), sitemaps=(f"{base}/sitemap.xml",)))
    run_scrape(archive, archive.sites(), options, listener)
    assert titles(archive) == set(TITLES.values())


def test_the_user_agent_names_program_and_contact(archive, news, options, listener):
    archive.save_site(news.site(contact="luutru@example.vn"))
    run_scrape(archive, archive.sites(), options, listener)
    agents = {request.headers["user-agent"] for request in news.requests}
    assert len(agents) == 1
    assert re.fullmatch(r"district-archive/\S+ \(\+luutru@example\.vn\)", agents.pop())


def test_rotation_keeps_every_file_whole(archive, news, options, listener):
    scrape(archive, news, replace(options, warc_bytes=2000), listener)
    assert len(list(archive.warc_folder.glob("*.warc.gz"))) > 1
    assert len(list(archive.warc_folder.glob("*.cdxj"))) > 1
    check_warcs(archive)


def test_every_capture_is_readable_where_the_archive_says(archive, news, options, listener):
    import gzip

    scrape(archive, news, options, listener)
    for row in archive.db.query("SELECT * FROM captures"):
        path = archive.warc_folder / Path(row["warc_file"])
        member = path.read_bytes()[row["warc_offset"] :][: row["warc_length"]]
        assert f"WARC-Target-URI: {row['url']}".encode() in gzip.decompress(member)
