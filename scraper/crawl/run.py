"""One run: every host has a worker, and this thread hands out tasks and stores what comes back.

Only this thread touches the database. A host gets its next task while the last one is still on its
way, so that storing never makes a host wait; what is claimed and not visited is given back at the
end.
"""

from __future__ import annotations

import gc
import queue
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from time import monotonic, sleep

from scraper.archive import Archive
from scraper.archive.frontier import Frontier, Task, TaskKind
from scraper.archive.hosts import resting_hosts
from scraper.archive.rounds import Walk, get_round
from scraper.archive.tls_tests import relaxed_hosts
from scraper.crawl.browser import check_browser
from scraper.crawl.budget import Budget, StopReason
from scraper.crawl.clock import from_stamp
from scraper.crawl.counts import Tally
from scraper.crawl.delivery import Delivery, Job
from scraper.crawl.ingest import Ingest
from scraper.crawl.joining import join_files
from scraper.crawl.ledger import LONGEST_WAIT, Ledger
from scraper.crawl.lock import run_lock
from scraper.crawl.options import ScrapeOptions
from scraper.crawl.readers import ReadingHelper
from scraper.crawl.recovery import recover
from scraper.crawl.reporter import Reporter
from scraper.crawl.scope import Scope
from scraper.crawl.seed import close_rounds, seed
from scraper.crawl.signals import stopped_by_signals
from scraper.crawl.waiting import Waits
from scraper.crawl.warc import Earlier, place_of
from scraper.crawl.worker import HostWorker
from scraper.crawl.workshop import Workshop
from scraper.sites import Site

LOOKAHEAD = 8
STORED_TOGETHER = 32
TICK = 0.5
DISK_EVERY = 2.0
MANY_HOSTS = 8
INSTANT = 0.001
GATHERING = 0.02
LONGEST_GATHERING = 0.2


@dataclass(frozen=True, slots=True)
class RunSummary:
    """How a run ended. ``stopped`` says why it ended early (``None``: it is done).

    ``resting`` are hosts that are left alone for now; ``waiting`` is how many addresses are due
    still; ``relaxed_in_vain`` are hosts whose old TLS was allowed and is no longer needed.
    """

    run: int
    tally: Tally
    stopped: StopReason | None = None
    error: str | None = None
    resting: tuple[str, ...] = ()
    waiting: int = 0
    relaxed_in_vain: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        """Return the command's exit code as the design has it."""
        if self.stopped in (StopReason.DISK, StopReason.FATAL):
            return 1
        return 3 if self.tally.failed or self.resting else 0


def run_scrape(
    archive: Archive, sites: Sequence[Site], options: ScrapeOptions, reporter: Reporter
) -> RunSummary:
    """Visit ``sites``: discover, fetch, keep, read and store, until nothing is due any more.

    Raises:
        ArchiveBusyError: Another run is at work on the archive.
        ArchiveError: The database cannot be read or written.
        BrowserMissingError: A site's pages are to be drawn, and there is no browser to do it.
    """
    if any(site.browser for site in sites):
        check_browser()
    started = options.clock()
    with run_lock(archive.path, "scrape", started.isoformat(timespec="seconds")):
        run = archive.start_run("scrape", started)
        ledger = Ledger(
            archive,
            Frontier(archive.db),
            {site.id: Scope.of(site) for site in archive.sites()},
            options,
            reporter,
            run,
        )
        crawl = _Crawl(ledger, list(sites))
        with stopped_by_signals(crawl.budget, reporter), _settled_memory():
            return crawl.go()


