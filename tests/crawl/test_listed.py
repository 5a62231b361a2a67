"""What a portal's lists print of an article whose own page does not: a crawl on a real server."""

from __future__ import annotations

from scraper.crawl import run_scrape
from tests.crawl.tiny_portal import Reply, article, listing

DAYS = {1: "25/03/2024", 2: "24/03/2024", 3: "23/03/2024"}


def path_of(number: int) -> str:
    return f"/tin-tuc/hoi-nghi-cua-huyen-lan-thu-{number:04d}.html"


def title_of(number: int) -> str:
    return f"Hội nghị của huyện nhà lần thứ {number}"


def undated(number: int) -> Reply:
    page = article(title_of(number), body="Ủy ban nhân dân huyện đã họp và bàn nhiều việc. " * 8)
    return Reply(page.body.replace("Đăng lúc: 15:06:52 27/03/2024 (GMT+7)".encode(), b""))


def dated_list() -> Reply:
    text = listing([(path_of(number), title_of(number)) for number in DAYS]).body.decode()
    for day in DAYS.values():
        text = text.replace("<span class='date'>27/03/2024", f"<span class='date'> {day}", 1)
    return Reply(text.encode())


def publish(portal) -> None:
    portal.pages["/"] = dated_list()
    for number in DAYS:
        portal.pages[path_of(number)] = undated(number)


def days(archive) -> dict[str, tuple[str | None, str | None]]:
    rows = archive.db.query("SELECT title, published_at, published_on, published_raw FROM articles")
    return {row["title"]: tuple(row.values())[1:] for row in rows}


LISTED = {
    title_of(1): (None, "2024-03-25", "25/03/2024"),
    title_of(2): (None, "2024-03-24", "24/03/2024"),
    title_of(3): (None, "2024-03-23", "23/03/2024"),
}


def scrape(archive, portal, options, listener, **site):
    archive.save_site(portal.site(**site))
    return run_scrape(archive, archive.sites(), options, listener)


def test_the_days_of_a_list_are_those_of_its_articles(archive, portal, options, listener):
    publish(portal)
    scrape(archive, portal, options, listener)
    assert days(archive) == LISTED
    rows = archive.db.query("SELECT provenance FROM article_versions")
    assert all('"listing"' in row["provenance"] for row in rows)


def test_a_later_run_reads_the_same_again(archive, portal, options, listener, clock):
    publish(portal)
    scrape(archive, portal, options, listener)
    clock.move(days=2)
    # The list does not show it any more; the page is looked at again and has changed a little.
    portal.pages["/"] = listing([(path_of(2), title_of(2)), (path_of(3), title_of(3))])
    text = undated(1).body.replace("Lê Lài".encode(), "Lê Hoàn".encode())
    portal.pages[path_of(1)] = Reply(text)
    scrape(archive, portal, options, listener)
    assert days(archive) == LISTED
    assert archive.db.table("article_versions").count == 4


def test_a_day_follows_a_redirect(archive, portal, options, listener):
    publish(portal)
    moved = "/tin-tuc/trang-moi-cua-hoi-nghi-lan-thu-0001.html"
    portal.pages[moved] = portal.pages[path_of(1)]
    portal.pages[path_of(1)] = Reply(b"", 301, {"Location": moved})
    scrape(archive, portal, options, listener)
    assert days(archive) == LISTED


def test_a_feed_that_names_an_article_first_does_not_hide_its_day(
    archive, portal, options, listener
):
    publish(portal)
    items = "".join(f"<item><link>{portal.base_url}{path_of(n)}</link></item>" for n in DAYS)
    feed = f"<rss version='2.0'><channel><title>Tin</title>{items}</channel></rss>"
    portal.pages["/rss"] = Reply(feed.encode(), content_type="application/rss+xml")
    scrape(archive, portal, options, listener, feeds=(f"{portal.base_url}/rss",))
    rows = list(archive.db.query("SELECT via, listed_on FROM frontier WHERE kind = 'article'"))
    assert len(rows) == 3
    assert all(row["listed_on"] for row in rows)
    assert days(archive) == LISTED
