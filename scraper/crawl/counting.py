"""Read the boxes of many portals, one request each: what ``counters`` does on an hourly timer.

Robots.txt, pace, cookies and WARC files are those of a scrape. What is due for a scrape stays so.
"""

from __future__ import annotations

import queue
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from scraper.archive import Archive
from scraper.archive.asked import Pager
from scraper.archive.frontier import Frontier, Task, TaskKind
from scraper.archive.hosts import resting_hosts
from scraper.crawl.box import BoxError, box_question, read_box
from scraper.crawl.browser import check_browser
from scraper.crawl.budget import Budget, StopReason
from scraper.crawl.canonical import UrlError, clean_url, host_of
from scraper.crawl.clock import stamp
from scraper.crawl.counts import Tally
from scraper.crawl.decode import DecodeError
from scraper.crawl.delivery import Delivery, Job, Kept
from scraper.crawl.exchange import FailureKind
from scraper.crawl.ingest import Ingest
from scraper.crawl.ledger import Ledger
from scraper.crawl.lock import SHORT, run_lock
from scraper.crawl.options import ScrapeOptions, user_agent
from scraper.crawl.redirects import redirect_target
from scraper.crawl.reporter import Reporter
from scraper.crawl.scope import Scope
from scraper.crawl.shared_warc import SharedWarcFile
from scraper.crawl.signals import stopped_by_signals
from scraper.crawl.timetable import Appointment
from scraper.crawl.warc import WarcFile, warcinfo
from scraper.crawl.worker import HostWorker
from scraper.crawl.workshop import Workshop
from scraper.reading import Reading

HOPS = 5
MOST_HOSTS = 16
TICK = 0.5


@dataclass(frozen=True, slots=True)
class CountersSummary:
    """How reading the boxes went: ids of sites whose box was ``read``, and of those ``missed``.

    ``without`` never showed a box at the address that was asked; no failure, but worth a look.
    ``stopped`` says why it ended early, ``error`` in which words.
    """

    run: int
    tally: Tally
    read: tuple[str, ...]
    missed: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    stopped: StopReason | None = None
    error: str | None = None

    @property
    def exit_code(self) -> int:
        """Return the command's exit code as the design has it."""
        if self.stopped is StopReason.FATAL:
            return 1
        return 3 if self.missed else 0


def run_counters(
    archive: Archive,
    appointments: Sequence[Appointment],
    options: ScrapeOptions,
    reporter: Reporter,
) -> CountersSummary:
    """Read the boxes at the times of the ``appointments`` (in order) and bring visits up to date.

    Other runs may work on the archive until the first of them.

    Raises:
        ArchiveBusyError: Another run is at work on the archive.
        ArchiveError: The database cannot be read or written.
        BrowserMissingError: A site's pages are to be drawn, and there is no browser to do it.
    """
    if any(each.site.browser for each in appointments):
        check_browser()
    budget = Budget(options.max_requests, options.max_minutes)
    with stopped_by_signals(budget, reporter):
        while appointments and not budget.stopped and appointments[0].at > options.clock():
            budget.pause(_seconds_until(appointments[0].at, options))
        started = options.clock()
        with run_lock(archive.path, SHORT, started.isoformat(timespec="seconds")):
            run = archive.start_run(SHORT, started)
            scopes = {each.site.id: Scope.of(each.site) for each in appointments}
            ledger = Ledger(archive, Frontier(archive.db), scopes, options, reporter, run)
            return _Reading(ledger, budget, list(appointments)).go()


def _seconds_until(at: datetime, options: ScrapeOptions) -> float:
    """How long to sleep before the clock is looked at again; a clock may be set meanwhile."""
    return min(max((at - options.clock()).total_seconds(), 0.0), TICK)


@dataclass(slots=True)
class _Books:
    """What became of each site; ``moved`` are redirects that are still to be followed."""

    read: list[str] = field(default_factory=list)
    without: list[str] = field(default_factory=list)
    moved: list[Task] = field(default_factory=list)


class _Boxes(Ingest):
    """Stores what comes back: the capture, and the numbers of its box."""

    def __init__(self, ledger: Ledger) -> None:
        super().__init__(ledger)
        self.books = _Books()

    def _judge(
        self,
        task: Task,
        kept: Kept,
        capture: int,
        rest: float | None,
        reading: Reading | None = None,
    ) -> None:
        exchange, ledger = kept.exchange, self._ledger
        target = redirect_target(exchange)
        if target is not None:
            self._move(task, target)
        elif exchange.status == 200:
            self._read(task, kept, capture)
        else:
            text = f"{task.url} answered {exchange.status}; no box was read"
            ledger.retry(task, FailureKind.HTTP, text, rest)

    def _move(self, task: Task, target: str) -> None:
        try:
            url = clean_url(target)
        except UrlError as error:
            self._ledger.retry(task, FailureKind.REDIRECT, f"{task.url} redirects wrongly: {error}")
            return
        if task.hops >= HOPS or not self._ledger.scopes[task.site].holds(url):
            text = f"{task.url} redirects to {url}, which was not followed"
            self._ledger.retry(task, FailureKind.REDIRECT, text)
            return
        self.books.moved.append(replace(task, url=url, host=host_of(url), hops=task.hops + 1))

    def _read(self, task: Task, kept: Kept, capture: int) -> None:
        ledger, exchange = self._ledger, kept.exchange
        site = ledger.scopes[task.site].site
        declared = exchange.header("Content-Type")
        if exchange.drawing is not None:
            declared = "text/html; charset=utf-8"
        try:
            body = self._decoded(exchange)
            numbers = read_box(site, exchange.url, body, declared, exchange.started_at)
        except (DecodeError, BoxError) as error:
            if ledger.archive.has_counters(site.id):
                ledger.retry(task, FailureKind.PARSE, str(error))
            else:
                self.books.without.append(site.id)
                ledger.reporter.note(f"{site.id}: {error}")
            return
        ledger.archive.store_counters(site.id, capture, numbers, stamp(exchange.started_at))
        ledger.archive.clear_failure(site.id, task.url)
        self.books.read.append(site.id)
        ledger.visited(task, f"total {numbers.total}, today {numbers.today}")


