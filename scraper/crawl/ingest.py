"""Take what a worker delivers into the archive: one transaction for each delivery.

Captures, what was read of the page, new tasks and the task's end are stored together or not at
all; their bytes are on disk before. So a run that is killed at any moment leaves no half page.
"""

from __future__ import annotations

from dataclasses import replace

from scraper.archive.cookies import remember_cookies
from scraper.archive.frontier import Task, TaskKind
from scraper.archive.hosts import remember_rest, remember_robots
from scraper.archive.records import Outcome
from scraper.archive.sightings import confirm_article
from scraper.archive.tls_tests import note_test
from scraper.crawl.clock import stamp
from scraper.crawl.decode import DecodeError, decode_body
from scraper.crawl.delivery import Delivery, Kept
from scraper.crawl.discover import Discovery
from scraper.crawl.exchange import Exchange, FailureKind, FetchError
from scraper.crawl.feeds import FeedError
from scraper.crawl.hindrance import hindrance
from scraper.crawl.json_lists import list_as_page
from scraper.crawl.learning import Learner
from scraper.crawl.ledger import DAY, Ledger
from scraper.crawl.magic import declared_type, media_type
from scraper.crawl.redirecting import follow
from scraper.crawl.redirects import redirect_target
from scraper.crawl.robots import judge
from scraper.crawl.silence import Silence
from scraper.crawl.sitemaps import SitemapError
from scraper.parse import LinkKind, PageKind
from scraper.reading import Reading, ReadingRequest, read

PASSING = {408, 425, 429, 500, 502, 503, 504}
GONE = {404, 410}
LASTING = {FailureKind.URL, FailureKind.ADDRESS, FailureKind.SIZE}
NOT_PAGES = ("image/", "video/", "audio/", "application/pdf", "application/zip")


