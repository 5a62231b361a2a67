"""What an article's content is: the columns that are stored, and the hash that tells an edit.

Content is what a reader would call so: words, signature, section, dates of publication, captions
and which photos and files stand there. Not content: the HTML around the words, addresses (session
numbers in them), alternative texts, view counts, and the date as displayed, which may be relative
("8 giờ trước").
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import fields
from typing import Any
from unicodedata import is_normalized, normalize

from scraper.parse import Article, Attachment, Image, Provenance

COLUMNS: tuple[str, ...] = (
    *("title", "summary", "body", "body_html", "author", "organisation", "byline", "category"),
    *("tags", "published_at", "published_on", "published_raw"),
)

# Those that are words; they count without their white space.
_TEXTS = ("title", "summary", "body", "author", "organisation", "byline", "category")

# A relative date moves with the clock of the reader, not with an edit.
_RELATIVE = re.compile(r"\btrước\b|\bvừa xong\b|\bhôm (nay|qua|kia)\b", re.IGNORECASE)


def content_row(article: Article) -> dict[str, Any]:
    """The content columns of ``articles`` and ``article_versions``."""
    return {name: getattr(article, name) for name in COLUMNS} | {"tags": _json(article.tags)}


def history_row(article: Article, provenance: dict[str, Provenance]) -> dict[str, Any]:
    """What only ``article_versions`` has: photos, files and origins of that version as JSON."""
    return {
        "images": _json([_plain(image) for image in article.images]),
        "attachments": _json([_plain(attachment) for attachment in article.attachments]),
        "provenance": _json({name: _origin(origin) for name, origin in sorted(provenance.items())}),
    }


def _origin(origin: Provenance) -> dict[str, Any]:
    """Where a value came from; the printed form only where it differs from what was read."""
    facts = _plain(origin)
    if facts["printed"] is None:
        del facts["printed"]
    return facts


def captions_of(article: Article) -> str | None:
    """The captions, a line each: what the search finds the article by."""
    captions = [image.caption for image in article.images if image.caption is not None]
    return "\n".join(captions) if captions else None


def year_of(article: Article) -> int | None:
    """The year of publication."""
    return int(article.published_on[:4]) if article.published_on else None


def content_hash(article: Article) -> str:
    """SHA-256 (hex) over the content; equal for pages that a reader would call the same."""
    relative = bool(
        article.published_raw and _RELATIVE.search(normalize("NFC", article.published_raw))
    )
    content = [
        [_words(getattr(article, name)) for name in _TEXTS],
        [_words(tag) for tag in article.tags],
        None if relative else [article.published_at, article.published_on],
        [[image.filename or image.url, _words(image.caption)] for image in article.images],
        [[file.filename or file.url, _words(file.label)] for file in article.attachments],
    ]
    return hashlib.sha256(_json(content).encode()).hexdigest()


def _plain(record: Image | Attachment | Provenance) -> dict[str, Any]:
    # asdict copies each value deeply; these hold text and numbers only.
    return {field.name: getattr(record, field.name) for field in fields(record)}


def _words(text: str | None) -> str | None:
    if not text:
        return None
    if not is_normalized("NFC", text):
        text = normalize("NFC", text)
    # What the parser gives has single spaces, and line breaks between blocks: this is " ".join of
    # split() in half the time. Printable text has no other white space than the space.
    line = text.replace("\n\n", " ").replace("\n", " ")
    if "  " in line or not line.isprintable():
        line = " ".join(line.split())
    return line.strip(" ")


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
