"""Lists that only a script goes on with, as the profiles of their families describe them.

Each portal has as many pages as ``LAST``, one article on each; only its scripts' own requests are
answered. What the answers look like is known from public scrapers (docs/crawl.md).
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from html import escape
from itertools import pairwise
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
import requests
from warcio.archiveiterator import ArchiveIterator

from scraper.archive import Archive
from scraper.crawl import run_scrape
from scraper.sites import Profile, load_profile, read_profile
from tests.crawl.conftest import Killed, TestClock
from tests.crawl.test_discovery import LAST, page_of, path_of, publish, title_of, titles
from tests.crawl.tiny_portal import Reply, Request, TinyPortal
from tests.e2e.replay import Replay
from tests.readme import ROOT

LIST = "/tin-tuc-su-kien"
VNPT = "/DesktopModule/UIArticleInMenu/ArticleInMenuPagination.aspx/LoadArticle"
NEWS_ZONE = "/api/NewsZone/NewsZone"
LOAD_PAGE = "/tin-tuc-su-kien?p_p_id=news_WAR_portlet&p_p_lifecycle=2&p_p_resource_id=loadPage"
ENCRYPTED = {
    "Catname": "nMSbbZ2pR0/XHR7JMRKsFGiPETTBu6V1",
    "PageSize": "TwNsaMrfVrU=",
    "LanguageId": "jM2HDDVEz40=",
    "Site": "/CP0MQRJUt0=",
}
Answer = Callable[[int], bytes]


def fragment(number: int) -> bytes:
    if number > LAST:
        return b""
    link = f"<a href='{path_of(number)}'>{title_of(number)}</a>"
    return f"<ul><li class='row'><h3>{link}</h3></li></ul>".encode()


def in_json(number: int) -> bytes:
    return json.dumps({"d": fragment(number).decode()}).encode()


def in_xml(number: int) -> bytes:
    """ASP.NET's older services wrap a text so."""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\r\n<string xmlns="http://tempuri.org/">'
        f"{escape(fragment(number).decode())}</string>"
    ).encode()


def items(number: int) -> bytes:
    """Bắc Ninh's kind: pictures of Liferay have no extension, and are no articles."""
    found = {
        "title": title_of(number),
        "urlDetail": path_of(number),
        "imageUrl": f"/documents/20182/{number}/8a6f0f52-a5c2-4b6e-9d4f-1c2d3e4f5a6b",
        "createdDate": "27/03/2024",
    }
    return json.dumps({"items": [found] if number <= LAST else [], "totalPageNum": LAST}).encode()


def form_of(request: Request) -> dict[str, str]:
    assert request.headers["content-type"].startswith("application/x-www-form-urlencoded")
    return dict(parse_qsl(request.body.decode(), keep_blank_values=True))


def vnpt(portal: TinyPortal, answer: Answer = fragment) -> None:
    """The numbers stand in the list's script; the first page is the list's own."""
    script = (
        "<script>$.ajax({url: '" + VNPT + "', type: 'POST', data: {article_category_id: 54442,"
        'categoryIds: "54442,54443", site_id: 4, page: page, page_size: 15, no: -15}})</script>'
    )
    portal.pages[LIST] = page_of(1, pager=script)

    def load(request: Request) -> Reply:
        form = form_of(request)
        known = {"article_category_id": "54442", "site_id": "4", "page_size": "15", "no": "-15"}
        if request.method != "POST" or not known.items() <= form.items():
            return Reply(b"<h1>Runtime Error</h1>", 500)
        assert form["categoryIds"] == "54442,54443" and form["keyword"] == ""
        kind = "text/html" if answer is fragment else "application/json; charset=utf-8"
        return Reply(answer(int(form["page"])), content_type=f"{kind}")

    portal.pages[VNPT] = load


