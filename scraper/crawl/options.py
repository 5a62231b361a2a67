"""What a run may do: limits of a single fetch, and limits of the whole run."""

from __future__ import annotations

from dataclasses import dataclass, field

from scraper.crawl.clock import Clock, utc_now
from scraper.crawl.software import VERSION

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """Bounds of one request; times in seconds, sizes in bytes as received or as decoded."""

    connect_timeout: float = 15.0
    read_timeout: float = 30.0
    whole_timeout: float = 180.0
    connect_tries: int = 2
    connect_backoff: float = 0.5
    max_page_bytes: int = 16 * MIB
    max_file_bytes: int = 256 * MIB
    max_decoded_bytes: int = 64 * MIB


@dataclass(frozen=True, slots=True)
class Politeness:
    """How a host is treated; all in seconds.

    ``slow_factor``: a server that takes longer than ``slow_after`` gets a pause of this many times
    its answering time, up to ``longest_pause``. ``backoff`` is the first rest after a refusal
    (429, 503, no answer), doubled each time up to ``longest_backoff``. After ``breaker_after``
    failures in a row the host is left alone for ``breaker_rest``. A run waits for a resting host
    up to ``patience`` and leaves the rest of its addresses to the next run otherwise.
    """

    pause: float | None = None
    slow_after: float = 1.0
    slow_factor: float = 2.0
    longest_pause: float = 30.0
    backoff: float = 30.0
    longest_backoff: float = 6 * 3600.0
    breaker_after: int = 5
    breaker_rest: float = 15 * 60.0
    patience: float = 120.0


@dataclass(frozen=True, slots=True)
class ScrapeOptions:
    """What one run may do.

    ``max_requests`` and ``max_minutes`` end the run early (``None``: no such limit); what is left
    is kept for the next run. Articles published or first seen within ``recheck_days`` are looked at
    again. Every ``full_walk_days`` the listings are walked to their end. Every ``tls_test_days``
    it is tried whether a host's relaxed TLS is still needed. What failed and
    may pass is tried again after ``retry_wait`` seconds, doubled each time. ``min_free_bytes`` is
    what must stay free on the disk. ``clock`` gives the present moment (UTC); tests visit a site
    on several simulated days by it.
    """

    max_requests: int | None = None
    max_minutes: float | None = None
    recheck_days: int = 30
    full_walk_days: int = 30
    tls_test_days: int = 30
    retry_wait: float = 60.0
    max_listing_pages: int = 5000
    max_hops: int = 10
    min_free_bytes: int = 2 * 1024 * MIB
    warc_bytes: int = 1024 * MIB
    contact: str | None = None
    limits: FetchLimits = field(default_factory=FetchLimits)
    politeness: Politeness = field(default_factory=Politeness)
    clock: Clock = utc_now


def user_agent(contact: str | None) -> str:
    """Return the honest User-Agent; ``contact`` is an e-mail address or a page about the crawl."""
    about = contact or "contact not set; see sites add --contact"
    return f"district-archive/{VERSION} (+{about})"


ROBOTS_TOKEN = "district-archive"  # noqa: S105 - the product token of robots.txt, no secret
