"""Look at a portal once, politely, and propose how to follow it: for ``sites add``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from urllib.parse import urljoin

from scraper.crawl.box import BoxError, box_url
from scraper.crawl.canonical import clean_url, host_of
from scraper.crawl.check import PageCheck, articles_of, ask_box, checked, listed_by_key, read
from scraper.crawl.clock import Clock, utc_now
from scraper.crawl.doorway import leads_on_to
from scraper.crawl.exchange import Exchange, FailureKind, FetchError
from scraper.crawl.hindrance import hindrance
from scraper.crawl.options import FetchLimits
from scraper.crawl.patience import Tell
from scraper.crawl.proposal import (
    Proposal,
    feeds_of,
    listings_of,
    name_of,
    notes_of,
    slug_of,
    tree_of,
)
from scraper.crawl.scope import Scope
from scraper.crawl.sitemaps import SitemapError, sitemap_entries
from scraper.crawl.tls import TlsRelaxation
from scraper.crawl.visitor import HOPS, Visitor
from scraper.parse import (
    Counters,
    Listed,
    Page,
    ParseError,
    learn_boilerplate,
    sample_page,
)
from scraper.parse.boilerplate import Sample
from scraper.sites import Site, detect_platform, load_profile, profiles

MOST_ARTICLES = 2


class Probe:
    """Asks one portal a handful of questions, with a pause between them.

    ``profiles`` is the folder of the user's own profiles; with ``browser`` pages are drawn first.
    ``relaxation`` is what the archive lives with already in the portal's TLS;
    ``tell`` hears what is waited for long.
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
        relaxation: TlsRelaxation | None = None,
        tell: Tell | None = None,
    ) -> None:
        self._contact = contact
        self._private = private_network
        self._pause = pause
        self._limits = limits
        self._clock = clock
        self._profiles = profiles
        self._browser = browser
        self._relaxed = relaxation
        self._tell = tell
        self._visitor = self._visit(relaxation)

    def look(self, url: str, site_id: str | None = None) -> Proposal:
        """Look at the front page at ``url`` and at a few articles, and propose a site.

        Raises:
            UrlError: ``url`` is no address.
            FetchError: The portal cannot be had, or its robots.txt does not allow it.
            ParseError: Its front page cannot be read.
            ProfileError: A profile of the user's own is not valid.
        """
        front, relaxation = self._front(clean_url(url))
        front = self._behind(front)
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
        tree = tree_of(body)
        site = replace(
            site,
            name=name_of(tree) or site.name,
            listings=listings_of(page, front.url, platform),
            feeds=feeds_of(page, tree, front.url),
            sitemaps=self._sitemaps(front.url),
        )
        articles = articles_of(Scope.of(site), page)
        answers, samples = self._articles(list(articles.values())[:MOST_ARTICLES])
        own = sample_page(body, content_type=self._visitor.content_type(front))
        site = replace(site, boilerplate=learn_boilerplate([*([own] if own else []), *samples]))
        said = listed_by_key(Scope.of(site), page)
        keys = {url: key for key, url in articles.items()}
        checks = [
            self._checked(site, url, answer, said.get(keys[url])) for url, answer in answers.items()
        ]
        counters, notes = self._counters(site, page)
        notes = [*notes_of(site, len(articles), relaxation), *notes]
        return Proposal(
            site, len(articles), page.encoding, counters, tuple(checks), tuple(notes), relaxation
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
            tell=self._tell,
        )

    def _front(self, url: str) -> tuple[Exchange, TlsRelaxation | None]:
        """Fetch the front page; once more where a profile says what the host's old TLS needs."""
        try:
            return self._visitor.page(url), None
        except FetchError as error:
            relaxation = self._relaxation(url) if error.kind is FailureKind.TLS else None
            if relaxation is None or self._relaxed is not None:
                raise
        self._visitor.close()
        self._visitor = self._visit(relaxation)
        return self._visitor.page(url), relaxation

    def _behind(self, front: Exchange) -> Exchange:
        """Return the page that the front page sends on to, where it has no link of its own.

        Raises:
            FetchError: What is behind it cannot be had, or something else is shown in its place.
        """
        seen = {front.url}
        while (target := leads_on_to(tree_of(self._visitor.plain(front)), front.url)) is not None:
            target = clean_url(target)
            if target in seen or len(seen) > HOPS:
                break
            seen.add(target)
            front = self._visitor.page(target)
        body = self._visitor.plain(front)
        if not body.strip():
            raise FetchError(FailureKind.EMPTY, f"{front.url} answered with an empty page", front)
        obstacle = hindrance(body, front.url)
        if obstacle is not None:
            raise FetchError(FailureKind.BLOCKED, f"{front.url}: {obstacle}", front)
        return front

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

    def _articles(self, urls: list[str]) -> tuple[dict[str, Exchange | str], list[Sample]]:
        """Fetch the first articles: to learn from them, then to show what is read of them."""
        answers: dict[str, Exchange | str] = {}
        samples: list[Sample] = []
        for url in urls:
            try:
                answers[url] = exchange = self._visitor.page(url)
                content_type = self._visitor.content_type(exchange)
                sample = sample_page(self._visitor.plain(exchange), content_type=content_type)
                samples += [sample] if sample else []
            except (FetchError, ParseError) as error:
                answers[url] = str(error)
        return answers, samples

    def _checked(
        self, site: Site, url: str, answer: Exchange | str, said: Listed | None
    ) -> PageCheck:
        """Tell what is read of an article, or why it cannot be."""
        if isinstance(answer, str):
            return PageCheck(url, problem=answer)
        try:
            return checked(read(self._visitor, site, answer, said))
        except (FetchError, ParseError) as error:
            return PageCheck(url, problem=str(error))

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
