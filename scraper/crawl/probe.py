"""Look at a portal once, politely, and propose how to follow it: for ``sites add``."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from bs4 import UnicodeDammit
from lxml import etree, html

from scraper.crawl.box import BoxError, box_url
from scraper.crawl.canonical import clean_url, host_of, url_key
from scraper.crawl.check import PageCheck, articles_of, ask_box, checked, read
from scraper.crawl.clock import Clock, utc_now
from scraper.crawl.exchange import Exchange, FailureKind, FetchError
from scraper.crawl.menus import section_links
from scraper.crawl.options import FetchLimits
from scraper.crawl.scope import Scope
from scraper.crawl.sitemaps import SitemapError, sitemap_entries
from scraper.crawl.tls import TlsRelaxation
from scraper.crawl.visitor import Visitor
from scraper.parse import (
    Counters,
    LinkKind,
    Page,
    ParseError,
    learn_boilerplate,
    sample_page,
)
from scraper.parse.boilerplate import Sample
from scraper.sites import Site, detect_platform, load_profile, profiles

MOST_ARTICLES = 2
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


class Probe:
    """Asks one portal a handful of questions, with a pause between them.

    ``profiles`` is the folder of the user's own profiles; with ``browser`` pages are drawn first.
    """

    def __init__(
        self,
        contact: str,
        *,
        private_network: bool = False,
        pause: float = 1.5,
        browser: bool = False,
        profiles: Path | None = None,
        limits: FetchLimits | None = None,
        clock: Clock = utc_now,
    ) -> None:
        self._contact = contact
        self._private = private_network
        self._pause = pause
        self._limits = limits
        self._clock = clock
        self._profiles = profiles
        self._browser = browser
        self._visitor = self._visit(None)

    def look(self, url: str, site_id: str | None = None) -> Proposal:
        """Look at the front page at ``url`` and at a few articles, and propose a site.

        Raises:
            UrlError: ``url`` is no address.
            FetchError: The portal cannot be had, or its robots.txt does not allow it.
            ParseError: Its front page cannot be read.
            ProfileError: A profile of the user's own is not valid.
        """
        front, relaxation = self._front(clean_url(url))
        body = self._visitor.plain(front)
        platform = detect_platform(front.url, body, self._profiles)
        site = Site(
            id=site_id or slug_of(front.url),
            name=host_of(front.url),
            base_url=front.url,
            platform=platform,
            contact=self._contact,
            pause=self._visitor.pause,
            private_network=self._private,
            browser=self._browser,
            profile=load_profile(platform, self._profiles),
        )
        page = read(self._visitor, site, front)
        tree = _tree(body)
        site = replace(
            site,
            name=_name(tree) or site.name,
            listings=_listings(page, front.url, platform),
            feeds=self._feeds(page, tree, front.url),
            sitemaps=self._sitemaps(front.url),
        )
        checks, samples = self._articles(site, page)
        own = sample_page(body, content_type=self._visitor.content_type(front))
        site = replace(site, boilerplate=learn_boilerplate([*([own] if own else []), *samples]))
        articles = sum(link.kind is LinkKind.ARTICLE for link in page.links)
        counters, notes = self._counters(site, page)
        notes = [*_notes(site, articles, relaxation), *notes]
        return Proposal(
            site, articles, page.encoding, counters, tuple(checks), tuple(notes), relaxation
        )

    def close(self) -> None:
        """Close the connection."""
        self._visitor.close()

    def _visit(self, relaxation: TlsRelaxation | None) -> Visitor:
        return Visitor(
            self._contact,
            private_network=self._private,
            pause=self._pause,
            limits=self._limits,
            clock=self._clock,
            relaxation=relaxation,
            draw=self._browser,
        )

    def _front(self, url: str) -> tuple[Exchange, TlsRelaxation | None]:
        """Fetch the front page; once more where a profile says what the host's old TLS needs."""
        try:
            return self._visitor.page(url), None
        except FetchError as error:
            relaxation = self._relaxation(url) if error.kind is FailureKind.TLS else None
            if relaxation is None:
                raise
        self._visitor.close()
        self._visitor = self._visit(relaxation)
        return self._visitor.page(url), relaxation

    def _relaxation(self, url: str) -> TlsRelaxation | None:
        host = host_of(url).partition(":")[0]
        for profile in profiles(self._profiles).values():
            tls = profile.tls
            if tls is not None and any(pattern.search(host) for pattern in tls.hosts):
                since = self._clock().date().isoformat()
                return TlsRelaxation(
                    host, tls.reason, since, tls.legacy_renegotiation, tls.weak_keys
                )
        return None

    def _articles(self, site: Site, front: Page) -> tuple[list[PageCheck], list[Sample]]:
        """Read the first articles of the front page: for the preview, and to learn from them."""
        checks, samples = [], []
        for url in list(articles_of(Scope.of(site), front).values())[:MOST_ARTICLES]:
            try:
                exchange = self._visitor.page(url)
                checks.append(checked(read(self._visitor, site, exchange)))
                content_type = self._visitor.content_type(exchange)
                sample = sample_page(self._visitor.plain(exchange), content_type=content_type)
                samples += [sample] if sample else []
            except (FetchError, ParseError) as error:
                checks.append(PageCheck(url, problem=str(error)))
        return checks, samples

    def _counters(self, site: Site, front: Page) -> tuple[Counters | None, list[str]]:
        if box_url(site) == site.base_url:
            return front.counters, []
        try:
            return ask_box(self._visitor, site), []
        except (FetchError, BoxError) as error:
            return front.counters, [f"The counters' address could not be read: {error}."]

    def _sitemaps(self, url: str) -> tuple[str, ...]:
        robots = self._visitor.robots(url)
        if robots.sitemaps:
            return tuple(dict.fromkeys(robots.sitemaps))
        guess = urljoin(url, "/sitemap.xml")
        if not robots.allows(guess):
            return ()
        try:
            exchange = self._visitor.ask(guess)
            if exchange.status == 200 and next(
                sitemap_entries(self._visitor.plain(exchange)), None
            ):
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


def slug_of(url: str) -> str:
    """Return the id that a site gets: its host without ``www.`` and the country's endings."""
    host = host_of(url)
    host = re.sub(r"\.(?:gov|com|org|edu)?\.?vn(?=$|:)", "", host)
    return re.sub(r"[^a-z0-9]+", "-", host).strip("-") or "site"


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


def _notes(site: Site, articles: int, relaxation: TlsRelaxation | None) -> list[str]:
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
    if not articles:
        notes.append("The front page shows no article; look at the first run's result closely.")
    if urlsplit(site.base_url).scheme == "http":
        notes.append("The portal is fetched over http, without encryption.")
    return notes
