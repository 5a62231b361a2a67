"""Where things stand on the portal: the addresses of the two platform families it plays.

The forms are those of real portals of Thanh Hóa. All paths are absolute on the host and
percent-encoded.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from typing import Literal
from urllib.parse import quote, unquote

from scraper.demo.article import DemoArticle, Document, Photo
from scraper.demo.newsdesk import Category, StaticPage

Markup = Literal["sharepoint", "modern"]


@dataclass(frozen=True, slots=True)
class Addresses:
    """The scheme of addresses of one platform family.

    The first fields are patterns for ``str.format``. ``home`` is the front page beside ``/``,
    ``static`` the folder of styles and icons, ``private`` what robots.txt asks crawlers to leave
    alone, ``turn`` the query parameter that turns the pages of a list. ``any_case`` servers (IIS)
    do not mind capital letters, nor leading zeros in a folder's date. ``gone_status`` is what is
    answered for a page that is not there.
    """

    article_form: str
    print_form: str
    listing_form: str
    photo_form: str
    document_form: str
    home: str
    feed: str
    search: str
    static: str
    private: tuple[str, ...]
    turn: str
    gone_status: int
    any_case: bool
    front: str = "/"
    page_size: int = 6

    def article(self, article: DemoArticle) -> str:
        """The page of an article."""
        return self._fill(self.article_form, article)

    def print_view(self, article: DemoArticle) -> str:
        """The same article without menus, for printing; crawlers are asked not to take it."""
        return self._fill(self.print_form, article)

    def listing(self, category: Category, page: int = 1) -> str:
        """The ``page``-th page of a section's list, from 1."""
        path = self.listing_form.format(category=category)
        return path if page == 1 else f"{path}?{self.turn}={page}"

    def static_page(self, page: StaticPage) -> str:
        """A page that is no news."""
        return self.listing_form.format(category=page) + ("" if self.any_case else ".html")

    def photo(self, article: DemoArticle, photo: Photo) -> str:
        """The JPEG of a photo."""
        return self.photo_form.format(day=article.day, file=quote(photo.file, safe="()"))

    def document(self, article: DemoArticle, document: Document) -> str:
        """A file offered with an article."""
        return self.document_form.format(day=article.day, file=quote(document.file))

    def key(self, path: str) -> str:
        """The one spelling under which the portal looks up ``path``."""
        plain = unquote(path)
        if not self.any_case:
            return plain
        return re.sub(r"/(\d{4})-0?(\d{1,2})-0?(\d{1,2})/", r"/\1-\2-\3/", plain.casefold())

    def _fill(self, form: str, article: DemoArticle) -> str:
        day: date = article.day
        words = "-".join(article.slug.split("-")[:9]).capitalize()
        return form.format(
            category=article.category,
            day=day,
            folder=f"{day.year}-{day.month}-{day.day}",
            slug=article.slug,
            words=words,
            hash=short_hash(article.slug),
        )


ADDRESSES: dict[Markup, Addresses] = {
    "sharepoint": Addresses(
        article_form="/portal/Pages/{folder}/{words}{hash}.aspx",
        print_form="/portal/in/{hash}.aspx",
        listing_form="/portal/pages/{category.page}.aspx",
        photo_form="/portal/Photos/{day}/{file}",
        document_form="/portal/Documents/{day}/{file}",
        home="/portal/pages/default.aspx",
        feed="/portal/rss.aspx",
        search="/portal/pages/tim-kiem.aspx",
        static="/_layouts/15/td/",
        private=("/_layouts/", "/portal/pages/tim-kiem.aspx", "/portal/in/"),
        turn="PageIndex",
        gone_status=404,
        any_case=True,
    ),
    "modern": Addresses(
        article_form="/web/trang-chu/{category}/{slug}.html",
        print_form="/web/trang-chu/ban-in/{slug}.html",
        listing_form="/web/trang-chu/{category.key}",
        photo_form="/web/uploads/{day:%Y/%m}/{file}",
        document_form="/web/uploads/{day:%Y/%m}/{file}",
        home="/web/trang-chu",
        feed="/web/trang-chu/rss.xml",
        search="/web/trang-chu/tim-kiem",
        static="/web/assets/",
        private=("/web/trang-chu/tim-kiem", "/web/trang-chu/ban-in/"),
        turn="page",
        gone_status=200,
        any_case=False,
    ),
}


def short_hash(text: str) -> str:
    """The six hexadecimal digits with which the SharePoint kind tells pages apart."""
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()[:6]
