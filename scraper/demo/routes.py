"""Which address leads to what, in one edition of the portal."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from scraper.demo.addresses import Addresses
from scraper.demo.article import DemoArticle
from scraper.demo.counter import VisitCounter
from scraper.demo.edition import Edition, edition_at
from scraper.demo.files import files_of
from scraper.demo.machine_files import MachineFiles
from scraper.demo.newsdesk import Category, House, StaticPage
from scraper.demo.pages import Pages, Visit
from scraper.demo.responses import Response, with_validators

Query = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Route:
    """What stands at an address: how to answer with it, and how it is counted.

    ``counted`` pages add a visit; ``slug`` names the article that they add a view to.
    """

    answer: Callable[[Query], Response]
    counted: bool = False
    slug: str | None = None


class Routes:
    """The addresses of one edition. ``visitor`` gives what a page drawn now says of its visits."""

    def __init__(
        self,
        edition: Edition,
        pages: Pages,
        counter: VisitCounter,
        visitor: Callable[[], Visit],
    ) -> None:
        self._edition = edition
        self._pages = pages
        self._counter = counter
        self._visitor = visitor
        self._addresses: Addresses = pages.addresses
        self._house: House = pages.house
        self._machine = MachineFiles(pages.base_url, pages.house, pages.addresses)
        self._table = {self._addresses.key(path): route for path, route in self._all().items()}

    def find(self, path: str) -> Route:
        """What stands at ``path``; the portal's "not found" where nothing does."""
        missing = Route(lambda _: self._pages.not_found(self._edition, self._visitor()), True)
        return self._table.get(self._addresses.key(path), missing)

    def _all(self) -> dict[str, Route]:
        at, edition = self._addresses, self._edition
        table = {path: _plain(file.answer) for path, file in files_of(edition, at).items()}
        table |= self._machine_routes()
        table |= {at.article(one): self._article_route(one) for one in edition.articles}
        for article in edition.articles:
            table[at.print_view(article)] = _plain(partial(self._pages.print_view, article))
        for category in self._house.categories:
            table[at.listing(category)] = Route(partial(self._listing, category), True)
        for page in self._house.pages:
            table[at.static_page(page)] = Route(partial(self._static_page, page), True)
        table[at.front] = table[at.home] = Route(self._front, True)
        table[at.search] = Route(self._search, True)
        return table

    def _machine_routes(self) -> dict[str, Route]:
        machine, edition = self._machine, self._edition
        table = {
            "/robots.txt": _plain(machine.robots),
            "/sitemap.xml": _plain(partial(machine.sitemap, edition)),
            self._addresses.feed: _plain(partial(machine.feed, edition)),
        }
        for category in self._house.categories:
            draw = partial(machine.section_sitemap, edition, category.key)
            table[machine.section_path(category.key)] = _plain(draw)
        return table

    def _article_route(self, article: DemoArticle) -> Route:
        if article.cached:
            return Route(partial(self._cached_article, article))
        return Route(partial(self._article, article), True, article.slug)

    def _front(self, _: Query) -> Response:
        return self._pages.front(self._edition, self._visitor())

    def _article(self, article: DemoArticle, _: Query) -> Response:
        views = self._counter.views(article, self._edition.moment)
        return self._pages.article(article, self._edition, self._visitor(), views)

    def _cached_article(self, article: DemoArticle, _: Query) -> Response:
        """The page as it was drawn on publication.

        Real portals keep pages in an output cache, and the box in them stands still meanwhile. So
        this page's box is older than that of its neighbours: its total is less than theirs, never
        more. ``Age`` says by how many simulated seconds. The application does not see such a
        request, hence does not count it, and the page knows no views and nobody online.
        """
        published = article.online_since
        edition = edition_at(published)
        visit = Visit(published, VisitCounter().read(published), None, "cache")
        response = self._pages.article(edition.find(article.slug), edition, visit, None)
        age = int((self._edition.moment - published).total_seconds())
        response.headers.update({"Age": str(age), "X-Cache": "HIT"})
        return with_validators(response, published)

    def _listing(self, category: Category, query: Query) -> Response:
        page = page_number(query.get(self._addresses.turn, ""))
        return self._pages.listing(category, page, self._edition, self._visitor())

    def _static_page(self, page: StaticPage, _: Query) -> Response:
        return self._pages.static_page(page, self._edition, self._visitor())

    def _search(self, query: Query) -> Response:
        words = query.get("q", "").strip()
        found = [
            one
            for one in self._edition.articles
            if words and words.casefold() in one.title.casefold()
        ]
        return self._pages.search(words, found, self._edition, self._visitor())


def _plain(draw: Callable[[], Response]) -> Route:
    """A route whose answer does not depend on a query and adds no visit."""
    return Route(lambda _: draw())


def page_number(text: str) -> int:
    """The page that a query asks for; the first for anything that is no positive number."""
    return int(text) if re.fullmatch("[1-9][0-9]{0,3}", text) else 1
