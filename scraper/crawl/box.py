"""Read the numbers of a portal's box out of one answer: of its front page, or of an endpoint."""

from __future__ import annotations

import json
from datetime import datetime

from scraper.parse import Counters
from scraper.reading import ReadingRequest, read
from scraper.sites import Site
from scraper.sites.asking import Question


class BoxError(ValueError):
    """An answer in which no number of a box was found; the message says what was there instead."""


def box_question(site: Site) -> Question:
    """How the site's box is asked for: as its profile's endpoint, else by its front page."""
    endpoint = site.profile.endpoint if site.profile is not None else None
    return endpoint.question(site.base_url, {}) if endpoint else Question(site.base_url)


def box_url(site: Site) -> str:
    """Where the site's box is read: at its profile's endpoint, else on its front page."""
    return box_question(site).url


def read_box(
    site: Site, url: str, body: bytes, content_type: str | None, captured_at: datetime
) -> Counters:
    """The numbers of the box in ``body`` (decoded), which came from ``url``.

    Raises:
        BoxError: it holds none.
    """
    profile = site.profile
    if profile is not None and profile.endpoint and profile.count_names:
        return _from_json(site, url, body)
    reading = read(ReadingRequest(body, url, site, content_type, captured_at))
    if reading.page is None:
        raise BoxError(f"{url} is kept, but {reading.problem}")
    if reading.page.counters is None:
        raise BoxError(f"{url} shows no box of visits")
    return reading.page.counters


def _from_json(site: Site, url: str, body: bytes) -> Counters:
    assert site.profile is not None
    try:
        answer = json.loads(body)
    except ValueError as error:
        raise BoxError(f"{url} should answer with JSON, and does not: {error}") from error
    counts = site.profile.counts_in(answer)
    if not counts:
        names = ", ".join(sorted(site.profile.count_names.values()))
        raise BoxError(f"{url} answers without any of the names of its profile ({names})")
    return Counters(**counts)
