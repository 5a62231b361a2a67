"""What the portal publishes at one moment: later articles not yet, removed ones no longer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from scraper.demo.article import DemoArticle
from scraper.demo.newsdesk import load_articles


@dataclass(frozen=True, slots=True)
class Edition:
    """The articles on the portal at ``moment`` (aware), the newest first, edits applied.

    ``removed`` holds those that were published before and have been taken off.
    """

    moment: datetime
    articles: tuple[DemoArticle, ...]
    removed: tuple[DemoArticle, ...]

    def section(self, key: str) -> tuple[DemoArticle, ...]:
        """The articles of the section ``key``, the newest first."""
        return tuple(article for article in self.articles if article.category == key)

    def others(self, article: DemoArticle, count: int) -> tuple[DemoArticle, ...]:
        """Up to ``count`` articles of the same section, without ``article`` itself."""
        same = (one for one in self.section(article.category) if one.slug != article.slug)
        return tuple(same)[:count]

    def find(self, slug: str) -> DemoArticle:
        """The article called ``slug``; raises ``KeyError`` where none is on the portal."""
        for article in self.articles:
            if article.slug == slug:
                return article
        raise KeyError(slug)


@lru_cache(maxsize=64)
def edition_at(moment: datetime) -> Edition:
    """What the portal publishes at ``moment`` (aware)."""
    published = [one for one in load_articles() if one.online_since <= moment]
    removed = tuple(one for one in published if one.removed and one.removed <= moment)
    standing = tuple(_as_edited(one, moment) for one in published if one not in removed)
    return Edition(moment, standing, removed)


def _as_edited(article: DemoArticle, moment: datetime) -> DemoArticle:
    for edit in sorted(article.edits, key=lambda one: one.at):
        if edit.at <= moment:
            article = replace(
                article,
                title=article.title if edit.title is None else edit.title,
                body=article.body if edit.body is None else edit.body,
            )
    return article
