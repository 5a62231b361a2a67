"""What the page of an article shows: its row in ``articles`` made readable."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from scraper.web.article_body import linked_addresses, parse_body, render_body
from scraper.web.article_citation import citation_of
from scraper.web.article_rows import ArticleRows, archived_pages, read_article
from scraper.web.citation import in_bibtex, in_english, in_ris, in_vietnamese
from scraper.web.links import article_path, capture_path, changes_path, citation_path, file_path
from scraper.web.photos import photos_of

if TYPE_CHECKING:
    from datasette import Request
    from datasette.app import Datasette
    from datasette.database import Database


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """What the template ``archive/article.html`` is given.

    ``citations`` are texts by their form (``english``, ``vietnamese``, ``bibtex``, ``ris``);
    ``paths`` lead to our own pages and files; ``kept_photos`` of ``rows.images`` have their bytes.
    """

    rows: ArticleRows
    body: Markup
    tags: list[str]
    kept_photos: int
    attachments: list[dict[str, Any]]
    captures: list[dict[str, Any]]
    citations: dict[str, str]
    paths: dict[str, str]


async def article_page(
    datasette: Datasette, request: Request, db: Database, article: str
) -> ArticlePage | None:
    """Read and prepare the page of an article; ``None`` where there is none with this id."""
    if not article.isdecimal() or len(article) > 18:
        return None
    rows = await read_article(db, int(article))
    if rows is None:
        return None
    return ArticlePage(
        rows=rows,
        body=await _body(datasette, db, rows),
        tags=_tags(rows.article["tags"]),
        kept_photos=sum(row["capture"] is not None for row in rows.images),
        attachments=[_attachment(datasette, db.name, row) for row in rows.attachments],
        captures=[_capture(datasette, db.name, row) for row in rows.captures],
        citations=_citations(datasette, request, db.name, rows),
        paths=_paths(datasette, db.name, rows),
    )


async def _body(datasette: Datasette, db: Database, rows: ArticleRows) -> Markup:
    root = await asyncio.to_thread(parse_body, rows.article["body_html"], rows.article["body"])
    addresses = linked_addresses(root)[:500]
    known = await archived_pages(db, addresses) if addresses else {}
    archived = {url: article_path(datasette, db.name, known[url]) for url in known}
    photos = photos_of(datasette, db.name, rows.images)
    return await asyncio.to_thread(render_body, root, photos, archived)


def _tags(text: str | None) -> list[str]:
    """The tags of the JSON column; what is no list of texts has none."""
    try:
        found = json.loads(text or "[]")
    except ValueError:
        return []
    return [tag for tag in found if isinstance(tag, str)] if isinstance(found, list) else []


def _attachment(datasette: Datasette, database: str, row: dict[str, Any]) -> dict[str, Any]:
    kept = row["capture"] is not None and row["digest"]
    return {**row, "path": file_path(datasette, database, row["digest"]) if kept else None}


def _capture(datasette: Datasette, database: str, row: dict[str, Any]) -> dict[str, Any]:
    forms = ("bin", "txt", "warc.gz") if row["warc_file"] else ()
    paths = {form: capture_path(datasette, database, row["id"], form) for form in forms}
    return {**row, "paths": paths}


def _citations(
    datasette: Datasette, request: Request, database: str, rows: ArticleRows
) -> dict[str, str]:
    citation = citation_of(datasette, request, database, rows)
    return {
        "english": in_english(citation),
        "vietnamese": in_vietnamese(citation),
        "bibtex": in_bibtex(citation),
        "ris": in_ris(citation),
    }


def _paths(datasette: Datasette, database: str, rows: ArticleRows) -> dict[str, str]:
    article = rows.article["id"]
    return {
        "self": article_path(datasette, database, article),
        "changes": changes_path(datasette, database, article),
        "bib": citation_path(datasette, database, article, "bib"),
        "ris": citation_path(datasette, database, article, "ris"),
    }
