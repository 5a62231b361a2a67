"""Read a page, and tell in words where it cannot be read."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime

from scraper.parse import Listed, Page, ParseError, parse_page
from scraper.sites import Site

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ReadingRequest:
    """A page to read; the arguments of ``parse_page``. ``captured_at`` is aware."""

    body: bytes
    url: str
    site: Site
    content_type: str | None
    captured_at: datetime
    listed: Listed | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading a page gave: the page, or in words why there is none.

    ``shared`` is what the site's pages were known to share when it was read, ``listed`` what lists
    had said of it.
    """

    page: Page | None
    problem: str | None = None
    shared: frozenset[str] = frozenset()
    listed: Listed | None = None


def read(request: ReadingRequest) -> Reading:
    """Read a page; whatever goes wrong with it is told, never raised."""
    try:
        page = parse_page(
            request.body,
            request.url,
            site=request.site,
            content_type=request.content_type,
            captured_at=request.captured_at,
            listed=request.listed,
        )
    except ParseError as error:
        return Reading(None, f"could not be read: {error}")
    except Exception as error:
        # A fault of our own in reading one page must not end a run of a thousand.
        logger.exception("reading %s failed", request.url)
        return Reading(None, f"could not be read by a fault of this program: {error!r}")
    return Reading(page, shared=request.site.boilerplate, listed=request.listed)
