import hashlib
from datetime import datetime
from urllib.parse import urljoin, urlsplit

import feedparser
import pytest
import requests
from lxml import etree, html
from protego import Protego

from scraper.demo import DEFAULT_TODAY, DemoPortal
from scraper.demo.article import HANOI
from scraper.demo.edition import edition_at
from scraper.demo.newsdesk import load_house
from scraper.demo.routes import page_number
from scraper.demo.truth import expected_articles
from tests.demo.reading import lines, links

SEED = "hoi-nghi-trien-khai-nhiem-vu-dien-tap-khu-vuc-phong-thu-huyen-nam-2024"
# Of the seed page's text from the slogan to the byline: its lines without the empty ones, in NFC,
# white space folded, joined by line feeds.
SEED_SHA256 = "8071f2583a8abb3c03aa32f6d5f962abb1727f419071647ca1f2cb0c99ce030c"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def test_the_seed_page_reads_word_for_word_as_the_seed(portal, get):
    shown = lines(get(portal.article_url(SEED)).text)
    slogan = next(line for line in shown if line.startswith("QUYẾT TÂM"))
    title = next(line for line in shown if line.startswith("Hội nghị triển khai"))
    dateline = next(line for line in shown if line.startswith("Đăng lúc"))
    first = next(n for n, line in enumerate(shown) if line.startswith("Sáng ngày 27/3"))
    last = next(n for n, line in enumerate(shown) if line.startswith("Thanh Qúy"))
    text = "\n".join([slogan, title, dateline, *shown[first : last + 1]])
    assert hashlib.sha256(text.encode()).hexdigest() == SEED_SHA256
    assert shown.index(slogan) < shown.index(title) < shown.index(dateline) < first


def test_the_seed_pages_box_reads_as_the_seed_has_it(portal, get):
    shown = lines(get(portal.article_url(SEED)).text)
    start = shown.index("Truy cập")
    assert " ".join(shown[start : start + 11]) == (
        "Truy cập Hôm nay: 4840 Hôm qua: 12008 Tuần này: 59019 Tháng này: 226219 Tất cả: 11718781"
    )


def test_every_page_carries_the_true_text_in_order(portal, get):
    for article in expected_articles(DEFAULT_TODAY):
        shown = lines(get(portal.article_url(article.slug)).text)
        rest = iter(shown)
        wanted = [article.title, article.published_raw, article.summary]
        # A list item has its number or dash from the browser, a row stands a cell a line.
        for block in article.body:
            wanted += [block] if "\n" not in block else []
        for text in filter(None, [*wanted, article.byline]):
            assert any(text == line or line.endswith(f": {text}") for line in rest), (
                article.slug,
                text,
            )
        for image in article.images:
            assert image.caption is None or image.caption in shown


def test_tables_and_lists_are_tables_and_lists(portal, get):
    tree = html.fromstring(
        get(portal.article_url("tien-do-gieo-cay-vu-chiem-xuan-2023-2024")).content
    )
    rows = tree.xpath("//tr[td='Lộc Khê']/td") or tree.xpath("//tr[td//text()='Lộc Khê']/td")
    assert [cell.text_content() for cell in rows] == ["Lộc Khê", "820", "820", "100"]
    tree = html.fromstring(
        get(portal.article_url("chu-dong-phong-tru-benh-dao-on-hai-lua-xuan")).content
    )
    assert len(tree.xpath("//ol/li[contains(., 'ngừng bón đạm')]/../li")) == 4


def test_the_one_dated_article_prints_no_time(portal, get):
    slug = "thong-bao-lich-tiep-cong-dan-dinh-ky-thang-3"
    assert "Ngày đăng: 05/03/2024" in lines(get(portal.article_url(slug)).text)


def test_pages_weigh_what_real_ones_do(portal, get):
    sizes = [
        len(get(portal.article_url(one.slug)).content) for one in edition_at(DEFAULT_TODAY).articles
    ]
    low, high = (30_000, 60_000) if portal.markup == "sharepoint" else (12_000, 60_000)
    assert low < min(sizes)
    assert max(sizes) < high


