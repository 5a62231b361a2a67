"""End a run cleanly when the operator or the system asks for it."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from scraper.crawl.budget import Budget, StopReason
from scraper.crawl.reporter import Reporter


@contextmanager
def stopped_by_signals(budget: Budget, reporter: Reporter) -> Iterator[None]:
    """Stop cleanly on the first SIGINT or SIGTERM; a second one ends the process at once."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        if budget.stopped:
            raise KeyboardInterrupt
        reporter.note("stopping after the requests under way; once more to stop at once")
        budget.stop(StopReason.INTERRUPTED)

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