def news_zone(portal: TinyPortal, hidden: bool = False) -> None:
    """Pages are counted from 0, names are encrypted."""
    values = {name.lower(): value for name, value in ENCRYPTED.items()}
    source = (
        "".join(
            f"<input type='hidden' id='hd{n}' name='{n}' value='{v}'>" for n, v in values.items()
        )
        if hidden
        else "<script>var data = "
        + json.dumps(ENCRYPTED)
        + "; load('/api/NewsZone/NewsZone')</script>"
    )
    portal.pages[LIST] = page_of(1, pager=source)

    def load(request: Request) -> Reply:
        form = form_of(request)
        number = int(form.pop("PageIndex"))
        if request.method != "POST" or form != ENCRYPTED:
            return Reply(b"", 400)
        if request.headers.get("x-requested-with") != "XMLHttpRequest":
            return Reply(b"", 403)
        return Reply(fragment(number + 1))

    portal.pages[NEWS_ZONE] = load


def load_page(portal: TinyPortal) -> None:
    """The list's own page is empty; the address of the rest is written as scripts write it."""
    address = LOAD_PAGE.replace("&", "\\x26")
    portal.pages[LIST] = page_of(pager=f"<script>var loadPageURL = '{address}';</script>")

    def load(request: Request) -> Reply:
        number = int(parse_qs(urlsplit(request.path).query)["pageNum"][0])
        return Reply(items(number), content_type="application/json")

    for number in range(1, LAST + 3):
        portal.pages[f"{LOAD_PAGE}&pageNum={number}&recordPerPage=20&keyword="] = load


FAMILIES = {
    "VNPT's LoadArticle": ("article-in-menu", vnpt),
    "VNPT's LoadArticle, HTML in JSON": ("article-in-menu", lambda portal: vnpt(portal, in_json)),
    "VNPT's LoadArticle, HTML in XML": ("article-in-menu", lambda portal: vnpt(portal, in_xml)),
    "Hanoi's NewsZone": ("hanoi", news_zone),
    "Hanoi's NewsZone, hidden fields": ("hanoi", lambda portal: news_zone(portal, hidden=True)),
    "Liferay's loadPage": ("bacninh", load_page),
}


def visit(archive: Archive, portal: TinyPortal, options, listener, profile: Profile | None):
    site = portal.site(
        listings=(portal.base_url + LIST,), platform=profile and profile.id, profile=profile
    )
    portal.pages.setdefault("/", page_of())
    archive.save_site(site)
    return run_scrape(archive, archive.sites(), options, listener)


def posts(portal: TinyPortal) -> list[Request]:
    return [request for request in portal.requests if request.method == "POST"]


@pytest.mark.parametrize("family", FAMILIES)
def test_a_first_run_walks_to_the_oldest_page_and_a_later_one_stops_at_no_news(
    family, archive, portal, options, listener, clock: TestClock
):
    platform, set_up = FAMILIES[family]
    publish(portal, 1, 2, 3)
    set_up(portal)
    options = replace(options, recheck_days=0)
    visit(archive, portal, options, listener, load_profile(platform))
    assert listener.failures == [] and listener.notes == []
    assert titles(archive) == {title_of(number) for number in (1, 2, 3)}
    # Where the list's own page has no article, its script's first page is looked at, and no more.
    asked = ["/robots.txt", "/", LIST]
    asked += [each for each in portal.pages if "pageNum=1&" in each]
    portal.requests.clear()
    clock.move(days=1, hours=1)
    visit(archive, portal, options, listener, load_profile(platform))
    assert sorted(portal.hits()) == sorted(asked)
    # A walk through everything asks for all pages again.
    portal.requests.clear()
    clock.move(days=31)
    visit(archive, portal, options, listener, load_profile(platform))
    assert len(portal.requests) == 3 + (LAST if asked == asked[:3] else LAST + 1)
    assert listener.failures == []


ASK = "/api/tin?muc=Tin%20%22n%C3%B3ng%22%20%26%20m%E1%BB%9Bi%2F1"
OWN = """
[recognise]
marks = "div.khong-co"
[listings]
more = "/api/tin?muc={muc}"
json = '{"trang": {page}, "muc": "{muc}", "loc": {"tu": null}}'
[listings.values]
muc = 'data-muc="([^"]*)"'
"""


