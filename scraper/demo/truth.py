"""What an archive of the portal must hold: the articles as written, whatever the markup.

The values follow the conventions of ``docs/architecture.md``; tests compare the archive with them.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime

from scraper.demo.article import Block, Bullets, DemoArticle, Figure, Table
from scraper.demo.edition import edition_at
from scraper.demo.newsdesk import load_house


@dataclass(frozen=True, slots=True)
class ExpectedImage:
    """A photo: its file name, and the caption, which photos side by side share."""

    filename: str
    caption: str | None
    alt: str | None


@dataclass(frozen=True, slots=True)
class ExpectedAttachment:
    """A file offered with an article."""

    filename: str
    label: str


@dataclass(frozen=True, slots=True)
class ExpectedArticle:
    """The true record of an article; fields are named as the columns of ``articles``.

    ``body`` holds the blocks, which the archive joins by a blank line. ``slug`` names the article
    to ``DemoPortal.article_url``.
    """

    slug: str
    title: str
    published_at: str | None
    published_on: str
    published_raw: str
    summary: str | None
    body: tuple[str, ...]
    images: tuple[ExpectedImage, ...]
    byline: str | None
    author: str | None
    organisation: str | None
    category: str
    tags: tuple[str, ...]
    attachments: tuple[ExpectedAttachment, ...]


def expected_articles(today: datetime) -> list[ExpectedArticle]:
    """The articles on the portal at the simulated moment ``today`` (aware), the newest first."""
    return [expected(article) for article in edition_at(today).articles]


def expected_removed(today: datetime) -> list[ExpectedArticle]:
    """The articles that were on the portal and have been taken off by ``today`` (aware)."""
    return [expected(article) for article in edition_at(today).removed]


def expected(article: DemoArticle) -> ExpectedArticle:
    """The true record of one article."""
    return ExpectedArticle(
        slug=article.slug,
        title=plain(article.title),
        published_at=article.online_since.isoformat() if article.timed else None,
        published_on=article.day.isoformat(),
        published_raw=article.date_line,
        summary=_optional(article.summary),
        body=tuple(block_text(one) for one in article.body if not isinstance(one, Figure)),
        images=tuple(
            ExpectedImage(photo.file, _optional(figure.caption), _optional(photo.alt))
            for figure in article.figures
            for photo in figure.photos
        ),
        byline=_optional(article.byline),
        author=_optional(article.author),
        organisation=_optional(article.organisation),
        category=load_house().category(article.category).name,
        tags=tuple(plain(tag) for tag in article.tags),
        attachments=tuple(ExpectedAttachment(one.file, one.label) for one in article.documents),
    )


def block_text(block: Block) -> str:
    """The plain text of a block: lists an item a line, tables a row a line, photos nothing."""
    match block:
        case Figure():
            return ""
        case Bullets(items=items, ordered=ordered):
            marks = (f"{n}. " if ordered else "- " for n in range(1, len(items) + 1))
            return "\n".join(mark + plain(item) for mark, item in zip(marks, items, strict=True))
        case Table(rows=rows):
            return "\n".join(" | ".join(plain(cell) for cell in row) for row in rows)
    return plain(block.text)


def plain(text: str) -> str:
    """``text`` in NFC, runs of white space (no-break spaces, too) folded to one space."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _optional(text: str | None) -> str | None:
    return None if text is None else plain(text)
