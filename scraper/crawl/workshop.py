"""Make a host's worker with its own connection, WARC file, pace and memory of robots.txt."""

from __future__ import annotations

import queue
import sqlite3
import threading
from datetime import timedelta
from urllib.parse import quote

from scraper.archive.captures import HOLDS_PAYLOAD
from scraper.archive.cookies import Cookie, recall_cookies
from scraper.archive.frontier import Task
from scraper.archive.hosts import HostMemory, find_relaxation, recall_host
from scraper.archive.tls_tests import is_test_due
from scraper.crawl.browser import Browser, check_browser
from scraper.crawl.budget import Budget
from scraper.crawl.clock import from_stamp, stamp
from scraper.crawl.delivery import Delivery
from scraper.crawl.fetch import Fetcher
from scraper.crawl.ledger import Ledger
from scraper.crawl.options import ScrapeOptions, user_agent
from scraper.crawl.pace import Pace
from scraper.crawl.robots import Robots, RobotsState
from scraper.crawl.shared_warc import SharedWarcFile
from scraper.crawl.tls import TlsRelaxation
from scraper.crawl.warc import Earlier, WarcFile, warcinfo
from scraper.crawl.worker import HostTools, HostWorker
from scraper.sites import Site

SESSION = timedelta(days=7)


class PayloadIndex:
    """Finds payloads that are kept already, for all workers: a reading connection of its own."""

    def __init__(self, path: str) -> None:
        self._connection = sqlite3.connect(
            f"file:{quote(path)}?mode=ro", uri=True, check_same_thread=False
        )
        self._lock = threading.Lock()

    def find(self, digest: str) -> Earlier | None:
        """Return the capture whose record holds the payload with this digest, if one does."""
        with self._lock:
            row = self._connection.execute(
                f"SELECT url, fetched_at, digest FROM captures WHERE {HOLDS_PAYLOAD}", (digest,)
            ).fetchone()
        return Earlier(*row) if row else None

    def close(self) -> None:
        """Close the connection."""
        with self._lock:
            self._connection.close()


class Workshop:
    """Makes workers; what a host did in earlier runs goes into its tools."""

    def __init__(
        self,
        ledger: Ledger,
        budget: Budget,
        outbox: queue.Queue[Delivery],
        warc: SharedWarcFile | None = None,
    ) -> None:
        """Make workers that write to ``warc``; without it each has a file of its own."""
        self._warc = warc
        self._ledger = ledger
        self._budget = budget
        self._outbox = outbox
        self._payloads = PayloadIndex(str(ledger.archive.path.absolute()))

    def worker(self, task: Task) -> HostWorker:
        """Return a worker, not started yet, for the host of ``task``."""
        ledger, options = self._ledger, self._ledger.options
        site = ledger.scopes[task.site].site
        memory = recall_host(ledger.archive.db, task.host)
        contact = options.contact or site.contact
        agent = user_agent(contact)
        own_pause = options.politeness.pause
        pace = Pace(options.politeness, site.pause if own_pause is None else own_pause)
        pace.failures = memory.failures
        robots = _robots(memory)
        if robots is not None:
            pace.ask_for(robots.crawl_delay or 0.0)
        cookies = _cookies(ledger, task.host)

        def fetcher(relaxation: TlsRelaxation | None) -> Fetcher:
            return Fetcher(
                agent,
                options.limits,
                options.clock,
                private_network=site.private_network,
                relaxation=relaxation,
                cookies=cookies,
            )

        tools = HostTools(
            fetcher(_relaxation(ledger, task.host)),
            self._warc
            or WarcFile(
                ledger.archive.warc_folder,
                task.host,
                ledger.run,
                warcinfo(contact, agent),
                options.warc_bytes,
            ),
            pace,
            self._payloads.find,
            robots,
            _browser(site, agent, options),
            fetcher(None) if _is_tls_test_due(ledger, task.host) else None,
        )
        return HostWorker(task.host, tools, options, self._budget, self._outbox)

    def close(self) -> None:
        """Close what the workers shared."""
        self._payloads.close()


def _browser(site: Site, agent: str, options: ScrapeOptions) -> Browser | None:
    if not site.browser:
        return None
    check_browser()
    return Browser(agent, options.limits.max_decoded_bytes)


def _robots(memory: HostMemory) -> Robots | None:
    if memory.robots_state is None or memory.robots_at is None:
        return None
    state = RobotsState(memory.robots_state)
    return Robots(state, from_stamp(memory.robots_at), memory.robots_text or "")


def _cookies(ledger: Ledger, host: str) -> list[Cookie]:
    """Return the host's cookies. A session lasts a week here: to a portal we are one visitor."""
    week_ago = stamp(ledger.options.clock() - SESSION)
    return recall_cookies(ledger.archive.db, host, ledger.now, week_ago)


def _relaxation(ledger: Ledger, host: str) -> TlsRelaxation | None:
    row = find_relaxation(ledger.archive.db, host.partition(":")[0])
    return TlsRelaxation(**row) if row else None


def _is_tls_test_due(ledger: Ledger, host: str) -> bool:
    before = ledger.options.clock() - timedelta(days=ledger.options.tls_test_days)
    return is_test_due(ledger.archive.db, host.partition(":")[0], ledger.now, stamp(before))
