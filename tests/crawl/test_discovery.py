"""Discovery line by line: pagers, feeds, sitemaps, when a walk ends, traps; on a real server."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest

from scraper.archive import Archive
from scraper.crawl import ScrapeOptions, run_scrape
from scraper.sites import load_profile, read_profile
from tests.crawl.conftest import Listener, TestClock
from tests.crawl.tiny_portal import Reply, Request, TinyPortal, article, listing

LAST = 3


def path_of(number: int) -> str:
    return f"/tin-tuc/hoi-nghi-cua-huyen-lan-thu-{number:04d}.html"


def title_of(number: int) -> str:
    return f"Hội nghị của huyện nhà lần thứ {number}"


def links_of(*numbers: int) -> list[tuple[str, str]]:
    return [(path_of(number), title_of(number)) for number in numbers]


def page_of(*numbers: int, pager: str = "", top: str = "") -> Reply:
    """A list of these articles, with a pager of one's own."""
    plain = listing(links_of(*numbers)).body.decode()
    return Reply(
        plain.replace("<ul", f"{top}<ul", 1).replace("</body>", f"{pager}</body>").encode()
    )


def publish(portal: TinyPortal, *numbers: int) -> None:
    for number in numbers:
        portal.pages[path_of(number)] = article(title_of(number))


def titles(archive: Archive) -> set[str]:
    return {row["title"] for row in archive.db.query("SELECT title FROM articles")}


def visit(archive: Archive, portal: TinyPortal, options: ScrapeOptions, listener: Listener, **site):
    archive.save_site(portal.site(**site))
    return run_scrape(archive, archive.sites(), options, listener)


# Pagers: each portal has as many pages as LAST, one article on each.


def by_query(name: str) -> Callable[[TinyPortal], None]:
    def set_up(portal: TinyPortal) -> None:
        for number in range(1, LAST + 1):
            pager = "".join(f"<a href='/?{name}={each}'>{each}</a>" for each in range(1, LAST + 1))
            at = "/" if number == 1 else f"/?{name}={number}"
            portal.pages[at] = page_of(number, pager=f"<div>{pager}</div>")

    return set_up


def by_path(form: str) -> Callable[[TinyPortal], None]:
    def set_up(portal: TinyPortal) -> None:
        for number in range(1, LAST + 1):
            following = form.format(min(number + 1, LAST))
            pager = f"<ul class='pagination'><li><a href='{following}'>Trang sau</a></li></ul>"
            portal.pages["/" if number == 1 else form.format(number)] = page_of(
                number, pager=pager if number < LAST else ""
            )

    return set_up


def by_current_page(portal: TinyPortal) -> None:
    """SharePoint: nothing but the number after the present one leads on."""
    for number in range(1, LAST + 1):
        others = "".join(
            f"<span class='CurrentPage'>{each}</span> "
            if each == number
            else f"<a href='/tin?o={each * 7}'>{each}</a> "
            for each in range(1, LAST + 1)
        )
        portal.pages["/" if number == 1 else f"/tin?o={number * 7}"] = page_of(
            number, pager=f"<div>{others}</div>"
        )


def by_words(portal: TinyPortal) -> None:
    """Liferay: the address of the next page says nothing, its words do."""
    for number in range(1, LAST + 1):
        pager = f"<div><a href='/tin/x{number + 1}'>Tiếp theo →</a></div>" if number < LAST else ""
        portal.pages["/" if number == 1 else f"/tin/x{number}"] = page_of(number, pager=pager)


def form_of(number: int, links: str) -> str:
    return (
        "<form method='post' action='./ds.aspx'>"
        f"<input type='hidden' name='__VIEWSTATE' value='state of page {number} ệ'>"
        "<input type='hidden' name='__EVENTVALIDATION' value='valid'>"
        f"<input type='text' name='tukhoa' value=''>{links}</form>"
    )


def posted(wanted: Callable[[dict[str, str]], int | None], links: Callable[[int], str]):
    def set_up(portal: TinyPortal) -> None:
        def answer(request: Request) -> Reply:
            fields = dict(parse_qsl(request.body.decode(), keep_blank_values=True))
            number = wanted(fields) if request.method == "POST" else 1
            if number is None:
                return Reply(b"<h1>bad state</h1>", 500)
            return page_of(number, pager=form_of(number, links(number)))

        portal.pages["/ds.aspx"] = answer
        portal.pages["/"] = page_of(1)

    return set_up


