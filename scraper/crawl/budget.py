"""How much a run may still do, shared by all its workers."""

from __future__ import annotations

import threading
import time
from enum import StrEnum


class StopReason(StrEnum):
    """Why a run ends before its work does."""

    REQUESTS = "the limit of requests was reached"
    MINUTES = "the limit of minutes was reached"
    INTERRUPTED = "it was interrupted"
    DISK = "the disk is nearly full"
    FATAL = "nothing could be written any more"


class Budget:
    """Counts requests and minutes; once it is stopped nobody begins another request."""

    def __init__(self, max_requests: int | None = None, max_minutes: float | None = None) -> None:
        self._left = max_requests
        self._deadline = time.monotonic() + max_minutes * 60 if max_minutes is not None else None
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self.reason: StopReason | None = None
        self.requests = 0
        self.stored = True
        """Whether all that the workers bring is stored; else their files keep their open marks."""

    def take(self) -> bool:
        """Ask to begin a request; ``False`` where the run may make no more."""
        with self._lock:
            if self._deadline is not None and time.monotonic() >= self._deadline:
                self._stop(StopReason.MINUTES)
            elif self._left is not None and self.requests >= self._left:
                self._stop(StopReason.REQUESTS)
            if self.reason is not None:
                return False
            self.requests += 1
            return True

    def stop(self, reason: StopReason) -> None:
        """Let nobody begin another request; requests under way end."""
        with self._lock:
            self._stop(reason)

    def _stop(self, reason: StopReason) -> None:
        if self.reason is None:
            self.reason = reason
        self._stopped.set()

    @property
    def stopped(self) -> bool:
        """Say whether the run is to end."""
        return self._stopped.is_set()

    def pause(self, seconds: float) -> bool:
        """Sleep, unless the run is to end; returns whether it is."""
        return self._stopped.wait(seconds)
