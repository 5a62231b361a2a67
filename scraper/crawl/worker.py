"""One host's worker: a thread that fetches that host's addresses, one at a time and politely.

It keeps what it fetches (the WARC file is its own) and hands the exchange over only when it is on
disk. It never touches the database's connection: a lookup of payloads that are kept already is
passed in.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from scraper.archive.frontier import Task, TaskKind
from scraper.crawl.browser import Browser
from scraper.crawl.budget import Budget
from scraper.crawl.canonical import UrlError, clean_url
from scraper.crawl.clock import stamp
from scraper.crawl.decode import DecodeError, decode_body
from scraper.crawl.delivery import Delivery, Job, Kept, TlsTest
from scraper.crawl.exchange import Exchange, FailureKind, FetchError, FetchRequest
from scraper.crawl.fetch import Fetcher
from scraper.crawl.magic import declared_type
from scraper.crawl.options import ScrapeOptions
from scraper.crawl.pace import REFUSALS, Pace, retry_after_seconds
from scraper.crawl.redirects import redirect_target
from scraper.crawl.robots import Robots, RobotsState, judge, robots_url
from scraper.crawl.scripts import ScriptHelp
from scraper.crawl.shared_warc import SharedWarcFile
from scraper.crawl.trouble import root_of
from scraper.crawl.warc import Earlier, WarcFile
from scraper.crawl.warc_records import payload_digest

logger = logging.getLogger(__name__)

ROBOTS_HOPS = 5
REMEMBERED = 64
HOST_TROUBLE = {
    FailureKind.CONNECT,
    FailureKind.DNS,
    FailureKind.RESET,
    FailureKind.TIMEOUT,
    FailureKind.TLS,
    FailureKind.PROTOCOL,
    FailureKind.PROXY,
}
PayloadLookup = Callable[[str], Earlier | None]


@dataclass(slots=True)
class HostTools:
    """What a worker works with; all of it is this host's own.

    ``strict`` relaxes nothing of TLS; it is there when it is due to try whether that would do.
    """

    fetcher: Fetcher
    warc: WarcFile | SharedWarcFile
    pace: Pace
    payload_of: PayloadLookup
    robots: Robots | None = None
    browser: Browser | None = None
    strict: Fetcher | None = None


@dataclass(frozen=True, slots=True)
class _RobotsAnswer:
    """A host's verdict (``None``: it was not asked in this run) and the exchanges that gave it.

    ``problem`` says why it is *not now*, ``retry_after`` when the server wants to be asked again.
    """

    robots: Robots | None
    kept: tuple[Kept, ...] = ()
    problem: FetchError | None = None
    retry_after: float | None = None


class HostWorker(threading.Thread):
    """Fetches the jobs of one host in the order they are given."""

    def __init__(
        self,
        host: str,
        tools: HostTools,
        options: ScrapeOptions,
        budget: Budget,
        outbox: queue.Queue[Delivery],
    ) -> None:
        super().__init__(name=f"host {host}", daemon=True)
        self.host = host
        self._tools = tools
        self._options = options
        self._budget = budget
        self._outbox = outbox
        self._cookies_came = False
        self._tls_test: TlsTest | None = None
        self._files: dict[str, Earlier] = {}
        self._scripts = ScriptHelp(
            host, self._may_start, self._exchange, self._keep_beside, options.limits.max_page_bytes
        )
        self.inbox: queue.SimpleQueue[Job | None] = queue.SimpleQueue()

    def run(self) -> None:
        """Work until ``None`` comes, then close connection and file."""
        try:
            while (job := self.inbox.get()) is not None:
                self._outbox.put(self._deliver(job))
        finally:
            if self._tools.browser is not None:
                self._tools.browser.close()
            self._tools.fetcher.close()
            if self._tools.strict is not None:
                self._tools.strict.close()
            self._close_file()

    def _close_file(self) -> None:
        try:
            self._tools.warc.close(stored=self._budget.stored)
        except OSError as error:
            # All is kept and stored; the file keeps its open mark, so the next run sees to it.
            logger.warning(
                "the index of %s's WARC file could not be written (%s); the next run writes it",
                self.host,
                error,
            )

    def _deliver(self, job: Job) -> Delivery:
        try:
            delivery = self._work(job)
        except OSError as error:
            return Delivery(job, fatal=error)
        except Exception as error:
            # The run waits for what it handed out: a fault of our own must not end the thread.
            logger.exception("fetching %s failed", job.task.url)
            text = f"{job.task.url} was not fetched by a fault of this program: {error!r}"
            return Delivery(job, error=FetchError(FailureKind.FAULT, text))
        if self._tls_test is not None:
            delivery = replace(delivery, tls_test=self._tls_test)
            self._tls_test = None
        if not self._cookies_came:
            return delivery
        self._cookies_came = False
        return replace(delivery, cookies=self._tools.fetcher.cookies())

    def _work(self, job: Job) -> Delivery:
        asked = self._know_robots(job.task)
        robots, robots_kept = asked.robots, asked.kept
        if robots is None:
            return Delivery(job, put_back=True, robots_kept=robots_kept)
        self._tools.robots = robots
        news = robots if robots_kept or robots.state is RobotsState.NOT_NOW else None
        if asked.problem is not None:
            rest = None
            if asked.problem.kind is not FailureKind.ADDRESS:
                rest = self._tools.pace.refused(time.monotonic(), asked.retry_after)
            return Delivery(job, None, asked.problem, False, rest, 1, news, robots_kept)
        if not robots.allows(job.task.url):
            text = f"{job.task.url} is not allowed by robots.txt"
            error = FetchError(FailureKind.ROBOTS, text)
            return Delivery(job, None, error, robots=news, robots_kept=robots_kept)
        if not self._may_start():
            return Delivery(job, put_back=True, robots=news, robots_kept=robots_kept)
        return self._fetch(job, news, robots_kept)

    def _may_start(self) -> bool:
        """Wait until the host may be asked again; ``False`` where this run will not."""
        wait = self._tools.pace.wait(time.monotonic())
        if wait > self._options.politeness.patience or self._budget.stopped:
            return False
        if wait and self._budget.pause(wait):
            return False
        return self._budget.take()

    def _fetch(self, job: Job, robots: Robots | None, robots_kept: tuple[Kept, ...]) -> Delivery:
        request = FetchRequest(
            job.task.url,
            etag=job.earlier.etag if job.earlier else None,
            last_modified=job.earlier.last_modified if job.earlier else None,
            posted=job.task.posted,
            asker=job.task.pager.base if job.task.pager else None,
            max_bytes=job.max_bytes,
        )
        exchange, error = self._exchange(request)
        rest = self._rest(exchange, error)
        beside: tuple[Kept, ...] = ()
        if exchange is not None and error is None and self._is_drawn(exchange, job):
            exchange, error, beside = self._draw(exchange)
        kept = self._keep(exchange, job) if exchange is not None else None
        failures = self._tools.pace.failures
        return Delivery(job, kept, error, False, rest, failures, robots, robots_kept, beside=beside)

    def _is_drawn(self, exchange: Exchange, job: Job) -> bool:
        """Say whether a browser is to make a page of an answer."""
        declared = declared_type(exchange.header("Content-Type")) or "text/html"
        page = job.task.kind in (TaskKind.ARTICLE, TaskKind.LISTING) and "html" in declared
        # What a script fetches is a piece of a page: nothing in it is to be run.
        page = page and job.task.pager is None
        return self._tools.browser is not None and page and exchange.status == 200

    def _draw(self, exchange: Exchange) -> tuple[Exchange, FetchError | None, tuple[Kept, ...]]:
        """Have a page drawn; gives it, why it could not be, and what its scripts asked for."""
        browser, robots = self._tools.browser, self._tools.robots
        if browser is None or robots is None:
            return exchange, None, ()
        scripts = self._scripts.for_page(robots)
        problem = None
        try:
            body = decode_body(
                exchange.body,
                exchange.header("Content-Encoding"),
                self._options.limits.max_decoded_bytes,
            )
            exchange = replace(exchange, drawing=browser.draw(exchange, body, scripts))
        except DecodeError as error:
            text = f"{exchange.url}: {error}"
            problem = FetchError(FailureKind.DECODE, text, exchange)
        except FetchError as error:
            problem = error
        if scripts.fatal is not None:
            raise scripts.fatal
        return exchange, problem, tuple(scripts.kept)

    def _exchange(
        self, request: FetchRequest, fetcher: Fetcher | None = None
    ) -> tuple[Exchange | None, FetchError | None]:
        self._tools.pace.started(time.monotonic())
        exchange, problem = None, None
        try:
            exchange = (fetcher or self._tools.fetcher).fetch(request)
        except FetchError as error:
            exchange, problem = error.exchange, error
        self._cookies_came |= exchange is not None and exchange.header("Set-Cookie") is not None
        return exchange, problem

    def _rest(self, exchange: Exchange | None, error: FetchError | None) -> float | None:
        """Tell the pace how it went; gives the seconds that the host is now left alone."""
        pace, now = self._tools.pace, time.monotonic()
        if exchange is not None and exchange.status in REFUSALS:
            asked = retry_after_seconds(exchange.header("Retry-After"), self._options.clock())
            return pace.refused(now, asked)
        if error is not None and error.kind in HOST_TROUBLE:
            return pace.refused(now, None)
        if exchange is not None:
            pace.answered(now, exchange.seconds)
        return None

    def _keep(self, exchange: Exchange, job: Job) -> Kept:
        earlier, digest = job.earlier, None
        if exchange.status == 200 and exchange.body and not exchange.truncated:
            digest = payload_digest(exchange.body)
            if earlier is None or earlier.digest != digest:
                earlier = self._tools.payload_of(digest) or self._files.get(digest)
        kept = Kept(exchange, self._tools.warc.write(exchange, earlier, job.task.via, digest))
        if job.task.kind is TaskKind.FILE:
            self._remember(kept)
        return kept

    def _keep_beside(self, exchange: Exchange) -> Kept:
        return Kept(exchange, self._tools.warc.write(exchange))

    def _remember(self, kept: Kept) -> None:
        """Remember a file that is kept whole but perhaps not stored yet: its copy may come next.

        Files only: they are stored in the order they came, pages are not (some are read beside).
        """
        exchange, written = kept.exchange, kept.written
        if exchange.status == 200 and not (written.revisit or exchange.truncated):
            self._files[written.digest] = Earlier(
                exchange.url, stamp(exchange.started_at), written.digest
            )
        if len(self._files) > REMEMBERED:
            del self._files[next(iter(self._files))]

    # robots.txt

    def _know_robots(self, task: Task) -> _RobotsAnswer:
        """Return the host's verdict, fetched anew where it is a day old."""
        known = self._tools.robots
        testing = self._tools.strict is not None and task.url.startswith("https:")
        if known is not None and known.fresh(self._options.clock()) and not testing:
            return _RobotsAnswer(known)
        kept: list[Kept] = []
        url = robots_url(task.url)
        for _ in range(ROBOTS_HOPS + 2):
            if not self._may_start():
                return _RobotsAnswer(None, tuple(kept))
            strict = self._strict_for(url)
            exchange, error = self._exchange(FetchRequest(url), strict)
            if strict is not None:
                strict.close()
                if self._is_relaxed_in_vain(error) is False:
                    continue  # it is needed still: the same address again, as ever
            if exchange is not None:
                kept.append(self._keep_robots(exchange, task))
            target = redirect_target(exchange) if exchange is not None else None
            if error is not None or exchange is None or target is None:
                break
            try:
                url = clean_url(target)
            except UrlError:
                break
        whole = exchange is not None and error is None
        status = exchange.status if exchange is not None and whole else None
        body = exchange.body if exchange is not None and whole else b""
        verdict = judge(status, _plain(exchange, body, self._options), self._options.clock())
        self._tools.pace.ask_for(verdict.crawl_delay or 0.0)
        if verdict.state is not RobotsState.NOT_NOW:
            return _RobotsAnswer(verdict, tuple(kept))
        after = exchange.header("Retry-After") if exchange is not None else None
        wait = retry_after_seconds(after, self._options.clock())
        return _RobotsAnswer(verdict, tuple(kept), _no_robots(url, status, error), wait)

    def _strict_for(self, url: str) -> Fetcher | None:
        """Return the fetcher that relaxes nothing of TLS, once, where it is due to try it."""
        strict = self._tools.strict
        if strict is None or not url.startswith("https:"):
            return None
        self._tools.strict = None
        return strict

    def _is_relaxed_in_vain(self, error: FetchError | None) -> bool | None:
        """Note what a try without the host's relaxed TLS showed; ``None`` where it said nothing.

        A fault of another kind says nothing about TLS: the next run tries again.
        """
        if error is not None and error.kind is not FailureKind.TLS:
            return None
        # Without the advice to relax what is relaxed already.
        said = str(root_of(error.__cause__ or error)) if error is not None else None
        self._tls_test = TlsTest(error is not None, said)
        return error is None

    def _keep_robots(self, exchange: Exchange, task: Task) -> Kept:
        return self._keep(exchange, Job(task))


def _no_robots(url: str, status: int | None, error: FetchError | None) -> FetchError:
    """Say why nothing of a host may be fetched now: its robots.txt is not to be had."""
    if error is not None:
        return FetchError(error.kind, f"{error}; without robots.txt nothing is fetched")
    text = f"{url} answered {status}; nothing of this host is fetched until it can be read"
    return FetchError(FailureKind.ROBOTS, text)


def _plain(exchange: Exchange | None, body: bytes, options: ScrapeOptions) -> bytes:
    encoding = exchange.header("Content-Encoding") if exchange is not None else None
    try:
        return decode_body(body, encoding, options.limits.max_decoded_bytes)
    except DecodeError:
        return b""  # rules that cannot be read forbid nothing (RFC 9309, 2.3.1.3)
