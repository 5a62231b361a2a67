"""What every station of a run writes to: archive, frontier, counts, and the words for people."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from scraper.archive import Archive
from scraper.archive.frontier import Frontier, NewTask, Task, TaskKind
from scraper.archive.records import Capture
from scraper.crawl.clock import stamp
from scraper.crawl.counts import Tally
from scraper.crawl.delivery import Kept
from scraper.crawl.exchange import FailureKind
from scraper.crawl.options import ScrapeOptions
from scraper.crawl.reporter import Reporter
from scraper.crawl.scope import Scope

REMEMBERED = 2048
DAY = 24 * 3600.0
LONGEST_WAIT = 7 * DAY
# A photo that is missing may come back when a portal mends its store, and seldom does: it is asked
# for after these seconds, by the last of them from then on, and given up in the end.
FILE_WAITS = (3600.0, DAY, 3 * DAY, 7 * DAY)
FILE_TRIES = 10


@dataclass
class Ledger:
    """One run's books. The caller groups what belongs together in ``archive.transaction()``."""

    archive: Archive
    frontier: Frontier
    scopes: dict[str, Scope]
    options: ScrapeOptions
    reporter: Reporter
    run: int
    tally: Tally = field(default_factory=Tally)
    waiting: int = 0
    _latest: datetime | None = None
    _endless: dict[str, tuple[int, str]] = field(default_factory=dict)
    _lately: dict[tuple[str, str], int] = field(default_factory=dict)

    @property
    def moment(self) -> datetime:
        """Return the present moment, which never goes back while a run is at work.

        A clock that is set back would leave what was found before to a run after that time.
        """
        moment = self.options.clock()
        if self._latest is None or moment > self._latest:
            self._latest = moment
        return self._latest

    @property
    def now(self) -> str:
        """Return the present moment as the archive writes it."""
        return stamp(self.moment)

    def later(self, seconds: float) -> str:
        """Return the moment ``seconds`` from now, at most a week ahead."""
        return stamp(self.moment + timedelta(seconds=min(seconds, LONGEST_WAIT)))

    def add(self, task: NewTask | None, round_id: int, *, again: bool = False) -> bool:
        """Queue a task; ``again`` also where it was visited in an earlier round."""
        if task is None or (not again and self._seen_lately(task)):
            return False
        put = self.frontier.add_again if again else self.frontier.add
        added = put(task, round_id, self.now)
        self.waiting += added
        return added

    def _seen_lately(self, task: NewTask) -> bool:
        """Say whether the address was queued a short while ago; saves asking the database again."""
        name = (task.site, task.key)
        # What a list says more of an address than was known before is worth asking again.
        told = 0 if task.listed is None else 1 if task.listed.published_on is None else 2
        if self._lately.get(name, -1) >= told:
            return True
        self._lately[name] = told
        if len(self._lately) > REMEMBERED:
            del self._lately[next(iter(self._lately))]
        return False

    def capture(self, site: str, kept: Kept) -> int | None:
        """Store the capture of an exchange; ``None`` for a cut one, which only the WARC holds."""
        exchange, written = kept.exchange, kept.written
        if exchange.truncated:
            return None
        original = None
        if written.revisit:
            original = self.archive.payload_of(written.digest)
        # A 304 may leave out the names of what it confirms.
        confirmed = original if exchange.status == 304 else None
        self.tally.fetched += 1
        self.tally.bytes += len(exchange.body)
        return self.archive.add_capture(
            Capture(
                site=site,
                url=exchange.url,
                fetched_at=stamp(exchange.started_at),
                status=exchange.status,
                content_type=exchange.header("Content-Type"),
                digest=written.digest,
                bytes=len(exchange.body) or (original.bytes if original else 0),
                warc_file=written.file,
                warc_offset=written.offset,
                warc_length=written.length,
                etag=exchange.header("ETag") or (confirmed.etag if confirmed else None),
                last_modified=exchange.header("Last-Modified")
                or (confirmed.last_modified if confirmed else None),
                run=self.run,
                revisit_of=original.id if original else None,
                tls_relaxed=exchange.tls,
            )
        )

    def done(self, task: Task, status: int | None, redirects_to: str | None = None) -> None:
        """Note that a task is finished and forget its failures."""
        self.frontier.done(task, self.now, status, redirects_to)
        if task.tries or task.done_at is not None:
            self.archive.clear_failure(task.site, task.url)
        self.waiting -= 1

    def fail(
        self, task: Task, kind: FailureKind, message: str, *, status: int | None = None
    ) -> None:
        """Note a failure that trying again will not mend; the task ends."""
        self.frontier.give_up(task, self.now, status)
        self.waiting -= 1
        self._write(task, kind, message, None)

    def retry(self, task: Task, kind: FailureKind, message: str, rest: float | None = None) -> None:
        """Note a failure that may pass; the task waits ``rest`` seconds, and longer each time.

        A page is never given up: what fails for long is tried once a day. A file is, after weeks.
        """
        if task.kind is TaskKind.FILE and task.tries + 1 >= FILE_TRIES:
            self.fail(task, kind, f"{message}; given up after {FILE_TRIES} tries in weeks")
            return
        wait = max(rest or 0.0, self._wait(task))
        retry_at = self.later(wait)
        self.frontier.postpone(task, retry_at, tried=True)
        self._write(task, kind, message, retry_at)

    def _wait(self, task: Task) -> float:
        if task.kind is TaskKind.FILE:
            return FILE_WAITS[min(task.tries, len(FILE_WAITS) - 1)]
        return min(self.options.retry_wait * float(2 ** min(task.tries, 30)), DAY)

    def note_endless(self, site: str, url: str) -> None:
        """Count an address that was not visited because it looks like one of endlessly many."""
        count, example = self._endless.get(site, (0, url))
        self._endless[site] = (count + 1, example)

    def tell_endless(self) -> None:
        """Tell how many such addresses there were, site by site."""
        for site, (count, example) in self._endless.items():
            self.reporter.note(
                f"{site}: {count} links were not followed because they look endless (sorted lists, "
                f"folders that repeat), the first one {example}"
            )

    def report_trap(self, task: Task, message: str) -> None:
        """Note that a walk was cut short; the page itself is fine."""
        self._write(task, FailureKind.TRAP, message, None)

    def report(self, site: str, url: str, kind: FailureKind, message: str) -> None:
        """Note a failure of a whole site; it stands until ``url`` is had again."""
        self._put(site, url, kind, message, None)

    def _write(self, task: Task, kind: FailureKind, message: str, retry_at: str | None) -> None:
        self._put(task.site, task.url, kind, message, retry_at)

    def _put(
        self, site: str, url: str, kind: FailureKind, message: str, retry_at: str | None
    ) -> None:
        self.tally.failed += 1
        self.archive.add_failure(
            site, url, kind, message, self.now, run=self.run, retry_at=retry_at
        )
        self.reporter.failed(site, url, kind, message)

    def settle(self) -> None:
        """Let the run's count of failures be that of what failed and was not had after all.

        One answer of a moment that the next try mended is no alarm.
        """
        self.tally.failed = self.archive.failed_in(self.run)

    def visited(self, task: Task, what: str) -> None:
        """Tell what became of a task."""
        self.reporter.visited(task.site, task.url, what, self.tally, max(self.waiting, 0))
