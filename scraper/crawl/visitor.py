"""Ask one portal a handful of questions, politely: for ``sites add`` and ``sites check``.

robots.txt is obeyed, a pause is kept between two requests, nothing is stored.
"""

from __future__ import annotations

import math
import time
from dataclasses import replace
from datetime import timedelta

from scraper.crawl.browser import Answer, Ask, Browser
from scraper.crawl.canonical import clean_url, host_of
from scraper.crawl.clock import Clock, utc_now
from scraper.crawl.decode import DecodeError, decode_body
from scraper.crawl.exchange import Exchange, FailureKind, FetchError, FetchRequest
from scraper.crawl.fetch import Fetcher
from scraper.crawl.options import FetchLimits, user_agent
from scraper.crawl.pace import REFUSALS, retry_after_seconds
from scraper.crawl.patience import LONG, Tell, told_if_long
from scraper.crawl.redirects import redirect_target
from scraper.crawl.robots import Robots, RobotsState, judge, robots_url
from scraper.crawl.tls import TlsRelaxation
from scraper.sites.asking import Posted

HOPS = 5


class Visitor:
    """Fetches single pages of a portal; ``pause`` is in seconds, a larger Crawl-delay wins.

    ``tell`` hears what is waited for once that takes ``long`` seconds.
    With ``draw`` a browser makes the pages, and what their scripts ask for is fetched here, too.
    """

    def __init__(
        self,
        contact: str | None,
        *,
        private_network: bool = False,
        pause: float = 1.5,
        limits: FetchLimits | None = None,
        clock: Clock = utc_now,
        relaxation: TlsRelaxation | None = None,
        draw: bool = False,
        tell: Tell | None = None,
        long: float = LONG,
    ) -> None:
        self._limits = limits or FetchLimits()
        self._clock = clock
        self.pause = pause
        self._robots: dict[str, Robots] = {}
        self._asked_later: dict[str, str] = {}
        self._fetcher = Fetcher(
            user_agent(contact),
            self._limits,
            clock,
            private_network=private_network,
            relaxation=relaxation,
        )
        self._asked = False
        self._tell, self._long = tell, long
        largest = self._limits.max_decoded_bytes
        self._browser = Browser(user_agent(contact), largest) if draw else None
        self._scripts: dict[str, Answer] = {}
        self._latest: dict[str, Exchange] = {}

    def close(self) -> None:
        """Close the connection, and the browser."""
        self._fetcher.close()
        if self._browser is not None:
            self._browser.close()

    def page(self, url: str, posted: Posted | None = None, asker: str | None = None) -> Exchange:
        """Fetch a page through its redirects, each allowed by its host's robots.txt.

        ``posted`` makes it a POST, ``asker`` a request of that page's script (as ``FetchRequest``).

        Raises:
            FetchError: It cannot be had, is not allowed, or answers anything but 200.
        """
        self._latest[url] = exchange = self._page(url, posted, asker)
        return exchange

    def again(self, url: str) -> Exchange:
        """Return what ``page`` had for ``url`` before, or fetch it.

        Raises:
            FetchError: As ``page``.
        """
        return self._latest[url] if url in self._latest else self.page(url)

    def _page(self, url: str, posted: Posted | None, asker: str | None) -> Exchange:
        for _ in range(HOPS + 1):
            robots = self.robots(url)
            if not robots.allows(url):
                later = self._asked_later.get(robots_url(url), "")
                raise FetchError(FailureKind.ROBOTS, _refusal(robots, url) + later)
            exchange = self.ask(url, posted, asker)
            target = redirect_target(exchange)
            if target is None:
                if exchange.status != 200:
                    text = f"{url} answered {exchange.status}{self._later(exchange)}"
                    raise FetchError(FailureKind.HTTP, text, exchange)
                return exchange if asker else self._drawn(exchange)
            url = clean_url(target)
        raise FetchError(FailureKind.REDIRECT, f"{url}: too many redirects")

    def _drawn(self, exchange: Exchange) -> Exchange:
        if self._browser is None or "html" not in (exchange.header("Content-Type") or "html"):
            return exchange
        drawing = self._browser.draw(exchange, self.plain(exchange), self._script(exchange))
        return replace(exchange, drawing=drawing)

    def _script(self, page: Exchange) -> Ask:
        """Fetch what a page's scripts ask for of its own host; each address once."""
        host, robots = host_of(page.url), self.robots(page.url)

        def ask(url: str) -> Answer | None:
            if url in self._scripts:
                return self._scripts[url]
            if host_of(url) != host or not robots.allows(url):
                return None
            try:
                got = self.ask(url)
                answer = Answer(got.status, got.header("Content-Type"), self.plain(got))
            except FetchError:
                return None  # the page is read without it, as a browser would show it
            self._scripts[url] = answer
            return answer

        return ask

    def robots(self, url: str) -> Robots:
        """Return the verdict of the robots.txt that rules over ``url``, asked for once."""
        asked = ruled = robots_url(url)
        if ruled in self._robots:
            return self._robots[ruled]
        for _ in range(HOPS + 1):
            exchange = self.ask(asked)
            target = redirect_target(exchange)
            if target is None:
                break
            asked = clean_url(target)
        robots = judge(exchange.status, self.plain(exchange), self._clock())
        delay = robots.crawl_delay or 0.0
        if self._tell is not None and delay > self.pause and delay >= self._long:
            self._tell(
                f"{asked} asks for {delay:g} s between two requests (Crawl-delay); that is kept."
            )
        self.pause = max(self.pause, delay)
        self._robots[ruled] = robots
        self._asked_later[ruled] = self._later(exchange)
        return robots

    def _later(self, exchange: Exchange) -> str:
        """Say when the server wants to be asked again, where its answer does (Retry-After)."""
        now = self._clock()
        wait = retry_after_seconds(exchange.header("Retry-After"), now)
        if wait is None or exchange.status not in REFUSALS:
            return ""
        at = (now + timedelta(seconds=wait)).astimezone()
        return f"; it asks to be tried again in {math.ceil(wait)} s, at {at:%Y-%m-%d %H:%M:%S %z}"

    def ask(self, url: str, posted: Posted | None = None, asker: str | None = None) -> Exchange:
        """Fetch one address after the pause, without following redirects.

        Raises:
            FetchError: No whole answer came.
        """
        if self._asked:
            time.sleep(self.pause)
        self._asked = True
        text = f"Still waiting for {url}: the server is slow."
        with told_if_long(self._tell, text, self._long):
            return self._fetcher.fetch(FetchRequest(url, posted=posted, asker=asker))

    def plain(self, exchange: Exchange) -> bytes:
        """Return the page as it was drawn, else the body without its Content-Encoding.

        Raises:
            FetchError: The encoding is broken.
        """
        if exchange.drawing is not None:
            return exchange.drawing.html
        try:
            return decode_body(
                exchange.body,
                exchange.header("Content-Encoding"),
                self._limits.max_decoded_bytes,
            )
        except DecodeError as error:
            raise FetchError(FailureKind.DECODE, f"{exchange.url}: {error}", exchange) from error

    def content_type(self, exchange: Exchange) -> str | None:
        """Return the content type of what :meth:`plain` gives."""
        drawn = exchange.drawing is not None
        return "text/html; charset=utf-8" if drawn else exchange.header("Content-Type")


def _refusal(robots: Robots, url: str) -> str:
    if robots.state is RobotsState.NOT_NOW:
        return f"{robots_url(url)} does not answer properly, so nothing may be fetched now"
    return f"{robots_url(url)} does not allow {url} to be fetched"
