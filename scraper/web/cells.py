"""Cells of tables and query results that are more than their value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Protocol

from markupsafe import Markup, escape

from scraper.web.highlight import highlight, snippet
from scraper.web.hooks import hook
from scraper.web.language import gettext
from scraper.web.links import article_path, file_path
from scraper.web.search_terms import current_search

if TYPE_CHECKING:
    from datasette.app import Datasette

# What a cell holds; a mapping is a foreign key with its label, as Datasette expands it.
Value = str | int | float | bytes | None | Mapping[str, str | int | None]


class Row(Protocol):
    """What ``sqlite3.Row`` and Datasette's ``CustomRow`` have in common."""

    def keys(self) -> Iterable[str]:
        """The names of the columns."""

    def __getitem__(self, name: str) -> Value:
        """The value of a column."""


_LINK = Markup('<a class="{kind}" href="{href}">{text}</a>')
_PASSAGE = Markup('<p class="snippet">{}</p>')
_THUMBNAIL = Markup(
    '<a href="{source}"><img class="thumbnail" src="{source}" alt="{alt}" loading="lazy"></a>'
)


@hook
def render_cell(
    row: Row, value: Value, column: str, table: str | None, database: str, datasette: Datasette
) -> Markup | None:
    """Titles lead to their articles, digests of photos show them, texts show what was searched.

    Queries take part by the names of their columns: ``article`` (an article's id), ``photo`` (the
    digest of a kept photo), ``passage`` (a text to be cut around what was searched). Values are
    escaped here: Datasette takes what a hook returns as HTML.
    """
    names = set(row.keys())
    if column == "title" and (article := _article(row, names, table)) is not None:
        return _title(datasette, database, row, article)
    if column == "article" and table is None and isinstance(value, int):
        href = article_path(datasette, database, value)
        return _LINK.format(kind="article-id", href=href, text=value)
    if column == "passage" and table is None and isinstance(value, str):
        return snippet(value, current_search.get())
    if column == _photo_column(table) and isinstance(value, str) and _is_kept(row, names):
        caption = _plain(row["caption"]) if "caption" in names else None
        source = file_path(datasette, database, value)
        return _THUMBNAIL.format(source=source, alt=caption or gettext("Photo"))
    return None


def _article(row: Row, names: set[str], table: str | None) -> int | None:
    """The id of the article that a row with a title is about."""
    key = {"articles": "id", "article_versions": "article", None: "article"}.get(table)
    if key is None or key not in names:
        return None
    found = _plain(row[key])
    return found if isinstance(found, int) else None


def _title(datasette: Datasette, database: str, row: Row, article: int) -> Markup:
    search = current_search.get()
    title = _plain(row["title"])
    text = highlight(str(title), search) if title else escape(gettext("(untitled)"))
    link = _LINK.format(
        kind="article-title", href=article_path(datasette, database, article), text=text
    )
    body = row["body"] if search and "body" in set(row.keys()) else None
    return link + _PASSAGE.format(snippet(str(body), search)) if body else link


def _photo_column(table: str | None) -> str | None:
    return {"images": "digest", None: "photo"}.get(table)


def _is_kept(row: Row, names: set[str]) -> bool:
    return "capture" not in names or row["capture"] is not None


def _plain(value: Value) -> Value:
    """The value itself where Datasette has put a label beside it."""
    return value["value"] if isinstance(value, Mapping) else value
