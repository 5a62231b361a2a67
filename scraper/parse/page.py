"""What reading a page gives: the records that ``parse_page`` returns.

The fields carry the names of the archive's columns (``docs/architecture.md``), so that storing a
page is copying fields. Everything is frozen: a page that was read is a fact and is not edited.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class PageKind(StrEnum):
    """What a page is, as far as the archive cares."""

    ARTICLE = "article"
    LISTING = "listing"
    NOT_FOUND = "not found"
    OTHER = "other"


class LinkKind(StrEnum):
    """What the crawl should take a link for; a hint, never a promise."""

    ARTICLE = "article"
    LISTING = "listing"
    NEXT = "next"
    FEED = "feed"
    OTHER = "other"


class ParseError(ValueError):
    """The bytes are no page that can be read (binary data, say); the message says why."""


@dataclass(frozen=True, slots=True)
class Image:
    """A photo of an article, in reading order.

    ``url`` is absolute; ``filename`` is the last path segment, percent-decoded; ``caption`` and
    ``alt`` are NFC text or ``None`` where the page has none.
    """

    url: str
    filename: str | None = None
    caption: str | None = None
    alt: str | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that the article offers for download; ``label`` is the text of its link."""

    url: str
    filename: str | None = None
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Counters:
    """What a "Truy cập" box says at one moment; ``None`` for what it does not say."""

    today: int | None = None
    yesterday: int | None = None
    this_week: int | None = None
    this_month: int | None = None
    total: int | None = None
    online: int | None = None


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a value came from: the rule that found it and the node it stood in.

    ``rule`` is a short name such as ``profile:title`` or ``label:Đăng lúc``; ``path`` is an XPath
    of the node within the page, or ``None`` where there is none (a header, an address);
    ``confidence`` is between 0 and 1. ``printed`` is the text as the page has it where it was
    turned into Unicode from an old code (rule ``legacy:TCVN3`` and the like).
    """

    rule: str
    path: str | None = None
    confidence: float = 1.0
    printed: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One news item as its page shows it. All text is NFC; what the page does not say is ``None``.

    ``published_at`` is ISO 8601 with the portal's offset (``2024-03-27T15:06:52+07:00``) and
    ``published_on`` its local date; a date without a time fills ``published_on`` only.
    ``body`` is plain text: blocks split by a blank line, list items and table rows on lines of
    their own. ``body_html`` is sanitised and has absolute links.
    """

    title: str | None = None
    summary: str | None = None
    body: str | None = None
    body_html: str | None = None
    author: str | None = None
    organisation: str | None = None
    byline: str | None = None
    category: str | None = None
    tags: tuple[str, ...] = ()
    published_at: str | None = None
    published_on: str | None = None
    published_raw: str | None = None
    views: int | None = None
    images: tuple[Image, ...] = ()
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the page: absolute ``url``, its text, what it seems to lead to.

    ``published_on`` is the local date that a listing prints in the same entry as the link, if any,
    and ``published_raw`` how it is printed there.
    """

    url: str
    text: str = ""
    kind: LinkKind = LinkKind.OTHER
    published_on: str | None = None
    published_raw: str | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """What a listing says of an address: the headline as printed there, and the local date.

    ``published_raw`` is that date as printed. A headline may be cut short with "…".
    """

    title: str | None = None
    published_on: str | None = None
    published_raw: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """All that was read out of one response.

    ``article`` is ``None`` unless ``kind`` is ``article``; ``counters`` is ``None`` without a box.
    ``canonical_url`` is what the page itself names as its address. ``encoding`` is how the bytes
    were decoded. ``warnings`` are sentences for people.
    """

    url: str
    kind: PageKind
    article: Article | None = None
    counters: Counters | None = None
    links: tuple[Link, ...] = ()
    warnings: tuple[str, ...] = ()
    canonical_url: str | None = None
    encoding: str | None = None
    provenance: dict[str, Provenance] = field(default_factory=dict)
