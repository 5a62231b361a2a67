"""One run at a time for each archive: a lock that a crash cannot leave behind."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class ArchiveBusyError(RuntimeError):
    """Another process runs on the same archive; the message says which."""


@contextmanager
def run_lock(archive: Path, what: str, since: str) -> Iterator[None]:
    """Hold the lock of ``archive`` while the block runs; ``what`` and ``since`` are told to others.

    Raises:
        ArchiveBusyError: Another process holds it.
    """
    path = archive.with_suffix(".lock")
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(descriptor, 500).decode("utf-8", "replace").strip()
            raise ArchiveBusyError(
                f"another run is at work on {archive} ({holder or 'it just began'}); "
                "wait for its end, or stop it with Ctrl+C"
            ) from None
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{what}, process {os.getpid()}, since {since}\n".encode())
        yield
    finally:
        os.close(descriptor)
