"""A run that ends itself with SIGKILL at a named place: ``python -m tests.crawl.kill_points``.

Random moments (``tests/e2e/killing.py``) seldom hit the short ones. Each line of the input is JSON
(``db``, ``point``); each is done in a process of its own, forked from this one, which has one
thread and all modules loaded. The answer is a line with the process's exit status.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from scraper.archive import Archive, archive, open_archive
from scraper.archive.frontier import Frontier
from scraper.crawl import Politeness, ScrapeOptions, recovery, run_scrape, salvage, warc
from scraper.crawl import run as runs
from scraper.crawl.ingest import Ingest
from scraper.crawl.ledger import Ledger
from scraper.crawl.reporter import Silent
from scraper.crawl.run import _Crawl
from scraper.crawl.warc import WarcFile
from scraper.crawl.worker import HostWorker

# The article in whose visit the run dies.
PATH = "/tin-tuc/le-hoi-hai-7002.html"
Point = Callable[[], None]


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def before(owner: Any, name: str, url: Callable[..., str] | None = None) -> Point:
    """Die when ``owner.name`` is called (for ``PATH``, where ``url`` tells what it is for)."""

    def arm() -> None:
        whole = getattr(owner, name)

        def instead(*arguments: Any, **named: Any) -> Any:
            if url is None or url(*arguments).endswith(PATH):
                die()
            return whole(*arguments, **named)

        setattr(owner, name, instead)

    return arm


def after(owner: Any, name: str, url: Callable[..., str] | None = None) -> Point:
    """Die when ``owner.name`` has been done."""

    def arm() -> None:
        whole = getattr(owner, name)

        def instead(*arguments: Any, **named: Any) -> Any:
            found = whole(*arguments, **named)
            if url is None or url(*arguments).endswith(PATH):
                die()
            return found

        setattr(owner, name, instead)

    return arm


def half_written() -> None:
    """Die with half of the records of ``PATH`` in the file."""
    whole = WarcFile.write

    def write(self: WarcFile, exchange: Any, *rest: Any) -> Any:
        def append(data: bytes) -> int:
            os.write(self._descriptor or 0, data[: len(data) // 2])
            die()
            return 0

        if exchange.url.endswith(PATH):
            self._append = append  # type: ignore[method-assign]
        return whole(self, exchange, *rest)

    WarcFile.write = write  # type: ignore[method-assign]


def of_job(_: Any, job: Any) -> str:
    return str(job.task.url)


def of_exchange(_: Any, exchange: Any, *__: Any) -> str:
    return str(exchange.url)


def of_delivery(_: Any, delivery: Any) -> str:
    return str(delivery.job.task.url)


def of_kept(_: Any, __: str, kept: Any) -> str:
    return str(kept.exchange.url)


# The article in flight may be fetched again where it was not kept yet.
NOT_KEPT: dict[str, Point] = {
    "claimed, not asked for": before(HostWorker, "_deliver", of_job),
    "answered, not kept": before(WarcFile, "write", of_exchange),
    "half of a record written": half_written,
}
KEPT: dict[str, Point] = {
    "on the disk, not handed over": after(WarcFile, "write", of_exchange),
    "handed over, not stored": before(Ingest, "take", of_delivery),
    "capture stored, not committed": after(Ledger, "capture", of_kept),
    "all stored, not committed": after(Ingest, "take", of_delivery),
    "committed, the run goes on": after(_Crawl, "_collect"),
    "all visited, files open": before(Archive, "make_durable"),
    "files closed, no index yet": before(warc, "sort_spool"),
    "index written, file still marked": after(warc, "sort_spool"),
    "files done, photos not joined": before(runs, "join_files"),
    "rounds not closed": before(runs, "close_rounds"),
}
# The work was done: the next run is a new visit.
DONE: dict[str, Point] = {
    "rounds closed, run not ended": before(Archive, "finish_run"),
    "run ended, database not tidied": before(archive.upkeep, "after_run"),
}
# While what a killed run left is brought into order.
RECOVERING: dict[str, Point] = {
    "claims given back, not committed": after(Frontier, "release_claims"),
    "file cut back, not indexed": before(salvage, "write_sorted"),
    "file indexed, still marked": after(salvage, "write_sorted"),
    "file mended, nothing of it stored": before(recovery, "exchanges"),
    "some of it stored": after(recovery, "_store"),
    "all of it stored, not on the disk": before(Archive, "make_durable"),
}
POINTS: dict[str, Point] = {**NOT_KEPT, **KEPT, **DONE, **RECOVERING}


def scrape(db: str) -> None:
    options = ScrapeOptions(min_free_bytes=0, politeness=Politeness(patience=0.0))
    with open_archive(Path(db)) as opened:
        run_scrape(opened, opened.sites(), options, Silent())


def main() -> None:
    for line in sys.stdin:
        asked = json.loads(line)
        child = os.fork()
        if child == 0:
            POINTS[asked["point"]]()
            scrape(asked["db"])
            os._exit(0)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    main()
