"""What a portal's front page says about how to follow it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from bs4 import UnicodeDammit
from lxml import etree, html

from scraper.crawl.canonical import clean_url, host_of, url_key
from scraper.crawl.check import PageCheck
from scraper.crawl.menus import section_links
from scraper.crawl.tls import TlsRelaxation
from scraper.parse import Counters, LinkKind, Page
from scraper.sites import Site

MOST_LISTINGS = 40
FEED_TYPES = {"application/rss+xml", "application/atom+xml"}


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a look at a portal found; ``notes`` are sentences for people.

    ``counters`` are those of the front page or of the profile's endpoint; ``checks`` what was read
    of a few articles. ``relaxation`` is what the host's old TLS needs, to be kept with the site.
    """

    site: Site
    articles: int
    encoding: str | None = None
    counters: Counters | None = None
    checks: tuple[PageCheck, ...] = ()
    notes: tuple[str, ...] = ()
    relaxation: TlsRelaxation | None = None


def slug_of(url: str) -> str:
    """Return the id that a site gets: its host without ``www.`` and the country's endings."""
    host = host_of(url)
    host = re.sub(r"\.(?:gov|com|org|edu)?\.?vn(?=$|:)", "", host)
    return re.sub(r"[^a-z0-9]+", "-", host).strip("-") or "site"


def tree_of(body: bytes) -> html.HtmlElement | None:
    """Return the page's tree, or ``None`` where there is none."""
    if not body.strip():
        return None
    text = UnicodeDammit(body, is_html=True).unicode_markup
    try:
        return html.document_fromstring(text) if text else None
    except (etree.ParserError, ValueError):
        return None


def name_of(tree: html.HtmlElement | None) -> str | None:
    """Return the site's name: the title of its front page."""
    title = tree.findtext(".//title") if tree is not None else None
    return unicodedata.normalize("NFC", " ".join(title.split())) or None if title else None


def listings_of(page: Page, url: str, platform: str | None) -> tuple[str, ...]:
    """Return the sections of the portal that the front page (``url``) links to."""
    found: dict[str, str] = {}
    front = url_key(url, platform)
    for link in section_links(page.links):
        if host_of(link.url) == host_of(url):
            clean = clean_url(link.url)
            key = url_key(clean, platform)
            if key != front:
                found.setdefault(key, clean)
    return tuple(found.values())[:MOST_LISTINGS]


def feeds_of(page: Page, tree: html.HtmlElement | None, url: str) -> tuple[str, ...]:
    """Return the feeds of the portal's own host that the page links to or declares."""
    found = [link.url for link in page.links if link.kind is LinkKind.FEED]
    if tree is not None:
        found += [
            urljoin(url, link.get("href", ""))
            for link in tree.iter("link")
            if "alternate" in link.get("rel", "").lower().split()
            and link.get("type", "").lower() in FEED_TYPES
            and link.get("href")
        ]
    own = (each for each in found if host_of(each) == host_of(url))
    return tuple(dict.fromkeys(own))


def notes_of(site: Site, articles: int, relaxation: TlsRelaxation | None) -> list[str]:
    """Say what a person should know before the site is saved."""
    notes = []
    if relaxation is not None:
        notes.append(
            f"The portal's TLS is old; {relaxation.summary} will be allowed for {relaxation.host}, "
            f"as its family's profile says: {relaxation.reason}"
        )
    if site.platform is None:
        notes.append("The platform is not known; pages are read by what all portals share.")
    if not (site.listings or site.feeds or site.sitemaps):
        notes.append("No listing, feed or sitemap was found; only the front page is followed.")
    if not articles and not site.browser:
        notes.append(
            "The front page shows no article. If JavaScript puts it together, --browser draws it; "
            "else look closely at what the first run finds."
        )
    if urlsplit(site.base_url).scheme == "http":
        notes.append("The portal is fetched over http, without encryption.")
    return notes
