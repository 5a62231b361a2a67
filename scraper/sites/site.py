"""What a site is: one portal that the archive follows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scraper.sites.profile import Profile

VIETNAM = "Asia/Ho_Chi_Minh"


@dataclass(frozen=True, slots=True)
class Site:
    """One portal: where it is, what it is built with, and where its news is listed.

    ``id`` is a slug; ``base_url`` the front page; ``listings``, ``feeds`` and ``sitemaps`` are
    absolute addresses from which articles are discovered. ``pause`` is the least number of
    seconds between two requests to the host. ``private_network`` allows loopback and private
    addresses for this site (the bundled portal), which are refused otherwise.
    ``browser`` says that its pages are put together by JavaScript and drawn before they are read.
    ``boilerplate`` holds fingerprints of blocks that the site's pages share.
    """

    id: str
    name: str
    base_url: str
    platform: str | None = None
    province: str | None = None
    timezone: str = VIETNAM
    listings: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    contact: str | None = None
    pause: float = 1.5
    private_network: bool = False
    browser: bool = False
    profile: Profile | None = None
    boilerplate: frozenset[str] = field(default_factory=frozenset)
