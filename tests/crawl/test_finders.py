from __future__ import annotations

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from scraper.crawl.feeds import FeedError, feed_links
from scraper.crawl.hindrance import hindrance
from scraper.crawl.magic import media_type
from scraper.crawl.pagers import next_page
from scraper.crawl.scope import is_trap
from scraper.crawl.sitemaps import SitemapError, sitemap_entries

URL = "http://a.vn/tin/"


def test_rss_and_atom() -> None:
    rss = b"<rss version='2.0'><channel><item><link>/tin-1.html</link></item></channel></rss>"
    atom = b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><link href='http://a.vn/2'/></entry></feed>"
    assert feed_links(rss, URL) == ["http://a.vn/tin-1.html"]
    assert feed_links(atom, URL) == ["http://a.vn/2"]


@pytest.mark.parametrize("body", [b"", b"<html><body>no feed</body></html>", b"/etc/passwd"])
def test_no_feed(body: bytes) -> None:
    with pytest.raises(FeedError):
        feed_links(body, URL)


SITEMAP = (
    b"<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>"
    b"<url><loc> http://a.vn/1 </loc><image:image xmlns:image='i'><image:loc>http://a.vn/x.jpg"
    b"</image:loc></image:image></url><url><loc>http://a.vn/2</loc></url></urlset>"
)


def test_sitemap_plain_and_gzip() -> None:
    for body in (SITEMAP, gzip.compress(SITEMAP)):
        assert [entry.url for entry in sitemap_entries(body)] == ["http://a.vn/1", "http://a.vn/2"]


def test_a_broken_sitemap_gives_what_stood_before_the_fault() -> None:
    cut = SITEMAP[: SITEMAP.index(b"http://a.vn/2")]
    found = [entry.url for entry in sitemap_entries(cut)]
    assert found == ["http://a.vn/1"]


@pytest.mark.parametrize("body", [b"", b"no xml", b"<html><p>x</p></html>", b"\x1f\x8bxx"])
def test_no_sitemap(body: bytes) -> None:
    with pytest.raises(SitemapError):
        list(sitemap_entries(body))


def test_entities_of_a_sitemap_are_not_resolved() -> None:
    evil = (
        b"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>"
        b"<urlset><url><loc>http://a.vn/&e;</loc></url></urlset>"
    )
    assert all("root" not in entry.url for entry in sitemap_entries(evil))


POST_BACK = """<form action="./list.aspx"><input type="hidden" name="__VIEWSTATE" value="abc">
<input type="hidden" name="__EVENTVALIDATION" value="v"><input type="text" name="q" value="">
<table><tr><td><span>2</span></td><td><a href="javascript:__doPostBack('ctl00$grid','Page$3')">3</a>
</td><td><a href="javascript:__doPostBack('ctl00$grid','Page$1')">1</a></td></tr></table></form>"""


def test_post_back_by_number() -> None:
    found = next_page(html.document_fromstring(POST_BACK), URL)
    assert found is not None
    assert found.url == "http://a.vn/tin/list.aspx"
    assert dict(found.form or ()) == {
        "__EVENTTARGET": "ctl00$grid",
        "__EVENTARGUMENT": "Page$3",
        "__VIEWSTATE": "abc",
        "__EVENTVALIDATION": "v",
    }


def test_post_back_by_words() -> None:
    page = POST_BACK.replace(">3</a>", ">Tiếp theo »</a>").replace("<span>2</span>", "")
    found = next_page(html.document_fromstring(page), URL)
    assert found is not None and found.mark == "ctl00$grid:Page$3"


def test_load_more() -> None:
    page = "<div><button class='btn load-more' data-url='/ajax/tin?p=2'>Xem thêm</button></div>"
    found = next_page(html.document_fromstring(page), URL)
    assert found is not None and (found.url, found.form) == ("http://a.vn/ajax/tin?p=2", None)


def test_no_pager() -> None:
    assert next_page(html.document_fromstring("<p><a href='/x'>x</a></p>"), URL) is None


@pytest.mark.parametrize(
    "url",
    [
        "http://a.vn/a/b/a/b/a/b/a/b/",
        "http://a.vn/x?" + "&".join(f"p{n}=1" for n in range(20)),
        "http://a.vn/tin?sort=asc",
        "http://a.vn/" + "d/" * 30,
    ],
)
def test_traps(url: str) -> None:
    assert is_trap(url)


@pytest.mark.parametrize(
    "url", ["http://a.vn/portal/Pages/2023-3-9/x.aspx", "http://a.vn/x?gd=1&cn=2&tc=3"]
)
def test_no_traps(url: str) -> None:
    assert not is_trap(url)


def test_hindrances() -> None:
    captcha = "<form><div class='g-recaptcha'></div></form>"
    assert "CAPTCHA" in (hindrance(captcha.encode(), URL) or "")
    login = "<title>ĐĂNG NHẬP</title><input type=password name=p>"
    assert "log-in" in (hindrance(login.encode(), URL) or "")
    comment = "<article>" + "<p>Tin tức của huyện nhà.</p>" * 200 + captcha + "</article>"
    assert hindrance(comment.encode(), URL) is None
    box = "<h1>Tin tức</h1><form><input type='password'></form>" + "<p>x</p>" * 50
    assert hindrance(box.encode(), URL) is None


@pytest.mark.parametrize(
    ("start", "name"),
    [
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
        (b"\0\0\0\x18ftypmp42", "video/mp4"),
        (b"%PDF-1.7", "application/pdf"),
        (b"PK\x03\x04junk", "application/zip"),
        (b"  <!DOCTYPE HTML>", "text/html"),
        (b"<svg xmlns=", "image/svg+xml"),
        (b"Xin chao", None),
        (b"", None),
    ],
)
def test_media_types(start: bytes, name: str | None) -> None:
    assert media_type(start) == name


@given(st.binary(max_size=300))
def test_any_bytes_are_judged(data: bytes) -> None:
    media_type(data)
    hindrance(data, URL)
    try:
        list(sitemap_entries(data))
    except SitemapError:
        return