def written(archive: Archive, text: str) -> Profile:
    """A profile of the user's own, beside the archive."""
    archive.profile_folder.mkdir(exist_ok=True)
    path = archive.profile_folder / "own.toml"
    path.write_text(text, encoding="utf-8")
    return read_profile(path)


@pytest.fixture
def own(portal: TinyPortal, archive: Archive) -> Profile:
    """A made-up family that posts JSON; the section's name has letters, quotes and blanks."""
    section = 'Tin "nóng" & mới/1'

    def load(request: Request) -> Reply:
        asked = json.loads(request.body)
        assert request.headers["content-type"].startswith("application/json")
        if asked != {"trang": asked["trang"], "muc": section, "loc": {"tu": None}}:
            return Reply(b"{}", 400)
        relative = fragment(2).decode().replace(path_of(2), path_of(2)[1:])
        body = json.dumps({"data": relative}).encode()
        return Reply(items(asked["trang"]) if asked["trang"] != 2 else body)

    publish(portal, 1, 2, 3)
    portal.pages[LIST] = page_of(1, pager=f'<div data-muc="{escape(section)}"></div>')
    portal.pages[ASK] = load
    return written(archive, OWN)


def test_the_list_of_the_fixtures_goes_on(archive, portal, options, listener):
    """A page that was written by someone who never saw this profile."""
    source = (ROOT / "fixtures/article-in-menu/danh-sach.html").read_bytes()
    portal.pages[LIST] = Reply(source)
    portal.pages[VNPT] = lambda request: Reply(fragment(LAST + 1))
    visit(archive, portal, options, listener, load_profile("article-in-menu"))
    (asked,) = posts(portal)
    form = form_of(asked)
    assert (form["article_category_id"], form["site_id"], form["page"]) == ("58202", "1241", "2")
    assert (form["page_size"], form["no"]) == ("15", "-15") and "categoryIds" not in form


def test_json_is_posted_as_the_profile_writes_it(archive, portal, options, listener, own):
    summary = visit(archive, portal, options, listener, own)
    assert listener.failures == []
    assert titles(archive) == {title_of(number) for number in (1, 2, 3)}
    assert summary.exit_code == 0
    # Page 2 links to its article as seen from the list, not from the script's address.
    assert portal.hits()[path_of(2)] == 1
    assert [json.loads(each.body)["trang"] for each in posts(portal)] == [2, 3, 4]


def test_entries_that_name_no_address(archive, portal, options, listener):
    """Their addresses are put together; an entry that lacks a value is none."""

    def load(request: Request) -> Reply:
        number = int(parse_qs(urlsplit(request.path).query)["p"][0])
        name = f"hoi-nghi-cua-huyen-lan-thu-{number:04d}"
        entries = [{"ten": title_of(number), "slug": name, "muc": {"id": 7, "slug": "tin-tuc"}}]
        entries += [{"ten": "Bài viết chưa có địa chỉ của huyện", "slug": None}]
        return Reply(json.dumps({"data": entries if number <= LAST else []}).encode())

    publish(portal, 1, 2, 3)
    portal.pages[LIST] = page_of(1)
    for number in range(2, LAST + 2):
        portal.pages[f"/api?p={number}"] = load
    profile = written(
        archive, "[listings]\nmore = '/api?p={page}'\nitem = '/tin-tuc/{slug}.html'\n"
    )
    visit(archive, portal, options, listener, profile)
    assert titles(archive) == {title_of(number) for number in (1, 2, 3)}
    asked = [path for path in portal.hits() if path.endswith(".html")]
    assert sorted(asked) == [*map(path_of, (1, 2, 3))], "a section is no article"


def test_scripts_are_asked_for_as_politely_as_pages(archive, portal, options, listener, own):
    portal.pages["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /api/\n")
    visit(archive, portal, options, listener, own)
    assert posts(portal) == []
    assert [kind for _, kind, _ in listener.failures] == ["robots"]
    assert titles(archive) == {title_of(1)}


