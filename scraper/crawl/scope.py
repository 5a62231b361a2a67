"""What belongs to a site, and how an address of it becomes a task."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit

from scraper.archive.frontier import NewTask, Priority, TaskKind
from scraper.crawl.canonical import UrlError, clean_url, host_of, key_of_clean, url_key
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
        found = _address(url, self.site.platform)
        return found is not None and found.host in self.hosts and found.trap

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
        found = _address(url, self.site.platform)
        if found is None:
            return None
        if kind is not TaskKind.FILE and (found.host not in self.hosts or found.trap):
            return None
        if kind is TaskKind.ARTICLE and not found.news:
            return None
        urgency = PRIORITIES[kind] if priority is None else priority
        return NewTask(
            self.site.id, found.key, found.clean, found.host, kind, urgency, page=page, via=via
        )


class _Address(NamedTuple):
    """What an address says by itself, whatever site it is taken for."""

    clean: str
    key: str
    host: str
    trap: bool
    news: bool


@lru_cache(maxsize=REMEMBERED)
def _address(url: str, platform: str | None) -> _Address | None:
    """Return what ``url`` says; remembered, since every page repeats the same menu."""
    try:
        clean = clean_url(url)
    except UrlError:
        return None
    key = key_of_clean(clean, platform)
    return _Address(clean, key, host_of(clean), is_trap(clean), not NOT_NEWS.search(clean))


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