class Ingest:
    """Stores deliveries of one run."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._silence = Silence(ledger)
        self._discovery = Discovery(ledger, self._silence)
        self._learner = Learner(ledger)

    def take(self, delivery: Delivery) -> None:
        """Store a delivery whole."""
        with self._ledger.archive.transaction():
            self._robots(delivery)
            for kept in delivery.beside:
                self._ledger.capture(delivery.job.task.site, kept)
            self._cookies(delivery)
            self._host(delivery)
            if delivery.tls_test is not None:
                host = delivery.job.task.host.partition(":")[0]
                needed, said = delivery.tls_test.needed, delivery.tls_test.said
                note_test(self._ledger.archive.db, host, self._ledger.now, needed=needed, said=said)
            if delivery.put_back:
                self._ledger.frontier.postpone(delivery.job.task, self._ledger.now, tried=False)
            elif delivery.error is not None:
                self._failed(delivery, delivery.error)
            elif delivery.kept is not None:
                self._answered(delivery, delivery.kept)

    def tell(self) -> None:
        """Tell what was noticed of whole sites, at the end of a run."""
        self._discovery.tell()

    def readable(self, delivery: Delivery) -> ReadingRequest | None:
        """Return what reading the delivery's page takes, or ``None`` where there is none."""
        task, kept = delivery.job.task, delivery.kept
        if kept is None or delivery.error is not None or kept.exchange.status != 200:
            return None
        drawn = kept.exchange.drawing is not None
        if (kept.written.revisit and not drawn) or task.kind not in (
            TaskKind.ARTICLE,
            TaskKind.LISTING,
        ):
            return None
        body = self._plain(kept.exchange)
        if not body or not body.strip() or (media_type(body) or "").startswith(NOT_PAGES):
            return None
        return self._request(task, kept.exchange, body)

    def take_kept(self, task: Task, kept: Kept) -> None:
        """Store an exchange that an earlier, killed run kept but did not live to store."""
        with self._ledger.archive.transaction():
            capture = self._ledger.capture(task.site, kept)
            if capture is not None:
                self._judge(task, kept, capture, None)

    def take_robots(self, site: str, host: str, kept: Kept) -> None:
        """Store a host's robots.txt that a killed run kept; what redirects says nothing yet."""
        exchange = kept.exchange
        with self._ledger.archive.transaction():
            self._ledger.capture(site, kept)
            if redirect_target(exchange) is not None:
                return
            body = self._plain(exchange)
            verdict = judge(exchange.status, body or b"", exchange.started_at)
            at = stamp(verdict.fetched_at)
            remember_robots(self._ledger.archive.db, host, verdict.state, verdict.text, at)

    def _plain(self, exchange: Exchange) -> bytes | None:
        """Return the body without its Content-Encoding, or ``None`` where that is broken."""
        try:
            return self._decoded(exchange)
        except DecodeError:
            return None

    def _decoded(self, exchange: Exchange) -> bytes:
        """Return what there is to read: the decoded body, or the page that a browser made of it.

        Raises:
            DecodeError: The body is not what its Content-Encoding says.
        """
        if exchange.drawing is not None:
            return exchange.drawing.html
        limit = self._ledger.options.limits.max_decoded_bytes
        return decode_body(exchange.body, exchange.header("Content-Encoding"), limit)

    def _robots(self, delivery: Delivery) -> None:
        task = delivery.job.task
        for kept in delivery.robots_kept:
            self._ledger.capture(task.site, kept)
        if delivery.robots is not None:
            verdict = delivery.robots
            remember_robots(
                self._ledger.archive.db,
                task.host,
                verdict.state,
                verdict.text,
                stamp(verdict.fetched_at),
            )

    def _cookies(self, delivery: Delivery) -> None:
        if delivery.cookies is not None:
            host, now = delivery.job.task.host, self._ledger.now
            remember_cookies(self._ledger.archive.db, host, delivery.cookies, now)

    def _host(self, delivery: Delivery) -> None:
        if delivery.put_back:
            return
        db, host = self._ledger.archive.db, delivery.job.task.host
        if delivery.rest is not None:
            reason = str(delivery.error) if delivery.error else self._status_words(delivery)
            until = self._ledger.later(delivery.rest)
            remember_rest(db, host, delivery.failures, until, reason)
        elif delivery.job.task.tries or delivery.robots is not None:
            remember_rest(db, host, 0, None, None)

    def _status_words(self, delivery: Delivery) -> str:
        status = delivery.kept.exchange.status if delivery.kept else None
        return f"the server answered {status}"

    def _failed(self, delivery: Delivery, error: FetchError) -> None:
        task = delivery.job.task
        if delivery.kept is not None:
            self._ledger.capture(task.site, delivery.kept)
        if error.kind in LASTING or (error.kind is FailureKind.ROBOTS and delivery.rest is None):
            self._ledger.fail(task, error.kind, str(error))
        else:
            self._ledger.retry(task, error.kind, str(error), delivery.rest)

    def _answered(self, delivery: Delivery, kept: Kept) -> None:
        task = delivery.job.task
        capture = self._ledger.capture(task.site, kept)
        if capture is None:
            raise ValueError("a cut answer comes with its error")
        self._judge(task, kept, capture, delivery.rest, delivery.reading)

    def _judge(
        self,
        task: Task,
        kept: Kept,
        capture: int,
        rest: float | None,
        reading: Reading | None = None,
    ) -> None:
        """Do what the status of an answer asks for."""
        ledger, exchange = self._ledger, kept.exchange
        status = exchange.status
        target = redirect_target(exchange)
        if target is not None:
            if follow(ledger, task, status, target):
                self._not_found(task, capture, exchange, "leads to the front page")
        elif status == 304 or (kept.written.revisit and self._seen_here(task, kept)):
            self._unchanged(task, capture, exchange)
        elif status == 200:
            self._body(task, kept, capture, reading)
        elif status in GONE:
            self._not_found(task, capture, exchange, f"answered {status}")
        elif status in PASSING:
            text = f"{task.url} answered {status}; tried again later"
            ledger.retry(task, FailureKind.HTTP, text, rest)
        else:
            text = f"{task.url} answered {status}; the answer is kept, the page was not to be had"
            ledger.retry(task, FailureKind.HTTP, text, None if task.kind is TaskKind.FILE else DAY)

    def _seen_here(self, task: Task, kept: Kept) -> bool:
        """Say whether the same bytes were read at this very address before."""
        if task.kind is not TaskKind.ARTICLE or kept.exchange.drawing is not None:
            return False
        known = self._ledger.archive.known_articles(task.site, [task.url])
        if not known:
            return False
        row = self._ledger.archive.db.execute(
            "SELECT c.digest FROM articles AS a JOIN captures AS c ON c.id = a.capture "
            "WHERE a.url = ?",
            [task.url],
        ).fetchone()
        return row is not None and row[0] == kept.written.digest

    def _unchanged(self, task: Task, capture: int, exchange: Exchange) -> None:
        ledger = self._ledger
        if confirm_article(ledger.archive.db, task.url, capture, stamp(exchange.started_at)):
            ledger.tally.unchanged += 1
        if task.kind in (TaskKind.LISTING, TaskKind.FEED):
            self._silence.list_showed(task, None)
        self._silence.page_showed(task, article=True)
        ledger.done(task, exchange.status)
        ledger.visited(task, "unchanged")

    def _not_found(self, task: Task, capture: int, exchange: Exchange, how: str) -> None:
        ledger = self._ledger
        if task.kind is TaskKind.FILE:
            ledger.retry(task, FailureKind.NOT_FOUND, f"{task.url} {how}")
            return
        seen_at = stamp(exchange.started_at)
        known = ledger.archive.known_articles(task.site, [task.url])
        if ledger.archive.mark_not_found(task.site, task.url, capture, seen_at):
            ledger.tally.gone += 1
        # A script's address that is not there for a list's second page is no end of the list.
        first = 2 if task.pager is not None and exchange.status in GONE else 1
        past_end = task.kind is TaskKind.LISTING and task.page > first
        if known or (past_end and ledger.scopes[task.site].counts_pages):
            ledger.done(task, exchange.status)
            ledger.visited(task, "not found" if known else "past the listing's end")
        else:
            text = f"{task.url} {how}; nothing was there to keep"
            ledger.fail(task, FailureKind.NOT_FOUND, text, status=exchange.status)

    def _body(self, task: Task, kept: Kept, capture: int, reading: Reading | None) -> None:
        exchange = kept.exchange
        try:
            body = self._decoded(exchange)
        except DecodeError as error:
            self._ledger.retry(task, FailureKind.DECODE, f"{task.url}: {error}")
            return
        if not body.strip() and task.pager is not None:
            # Past the end of a list its script is answered with nothing at all.
            self._discovery.ended(task)
            self._ledger.done(task, exchange.status)
            self._ledger.visited(task, "past the listing's end")
        elif not body.strip():
            self._ledger.retry(task, FailureKind.EMPTY, f"{task.url} answered with an empty page")
        elif task.kind is TaskKind.FILE:
            self._file(task, kept, body, capture)
        elif task.kind in (TaskKind.FEED, TaskKind.SITEMAP):
            self._list(task, exchange, body)
        else:
            self._page(task, exchange, body, capture, reading)

    def _list(self, task: Task, exchange: Exchange, body: bytes) -> None:
        try:
            if task.kind is TaskKind.FEED:
                new = self._discovery.from_feed(task, body, exchange.header("Content-Type"))
            else:
                new = self._discovery.from_sitemap(task, body)
        except (FeedError, SitemapError) as error:
            self._ledger.fail(task, FailureKind.PARSE, f"{task.url}: {error}", status=200)
            return
        self._ledger.done(task, exchange.status)
        self._ledger.visited(task, f"{new} new")

    def _file(self, task: Task, kept: Kept, body: bytes, capture: int) -> None:
        shown = media_type(body)
        if shown == "text/html":
            text = f"{task.url} answers with a web page instead of the file"
            self._ledger.retry(task, FailureKind.MEDIA, text)
            return
        shown = shown or declared_type(kept.exchange.header("Content-Type"))
        digest = kept.written.digest
        self._ledger.archive.store_file(task.url, digest, len(body), shown, capture)
        self._ledger.tally.files += 1
        self._ledger.done(task, kept.exchange.status)
        self._ledger.visited(task, shown or "file")

    def _request(self, task: Task, exchange: Exchange, body: bytes) -> ReadingRequest:
        if task.kind is TaskKind.LISTING:
            profile = self._ledger.scopes[task.site].site.profile
            body = list_as_page(body, profile.item if profile is not None else None)
        return ReadingRequest(
            body,
            # Links in what a script fetched are seen from the page that it runs on.
            task.pager.base if task.pager is not None else task.url,
            self._ledger.scopes[task.site].site,
            "text/html; charset=utf-8" if exchange.drawing else exchange.header("Content-Type"),
            exchange.started_at,
            self._ledger.frontier.listed(task) if task.kind is TaskKind.ARTICLE else None,
        )

    def _page(
        self,
        task: Task,
        exchange: Exchange,
        body: bytes,
        capture: int,
        reading: Reading | None,
    ) -> None:
        ledger = self._ledger
        shown = media_type(body) or ""
        if shown.startswith(NOT_PAGES):
            ledger.done(task, exchange.status)  # a notice that is a bare PDF: kept, nothing to read
            ledger.visited(task, shown)
            return
        request = self._request(task, exchange, body)
        if reading is None or (
            reading.page
            and (reading.shared, reading.listed) != (request.site.boilerplate, request.listed)
        ):
            # Not read beside, or before this run learnt what the site's pages share, or a list was
            # read that says something of the page.
            reading = read(request)
        page = reading.page
        if page is None:
            text = f"{task.url} is kept, but {reading.problem}"
            ledger.fail(task, FailureKind.PARSE, text, status=exchange.status)
            return
        if task.kind is TaskKind.LISTING and page.article is not None:
            # A front page may read like an article (one story on top); it is none.
            page = replace(page, kind=PageKind.LISTING, article=None)
        obstacle = hindrance(body, exchange.url) if page.article is None else None
        if obstacle is not None:
            ledger.retry(task, FailureKind.BLOCKED, f"{task.url}: {obstacle}", DAY)
            return
        seen_at = stamp(exchange.started_at)
        stored = ledger.archive.store_page(task.site, capture, page, seen_at)
        if page.kind is PageKind.NOT_FOUND:
            self._not_found(
                task, capture, exchange, "shows the portal's page for what is not there"
            )
            return
        self._silence.page_showed(task, article=page.article is not None)
        if page.article is None and self._silence.lost(task):
            return
        if (
            task.kind is TaskKind.LISTING
            and not any(link.kind is LinkKind.ARTICLE for link in page.links)
            and self._silence.emptied(task, self._discovery.shown(task, page))
        ):
            return
        what = str(stored.outcome)
        if page.article is not None:
            self._learner.see(request, capture, seen_at)
            self._count(stored.outcome)
            files = [each.url for each in page.article.images]
            files += [each.url for each in page.article.attachments]
            self._discovery.from_files(task, files)
        ledger.done(task, exchange.status)
        if task.kind is TaskKind.LISTING:
            what = f"{self._discovery.from_listing(task, page, body)} new"
        else:
            self._discovery.from_article(task, page)
        ledger.visited(task, what)

    def _count(self, outcome: Outcome) -> None:
        tally = self._ledger.tally
        tally.new += outcome is Outcome.NEW
        tally.changed += outcome is Outcome.CHANGED
        tally.unchanged += outcome is Outcome.UNCHANGED