def by_number(fields: dict[str, str]) -> int | None:
    number = int(fields["__EVENTARGUMENT"].removeprefix("Page$"))
    known = fields["__VIEWSTATE"] == f"state of page {number - 1} ệ"
    whole = fields["__EVENTVALIDATION"] == "valid" and fields["__EVENTTARGET"] == "ctl00$luoi"
    return number if known and whole and "tukhoa" not in fields else None


def grid(number: int) -> str:
    """ASP.NET's GridView; past its second page its links are hidden behind dots."""
    cells = ""
    for each in range(1, LAST + 1):
        text = "..." if each == 3 else str(each)
        script = f"javascript:__doPostBack('ctl00$luoi','Page${each}')"
        shown = f"<span>{each}</span>" if each == number else f"<a href={script}>{text}</a>"
        cells += f"<td>{shown}</td>"
    return f"<table><tr>{cells}</tr></table>"


def list_pager(number: int) -> str:
    """Khánh Hòa's kind: the present page is a link, too, and marked by a class."""
    items = ""
    for each in range(1, LAST + 1):
        options = f"&quot;ctl00$luoi&quot;, &quot;Page${each}&quot;, true"
        post = f"WebForm_DoPostBackWithOptions(new WebForm_PostBackOptions({options}))"
        mark = "active" if each == number else ""
        items += f"<li class='{mark}'><a href='#' onclick=\"{post}\">{each}</a></li>"
    return f"<ul>{items}</ul>"


def by_button(fields: dict[str, str]) -> int | None:
    if fields.get("ctl00$sau") != "Trang sau" or fields.get("__EVENTTARGET"):
        return None
    return int(re.sub(r"\D", "", fields["__VIEWSTATE"])) + 1


def button(number: int) -> str:
    return "<input type='submit' name='ctl00$sau' value='Trang sau'>" if number < LAST else ""


def load_more(portal: TinyPortal) -> None:
    portal.pages["/"] = page_of(
        1, pager="<button class='btn-load-more' data-url='/ajax?n=2'>Xem thêm</button>"
    )
    for number in range(2, LAST + 1):
        more = f"<a class='load-more' data-url='/ajax?n={number + 1}'></a>" if number < LAST else ""
        portal.pages[f"/ajax?n={number}"] = Reply(
            f"<li><a href='{path_of(number)}'>{title_of(number)}</a></li>{more}".encode()
        )


PAGERS = {
    "?page=": by_query("page"),
    "?PageIndex=": by_query("PageIndex"),
    "?trang=": by_query("trang"),
    "?start=": by_query("start"),
    "?…_cur=": by_query("_101_INSTANCE_x_cur"),
    "/page-2/": by_path("/tin/page-{}/"),
    "/page/2/": by_path("/tin/page/{}/"),
    "/trang-2.html": by_path("/tin/trang-{}.html"),
    "span.CurrentPage + a": by_current_page,
    "words only": by_words,
    "post-back by number": posted(by_number, grid),
    "post-back, present page marked": posted(by_number, list_pager),
    "post-back by a button": posted(by_button, button),
    "load more": load_more,
}


@pytest.mark.parametrize("pager", PAGERS)
def test_a_first_run_walks_back_to_the_oldest_page(pager, archive, portal, options, listener):
    publish(portal, 1, 2, 3)
    PAGERS[pager](portal)
    lists = (f"{portal.base_url}/ds.aspx",) if "/ds.aspx" in portal.pages else ()
    visit(archive, portal, options, listener, listings=lists)
    assert listener.failures == []
    assert titles(archive) == {title_of(number) for number in (1, 2, 3)}


JSON_LISTS = {
    "objects": lambda number: {"data": [{"title": title_of(number), "url": path_of(number)}]},
    "markup": lambda number: {"d": f"<li><a href='{path_of(number)}'>{title_of(number)}</a></li>"},
    "json in json": lambda number: {
        "d": json.dumps([{"Link": path_of(number), "Ten": "Tin của huyện"}])
    },
}  # fmt: skip