@pytest.mark.parametrize("today", [DEFAULT_TODAY, datetime(2024, 4, 5, 12, tzinfo=HANOI)])
def test_turning_the_pages_of_the_lists_reaches_every_article(portal, at, get, today):
    portal.set_today(today)
    found: set[str] = set()
    for category in load_house().categories:
        first = portal.base_url + at.listing(category)
        seen, waiting = set(), [first]
        while waiting:
            url = waiting.pop()
            if url in seen:
                continue
            seen.add(url)
            addresses = [urljoin(url, link) for link in links(get(url).text)]
            waiting += [one for one in addresses if one.startswith(first + "?")]
            found |= set(addresses)
        assert len(seen) >= 3
    articles = {portal.article_url(one.slug) for one in expected_articles(today)}
    assert articles <= found


def test_the_lists_pager_is_that_of_its_platform(portal, at, get):
    tree = html.fromstring(get(at.listing(load_house().categories[0], 2)).content)
    if portal.markup == "sharepoint":
        (following,) = tree.xpath("//span[@class='CurrentPage']/following-sibling::a[1]/@href")
        assert following == "/portal/pages/Tin-tuc-Su-kien.aspx?PageIndex=3"
        assert len(tree.xpath("//li[contains(@class,'channel-news-folder')]")) == 6
    else:
        assert tree.xpath("//a[@rel='next']/@href") == ["/web/trang-chu/tin-tuc?page=3"]
        assert tree.xpath("//a[@rel='prev']/@href") == ["/web/trang-chu/tin-tuc"]


def test_past_the_last_page_a_list_is_empty(at, get):
    page = get(at.listing(load_house().categories[0], 99)).text
    assert "Không có tin nào" in page


@pytest.mark.parametrize(
    ("text", "page"),
    [("2", 2), ("9999", 9999), ("0", 1), ("-1", 1), ("x", 1), ("", 1), ("²", 1), ("9" * 5000, 1)],
)
def test_page_numbers_that_are_none_mean_the_first(text, page):
    assert page_number(text) == page


def test_the_feed_holds_the_newest_articles(portal, at, get):
    answer = get(at.feed)
    feed = feedparser.parse(answer.content)
    assert not feed.bozo
    newest = expected_articles(DEFAULT_TODAY)[:15]
    assert [entry.link for entry in feed.entries] == [portal.article_url(a.slug) for a in newest]
    assert [entry.title for entry in feed.entries] == [article.title for article in newest]
    assert feed.entries[1].published == "Wed, 27 Mar 2024 08:06:52 GMT"
    assert feed.feed.language == "vi-VN"


def sitemap_urls(get, path: str) -> list[str]:
    root = etree.fromstring(get(path).content)
    locations = [node.text for node in root.iter(f"{SITEMAP}loc")]
    if root.tag == f"{SITEMAP}sitemapindex":
        return [url for location in locations for url in sitemap_urls(get, location)]
    assert root.tag == f"{SITEMAP}urlset"
    return locations


def test_the_sitemap_names_every_article(portal, get):
    urls = sitemap_urls(get, "/sitemap.xml")
    articles = {portal.article_url(one.slug) for one in expected_articles(DEFAULT_TODAY)}
    assert articles <= set(urls)
    assert set(urls) - articles == {portal.base_url + "/"}


def test_robots_closes_search_and_print_views_and_names_the_sitemap(portal, at, get):
    robots = Protego.parse(get("/robots.txt").text)
    article = edition_at(DEFAULT_TODAY).articles[0]
    assert list(robots.sitemaps) == [portal.base_url + "/sitemap.xml"]
    assert robots.can_fetch(portal.article_url(article.slug), "district-archive")
    assert robots.can_fetch(portal.base_url + at.photo(article, article.photos[0]), "any")
    assert not robots.can_fetch(portal.base_url + at.print_view(article), "any")
    assert not robots.can_fetch(portal.base_url + at.search + "?q=x", "any")


