"""What a page says of itself to machines: ``title``, Open Graph, other ``meta``, JSON-LD."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from scraper.parse.names import names_in
from scraper.parse.outline import Element
from scraper.parse.text import clean, fold

# schema.org types of a news item; portals' JSON-LD of an Organization says nothing of the article.
_ARTICLE_TYPES = re.compile(r"(Article|BlogPosting|Report|Posting)$")
_HOUSE_TYPES = re.compile(r"Organi[sz]ation|WebSite|Corporation")
_AUTHOR_NAMES = frozenset(
    ("author", "article:author", "og:article:author", "dc.creator", "dcterms.creator", "creator",
     "byl", "parsely-author", "sailthru.author", "cxenseparse:author", "citation_author",
     "vr:author", "shareaholic:article_author_name"),
)  # fmt: skip
# Letters that no other language has.
_VIETNAMESE = re.compile("[\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]")
_TRAILING_COMMA = re.compile(r",\s*([}\]])")


@dataclass(frozen=True, slots=True)
class Metadata:
    """The machine-readable part of a page; texts are cleaned, addresses as written.

    ``houses`` are the (folded) names of whoever runs the site, which head no article.
    """

    title: str | None = None
    language: str | None = None
    canonical: str | None = None
    feeds: tuple[str, ...] = ()
    meta: dict[str, str] = field(default_factory=dict)
    authors: tuple[str, ...] = ()
    article: dict[str, Any] = field(default_factory=dict)
    houses: frozenset[str] = frozenset()
    page_date: str | None = None

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
        name = name or element.get("http-equiv")
        content = element.get("content")
        if not name or not content:
            continue
        name, value = name.lower(), clean(content)
        if name in _AUTHOR_NAMES and value not in authors:
            authors.append(value)
        meta.setdefault(name, value)
    title = scope.find(".//title")
    headline = clean(meta.get("og:title") or "")
    nodes = _json_nodes(root)
    article = _json_article(nodes, headline)
    return Metadata(
        title=clean("".join(title.itertext())) or None if title is not None else None,
        language=_language(root, meta),
        canonical=_link(scope, "canonical"),
        feeds=tuple(_feeds(scope)),
        meta=meta,
        authors=tuple(authors),
        article=article,
        houses=frozenset(_houses(meta, nodes, article)),
        page_date=_page_date(nodes, headline) if nodes else None,
    )


def _language(root: Element, meta: dict[str, str]) -> str | None:
    """The page's language tag; Open Graph's locale counts if no Vietnamese title belies it."""
    tag = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang")
    tag = tag or meta.get("language") or meta.get("content-language")
    if tag or "og:locale" not in meta:
        return tag
    return None if _VIETNAMESE.search(meta.get("og:title", "")) else meta["og:locale"]


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


def _json_nodes(root: Element) -> list[dict[str, Any]]:
    """The things that the page's JSON-LD describes, each on its own."""
    return [
        node
        for script in root.iter("script")
        if "ld+json" in (script.get("type") or "").lower() and script.text
        for node in _nodes(_loads(script.text), 0)
    ]


def _houses(
    meta: dict[str, str], nodes: list[dict[str, Any]], article: dict[str, Any]
) -> Iterator[str]:
    """What a page calls its site and its publisher, folded; some put the headline there."""
    headline = article.get("headline")
    named_site, named_page = fold(meta.get("og:site_name", "")), fold(meta.get("og:title", ""))
    headlines = {fold(clean(unescape(headline)))} if isinstance(headline, str) else set()
    headlines |= {named_page} if named_site not in ("", named_page) else set()
    publisher = article.get("publisher")
    named = [node for node in nodes if _HOUSE_TYPES.search(str(node.get("@type") or ""))]
    names = [node.get("name") for node in named]
    names += [publisher.get("name")] if isinstance(publisher, dict) else []
    names += [meta.get("og:site_name"), meta.get("application-name")]
    for name in names:
        house = fold(clean(unescape(name))) if isinstance(name, str) else ""
        if house and house not in headlines:
            yield house


def _json_article(nodes: list[dict[str, Any]], title: str) -> dict[str, Any]:
    """The page's news item among its JSON-LD blocks (lists and ``@graph`` included).

    Of several the one whose headline agrees with ``title`` (Open Graph's), then the richest; its
    authors are looked up where they are only named by ``@id`` (as Yoast writes them).
    """
    articles = [node for node in nodes if _is_article(node)]
    best = max(articles, key=lambda node: (_heads(node, title), len(node)), default=None)
    if best is None:
        return {}
    named = {
        node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and "name" in node
    }
    authors = best.get("author")
    listed = authors if isinstance(authors, list) else [authors]
    resolved = [
        named.get(item["@id"], item)
        if isinstance(item, dict) and isinstance(item.get("@id"), str) and "name" not in item
        else item
        for item in listed
        if item
    ]
    return {**best, "author": resolved} if resolved else best


def _page_date(nodes: list[dict[str, Any]], title: str) -> str | None:
    """The day of publication of what is no news item by its type: a page, a recipe, a film.

    Of several objects one that is the page, or is called as the page is.
    """
    for node in nodes:
        value, types = node.get("datePublished"), node.get("@type")
        names = types if isinstance(types, list) else [types]
        is_page = any(name in ("WebPage", "ItemPage") for name in names)
        named = isinstance(node.get("name"), str) and clean(unescape(node["name"])) == title
        if isinstance(value, str) and (is_page or (title and named)):
            return clean(value) or None
    return None


def _heads(node: dict[str, Any], title: str) -> bool:
    headline = node.get("headline")
    return isinstance(headline, str) and bool(title) and clean(unescape(headline))[:30] in title


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


def json_authors(metadata: Metadata) -> tuple[list[str], list[str]]:
    """Persons and organisations that the page's JSON-LD article names as its authors.

    A "person" of the publisher's own name is the publisher.
    """
    persons: list[str] = []
    organisations: list[str] = []
    publisher = metadata.article.get("publisher")
    house = {
        fold(name)
        for name in (
            publisher.get("name") if isinstance(publisher, dict) else None,
            metadata.get("og:site_name"),
        )
        if isinstance(name, str)
    }
    value = metadata.article.get("author") or metadata.article.get("creator")
    for item in value if isinstance(value, list) else [value]:
        for printed, kind in _author(item):
            for name in names_in(unescape(printed)):
                office = kind in ("Organization", "NewsMediaOrganization") or fold(name) in house
                target = organisations if office else persons
                if name not in target:
                    target.append(name)
    return persons, organisations


def _author(item: object) -> Iterator[tuple[str, object]]:
    """The names of one ``author`` value, each with its type."""
    if isinstance(item, str):
        yield item, "Person"
    elif isinstance(item, list):
        for inner in item:
            yield from _author(inner)
    elif isinstance(item, dict):
        names = item.get("name")
        if not names and isinstance(item.get("familyName"), str):
            names = f"{item.get('givenName') or ''} {item['familyName']}"
        kind = item.get("@type")
        kind = kind[0] if isinstance(kind, list) and kind else kind
        for name in names if isinstance(names, list) else [names]:
            if isinstance(name, str):
                yield name, kind