@pytest.mark.parametrize("form", JSON_LISTS)
def test_lists_that_a_script_fetches(form, archive, portal, options, listener, tmp_path):
    publish(portal, 1, 2, 3)
    portal.pages["/"] = page_of(1)
    portal.pages["/tin"] = page_of(1)

    def answer(request: Request) -> Reply:
        number = int(parse_qs(urlsplit(request.path).query)["trang"][0])
        found = JSON_LISTS[form](number) if number <= LAST else {"data": []}
        return Reply(json.dumps(found).encode(), content_type="application/json; charset=utf-8")

    for number in range(1, LAST + 3):
        portal.pages[f"/api/tin?trang={number}"] = answer
    own = tmp_path / "archive.profiles"
    own.mkdir()
    (own / "bang.toml").write_text("[listings]\nmore = '/api/tin?trang={page}'\n", "utf-8")
    site = portal.site(
        listings=(f"{portal.base_url}/tin",),
        platform="bang",
        profile=read_profile(own / "bang.toml"),
    )
    archive.save_site(site)
    run_scrape(archive, archive.sites(), options, listener)
    assert listener.failures == []
    assert titles(archive) == {title_of(number) for number in (1, 2, 3)}
    assert portal.hits()["/api/tin?trang=5"] == 0  # page 4 was empty


# When a walk ends


def pages(portal: TinyPortal, per_page: dict[str, list[int]], following: dict[str, str]) -> None:
    for path, numbers in per_page.items():
        portal.pages[path] = listing(links_of(*numbers), following.get(path))


def test_a_later_run_stops_where_nothing_is_new(
    archive, portal, options, listener, clock: TestClock
):
    publish(portal, *range(1, 9))
    chain = {"/": "/?page=2", "/?page=2": "/?page=3", "/?page=3": "/?page=4"}
    pages(portal, {"/": [6, 5], "/?page=2": [4, 3], "/?page=3": [2], "/?page=4": [1]}, chain)
    visit(archive, portal, replace(options, recheck_days=0), listener)
    assert titles(archive) == {title_of(number) for number in range(1, 7)}
    clock.move(days=1)
    portal.requests.clear()
    visit(archive, portal, replace(options, recheck_days=0), listener)
    assert set(portal.hits()) == {"/robots.txt", "/"}
    # One new article pushes the last of each page to the next one.
    clock.move(days=1)
    pages(portal, {"/": [7, 6], "/?page=2": [5, 4], "/?page=3": [3, 2], "/?page=4": [1]}, chain)
    portal.requests.clear()
    visit(archive, portal, replace(options, recheck_days=0), listener)
    assert set(portal.hits()) == {"/robots.txt", "/", path_of(7), "/?page=2"}


def test_every_thirty_days_all_pages_are_visited(
    archive, portal, options, listener, clock: TestClock
):
    publish(portal, 1, 2, 3)
    chain = {"/": "/?page=2", "/?page=2": "/?page=3"}
    pages(portal, {"/": [3], "/?page=2": [2], "/?page=3": [1]}, chain)
    options = replace(options, recheck_days=0)
    visit(archive, portal, options, listener)
    clock.move(days=29)
    portal.requests.clear()
    visit(archive, portal, options, listener)
    assert "/?page=2" not in portal.hits()
    publish(portal, 4)
    pages(portal, {"/?page=3": [1, 4]}, chain)  # put in late, where no walk for news comes
    clock.move(days=2)
    visit(archive, portal, options, listener)
    assert portal.hits()["/?page=3"] == 1
    assert title_of(4) in titles(archive)


def test_a_full_walk_reads_lists_that_did_not_change(
    archive, portal, options, listener, clock: TestClock
):
    """A list that answers 304 leads on as well: its second page may have changed."""
    publish(portal, 1, 2, 3)

    def front(request: Request) -> Reply:
        if request.headers.get("if-none-match") == '"1"':
            return Reply(status=304, headers={"ETag": '"1"'})
        page = listing(links_of(1), "/?page=2")
        return replace(page, headers={"ETag": '"1"'})

    portal.pages["/"] = front
    pages(portal, {"/?page=2": [2]}, {})
    options = replace(options, recheck_days=0)
    visit(archive, portal, options, listener)
    pages(portal, {"/?page=2": [2, 3]}, {})
    clock.move(days=31)
    visit(archive, portal, options, listener)
    assert title_of(3) in titles(archive)


