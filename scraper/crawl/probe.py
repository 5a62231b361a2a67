"""Look at a portal once, politely, and propose how to follow it: for ``sites add``."""

from __future__ import annotations

import re
import time
import unicodedata
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from bs4 import UnicodeDammit
from lxml import etree, html

from scraper.crawl.canonical import clean_url, host_of, url_key
from scraper.crawl.clock import Clock, utc_now
from scraper.crawl.decode import DecodeError, decode_body
from scraper.crawl.exchange import Exchange, FailureKind, FetchError, FetchRequest
from scraper.crawl.fetch import Fetcher
from scraper.crawl.menus import section_links
from scraper.crawl.options import FetchLimits, user_agent
from scraper.crawl.redirects import redirect_target
from scraper.crawl.robots import Robots, RobotsState, judge, robots_url
from scraper.crawl.sitemaps import SitemapError, sitemap_entries
from scraper.parse import LinkKind, Page, parse_page
from scraper.sites import Site, detect_platform

HOPS = 5
MOST_LISTINGS = 40
FEED_TYPES = {"application/rss+xml", "application/atom+xml"}


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a look at the front page found; ``notes`` are sentences for people."""

    site: Site
    articles: int
    notes: tuple[str, ...] = ()


class Probe:
    """Asks one portal a handful of questions, with a pause between them."""

    def __init__(
        self,
        contact: str,
        *,
        private_network: bool = False,
        pause: float = 1.5,
        limits: FetchLimits | None = None,
        clock: Clock = utc_now,
    ) -> None:
        self._limits = limits or FetchLimits()
        self._contact = contact
        self._private = private_network
        self._pause = pause
        self._clock = clock
        self._fetcher = Fetcher(
            user_agent(contact), self._limits, clock, private_network=private_network
        )
        self._asked = False

    def look(self, url: str, site_id: str | None = None) -> Proposal:
        """Look at the front page at ``url`` and propose a site.

        Raises:
            UrlError: ``url`` is no address.
            FetchError: The portal cannot be had, or its robots.txt does not allow it.
            ParseError: Its front page cannot be read.
        """
        robots, front = self._front(clean_url(url))
        body = self._plain(front)
        platform = detect_platform(front.url, body)
        page = parse_page(body, front.url, content_type=front.header("Content-Type"))
        tree = _tree(body)
        site = Site(
            id=site_id or slug_of(front.url),
            name=_name(tree) or host_of(front.url),
            base_url=front.url,
            platform=platform,
            listings=_listings(page, front.url, platform),
            feeds=self._feeds(page, tree, front.url),
            sitemaps=self._sitemaps(robots, front.url),
            contact=self._contact,
            pause=max(self._pause, robots.crawl_delay or 0.0),
            private_network=self._private,
        )
        articles = sum(link.kind is LinkKind.ARTICLE for link in page.links)
        return Proposal(site, articles, _notes(site, articles))

    def close(self) -> None:
        """Close the connection."""
        self._fetcher.close()

    def _front(self, url: str) -> tuple[Robots, Exchange]:
        """Fetch the front page through its redirects, each allowed by its host's robots.txt."""
        robots, ruled = None, ""
        for _ in range(HOPS + 1):
            if robots is None or robots_url(url) != ruled:
                ruled = robots_url(url)
                robots = self._robots(url)
            if not robots.allows(url):
                raise FetchError(FailureKind.ROBOTS, _refusal(robots, url))
            exchange = self._ask(url)
            target = redirect_target(exchange)
            if target is None:
                if exchange.status != 200:
                    text = f"{url} answered {exchange.status}"
                    raise FetchError(FailureKind.HTTP, text, exchange)
                return robots, exchange
            url = clean_url(target)
        raise FetchError(FailureKind.REDIRECT, f"{url}: too many redirects")

    def _robots(self, url: str) -> Robots:
        asked = robots_url(url)
        for _ in range(HOPS + 1):
            exchange = self._ask(asked)
            target = redirect_target(exchange)
            if target is None:
                break
            asked = clean_url(target)
        return judge(exchange.status, self._plain(exchange), self._clock())

    def _sitemaps(self, robots: Robots, url: str) -> tuple[str, ...]:
        if robots.sitemaps:
            return tuple(dict.fromkeys(robots.sitemaps))
        guess = urljoin(url, "/sitemap.xml")
        if not robots.allows(guess):
            return ()
        try:
            exchange = self._ask(guess)
            if exchange.status == 200 and next(sitemap_entries(self._plain(exchange)), None):
                return (guess,)
        except (FetchError, SitemapError):
            return ()  # a portal without a sitemap is an ordinary one
        return ()

    def _feeds(self, page: Page, tree: html.HtmlElement | None, url: str) -> tuple[str, ...]:
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

    def _ask(self, url: str) -> Exchange:
        if self._asked:
            time.sleep(self._pause)
        self._asked = True
        return self._fetcher.fetch(FetchRequest(url))

    def _plain(self, exchange: Exchange) -> bytes:
        try:
            return decode_body(
                exchange.body,
                exchange.header("Content-Encoding"),
                self._limits.max_decoded_bytes,
            )
        except DecodeError as error:
            raise FetchError(FailureKind.DECODE, f"{exchange.url}: {error}", exchange) from error


def slug_of(url: str) -> str:
    """Return the id that a site gets: its host without ``www.`` and the country's endings."""
    host = host_of(url)
    host = re.sub(r"\.(?:gov|com|org|edu)?\.?vn(?=$|:)", "", host)
    return re.sub(r"[^a-z0-9]+", "-", host).strip("-") or "site"


def _refusal(robots: Robots, url: str) -> str:
    if robots.state is RobotsState.NOT_NOW:
        return f"{robots_url(url)} does not answer properly, so nothing may be fetched now"
    return f"{robots_url(url)} does not allow {url} to be fetched"


def _tree(body: bytes) -> html.HtmlElement | None:
    text = UnicodeDammit(body, is_html=True).unicode_markup
    try:
        return html.document_fromstring(text) if text else None
    except (etree.ParserError, ValueError):
        return None


def _name(tree: html.HtmlElement | None) -> str | None:
    title = tree.findtext(".//title") if tree is not None else None
    return unicodedata.normalize("NFC", " ".join(title.split())) or None if title else None


def _listings(page: Page, url: str, platform: str | None) -> tuple[str, ...]:
    found: dict[str, str] = {}
    front = url_key(url, platform)
    for link in section_links(page.links):
        if host_of(link.url) == host_of(url):
            clean = clean_url(link.url)
            key = url_key(clean, platform)
            if key != front:
                found.setdefault(key, clean)
    return tuple(found.values())[:MOST_LISTINGS]


def _notes(site: Site, articles: int) -> tuple[str, ...]:
    notes = []
    if site.platform is None:
        notes.append("The platform is not known; pages are read by what all portals share.")
    if not (site.listings or site.feeds or site.sitemaps):
        notes.append("No listing, feed or sitemap was found; only the front page is followed.")
    if not articles:
        notes.append("The front page shows no article; look at the first run's result closely.")
    if urlsplit(site.base_url).scheme == "http":
        notes.append("The portal is fetched over http, without encryption.")
    return tuple(notes)
