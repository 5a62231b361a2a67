"""Load the portal's content: one TOML file per article under ``articles/``, and ``portal.toml``.

Adding an article is adding a file; its name without ``.toml`` is of no meaning but the order in
a folder. Times in the files carry their offset; a bare date means that the portal prints no time.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from scraper.demo.article import (
    Block,
    Bullets,
    DemoArticle,
    Document,
    Edit,
    Figure,
    Heading,
    Paragraph,
    Photo,
    Table,
)

HERE: Traversable = files("scraper.demo")

Entry = str | dict[str, Any]
"""A block as the files have it: a string is a paragraph, a table says by its keys what it is."""


class ContentError(ValueError):
    """A file of the bundled portal cannot be read; the message names the file and the reason."""


@dataclass(frozen=True, slots=True)
class Category:
    """A section of the portal: ``key`` in modern addresses, ``page`` in the SharePoint kind's."""

    key: str
    page: str
    name: str


@dataclass(frozen=True, slots=True)
class StaticPage:
    """A page that is no news: "about", "contact"."""

    key: str
    page: str
    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class House:
    """What all pages of the portal share: its name, slogan, sections, menus and footer."""

    name: str
    slogan: str
    notice: str
    footer: tuple[str, ...]
    categories: tuple[Category, ...]
    pages: tuple[StaticPage, ...]
    menus: tuple[dict[str, Any], ...]
    links: tuple[dict[str, str], ...]

    def category(self, key: str) -> Category:
        """The section called ``key``; raises ``KeyError`` where there is none."""
        for category in self.categories:
            if category.key == key:
                return category
        raise KeyError(key)


@cache
def load_house() -> House:
    """The portal's name, sections, menus and footer, from ``portal.toml``."""
    raw = tomllib.loads(HERE.joinpath("portal.toml").read_text(encoding="utf-8"))
    return House(
        name=raw["name"],
        slogan=raw["slogan"],
        notice=raw["notice"],
        footer=tuple(raw["footer"]),
        categories=tuple(Category(**entry) for entry in raw["categories"]),
        pages=tuple(
            StaticPage(**{**entry, "paragraphs": tuple(entry["paragraphs"])})
            for entry in raw["pages"]
        ),
        menus=tuple(raw["menus"]),
        links=tuple(raw["links"]),
    )


@cache
def load_articles() -> tuple[DemoArticle, ...]:
    """All articles, the newest first, whatever the day; raises ``ContentError`` for a bad file."""
    articles = [
        read_article(source.read_text(encoding="utf-8"), source.name)
        for source in HERE.joinpath("articles").iterdir()
        if source.name.endswith(".toml")
    ]
    return tuple(sorted(articles, key=lambda one: (one.online_since, one.slug), reverse=True))


def read_article(text: str, name: str) -> DemoArticle:
    """Read one article from the TOML ``text`` of the file ``name``.

    Raises:
        ContentError: the text is no TOML, or lacks or misnames a field.
    """
    try:
        raw = tomllib.loads(text)
        raw["body"] = _blocks(raw["body"])
        raw["tags"] = tuple(raw.get("tags", ()))
        raw["documents"] = tuple(Document(**entry) for entry in raw.get("documents", ()))
        raw["edits"] = tuple(_edit(entry) for entry in raw.get("edits", ()))
        return DemoArticle(**raw)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise ContentError(f"{name}: {error}") from error


def _edit(raw: dict[str, Any]) -> Edit:
    if "body" in raw:
        raw["body"] = _blocks(raw["body"])
    return Edit(**raw)


def _blocks(entries: list[Entry]) -> tuple[Block, ...]:
    return tuple(_block(entry) for entry in entries)


def _block(entry: Entry) -> Block:
    if isinstance(entry, str):
        return Paragraph(entry)
    match entry:
        case {"heading": text}:
            return Heading(text)
        case {"list": items}:
            return Bullets(tuple(items))
        case {"steps": items}:
            return Bullets(tuple(items), ordered=True)
        case {"table": rows}:
            return Table(tuple(tuple(row) for row in rows))
        case {"photo": file, "scene": scene}:
            entry = {**entry, "photos": [{"file": file, "scene": scene}]}
            return _figure({key: entry[key] for key in entry if key not in ("photo", "scene")})
        case {"photos": _}:
            return _figure(entry)
    raise ContentError(f"no kind of block: {entry!r}")


def _figure(entry: dict[str, Any]) -> Figure:
    photos = tuple(Photo(**photo) for photo in entry["photos"])
    return Figure(**{**entry, "photos": photos})
