"""To a portal the crawl is one visitor: cookies come back, within a run and in the next."""

from __future__ import annotations

from dataclasses import replace
from http.cookies import SimpleCookie

import pytest

from scraper.archive.cookies import Cookie, recall_cookies, remember_cookies
from scraper.crawl import run_scrape
from tests.crawl.tiny_portal import Reply, Request, TinyPortal, article, listing

PATHS = [f"/tin-tuc/tin-so-{number}.html" for number in range(7001, 7004)]
NOW, EARLIER = "2024-03-28T02:00:00Z", "2024-03-21T02:00:00Z"


class Counting:
    """Counts visitors as NukeViet does: whoever brings no cookie is a new one."""

    def __init__(self, portal: TinyPortal, attributes: str) -> None:
        self.visitors = 0
        self._attributes = attributes
        self.brought: list[str | None] = []
        pages = {path: article(f"Tin tức của huyện số {path[-9:-5]}") for path in PATHS}
        pages["/"] = listing([(path, f"Tin tức của huyện số {path}") for path in PATHS])
        portal.pages.update({path: self._counted(reply) for path, reply in pages.items()})

    def _counted(self, reply: Reply):
        def answer(request: Request) -> Reply:
            cookie = SimpleCookie(request.headers.get("cookie", "")).get("visitor")
            self.brought.append(cookie.value if cookie else None)
            if cookie is not None:
                return reply
            self.visitors += 1
            header = f"visitor=so-{self.visitors}; {self._attributes}"
            return Reply(reply.body, headers={"Set-Cookie": header})

        return answer


def scrape(archive, portal, options, listener):
    archive.save_site(portal.site())
    return run_scrape(archive, archive.sites(), options, listener)


@pytest.mark.parametrize("attributes", ["Path=/; Max-Age=31536000", "Path=/; HttpOnly"])
def test_a_portal_that_counts_by_cookies_counts_one_visitor(
    archive, portal, options, listener, clock, attributes
) -> None:
    counting = Counting(portal, attributes)
    scrape(archive, portal, options, listener)
    assert counting.brought == [None, *["so-1"] * 3]
    clock.move(days=1, hours=1)
    scrape(archive, portal, options, listener)
    assert len(counting.brought) > 6
    assert counting.visitors == 1


def test_a_session_ends_after_a_week(archive, portal, options, listener, clock) -> None:
    counting = Counting(portal, "Path=/")
    scrape(archive, portal, options, listener)
    clock.move(days=8)
    scrape(archive, portal, options, listener)
    assert counting.visitors == 2


def test_a_cookie_that_the_server_takes_back_is_forgotten(
    archive, portal, options, listener, clock
) -> None:
    Counting(portal, "Path=/")
    scrape(archive, portal, options, listener)
    assert archive.db.table("cookies").count == 1
    taken_back = {"Set-Cookie": "visitor=; Path=/; Max-Age=0"}
    portal.pages["/"] = replace(listing([]), headers=taken_back)
    options = replace(options, recheck_days=0)
    clock.move(days=1)
    scrape(archive, portal, options, listener)
    assert archive.db.table("cookies").count == 0


def test_cookies_are_kept_apart_by_host_and_end_in_time(archive) -> None:
    session = Cookie("a.vn", "/", "session", "1", False, None)
    lasting = Cookie(".a.vn", "/tin", "visitor", "xin chào", True, "2025-01-01T00:00:00Z")
    ended = Cookie("a.vn", "/", "old", "3", False, "2024-01-01T00:00:00Z")
    with archive.transaction():
        remember_cookies(archive.db, "a.vn", [session, lasting, ended], NOW)
        remember_cookies(archive.db, "b.vn", [session], EARLIER)
    assert recall_cookies(archive.db, "a.vn", NOW, EARLIER) == [session, lasting]
    assert recall_cookies(archive.db, "a.vn", NOW, "2024-03-28T02:00:01Z") == [lasting]
    with archive.transaction():
        remember_cookies(archive.db, "a.vn", [], NOW)
    assert recall_cookies(archive.db, "a.vn", NOW, EARLIER) == []
    assert recall_cookies(archive.db, "b.vn", NOW, EARLIER) == [session]