def test_a_pause_is_kept_before_each_page(archive, portal, options, listener, own):
    options = replace(options, politeness=replace(options.politeness, pause=0.05, patience=1.0))
    moments: list[float] = []
    page = portal.pages[ASK]

    def load(request: Request) -> Reply:
        moments.append(time.monotonic())
        return page(request)

    portal.pages[ASK] = load
    visit(archive, portal, options, listener, own)
    assert portal.most_at_once == 1
    # From the start of one to the start of the next, as the worker counts it.
    assert all(later - earlier > 0.03 for earlier, later in pairwise(moments))


def test_a_script_that_shows_the_same_again_is_left(archive, portal, options, listener):
    publish(portal, 1)
    vnpt(portal, lambda number: fragment(1))
    visit(archive, portal, options, listener, load_profile("article-in-menu"))
    assert len(posts(portal)) == 1
    assert listener.failures == []


def test_a_walk_by_a_script_is_bounded_by_pages(archive, portal, options, listener):
    for number in range(1, 12):
        publish(portal, number)
    vnpt(portal, lambda number: fragment(1).replace(path_of(1).encode(), path_of(number).encode()))
    options = replace(options, max_listing_pages=5)
    visit(archive, portal, options, listener, load_profile("article-in-menu"))
    assert len(posts(portal)) == 4


def test_a_new_article_on_the_third_page_of_a_script_is_found_by_the_full_walk(
    archive, portal, options, listener, clock: TestClock
):
    publish(portal, 1, 2, 3)
    vnpt(portal)
    visit(archive, portal, options, listener, load_profile("article-in-menu"))
    publish(portal, 8)
    late = fragment(3) + fragment(1).replace(path_of(1).encode(), path_of(8).encode())
    vnpt(portal, lambda number: late if number == 3 else fragment(number))
    clock.move(days=31)
    visit(archive, portal, options, listener, load_profile("article-in-menu"))
    assert titles(archive) == {title_of(number) for number in (1, 2, 3, 8)}


# What goes wrong is told


def test_a_script_whose_numbers_are_gone_is_told(archive, portal, options, listener):
    publish(portal, 1)
    portal.pages[LIST] = page_of(1, pager=f"<script>ajax('{VNPT}', settings.of('tin'))</script>")
    summary = visit(archive, portal, options, listener, load_profile("article-in-menu"))
    ((url, kind, message),) = listener.failures
    assert (url, kind, summary.exit_code) == (portal.base_url + LIST, "trap", 3)
    assert "LoadArticle" in message and "listings.values (category, site, size)" in message


def test_a_list_of_one_page_has_no_script_and_is_no_failure(archive, portal, options, listener):
    publish(portal, 1)
    portal.pages[LIST] = page_of(1)
    summary = visit(archive, portal, options, listener, load_profile("article-in-menu"))
    assert (summary.exit_code, listener.failures, listener.notes) == (0, [], [])


@pytest.mark.parametrize("status", [404, 500])
def test_a_script_whose_address_is_gone_is_told(status, archive, portal, options, listener):
    publish(portal, 1)
    vnpt(portal)
    portal.pages[VNPT] = Reply(b"<h1>Server Error</h1>", status)
    summary = visit(archive, portal, options, listener, load_profile("article-in-menu"))
    ((url, kind, message),) = listener.failures
    assert url == portal.base_url + VNPT and str(status) in message
    assert kind == ("not found" if status == 404 else "http")
    assert summary.exit_code == 3


@pytest.mark.parametrize("answer", [b"", b'{"d": ""}', b"<html><body><p>Xin ch\xc3\xa0o</p>"])
def test_a_script_that_shows_nothing_for_any_list_is_told(
    answer, archive, portal, options, listener
):
    publish(portal, 1)
    vnpt(portal)
    portal.pages[VNPT] = Reply(answer)
    visit(archive, portal, options, listener, load_profile("article-in-menu"))
    (note,) = listener.notes
    assert note.startswith("tiny: the script of 1 list(s)") and LIST in note
    assert len(posts(portal)) == 1