def test_what_another_list_showed_first_is_news_still(
    archive, portal, options, listener, clock: TestClock
):
    """The front page names all that is on the section's first page; its second has more of it."""
    publish(portal, *range(1, 10))
    lists = (f"{portal.base_url}/tin/",)
    pages(portal, {"/": [1], "/tin/": [1]}, {})
    options = replace(options, recheck_days=0)
    visit(archive, portal, options, listener, listings=lists)
    clock.move(days=14)
    chain = {"/tin/": "/tin/page-2/", "/tin/page-2/": "/tin/page-3/"}
    pages(
        portal, {"/": [9, 8], "/tin/": [9, 8], "/tin/page-2/": [7, 6], "/tin/page-3/": [1]}, chain
    )
    visit(archive, portal, options, listener, listings=lists)
    assert titles(archive) == {title_of(number) for number in (1, 6, 7, 8, 9)}


def test_a_box_of_the_latest_does_not_lead_through_all_pages(
    archive, portal, options, listener, clock: TestClock
):
    publish(portal, *range(1, 9))

    def set_up(latest: int) -> None:
        box = f"<div class='moi'><a href='{path_of(latest)}'>{title_of(latest)}</a></div>"
        for number in range(1, 7):
            following = (
                f"<div class='pagination'><a href='/?page={number + 1}'>{number + 1}</a></div>"
            )
            shown = page_of(7 - number, pager=box + (following if number < 6 else ""))
            portal.pages["/" if number == 1 else f"/?page={number}"] = shown

    set_up(6)
    options = replace(options, recheck_days=0)
    visit(archive, portal, options, listener)
    clock.move(days=1)
    set_up(7)
    portal.requests.clear()
    visit(archive, portal, options, listener)
    assert title_of(7) in titles(archive)
    assert set(portal.hits()) == {"/robots.txt", "/", "/?page=2", path_of(7)}


def test_short_headlines_are_known_by_the_form_of_their_addresses(
    archive, portal, options, listener
):
    short = [(f"/doc.php?nid={n}", f"Hội thao lần {n}") for n in range(1, 7)]
    menu = [("/", "Trang chủ"), ("/muc.php?m=1", "Tin tức"), ("/muc.php?m=2", "Văn hóa")]
    for path, links in (("/", short[:5]), ("/muc.php?m=1", short)):
        portal.pages[path] = listing([*menu, *links])
    for path, title in short:
        portal.pages[path] = article(title)
    sections = tuple(portal.base_url + path for path, _ in menu[1:])
    visit(archive, portal, options, listener, listings=sections[:1])
    assert titles(archive) == {title for _, title in short}
    assert portal.hits()["/muc.php?m=2"] == 0, "a section's form is no article's"


# Feeds, sitemaps, links between articles


def test_an_atom_feed_of_an_odd_encoding(archive, portal, options, listener):
    publish(portal, 1)
    portal.pages["/"] = listing([])
    feed = (
        "<?xml version='1.0' encoding='utf-16'?><feed xmlns='http://www.w3.org/2005/Atom'>"
        "<title>t</title><entry><title>a</title>"
        f"<link href='{path_of(1)}?utm_source=rss'/></entry></feed>"
    ).encode("utf-16")
    portal.pages["/rss/"] = Reply(feed, content_type="application/atom+xml")
    visit(archive, portal, options, listener, feeds=(f"{portal.base_url}/rss/",))
    assert titles(archive) == {title_of(1)}
    assert listener.failures == []


def test_a_page_that_lists_feeds_is_no_broken_feed(archive, portal, options, listener, clock):
    # NukeViet's /rss/, to which each of its menus leads, is a page with a link to each feed.
    publish(portal, 1)
    portal.pages["/"] = listing([])
    portal.pages["/rss/"] = Reply(
        b"<html><body><meta charset=utf-8><a href='/rss/'>RSS</a>"
        b"<ul><li><a href='/rss/tin-tuc/'>Tin<br>m\xe1\xbb\x9bi</a></ul></body></html>"
    )
    feed = f"<rss version='2.0'><channel><item><link>{path_of(1)}</link></item></channel></rss>"
    portal.pages["/rss/tin-tuc/"] = Reply(feed.encode(), content_type="text/xml")
    for _ in range(2):
        visit(archive, portal, options, listener, feeds=(f"{portal.base_url}/rss/",))
        clock.move(days=1)
    assert titles(archive) == {title_of(1)}
    assert listener.failures == []
    assert portal.hits()["/rss/tin-tuc/"] == portal.hits()["/rss/"] == 2


