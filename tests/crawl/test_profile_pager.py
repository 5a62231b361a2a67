"""A listing whose pages are counted up by a parameter that a profile names."""

import pytest

from scraper.crawl import run_scrape
from tests.crawl.tiny_portal import Reply, TinyPortal, article, listing

PROFILE = """
[recognise]
marks = "div.khong-co"
[addresses]
article = '/doc\\?id=\\d+'
listing = '/muc\\?m=\\d+'
[listings]
page_parameter = "trang"
"""
NEWS = {f"/doc?id={number}": f"Bản tin thứ {number} của huyện nhà" for number in range(1, 6)}


@pytest.fixture
def counted(portal: TinyPortal, archive) -> TinyPortal:
    links = list(NEWS.items())
    portal.pages["/"] = listing([*links[:1], ("/muc?m=3", "Tin hoạt động của các xã")])
    for page, path in enumerate(("/muc?m=3", "/muc?m=3&trang=2", "/muc?m=3&trang=3")):
        portal.pages[path] = listing(links[2 * page : 2 * page + 2])
    for path, title in links:
        portal.pages[path] = article(title)
    archive.profile_folder.mkdir()
    (archive.profile_folder / "of-our-own.toml").write_text(PROFILE, encoding="utf-8")
    archive.save_site(portal.site(platform="of-our-own"))
    return portal


def test_the_pages_are_counted_up_to_the_end(archive, counted, options, listener):
    summary = run_scrape(archive, archive.sites(), options, listener)
    assert {row["title"] for row in archive.db.query("SELECT title FROM articles")} == set(
        NEWS.values()
    )
    assert summary.exit_code == 0, listener.failures
    assert counted.hits()["/muc?m=3&trang=4"] == 1
    assert not any("/?trang" in path for path in counted.hits())


def test_a_portal_that_repeats_its_last_page_is_left_there(archive, counted, options, listener):
    last = counted.pages["/muc?m=3&trang=3"]
    for number in range(4, 9):
        counted.pages[f"/muc?m=3&trang={number}"] = last
    summary = run_scrape(archive, archive.sites(), options, listener)
    assert summary.exit_code == 0, listener.failures
    assert "/muc?m=3&trang=5" not in counted.hits()


def test_an_empty_page_is_the_end(archive, counted, options, listener):
    counted.pages["/muc?m=3&trang=4"] = Reply(b"<html><body><p>Danh s\xc3\xa1ch</p></body></html>")
    summary = run_scrape(archive, archive.sites(), options, listener)
    assert summary.exit_code == 0, listener.failures
    assert "/muc?m=3&trang=5" not in counted.hits()