def test_closed_pages_are_there_all_the_same(portal, at, get):
    article = edition_at(DEFAULT_TODAY).articles[0]
    printed = lines(get(at.print_view(article)).text)
    assert article.title in printed
    found = get(at.search, params={"q": "lễ hội"})
    assert "Tìm thấy 3 tin." in found.text
    hostile = get(at.search, params={"q": "<script>alert(1)</script>"})
    assert "<script>alert(1)" not in hostile.text
    assert "Tìm thấy 0 tin." in hostile.text


def test_every_link_within_the_portal_leads_somewhere(portal, at, get):
    waiting, seen = {"/"}, set()
    while waiting:
        path = waiting.pop()
        seen.add(path)
        answer = get(path)
        assert "Không tìm thấy" not in answer.text, path
        if "html" not in answer.headers["Content-Type"]:
            continue
        tree = html.fromstring(answer.content)
        for link in tree.xpath("//@href|//@src"):
            parts = urlsplit(urljoin(portal.base_url + path, link))
            inside = parts.netloc == urlsplit(portal.base_url).netloc
            local = parts.path + (f"?{parts.query}" if parts.query else "")
            if inside and local not in seen and not parts.path.startswith(at.search):
                waiting.add(local)
    assert len(seen) > 140


def test_pages_load_nothing_from_another_host(portal, get):
    for path in ("/", portal.article_url(SEED)):
        tree = html.fromstring(get(path).content)
        loaded = tree.xpath("//img/@src|//script/@src|//link[@rel='stylesheet']/@href")
        assert loaded
        assert all(one.startswith("/") for one in loaded)


def test_the_sharepoint_pages_carry_what_makes_them_hard():
    with DemoPortal("sharepoint") as portal:
        url = portal.article_url("chu-dong-phong-tru-benh-dao-on-hai-lua-xuan")
        one, two = (requests.get(url, timeout=10).text for _ in range(2))
    tree = html.document_fromstring(one)
    assert tree.xpath("//h1")[0].text_content().startswith("QUYẾT TÂM")
    assert tree.xpath("//p[@class='tandan-p-article-main']")[0].text is None
    field = tree.xpath("//div[@class='ms-rtestate-field']")[0]
    assert field.get("id").endswith("RichHtmlField")
    assert "tr&ecirc;n c&aacute;c giống l&uacute;a" in one
    state = "//input[@name='__VIEWSTATE']/@value"
    assert tree.xpath(state) != html.document_fromstring(two).xpath(state)
    assert "Giấy phép số 27/GP-TTĐT cấp ngày 15/10/2019" in one


def test_a_caption_of_the_sharepoint_kind_is_a_plain_paragraph_under_the_photos():
    with DemoPortal("sharepoint") as portal:
        url = portal.article_url("gap-mat-doanh-nghiep-hop-tac-xa-quy-i-nam-2024")
        tree = html.fromstring(requests.get(url, timeout=10).content)
    (photos,) = tree.xpath("//p[img[contains(@src,'z526')]]")
    assert len(photos.findall("img")) == 2
    assert photos.getnext().attrib == {}
    assert photos.getnext().text.startswith("Toàn cảnh hội nghị đối thoại")


def test_the_modern_pages_say_the_views_but_not_on_the_cached_page():
    with DemoPortal("modern") as portal:
        url = portal.article_url("tien-do-gieo-cay-vu-chiem-xuan-2023-2024")
        one, two = (
            int(html.fromstring(requests.get(url, timeout=10).content)
                .xpath("string(//span[@class='views'])").removeprefix("Lượt xem: "))
            for _ in range(2)
        )  # fmt: skip
        seed = requests.get(portal.article_url(SEED), timeout=10).text
    assert two == one + 1
    assert "Lượt xem" not in seed
