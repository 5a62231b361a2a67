"""The process that reads pages beside a run: ``python -m scraper.crawl.reading_process``.

Requests come in on its standard input, pickled, and go out as pickled readings. It ends when its
input does, so it cannot outlive the run that started it. No other module imports this one: a
module that is run must not be imported before.
"""

from __future__ import annotations

import pickle
import sys
from dataclasses import replace
from functools import lru_cache
from typing import BinaryIO

from scraper.crawl.reading import ReadingRequest, read
from scraper.crawl.reading_pipe import send
from scraper.sites import Site, load_profile


@lru_cache(maxsize=64)
def _whole(site: Site) -> Site:
    return replace(site, profile=load_profile(site.platform)) if site.platform else site


def serve(source: BinaryIO, out: BinaryIO) -> None:
    """Answer requests until ``source`` ends."""
    while True:
        try:
            request: ReadingRequest = pickle.load(source)  # noqa: S301 - from our own parent
        except EOFError:
            return
        send(out, read(replace(request, site=_whole(request.site))))


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
