"""The portal's pages for people, in one markup."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from scraper.demo.addresses import Addresses, Markup
from scraper.demo.article import DemoArticle
from scraper.demo.edition import Edition
from scraper.demo.newsdesk import Category, House, StaticPage
from scraper.demo.rendering import templates
from scraper.demo.responses import Response
from scraper.parse.page import Counters

_RELATED = 6


@dataclass(frozen=True, slots=True)
class Visit:
    """What a page says beside its content: the moment, the box, and which visit it is.

    ``online`` is ``None`` on a page from the cache, which cannot know who is on the portal now.
    """

    moment: datetime
    counters: Counters
    online: int | None
    serial: str


@dataclass(frozen=True, slots=True)
class Pages:
    """Draws pages out of an edition; knows the markup, but no requests."""

    markup: Markup
    base_url: str
    house: House
    addresses: Addresses

    def front(self, edition: Edition, visit: Visit) -> Response:
        """The front page: the newest articles, and the sections with theirs."""
        sections = [(one, edition.section(one.key)) for one in self.house.categories]
        return self._page("front.html", edition, visit, sections=sections)

    def article(
        self, article: DemoArticle, edition: Edition, visit: Visit, views: int | None
    ) -> Response:
        """The page of one article; ``views`` is printed where the markup has it and knows it."""
        return self._page(
            "article.html",
            edition,
            visit,
            article=article,
            category=self.house.category(article.category),
            related=edition.others(article, _RELATED),
            views=views,
        )

    def print_view(self, article: DemoArticle) -> Response:
        """The article alone, for the printer."""
        return self._draw(f"{self.markup}/print.html", 200, article=article)

    def listing(self, category: Category, page: int, edition: Edition, visit: Visit) -> Response:
        """One page of a section's list, from 1; past the last page the list is empty."""
        articles = edition.section(category.key)
        size = self.addresses.page_size
        return self._page(
            "listing.html",
            edition,
            visit,
            category=category,
            articles=articles[(page - 1) * size : page * size],
            page=page,
            last=max(1, -(-len(articles) // size)),
        )

    def search(
        self, words: str, found: Sequence[DemoArticle], edition: Edition, visit: Visit
    ) -> Response:
        """What the portal's own search found for ``words``."""
        return self._page("search.html", edition, visit, words=words, articles=found)

    def static_page(self, page: StaticPage, edition: Edition, visit: Visit) -> Response:
        """A page that is no news."""
        return self._page("static.html", edition, visit, page=page)

    def not_found(self, edition: Edition, visit: Visit) -> Response:
        """The portal's own "not found", with whatever status its platform gives."""
        return self._page("not-found.html", edition, visit, status=self.addresses.gone_status)

    def _page(
        self, name: str, edition: Edition, visit: Visit, *, status: int = 200, **values: object
    ) -> Response:
        return self._draw(f"{self.markup}/{name}", status, edition=edition, visit=visit, **values)

    def _draw(self, template: str, status: int, **values: object) -> Response:
        text = (
            templates()
            .get_template(template)
            .render(house=self.house, at=self.addresses, base_url=self.base_url, **values)
        )
        # The newer servers compress their pages, the old ones send them plain.
        headers = {"Vary": "Accept-Encoding"} if self.markup == "modern" else {}
        return Response(status, text.encode(), headers=headers)
