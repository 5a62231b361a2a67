"""What the scripts of a drawn page ask for: fetched as politely as the page, and kept like it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from scraper.crawl.browser import Answer
from scraper.crawl.canonical import UrlError, clean_url, host_of
from scraper.crawl.decode import DecodeError, decode_body
from scraper.crawl.delivery import Kept
from scraper.crawl.exchange import Exchange, FetchError, FetchRequest
from scraper.crawl.redirects import redirect_target
from scraper.crawl.robots import Robots

HOPS = 3
REMEMBERED = 64
MOST = 40


@dataclass(slots=True)
class ScriptHelp:
    """Answers the scripts of one host's pages; programs are remembered, data are asked for anew.

    ``may_start`` waits for the host's pace, ``fetch`` and ``keep`` are the worker's own.
    """

    host: str
    may_start: Callable[[], bool]
    fetch: Callable[[FetchRequest], tuple[Exchange | None, FetchError | None]]
    keep: Callable[[Exchange], Kept]
    largest: int
    programs: dict[str, Answer] = field(default_factory=dict)

    def for_page(self, robots: Robots) -> PageScripts:
        """Return what answers the scripts of one page."""
        return PageScripts(self, robots)


@dataclass(slots=True)
class PageScripts:
    """Answers the scripts of one page. ``kept`` is what was fetched for them.

    ``fatal`` is why nothing can be kept any more: raised here it would end in the browser's driver.
    """

    help: ScriptHelp
    robots: Robots
    kept: list[Kept] = field(default_factory=list)
    fatal: OSError | None = None

    def __call__(self, url: str) -> Answer | None:
        """Fetch an address of the page's own host; ``None`` for any other, or a forbidden one."""
        known = self.help.programs.get(url)
        if known is not None:
            return known
        try:
            exchange = self._fetched(url)
        except OSError as error:
            self.fatal = error
            return None
        return self._answer(url, exchange) if exchange is not None else None

    def _fetched(self, url: str) -> Exchange | None:
        for _ in range(HOPS + 1):
            if not self._may_ask(url) or not self.help.may_start():
                return None
            exchange, error = self.help.fetch(FetchRequest(url))
            if exchange is None:
                return None
            self.kept.append(self.help.keep(exchange))
            target = redirect_target(exchange)
            if target is None or error is not None:
                return exchange if error is None else None
            try:
                url = clean_url(target)
            except UrlError:
                return None
        return None

    def _may_ask(self, url: str) -> bool:
        own = url.startswith(("http://", "https://")) and host_of(url) == self.help.host
        return own and self.fatal is None and len(self.kept) < MOST and self.robots.allows(url)

    def _answer(self, url: str, exchange: Exchange) -> Answer | None:
        try:
            encoding = exchange.header("Content-Encoding")
            body = decode_body(exchange.body, encoding, self.help.largest)
        except DecodeError:
            return None
        answer = Answer(exchange.status, exchange.header("Content-Type"), body)
        if exchange.status == 200 and "javascript" in (answer.content_type or ""):
            programs = self.help.programs
            programs[url] = answer
            if len(programs) > REMEMBERED:
                del programs[next(iter(programs))]
        return answer