def test_a_page_without_a_feed_is_told(archive, portal, options, listener):
    portal.pages["/"] = listing([])
    portal.pages["/rss/"] = Reply(b"<html><body><a href='/rss/'>RSS</a></body></html>")
    visit(archive, portal, options, listener, feeds=(f"{portal.base_url}/rss/",))
    assert any("no RSS or Atom feed" in str(failure) for failure in listener.failures)


def test_a_sitemap_index_of_gzip_and_plain_sitemaps(archive, portal, options, listener):
    publish(portal, 1, 2)
    base = portal.base_url
    portal.pages["/"] = listing([])
    parts = "".join(
        f"<sitemap><loc>{base}/s{part}</loc></sitemap>" for part in ("1.xml.gz", "2.xml")
    )
    portal.pages["/sitemap.xml"] = Reply(f"<sitemapindex>{parts}</sitemapindex>".encode())
    urls = [f"<urlset><url><loc>{base}{path_of(n)}</loc></url></urlset>".encode() for n in (1, 2)]
    portal.pages["/s1.xml.gz"] = Reply(gzip.compress(urls[0]), content_type="application/x-gzip")
    portal.pages["/s2.xml"] = Reply(urls[1], content_type="text/xml")
    visit(archive, portal, options, listener, sitemaps=(f"{base}/sitemap.xml",))
    assert titles(archive) == {title_of(1), title_of(2)}
    assert listener.failures == []


def test_articles_lead_to_articles(archive, portal, options, listener):
    portal.pages["/"] = listing(links_of(1))
    for number in (1, 2, 3):
        other = (
            f"<div class='other'><a href='{path_of(number + 1)}'>{title_of(number + 1)}</a></div>"
        )
        portal.pages[path_of(number)] = article(title_of(number), extra=other if number < 3 else "")
    visit(archive, portal, options, listener)
    assert titles(archive) == {title_of(number) for number in (1, 2, 3)}


# One article, one row


SPELLINGS = {
    "hue": ["/chi-tiet?gd=1&cn=2&tc=3", "/chi-tiet?tc=3&gd=1&cn=2", "/chi-tiet?cn=2&tc=3&gd=1&"],
    "nukeviet": [
        "/tin-tuc/hoi-nghi-lan-thu-nhat-12.html",
        "/tin-tuc/hoi-nghi-lan-thu-nhat-12.html?nv_sid=abc",
        "/print/tin-tuc/hoi-nghi-lan-thu-nhat-12.html",
        "/savefile/tin-tuc/hoi-nghi-lan-thu-nhat-12.html",
    ],
    "sharepoint-tandan": [
        "/portal/Pages/2023-3-9/Hoi-nghi-1a2b3c.aspx",
        "/portal/pages/2023-03-09/hoi-nghi-1A2B3C.aspx",
        "/portal/Pages/2023-3-9/Hoi-nghi-1a2b3c.aspx?fbclid=x",
    ],
    "webcenter": [
        "/webcenter/portal/h/pages_tin-tuc/chi-tiet?dDocName=P1&_afrLoop=71",
        "/webcenter/portal/h/pages_tin-tuc/chi-tiet?dDocName=P1&_afrLoop=93&_adf.ctrl-state=q",
    ],
    None: [
        "/Pages/newsdetail.aspx?NewsId=77",
        "/pages/NewsDetail.aspx?newsid=77",
        "/(S(abcdefghijklmnopqrstuvwx))/Pages/newsdetail.aspx?NewsId=77",
        "/Pages/newsdetail.aspx?utm_source=zalo&amp;NewsId=77",
    ],
}  # fmt: skip


@pytest.mark.parametrize("platform", SPELLINGS)
def test_all_spellings_are_one_article(platform, archive, portal, options, listener):
    spellings = SPELLINGS[platform]
    portal.pages["/"] = listing([(each, title_of(1)) for each in spellings])
    for each in spellings:
        portal.pages[each.replace("&amp;", "&")] = article(title_of(1))
    portal.pages["/Pages/newsdetail.aspx?NewsId=77"] = article(title_of(1))
    visit(archive, portal, options, listener, platform=platform, profile=load_profile(platform))
    assert archive.totals().articles == 1
    asked = [path for path in portal.hits() if path not in ("/", "/robots.txt")]
    assert len(asked) == 1
    assert listener.failures == []


# Traps


