"""The process that reads pages beside a run: ``python -m scraper.reading``.

Requests come in on its standard input, pickled, and go out as pickled readings. It ends when its
input does, so it cannot outlive the run that started it.
"""

from __future__ import annotations

import gc
import pickle
import sys
from typing import BinaryIO

from scraper.reading import ReadingRequest, read
from scraper.reading.pipe import send


def serve(source: BinaryIO, out: BinaryIO) -> None:
    """Answer requests until ``source`` ends."""
    while True:
        try:
            request: ReadingRequest = pickle.load(source)  # noqa: S301 - from our own parent
        except EOFError:
            return
        send(out, read(request))


if __name__ == "__main__":
    gc.freeze()  # modules stay: the collector need not look through them after each page
    serve(sys.stdin.buffer, sys.stdout.buffer)