class _Reading:
    """The state of one reading of many boxes."""

    def __init__(self, ledger: Ledger, budget: Budget, appointments: list[Appointment]) -> None:
        self._ledger = ledger
        self._budget = budget
        self._sites = [each.site.id for each in appointments]
        self._waiting = [(each.at, _task(each)) for each in appointments]
        self._outbox: queue.Queue[Delivery] = queue.Queue()
        self._warc = _warc_file(ledger)
        self._workshop = Workshop(ledger, budget, self._outbox, self._warc)
        self._ingest = _Boxes(ledger)
        self._workers: dict[str, HostWorker] = {}
        self._loads: dict[str, int] = {}
        self._error: str | None = None

    def go(self) -> CountersSummary:
        """Ask when it is time, store what comes, and bring the visits of the sites up to date."""
        outcome = "failed"
        try:
            self._leave_resting()
            while (self._waiting and not self._budget.stopped) or self._loads:
                self._hand_out()
                self._collect()
            outcome = "stopped" if self._budget.reason else "finished"
        finally:
            self._end(outcome)
        return self._summary()

    def _leave_resting(self) -> None:
        """Do not ask hosts that want to be left alone for now."""
        resting = {
            memory.host for memory in resting_hosts(self._ledger.archive.db, self._ledger.now)
        }
        self._waiting = [each for each in self._waiting if each[1].host not in resting]

    def _hand_out(self) -> None:
        now = self._ledger.options.clock()
        while self._waiting and self._waiting[0][0] <= now and not self._budget.stopped:
            task = self._waiting[0][1]
            if task.host not in self._workers and len(self._workers) >= MOST_HOSTS:
                return
            del self._waiting[0]
            self._give(task)

    def _give(self, task: Task) -> None:
        worker = self._workers.get(task.host)
        if worker is None:
            worker = self._workers[task.host] = self._workshop.worker(task)
            worker.start()
        self._loads[task.host] = self._loads.get(task.host, 0) + 1
        self._ledger.tally.requested += 1
        worker.inbox.put(Job(task, None, self._ledger.options.limits.max_page_bytes))

    def _collect(self) -> None:
        """Store the next answer; a worker without further work goes home."""
        if not self._loads:
            if self._waiting:
                self._budget.pause(_seconds_until(self._waiting[0][0], self._ledger.options))
            return
        try:
            delivery = self._outbox.get(timeout=TICK)
        except queue.Empty:
            return
        if delivery.fatal is not None:
            self._error = f"{delivery.job.task.url} could not be kept: {delivery.fatal}"
            self._budget.stored = False
            self._budget.stop(StopReason.FATAL)
            delivery = replace(delivery, put_back=True)
        self._ingest.take(delivery)
        moved, self._ingest.books.moved = self._ingest.books.moved, []
        for task in moved:
            self._give(task)
        host = delivery.job.task.host
        self._loads[host] -= 1
        if not self._loads[host]:
            del self._loads[host]
            self._dismiss(self._workers.pop(host))

    def _dismiss(self, worker: HostWorker) -> None:
        worker.inbox.put(None)
        worker.join()

    def _end(self, outcome: str) -> None:
        if outcome == "failed":
            self._budget.stored = False
            self._budget.stop(StopReason.FATAL)
        for worker in self._workers.values():
            self._dismiss(worker)
        self._workshop.close()
        if self._budget.stored:
            self._ledger.archive.make_durable()
        self._warc.finish(stored=self._budget.stored)
        if outcome == "failed":
            return
        ledger = self._ledger
        for site in dict.fromkeys(self._sites):
            ledger.archive.refresh_visits(site)
        reason = self._budget.reason
        shown = f"stopped: {reason}" if reason else outcome
        # Not tidied each hour: that would cost the more the larger the archive is.
        ledger.archive.finish_run(
            ledger.run, shown, ledger.options.clock(), ledger.tally.kept(), tidy=False
        )

    def _summary(self) -> CountersSummary:
        books = self._ingest.books
        known = {*books.read, *books.without}
        return CountersSummary(
            self._ledger.run,
            self._ledger.tally,
            tuple(books.read),
            tuple(site for site in dict.fromkeys(self._sites) if site not in known),
            tuple(books.without),
            self._budget.reason,
            self._error,
        )


def _warc_file(ledger: Ledger) -> SharedWarcFile:
    """One file for all hosts: hourly readings of many portals would make a million of them."""
    options = ledger.options
    info = warcinfo(options.contact, user_agent(options.contact))
    file = WarcFile(ledger.archive.warc_folder, SHORT, ledger.run, info, options.warc_bytes)
    return SharedWarcFile(file)


def _task(appointment: Appointment) -> Task:
    """A task that is in no frontier: what is due for a scrape stays as it is."""
    site = appointment.site
    asked = box_question(site)
    url = clean_url(asked.url)
    # A page may be one that a browser has to draw; what an endpoint answers is not.
    kind = TaskKind.LISTING if url == clean_url(site.base_url) else TaskKind.FEED
    return Task(
        *(0, site.id, url, url, host_of(url), kind, 0, 0, 0, 0, 1, None),
        asked.posted,
        pager=Pager(site.base_url) if asked.posted else None,
    )
