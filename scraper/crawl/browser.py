"""Draw a page by the system's Chromium: for portals whose pages are put together by JavaScript.

Chromium never touches the network. The page is given to it as it was fetched and kept, and what its
scripts ask for is fetched by the crawl itself: by the same rules of politeness, robots.txt and
private addresses, and kept too. Pictures, styles and whatever is not of the page's own host are not
asked for. The optional ``[browser]`` extra brings playwright, which drives Chromium.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING

from scraper.crawl.exchange import Drawing, Exchange, FailureKind, FetchError

if TYPE_CHECKING:
    from playwright.sync_api import Browser as Chromium
    from playwright.sync_api import BrowserContext, Page, Playwright, Request, Route

NAMES = ("chromium", "chromium-browser", "google-chrome")
# No name resolves for Chromium itself, so that nothing gets past the crawl, whatever asks for it.
ARGUMENTS = (
    "--host-resolver-rules=MAP * ~NOTFOUND",
    *("--disable-gpu", "--disable-background-networking", "--disable-component-update"),
    *("--disable-sync", "--no-first-run"),
)
WANTED = {"script", "xhr", "fetch"}
LOADING_MS = 120_000.0
QUIET_MS = 15_000.0


class BrowserMissingError(RuntimeError):
    """Pages are to be drawn and nothing is there to do it; the message says what is to be done."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a page's script gets: ``body`` is decoded."""

    status: int
    content_type: str | None
    body: bytes


Ask = Callable[[str], Answer | None]
"""Fetch an address for a page's script, or ``None`` where it is not to be fetched."""


def find_chromium() -> str | None:
    """Return the Chromium that ``DISTRICT_ARCHIVE_CHROMIUM`` names, or the system's, if any."""
    named = os.environ.get("DISTRICT_ARCHIVE_CHROMIUM")
    return named or next(filter(None, map(shutil.which, NAMES)), None)


def check_browser() -> None:
    """See that pages can be drawn on this machine.

    Raises:
        BrowserMissingError: The extra is not installed, or there is no Chromium.
    """
    if find_spec("playwright") is None:
        raise BrowserMissingError(
            "a site's pages are drawn by a browser, for which the extra [browser] is needed: "
            "pip install 'district-archive[browser]'"
        )
    if find_chromium() is None:
        raise BrowserMissingError(
            "a site's pages are drawn by a browser, and there is no Chromium on this machine: "
            "install it (on Debian: apt-get install chromium), or name it in "
            "DISTRICT_ARCHIVE_CHROMIUM"
        )


class Browser:
    """Draws the pages of one host, all in the thread that draws the first of them."""

    def __init__(self, agent: str, largest: int) -> None:
        """Draw as ``agent``; a page that becomes larger than ``largest`` bytes is refused."""
        self._agent = agent
        self._largest = largest
        self._driver: Playwright | None = None
        self._chromium: Chromium | None = None

    def draw(self, exchange: Exchange, body: bytes, ask: Ask) -> Drawing:
        """Return the page that ``body`` (decoded) becomes when its scripts have run.

        Raises:
            FetchError: It does not come to rest, is too large, or Chromium fails.
        """
        from playwright.sync_api import Error

        try:
            with contextlib.closing(self._context()) as context:
                text = _settled(context, exchange, body, ask)
            version = self._started().version
        except Error as error:
            self.close()  # a page that hangs may have taken Chromium with it
            said = str(error).partition("\n")[0]
            text = f"{exchange.url} could not be drawn by the browser: {said}"
            raise FetchError(FailureKind.DRAW, text, exchange) from error
        html = text.encode("utf-8", "replace")
        if len(html) > self._largest:
            text = f"{exchange.url} becomes larger than {self._largest} bytes when it is drawn"
            raise FetchError(FailureKind.DRAW, text, exchange)
        return Drawing(html, f"Chromium {version}")

    def close(self) -> None:
        """End Chromium; the next page starts it anew."""
        chromium, driver = self._chromium, self._driver
        self._chromium = self._driver = None
        # Either may be gone already, and there is nothing more to be done about it.
        with contextlib.suppress(Exception):
            if chromium is not None:
                chromium.close()
        with contextlib.suppress(Exception):
            if driver is not None:
                driver.stop()

    def _context(self) -> BrowserContext:
        # A context for each page: a page cannot leave anything behind for the next.
        return self._started().new_context(
            user_agent=self._agent, locale="vi-VN", service_workers="block", accept_downloads=False
        )

    def _started(self) -> Chromium:
        if self._chromium is None:
            from playwright.sync_api import sync_playwright

            self._driver = sync_playwright().start()
            alone = ["--no-sandbox"] if os.geteuid() == 0 else []  # Chromium refuses root's sandbox
            self._chromium = self._driver.chromium.launch(
                executable_path=find_chromium(), args=[*ARGUMENTS, *alone]
            )
        return self._chromium


def _settled(context: BrowserContext, exchange: Exchange, body: bytes, ask: Ask) -> str:
    """Load the page, let it come to rest, and return its document as HTML."""
    from playwright.sync_api import TimeoutError as TooLong

    page = context.new_page()
    context.route("**/*", lambda route: _answer(route, page, exchange, body, ask))
    context.route_web_socket("**/*", lambda socket: socket.close())
    page.on("dialog", lambda dialog: dialog.dismiss())
    page.goto(exchange.url, wait_until="load", timeout=LOADING_MS)
    # A page that goes on asking for things (a clock, a chat) is taken as it is by then.
    with contextlib.suppress(TooLong):
        page.wait_for_load_state("networkidle", timeout=QUIET_MS)
    return page.content()


def _answer(route: Route, page: Page, exchange: Exchange, body: bytes, ask: Ask) -> None:
    request = route.request
    if request.is_navigation_request() and request.frame == page.main_frame:
        _answer_page(route, request, exchange, body)
        return
    answer = None
    if request.method == "GET" and request.resource_type in WANTED:
        answer = ask(request.url)
    if answer is None:
        route.abort()
    else:
        headers = {"Content-Type": answer.content_type} if answer.content_type else {}
        route.fulfill(status=answer.status, headers=headers, body=answer.body)


def _answer_page(route: Route, request: Request, exchange: Exchange, body: bytes) -> None:
    """Give the page itself; where a script would lead elsewhere, the page stays."""
    if request.url.partition("#")[0] != exchange.url or request.method != "GET":
        route.abort()
        return
    headers = {"Content-Type": exchange.header("Content-Type") or "text/html"}
    route.fulfill(status=exchange.status, headers=headers, body=body)
