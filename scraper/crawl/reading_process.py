"""The process that reads pages beside a run: ``python -m scraper.crawl.reading_process``.

Requests come in on its standard input, pickled, and go out as pickled readings. It ends when its
input does, so it cannot outlive the run that started it. No other module imports this one: a
module that is run must not be imported before.
"""

from __future__ import annotations

import pickle
import sys
from typing import BinaryIO

from scraper.crawl.reading import ReadingRequest, read
from scraper.crawl.reading_pipe import send


def serve(source: BinaryIO, out: BinaryIO) -> None:
    """Answer requests until ``source`` ends."""
    while True:
        try:
            request: ReadingRequest = pickle.load(source)  # noqa: S301 - from our own parent
        except EOFError:
            return
        send(out, read(request))


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
