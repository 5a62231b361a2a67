"""What our templates are given beside Datasette's own context."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from scraper.web.archives import archives, is_archive
from scraper.web.article_page import article_page
from scraper.web.columns import all_columns_link, shown_columns
from scraper.web.front_page import overview
from scraper.web.hooks import hook
from scraper.web.language import LANGUAGES, current_language, own_half
from scraper.web.permissions import may_view
from scraper.web.phrase_first import words_anywhere
from scraper.web.search_terms import current_search

if TYPE_CHECKING:
    from datasette import Request
    from datasette.app import Datasette

Context = dict[str, Any]

# The full-text index reads this view; Datasette's metadata can hide tables, not views.
HIDDEN_VIEWS = ["articles_text"]


@hook
def extra_template_vars(
    database: str | None,
    table: str | None,
    view_name: str | None,
    request: Request,
    datasette: Datasette,
) -> Callable[[], Awaitable[Context]]:
    """Language and search for every page; the article, the overview, the columns for some."""

    async def context() -> Context:
        found: Context = {
            "lang": current_language.get(),
            "language_links": _language_links(request),
            "search_words": current_search.get(),
            "words_anywhere": words_anywhere.get(),
            "home_archive": None,
        }
        known = await archives(datasette)
        if known:
            found["home_archive"] = known[0].name
        if request is None:
            return found
        if view_name == "index":
            found["overviews"] = [
                await overview(datasette, request, db)
                for db in known
                if await may_view(datasette, request, db.name, "articles")
            ]
        db = datasette.databases.get(database) if database else None
        if db is None or not await is_archive(db):
            return found
        found["in_archive"] = True
        found["shown_columns"] = shown_columns
        found["all_columns_link"] = all_columns_link
        found["hidden_views"] = HIDDEN_VIEWS
        found["names"] = _names(datasette, db.name)
        if view_name == "row" and table == "articles":
            found["page"] = await article_page(datasette, request, db, request.url_vars["pks"])
        return found

    return context


def _language_links(request: Request) -> dict[str, str]:
    """This page's address in each language, relative to itself."""
    if request is None:
        return {}
    query = f"{request.query_string}&" if request.query_string else ""
    return {language: f"?{query}lang={language}" for language in LANGUAGES}


def _names(datasette: Datasette, database: str) -> dict[str, str]:
    """What the metadata calls the database and its tables; Datasette 1.0 keeps it elsewhere."""
    if not hasattr(datasette, "metadata"):
        return {}
    described = (datasette.metadata("databases") or {}).get(database, {})
    tables = {name: about.get("title") for name, about in described.get("tables", {}).items()}
    titles = {**tables, database: described.get("title")}
    return {name: own_half(title) for name, title in titles.items() if title}
