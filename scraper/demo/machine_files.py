"""The portal's files for machines: RSS, sitemaps, robots.txt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scraper.demo.addresses import Addresses
from scraper.demo.article import DemoArticle
from scraper.demo.edition import Edition
from scraper.demo.newsdesk import House
from scraper.demo.rendering import templates
from scraper.demo.responses import Response, http_date

_FEED_LENGTH = 15


@dataclass(frozen=True, slots=True)
class MachineFiles:
    """Draws the files that readers of feeds and crawlers ask for."""

    base_url: str
    house: House
    addresses: Addresses

    def robots(self) -> Response:
        """robots.txt: some folders are closed, and the sitemap is named."""
        lines = [
            "User-agent: *",
            *(f"Disallow: {folder}" for folder in self.addresses.private),
            "",
            f"Sitemap: {self.base_url}/sitemap.xml",
        ]
        return Response(200, "\r\n".join([*lines, ""]).encode(), "text/plain; charset=utf-8")

    def feed(self, edition: Edition) -> Response:
        """RSS 2.0 with the newest articles; times in GMT."""
        text = (
            templates()
            .get_template("rss.xml")
            .render(
                house=self.house,
                base_url=self.base_url,
                addresses=self.addresses,
                articles=edition.articles[:_FEED_LENGTH],
                http_date=http_date,
                moment=edition.moment,
            )
        )
        return Response(200, text.encode(), "application/rss+xml; charset=utf-8")

    def sitemap(self, edition: Edition) -> Response:
        """The sitemap: one file for the SharePoint kind, an index by section for the modern one."""
        if self.addresses.any_case:
            return self._urls(edition.articles)
        locations = [
            f"{self.base_url}{self.section_path(one.key)}" for one in self.house.categories
        ]
        return _xml("sitemap-index.xml", locations=locations, moment=edition.moment)

    def section_path(self, key: str) -> str:
        """Where the sitemap of the section ``key`` stands."""
        return f"/sitemap-{key}.xml"

    def section_sitemap(self, edition: Edition, key: str) -> Response:
        """The sitemap of one section."""
        return self._urls(edition.section(key))

    def _urls(self, articles: Sequence[DemoArticle]) -> Response:
        pages = [(self.base_url + self.addresses.article(one), one) for one in articles]
        return _xml("sitemap.xml", front=self.base_url + self.addresses.front, pages=pages)


def _xml(template: str, **values: object) -> Response:
    text = templates().get_template(template).render(**values)
    return Response(200, text.encode(), "application/xml; charset=utf-8")