class _Crawl:
    """The state of one run."""

    def __init__(self, ledger: Ledger, sites: list[Site]) -> None:
        self._ledger = ledger
        self._sites = sites
        self._ids = [site.id for site in sites]
        options = ledger.options
        self.budget = Budget(options.max_requests, options.max_minutes)
        self._outbox: queue.Queue[Delivery] = queue.Queue()
        self._workshop = Workshop(ledger, self.budget, self._outbox)
        self._ingest = Ingest(ledger)
        self._helper = ReadingHelper(self._outbox)
        self._workers: dict[str, HostWorker] = {}
        self._loads: dict[str, int] = {}
        self._resting: dict[str, float] = {}
        self._waits = Waits(ledger.reporter, options.politeness.patience)
        self._error: str | None = None
        self._disk_checked = float("-inf")

    def go(self) -> RunSummary:
        """Do the run; where it breaks off, what is not stored is found by the next one."""
        outcome = "failed"
        try:
            recover(self._ledger, self._ingest)
            self._remember_rests()
            for site in self._sites:
                seed(self._ledger, site)
            self._work()
            outcome = "stopped" if self.budget.reason else "finished"
        finally:
            self._end(outcome)
        return self._summary()

    def _work(self) -> None:
        self._ledger.waiting = sum(self._ledger.frontier.waiting(site) for site in self._ids)
        while True:
            self._check_disk()
            self._hand_out()
            if not any(self._loads.values()) and (self.budget.stopped or not self._later()):
                return
            self._collect()

    def _remember_rests(self) -> None:
        """Heed what hosts asked for in earlier runs (a rest of months is a clock that jumped)."""
        now = self._ledger.options.clock()
        for memory in resting_hosts(self._ledger.archive.db, self._ledger.now):
            rest = (from_stamp(memory.rest_until or self._ledger.now) - now).total_seconds()
            if rest <= LONGEST_WAIT:
                self._resting[memory.host] = monotonic() + rest

    def _hand_out(self) -> None:
        """Give every host that may work its next tasks, unless the run is to stop."""
        if self.budget.stopped:
            return
        ledger = self._ledger
        idle = [host for host in ledger.frontier.hosts_waiting() if self._may_work(host)]
        if not idle:
            return
        with ledger.archive.transaction():
            for host in idle:
                room = LOOKAHEAD - self._loads.get(host, 0)
                now = ledger.now
                for task in ledger.frontier.claim(host, self._ids, ledger.run, now, room):
                    self._give(task)

    def _may_work(self, host: str) -> bool:
        """Say whether a host is to get tasks: half of what it may have is done, so several."""
        return self._loads.get(host, 0) <= LOOKAHEAD // 2 and (
            self._resting.get(host, 0.0) <= monotonic()
        )

    def _give(self, task: Task) -> None:
        worker = self._workers.get(task.host)
        if worker is None:
            worker = self._workshop.worker(task)
            self._workers[task.host] = worker
            worker.start()
        self._loads[task.host] = self._loads.get(task.host, 0) + 1
        self._ledger.tally.requested += 1
        worker.inbox.put(self._job(task))

    def _job(self, task: Task) -> Job:
        earlier = None
        if task.tries == 0 and task.done_at is not None and not self._must_be_read(task):
            known = self._ledger.archive.last_capture(task.url)
            if known is not None and known.digest is not None and known.site == task.site:
                # A revisit names the record that holds the payload, not another revisit.
                holder = self._ledger.archive.payload_of(known.digest) or known
                earlier = Earlier(
                    holder.url,
                    holder.fetched_at,
                    known.digest,
                    known.etag,
                    known.last_modified,
                    place_of(holder),
                )
        limits = self._ledger.options.limits
        size = limits.max_file_bytes if task.kind is TaskKind.FILE else limits.max_page_bytes
        return Job(task, earlier, size)

    def _must_be_read(self, task: Task) -> bool:
        """Say whether "not modified" would not do: a walk goes on by what a list shows."""
        if task.posted is not None:
            return True
        if task.kind is TaskKind.FILE:
            return False
        if self._ledger.scopes[task.site].site.browser:
            # A page that is drawn may have changed though what the server sends first has not.
            return True
        if task.kind not in (TaskKind.LISTING, TaskKind.SITEMAP):
            return False
        return get_round(self._ledger.archive.db, task.round).walk is Walk.FULL

    def _collect(self) -> None:
        """Store what came back; waits a moment for the first, then takes all that is there."""
        if not any(self._loads.values()):
            return
        began = monotonic()
        try:
            delivery = self._outbox.get(timeout=TICK)
        except queue.Empty:
            self._helper.waited(monotonic() - began)
            return
        if monotonic() - began > INSTANT or self._outbox.empty():
            self._gather()
        self._helper.waited(monotonic() - began)
        # One transaction for all that is there: what it costs is shared, what it holds is in the
        # WARC files already.
        with self._ledger.archive.transaction():
            for each in self._arrived(delivery):
                self._pass_on(each)
                if self._may_work(each.job.task.host):
                    self._hand_out()

    def _arrived(self, first: Delivery) -> Iterator[Delivery]:
        """Give what is there, and what comes while that is stored, up to a bound."""
        yield first
        for _ in range(STORED_TOGETHER - 1):
            try:
                yield self._outbox.get_nowait()
            except queue.Empty:
                return

    def _gather(self) -> None:
        """Let come in what many hosts bring at nearly the same time; it is then stored together."""
        if sum(load > 0 for load in self._loads.values()) < MANY_HOSTS:
            return
        ends, before = monotonic() + LONGEST_GATHERING, -1
        while (there := self._outbox.qsize()) > before and monotonic() < ends:
            before = there
            sleep(GATHERING)

    def _pass_on(self, delivery: Delivery) -> None:
        """Store a delivery, or have its page read beside while others are stored."""
        if delivery.reading is None and self._helper.may_take(self._outbox.qsize()):
            request = self._ingest.readable(delivery)
            if request is not None:
                self._helper.take(delivery, request)
                return
        self._take(delivery)

    def _take(self, delivery: Delivery) -> None:
        host = delivery.job.task.host
        self._loads[host] -= 1
        if delivery.put_back:
            self._ledger.tally.requested -= 1
        self._waits.heard(delivery)
        if delivery.rest is not None:
            self._resting[host] = monotonic() + delivery.rest
        if delivery.fatal is not None:
            self._error = f"{delivery.job.task.url} could not be kept: {delivery.fatal}"
            self.budget.stored = False  # perhaps its record is whole, and only the index is not
            self.budget.stop(StopReason.FATAL)
            delivery = replace(delivery, put_back=True)
        self._ingest.take(delivery)

    def _later(self) -> bool:
        """Say whether this run should wait for something that is due soon; sleeps a little then."""
        ledger, now = self._ledger, self._ledger.moment
        waits = [
            (
                max(
                    (from_stamp(due) - now).total_seconds(),
                    self._resting.get(host, 0.0) - monotonic(),
                ),
                host,
            )
            for host, due in ledger.frontier.next_due(self._ids).items()
        ]
        wait, first = min(waits, default=(0.0, ""))
        if not waits or wait > ledger.options.politeness.patience:
            return False
        self._waits.waits(first, wait, "then what could not be had is tried again")
        self.budget.pause(min(max(wait, 0.0), TICK))
        return True

    def _check_disk(self) -> None:
        if monotonic() - self._disk_checked < DISK_EVERY:
            return
        self._disk_checked = monotonic()
        archive, least = self._ledger.archive, self._ledger.options.min_free_bytes
        folder = archive.warc_folder if archive.warc_folder.exists() else archive.path.parent
        free = shutil.disk_usage(folder).free
        if free < least and not self.budget.stopped:
            self._error = (
                f"only {free / 2**30:.2f} GiB are free on the disk of {folder}, less than the "
                f"{least / 2**30:.2f} GiB that must stay free; make room and run again"
            )
            self.budget.stop(StopReason.DISK)

    def _end(self, outcome: str) -> None:
        """Let the workers finish, store what they still bring, close rounds and the run."""
        whole = outcome != "failed"
        if not whole:
            self.budget.stored = False
            self.budget.stop(StopReason.FATAL)
        else:
            # Before the files lose their open marks, by which the next run would look into them.
            self._ledger.archive.make_durable()
        for worker in self._workers.values():
            worker.inbox.put(None)
        for worker in self._workers.values():
            worker.join()
        self._helper.close()
        self._workshop.close()
        if not whole:
            return
        ledger, tally = self._ledger, self._ledger.tally
        self._ingest.tell()
        ledger.settle()
        for site in self._sites:
            if tally.new or tally.changed or tally.files:  # else nothing is there to be joined
                join_files(ledger, site)
            close_rounds(ledger, site)
            ledger.archive.refresh_visits(site.id)
        reason = self.budget.reason
        shown = f"stopped: {reason}" if reason else outcome
        ledger.archive.finish_run(ledger.run, shown, ledger.options.clock(), ledger.tally.kept())

    def _summary(self) -> RunSummary:
        ledger = self._ledger
        waiting = sum(ledger.frontier.waiting(site, ledger.now) for site in self._ids)
        resting = tuple(
            f"{memory.host} until {memory.rest_until}: {memory.rest_reason}"
            for memory in resting_hosts(ledger.archive.db, ledger.now)
            if memory.host in self._resting
        )
        visited = {host.partition(":")[0] for host in self._workers}
        in_vain = tuple(
            each.host
            for each in relaxed_hosts(ledger.archive.db)
            if each.needed is False and each.host in visited
        )
        return RunSummary(
            ledger.run, ledger.tally, self.budget.reason, self._error, resting, waiting, in_vain
        )


@contextmanager
def _settled_memory() -> Iterator[None]:
    """Leave what is loaded by now out of the garbage collector's rounds while the run goes on.

    Modules and tables of patterns stay anyhow; looking through them again and again was a tenth of
    a crawl's time.
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
