"""One run at a time for each archive: a lock that a crash cannot leave behind."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Counters are read in a short while: a run that comes upon such a reading waits for its end.
SHORT = "counters"
PATIENCE = 15 * 60.0
_LOOK_EVERY = 0.2


class ArchiveBusyError(RuntimeError):
    """Another process runs on the same archive; the message says which."""


@contextmanager
def run_lock(archive: Path, what: str, since: str, *, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the lock of ``archive`` while the block runs; ``what`` and ``since`` are told to others.

    A reading of counters is waited for, up to ``patience`` seconds.

    Raises:
        ArchiveBusyError: Another process holds it.
    """
    descriptor = os.open(archive.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o644)
    try:
        deadline = time.monotonic() + patience
        while not _try(descriptor):
            holder = os.pread(descriptor, 500, 0).decode("utf-8", "replace").strip()
            if not holder.startswith(SHORT) or time.monotonic() >= deadline:
                raise ArchiveBusyError(
                    f"another run is at work on {archive} ({holder or 'it just began'}); "
                    "wait for its end, or stop it with Ctrl+C"
                )
            time.sleep(_LOOK_EVERY)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{what}, process {os.getpid()}, since {since}\n".encode(), 0)
        yield
    finally:
        os.close(descriptor)


def _try(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
