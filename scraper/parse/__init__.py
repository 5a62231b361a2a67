"""Read a page: bytes in, a :class:`Page` out; pure, without I/O or clock."""

from scraper.parse.boilerplate import learn as learn_boilerplate
from scraper.parse.page import (
    Article,
    Attachment,
    Counters,
    Image,
    Link,
    LinkKind,
    Listed,
    Page,
    PageKind,
    ParseError,
    Provenance,
)
from scraper.parse.reader import parse_page, sample_page

__all__ = [
    "Article",
    "Attachment",
    "Counters",
    "Image",
    "Link",
    "LinkKind",
    "Listed",
    "Page",
    "PageKind",
    "ParseError",
    "Provenance",
    "learn_boilerplate",
    "parse_page",
    "sample_page",
]
