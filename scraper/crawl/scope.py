"""What belongs to a site, and how an address of it becomes a task."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl, urlsplit

from scraper.archive.frontier import NewTask, Priority, TaskKind
from scraper.crawl.canonical import UrlError, clean_url, host_of, url_key
from scraper.sites import Site

PRIORITIES = {
    TaskKind.FEED: Priority.FEED,
    TaskKind.LISTING: Priority.LISTING,
    TaskKind.ARTICLE: Priority.ARTICLE,
    TaskKind.FILE: Priority.FILE,
    TaskKind.SITEMAP: Priority.SITEMAP,
}
REMEMBERED = 2048
MOST_PARAMETERS = 12
MOST_SEGMENTS = 24
SORT_PARAMETER = re.compile(r"^(?:sort|order|orderby|sortby|dir|sort_?order|view_?mode)$", re.I)
SCRIPT_HOST = re.compile(r"https?://[^/{]+(?:/|$)", re.I)
NOT_NEWS = re.compile(
    r"/(?:print|savefile|sendmail|ban-in|in-bai|gui-mail|tags?|author|search|login)(?:/|$)|[?&](?:print|tmpl|action=print)=",
    re.I,
)


@dataclass(frozen=True)
class Scope:
    """A site's own hosts, and the rules by which its addresses are taken."""

    site: Site
    hosts: frozenset[str]

    @classmethod
    def of(cls, site: Site) -> Scope:
        """Return the scope of ``site``: the hosts of all addresses that it is configured with."""
        addresses = [site.base_url, *site.listings, *site.feeds, *site.sitemaps]
        more = site.profile.more if site.profile is not None else None
        if more is not None and SCRIPT_HOST.match(more.address):
            addresses.append(more.address)
        return cls(site, frozenset(host_of(address) for address in addresses))

    def holds(self, url: str) -> bool:
        """Say whether ``url`` is on one of the site's hosts."""
        return host_of(url) in self.hosts

    def key(self, url: str) -> str:
        """Return the canonical key of ``url`` in this site."""
        return url_key(url, self.site.platform)

    @property
    def front(self) -> str:
        """Return the key of the site's front page."""
        return self.key(self.site.base_url)

    @property
    def counts_pages(self) -> bool:
        """Say whether listings are walked by counting up, so that their end is found by passing."""
        return self.site.profile is not None and self.site.profile.counts_pages

    def leads_on_endlessly(self, url: str) -> bool:
        """Say whether ``url`` is the site's own and not visited only because it looks endless."""
        try:
            clean = clean_url(url)
        except UrlError:
            return False
        return self.holds(clean) and is_trap(clean)

    def task(
        self,
        url: str,
        kind: TaskKind,
        *,
        via: str | None = None,
        page: int = 1,
        priority: Priority | None = None,
    ) -> NewTask | None:
        """Make a task of an address, or ``None`` where it is none that this site's crawl visits."""
        names = _names(url, self.site.platform)
        if names is None:
            return None
        clean, key = names
        if kind is not TaskKind.FILE and (not self.holds(clean) or is_trap(clean)):
            return None
        if kind is TaskKind.ARTICLE and NOT_NEWS.search(clean):
            return None
        urgency = PRIORITIES[kind] if priority is None else priority
        return NewTask(self.site.id, key, clean, host_of(clean), kind, urgency, page=page, via=via)


@lru_cache(maxsize=REMEMBERED)
def _names(url: str, platform: str | None) -> tuple[str, str] | None:
    """Return clean address and key; remembered, since every page repeats the same menu."""
    try:
        clean = clean_url(url)
        return clean, url_key(clean, platform)
    except UrlError:
        return None


def is_trap(url: str) -> bool:
    """Say whether an address looks like one of endlessly many: sort links, repeated folders."""
    parts = urlsplit(url)
    segments = [segment for segment in parts.path.split("/") if segment]
    names = [name for name, _ in parse_qsl(parts.query, keep_blank_values=True)]
    if len(segments) > MOST_SEGMENTS or len(names) > MOST_PARAMETERS:
        return True
    if any(SORT_PARAMETER.match(name) for name in names):
        return True
    return any(segments.count(segment) > 3 for segment in set(segments) if not segment.isdigit())
