"""What passes between a run and the process that reads pages beside it."""

from __future__ import annotations

import pickle
from dataclasses import replace
from typing import BinaryIO

from scraper.crawl.reading import ReadingRequest


def send(out: BinaryIO, item: object) -> None:
    """Write one pickled item."""
    pickle.dump(item, out, protocol=pickle.HIGHEST_PROTOCOL)
    out.flush()


def portable(request: ReadingRequest) -> ReadingRequest:
    """Return the request without what cannot be pickled: the profile is loaded there by name."""
    return replace(request, site=replace(request.site, profile=None))