def test_a_script_of_another_host_is_not_asked_and_told(archive, portal, options, listener):
    publish(portal, 1)
    away = "https://api.example/x?p_p_resource_id=loadPage"
    portal.pages[LIST] = page_of(1, pager=f"<script>loadPageURL = '{away}'</script>")
    visit(archive, portal, options, listener, load_profile("bacninh"))
    ((_, kind, message),) = listener.failures
    assert kind == "trap" and "another host" in message and "api.example" in message


def test_a_script_on_a_host_that_the_profile_names_is_asked(archive, portal, options, listener):
    with TinyPortal("127.0.0.2") as api:
        api.pages["/tin?p=2"] = Reply(
            json.dumps([{"ten": title_of(2), "url": portal.base_url + path_of(2)}]).encode()
        )
        publish(portal, 1, 2)
        portal.pages[LIST] = page_of(1)
        profile = written(archive, f"[listings]\nmore = '{api.base_url}/tin?p={{page}}'\n")
        visit(archive, portal, options, listener, profile)
        assert titles(archive) == {title_of(1), title_of(2)}
        assert api.hits()["/robots.txt"] == 1, "another host has rules of its own"


@pytest.mark.parametrize("status", [301, 308])
def test_a_post_that_is_sent_elsewhere_by_its_server(status, archive, portal, options, listener):
    """308 asks for the same POST; a 301 to another spelling of the address (https, say) as well."""
    publish(portal, 1, 2, 3)
    vnpt(portal)
    load = portal.pages[VNPT]
    target = "/moi/LoadArticle" if status == 308 else VNPT + "/"
    portal.pages[target] = load
    portal.pages[VNPT] = Reply(b"", status, {"Location": target})
    visit(archive, portal, options, listener, load_profile("article-in-menu"))
    assert titles(archive) == {title_of(number) for number in (1, 2, 3)}
    assert listener.failures == []


# What is kept


def test_a_run_that_was_killed_does_not_post_again(
    archive, portal, options, listener, dies_at, own
):
    dies_at(ASK, "post")
    with pytest.raises(Killed):
        visit(archive, portal, options, listener, own)
    dies_at(None)
    assert visit(archive, portal, options, listener, own).exit_code == 0
    assert [json.loads(each.body)["trang"] for each in posts(portal)] == [2, 3, 4]
    assert titles(archive) == {title_of(number) for number in (1, 2, 3)}


def test_the_list_goes_on_where_a_run_was_stopped(archive, portal, options, listener, own):
    """What was found on the list's first page is known to the next run."""
    for _ in range(12):
        summary = visit(archive, portal, replace(options, max_requests=1), listener, own)
        if summary.stopped is None:
            break
    assert titles(archive) == {title_of(number) for number in (1, 2, 3)}
    assert set(portal.hits().values()) == {1, 3}, "nothing is fetched twice"
    assert [json.loads(each.body)["trang"] for each in posts(portal)] == [2, 3, 4]


def test_request_and_answer_are_kept_and_replayed(
    archive, portal, options, listener, own, tmp_path
):
    """pywb answers each POST with what the portal answered it with."""
    visit(archive, portal, options, listener, own)
    (path,) = archive.warc_folder.glob("*.warc.gz")
    with path.open("rb") as file:
        kept = [
            (record.rec_type, record.content_stream().read())
            for record in ArchiveIterator(file)
            if "/api/tin" in (record.rec_headers.get_header("WARC-Target-URI") or "")
        ]
    sent = [each.body for each in posts(portal)]
    assert [body for kind, body in kept if kind == "request"] == sent
    answers = [body for kind, body in kept if kind == "response"]
    assert len(set(answers)) == len(sent) == 3
    command = [sys.executable, "-m", "warcio.cli", "check", str(path)]
    assert subprocess.run(command, check=False).returncode == 0
    replay = Replay(archive, tmp_path / "replay")
    try:
        for body, answer in zip(sent, answers, strict=True):
            url = f"{replay.address}/20240328id_/{portal.base_url}{posts(portal)[0].path}"
            kind = {"Content-Type": "application/json; charset=utf-8"}
            shown = requests.post(url, data=body, headers=kind, timeout=30)
            assert (shown.status_code, shown.content) == (200, answer)
    finally:
        replay.close()
