"""Read pages in a process beside while the run stores others.

It is used while pages come faster than they are read: once the run had nothing to wait for through
``BEHIND_AFTER`` seconds, and until it waits again. Reading a page is most of a crawl's work, and
Python does one thing at a time in a process; but what passes between two processes costs both.

A page that takes the process beyond all measure is given up and the process replaced.
"""

from __future__ import annotations

import contextlib
import logging
import pickle
import queue
import select
import subprocess
import sys
import threading
import time
from dataclasses import replace

from scraper.crawl.delivery import Delivery
from scraper.reading import Reading, ReadingRequest, read
from scraper.reading.pipe import send

logger = logging.getLogger(__name__)

LONGEST = 60.0
BEHIND_AFTER = 1.5
IDLE = 0.02
AHEAD = 2


class ReadingHelper(threading.Thread):
    """Hands pages to the process beside and puts the deliveries back with what was read."""

    def __init__(self, outbox: queue.Queue[Delivery]) -> None:
        super().__init__(name="reading helper", daemon=True)
        self._outbox = outbox
        self._inbox: queue.SimpleQueue[tuple[Delivery, ReadingRequest] | None] = queue.SimpleQueue()
        self._process: subprocess.Popen[bytes] | None = None
        self._under_way = 0
        self._busy_since = time.monotonic()
        self._lock = threading.Lock()

    def waited(self, seconds: float) -> None:
        """Note how long the run just waited for a delivery: one that waits is not behind."""
        if seconds > IDLE:
            self._busy_since = time.monotonic()

    def may_take(self, backlog: int) -> bool:
        """Say whether it pays to hand over a page while ``backlog`` deliveries wait."""
        if time.monotonic() - self._busy_since <= BEHIND_AFTER:
            return False
        with self._lock:
            if self._process is None and not self._under_way:
                return True
            return backlog >= 1 and self._under_way < AHEAD

    def take(self, delivery: Delivery, request: ReadingRequest) -> None:
        """Read the delivery's page; the delivery comes back through the outbox."""
        with self._lock:
            self._under_way += 1
        if not self.is_alive():
            self.start()
        self._inbox.put((delivery, request))

    def close(self) -> None:
        """End thread and process; nothing may be under way any more."""
        if self.is_alive():
            self._inbox.put(None)
            self.join()

    def run(self) -> None:
        """Work until ``None`` comes."""
        try:
            while (item := self._inbox.get()) is not None:
                delivery, request = item
                reading = self._read(request)
                with self._lock:
                    self._under_way -= 1
                self._outbox.put(replace(delivery, reading=reading))
        finally:
            self._end_process()

    def _read(self, request: ReadingRequest) -> Reading:
        try:
            return self._ask(request)
        except (OSError, EOFError):
            # The process died (out of memory, or ended by the system): read the page here.
            self._end_process()
        except Exception:
            # A run waits for what it handed over, so whatever went wrong must not end the thread.
            logger.exception("the reading process failed on %s", request.url)
            self._end_process()
        return read(request)

    def _ask(self, request: ReadingRequest) -> Reading:
        process = self._running()
        if process.stdin is None or process.stdout is None:
            raise EOFError
        send(process.stdin, request)  # type: ignore[arg-type]
        ready, _, _ = select.select([process.stdout], [], [], LONGEST)
        if not ready:
            self._end_process()
            return Reading(None, f"could not be read in {LONGEST:.0f} seconds")
        reading: Reading = pickle.load(process.stdout)  # noqa: S301 - from our own child
        return reading

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            command = [sys.executable, "-m", "scraper.reading"]
            # A session of its own: Ctrl+C is for the run, which lets the reading end in order.
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
            )
        return self._process

    def _end_process(self) -> None:
        if self._process is None:
            return
        process, self._process = self._process, None
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                # What is still in the buffer has nobody left to go to.
                with contextlib.suppress(BrokenPipeError):
                    stream.close()
