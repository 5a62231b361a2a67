"""What a site's pages share is learnt in its first run and stays with the site."""

import json

import pytest

from scraper.crawl import run_scrape
from scraper.crawl.readers import ReadingHelper
from tests.crawl.tiny_portal import Reply, article, listing

BOX = "<div><p>Đường dây nóng tiếp nhận phản ánh của người dân: 0237 3865 001.</p></div>"
LEADS = ["Nông dân thu hoạch dưa", "Khởi công cầu Bến Đá", "Trường học đón bằng", "Lễ hội cầu ngư"]


@pytest.fixture
def news(portal):
    links = [
        (f"/tin-tuc/bai-viet-so-{n}01.html", f"{lead} ở xã nhà") for n, lead in enumerate(LEADS)
    ]
    portal.pages["/"] = listing(links)
    for path, title in links:
        portal.pages[path] = article(title, extra=BOX)
    return portal


def scrape(archive, portal, options, listener, **site):
    archive.save_site(portal.site(**site))
    return run_scrape(archive, archive.sites(), options, listener)


def test_no_article_keeps_the_box_and_the_site_remembers(archive, news, options, listener):
    summary = scrape(archive, news, options, listener)
    assert summary.tally.new == len(LEADS), listener.failures
    bodies = [row["body"] for row in archive.db.query("SELECT body FROM articles")]
    assert not any("Đường dây nóng" in body for body in bodies)
    assert all("Hội nghị đã thảo luận" in body for body in bodies), "it stands in the text"
    assert len(archive.sites()[0].boilerplate) == 1
    # The first was read before anything was known, and once more when it was.
    reasons = [row["reason"] for row in archive.db.query("SELECT reason FROM article_versions")]
    assert sorted(reasons, key=str) == sorted([None] * len(LEADS) + ["correction"] * 2, key=str)


def test_every_version_says_where_its_values_came_from(archive, news, options, listener):
    scrape(archive, news, options, listener)
    for row in archive.db.query("SELECT provenance FROM article_versions"):
        origins = json.loads(row["provenance"])
        assert origins["title"]["path"] and origins["published_at"]["rule"] == "label:published"


def test_a_site_that_has_learnt_or_has_articles_learns_no_more(archive, news, options, listener):
    scrape(archive, news, options, listener, boilerplate=frozenset({"0123456789ab"}))
    assert archive.sites()[0].boilerplate == {"0123456789ab"}
    versions = archive.db.execute("SELECT count(*) FROM article_versions").fetchone()[0]
    assert versions == len(LEADS)
    archive.save_boilerplate("tiny", frozenset())
    news.pages["/"] = Reply(news.pages["/"].body + b" ")
    run_scrape(archive, archive.sites(), options, listener)
    assert archive.sites()[0].boilerplate == frozenset()


def test_what_was_read_beside_before_the_lesson_is_read_again(
    archive, portal, options, listener, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(ReadingHelper, "may_take", lambda self, backlog: True)
    monkeypatch.setattr("scraper.crawl.run.LOOKAHEAD", 20)
    links = [(f"/tin-tuc/bai-viet-so-{n}01.html", f"{LEADS[n % 4]} lần {n}") for n in range(16)]
    portal.pages["/"] = listing(links)
    for path, title in links:
        portal.pages[path] = article(title, extra=BOX)
    scrape(archive, portal, options, listener)
    bodies = [row["body"] for row in archive.db.query("SELECT body FROM articles")]
    assert len(bodies) == 16
    assert not any("Đường dây nóng" in body for body in bodies)