def test_a_pager_without_end_is_left_and_told(archive, portal, options, listener):
    publish(portal, 1, 2)

    def endless(request: Request) -> Reply:
        number = int(parse_qs(urlsplit(request.path).query)["page"][0])
        return page_of(2, pager=f"<a href='/?page={number + 1}'>{number + 1}</a>")

    portal.pages["/"] = page_of(1, pager="<a href='/?page=2'>2</a>")
    for number in range(2, 50):
        portal.pages[f"/?page={number}"] = endless
    summary = visit(archive, portal, options, listener)
    assert portal.hits()["/?page=3"] == 1 and portal.hits()["/?page=4"] == 0
    ((url, kind, message),) = listener.failures
    assert (kind, url) == ("trap", f"{portal.base_url}/?page=3")
    assert "same articles" in message
    assert summary.exit_code == 3


def test_a_pager_of_empty_pages_is_left_and_told(archive, portal, options, listener):
    publish(portal, 1)
    portal.pages["/"] = page_of(1, pager="<a href='/?page=2'>2</a>")
    for number in range(2, 50):
        portal.pages[f"/?page={number}"] = page_of(
            pager=f"<a href='/?page={number + 1}'>{number + 1}</a>"
        )
    visit(archive, portal, options, listener)
    assert portal.hits()["/?page=5"] == 0
    assert [kind for _, kind, _ in listener.failures] == ["trap"]


def test_a_calendar_without_end_is_left_and_told(archive, portal, options, listener):
    """Its weeks have addresses like articles', and each leads to the week after it."""
    publish(portal, 1)
    week = "/lich-cong-tac/lich-cong-tac-tuan-so-{}.html"
    front = listing([*links_of(1), (week.format(1), "Lịch công tác tuần này của huyện")])
    portal.pages["/"] = front
    for number in range(1, 60):
        portal.pages[week.format(number)] = Reply(
            f"<meta charset=utf-8><title>Lịch</title><table><tr><td>Thứ hai</td></tr></table>"
            f"<a href='{week.format(number + 1)}'>Tuần sau nữa</a>".encode()
        )
    visit(archive, portal, options, listener)
    asked = [path for path in portal.hits() if path.startswith("/lich")]
    assert len(asked) <= 4
    assert [kind for _, kind, _ in listener.failures] == ["trap"]
    assert titles(archive) == {title_of(1)}


def test_folders_that_repeat_and_sorted_lists_are_not_followed_and_told(
    archive, portal, options, listener
):
    publish(portal, 1)
    deep = "/tin/tin/tin/tin/" + path_of(2).rsplit("/", 1)[1]
    sort = path_of(3) + "?sort=desc"
    portal.pages["/"] = listing([*links_of(1), (deep, title_of(2)), (sort, title_of(3))])
    visit(archive, portal, options, listener)
    assert portal.hits()[deep] == portal.hits()[sort] == 0
    (note,) = [note for note in listener.notes if "endless" in note]
    assert note.startswith("tiny: 2 links") and deep in note


def test_sitemaps_that_name_sitemaps_without_end_are_left(archive, portal, options, listener):
    portal.pages["/"] = listing([])
    base = portal.base_url
    for number in range(60):
        portal.pages[f"/s{number}.xml"] = Reply(
            f"<sitemapindex><sitemap><loc>{base}/s{number + 1}.xml</loc></sitemap>"
            "</sitemapindex>".encode()
        )
    visit(archive, portal, options, listener, sitemaps=(f"{base}/s0.xml",))
    assert 2 <= sum(path.startswith("/s") for path in portal.hits()) <= 6
    assert [kind for _, kind, _ in listener.failures] == ["trap"]


def test_a_walk_is_bounded_by_pages(archive, portal, options, listener):
    def endless(request: Request) -> Reply:
        found = parse_qs(urlsplit(request.path).query).get("page", ["1"])
        number = int(found[0])
        return page_of(number, pager=f"<a href='/?page={number + 1}'>{number + 1}</a>")

    portal.pages["/"] = endless
    for number in range(1, 60):
        portal.pages[f"/?page={number}"] = endless
        publish(portal, number)
    visit(archive, portal, replace(options, max_listing_pages=5), listener)
    assert portal.hits()["/?page=5"] == 1 and portal.hits()["/?page=6"] == 0
    assert [kind for _, kind, _ in listener.failures] == ["trap"]
