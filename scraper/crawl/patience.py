"""Say that something takes long, so that a silence is not taken for the end of a program."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

LONG = 5.0
"""Seconds after which somebody who waits is told what for."""

Tell = Callable[[str], None]


@contextmanager
def told_if_long(tell: Tell | None, text: str, after: float = LONG) -> Iterator[None]:
    """Tell ``text`` once, from another thread, where what is inside takes longer than ``after``."""
    if tell is None:
        yield
        return
    timer = threading.Timer(after, tell, [text])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
