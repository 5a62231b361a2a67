"""What a page says of itself to machines: ``title``, Open Graph, other ``meta``, JSON-LD."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from scraper.parse.outline import Element
from scraper.parse.text import clean

# schema.org types of a news item; portals' JSON-LD of an Organization says nothing of the article.
_ARTICLE_TYPES = re.compile(r"(Article|BlogPosting|Report|Posting)$")
_TRAILING_COMMA = re.compile(r",\s*([}\]])")


@dataclass(frozen=True, slots=True)
class Metadata:
    """The machine-readable part of a page; texts are cleaned, addresses as written."""

    title: str | None = None
    language: str | None = None
    canonical: str | None = None
    feeds: tuple[str, ...] = ()
    meta: dict[str, str] = field(default_factory=dict)
    authors: tuple[str, ...] = ()
    article: dict[str, Any] = field(default_factory=dict)

    def get(self, *names: str) -> str | None:
        """The first non-empty ``meta`` of these names (lower case)."""
        return next((self.meta[name] for name in names if self.meta.get(name)), None)

    def text(self, key: str) -> str | None:
        """A text of the JSON-LD article, or ``None``."""
        value = self.article.get(key)
        return (clean(unescape(value)) or None) if isinstance(value, str) else None


def read_metadata(root: Element) -> Metadata:
    """Collect the metadata of a parsed page; must run before scripts are stripped."""
    head = root.find("head")
    scope = root if head is None else head
    meta: dict[str, str] = {}
    authors: list[str] = []
    for element in scope.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = element.get("content")
        if not name or not content:
            continue
        name, value = name.lower(), clean(content)
        if name in ("author", "article:author", "dc.creator", "byl") and value not in authors:
            authors.append(value)
        meta.setdefault(name, value)
    title = scope.find(".//title")
    return Metadata(
        title=clean("".join(title.itertext())) or None if title is not None else None,
        language=(
            root.get("lang")
            or root.get("{http://www.w3.org/XML/1998/namespace}lang")
            or meta.get("language")
        ),
        canonical=_link(scope, "canonical"),
        feeds=tuple(_feeds(scope)),
        meta=meta,
        authors=tuple(authors),
        article=_json_article(root),
    )


def _link(scope: Element, rel: str) -> str | None:
    for element in scope.iter("link"):
        if (element.get("rel") or "").lower() == rel and element.get("href"):
            return str(element.get("href")).strip()
    return None


def _feeds(scope: Element) -> Iterator[str]:
    for element in scope.iter("link"):
        kind = (element.get("type") or "").lower()
        if kind in ("application/rss+xml", "application/atom+xml") and element.get("href"):
            yield str(element.get("href")).strip()


def _json_article(root: Element) -> dict[str, Any]:
    """The richest news item among the page's JSON-LD blocks (lists and ``@graph`` included)."""
    best: dict[str, Any] = {}
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower() or not script.text:
            continue
        for node in _nodes(_loads(script.text), 0):
            if _is_article(node) and len(node) > len(best):
                best = node
    return best


def _loads(text: str) -> object:
    text = text.strip().removeprefix("<!--").removesuffix("-->").rstrip(" ;\n")
    for attempt in (text, _TRAILING_COMMA.sub(r"\1", text.replace("\n", " "))):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _nodes(value: object, depth: int) -> Iterator[dict[str, Any]]:
    if depth > 4:
        return
    if isinstance(value, list):
        for item in value:
            yield from _nodes(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement"):
            if isinstance(value.get(key), list | dict):
                yield from _nodes(value[key], depth + 1)


def _is_article(node: dict[str, Any]) -> bool:
    types = node.get("@type")
    names = types if isinstance(types, list) else [types]
    named = any(isinstance(name, str) and _ARTICLE_TYPES.search(name) for name in names)
    return named and bool(
        node.get("headline") or node.get("articleBody") or node.get("datePublished")
    )


def json_authors(article: dict[str, Any]) -> tuple[list[str], list[str]]:
    """Persons and organisations that a JSON-LD article names as its authors."""
    persons: list[str] = []
    organisations: list[str] = []
    value = article.get("author") or article.get("creator")
    for item in value if isinstance(value, list) else [value]:
        names, kind = (
            (item.get("name"), item.get("@type")) if isinstance(item, dict) else (item, "Person")
        )
        for name in names if isinstance(names, list) else [names]:
            if not isinstance(name, str) or not clean(unescape(name)) or name.startswith("http"):
                continue
            target = organisations if kind in ("Organization", "NewsMediaOrganization") else persons
            if clean(unescape(name)) not in target:
                target.append(clean(unescape(name)))
    return persons, organisations
