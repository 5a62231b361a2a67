"""All that the archive knows of one article, read for its page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datasette.database import Database

Row = dict[str, Any]
Values = dict[str, Any] | list[str]

# The captures of an article: those of its address, and those that its versions came from (which may
# spell the address in another way).
_CAPTURES = """
select id, url, fetched_at, status, content_type, digest, bytes, source, warc_file, revisit_of
from captures
where url = (select url from articles where id = :id)
   or url in (select c.url from article_versions as v join captures as c on c.id = v.capture
              where v.article = :id)
order by fetched_at desc, id desc limit :limit
"""
CAPTURES_SHOWN = 20
VIEWS_SHOWN = 50


@dataclass(frozen=True, slots=True)
class ArticleRows:
    """Rows as dictionaries by column; lists are in the order in which they are shown.

    ``counters`` is what the portal's box said on the page that the latest version came from.
    """

    article: Row
    site: Row | None
    capture: Row | None
    images: list[Row]
    attachments: list[Row]
    versions: list[Row]
    views: list[Row]
    captures: list[Row]
    counters: Row | None


async def read_article(db: Database, article: int) -> ArticleRows | None:
    """Read an article with everything around it; ``None`` where there is no such article."""
    row = await _one(db, "select * from articles where id = :id", {"id": article})
    if row is None:
        return None
    key = {"id": article}
    return ArticleRows(
        article=row,
        site=await _one(db, "select * from sites where id = :site", {"site": row["site"]}),
        capture=await _one(
            db, "select * from captures where id = :capture", {"capture": row["capture"]}
        ),
        images=await _all(db, "select * from images where article = :id order by position", key),
        attachments=await _all(
            db, "select * from attachments where article = :id order by position", key
        ),
        versions=await read_versions(db, article),
        views=await _all(
            db,
            "select observed_at, views, capture from article_views where article = :id "
            "order by observed_at desc limit :limit",
            {**key, "limit": VIEWS_SHOWN},
        ),
        captures=await _all(db, _CAPTURES, {**key, "limit": CAPTURES_SHOWN}),
        counters=await _one(
            db, "select * from counters where capture = :capture", {"capture": row["capture"]}
        ),
    )


async def read_versions(db: Database, article: int) -> list[Row]:
    """The versions of an article, latest first, without their texts."""
    return await _all(
        db,
        "select version, capture, seen_at, reason, title from article_versions "
        "where article = :id order by version desc",
        {"id": article},
    )


async def read_version(db: Database, article: int, version: int) -> Row | None:
    """One version of an article with all its columns."""
    return await _one(
        db,
        "select * from article_versions where article = :id and version = :version",
        {"id": article, "version": version},
    )


async def archived_pages(db: Database, addresses: list[str]) -> dict[str, int]:
    """Ids of the articles that are copies of these addresses."""
    marks = ", ".join("?" * len(addresses))
    rows = await _all(db, f"select url, id from articles where url in ({marks})", addresses)
    return {row["url"]: row["id"] for row in rows}


async def _all(db: Database, sql: str, parameters: Values) -> list[Row]:
    return [dict(row) for row in (await db.execute(sql, parameters)).rows]


async def _one(db: Database, sql: str, parameters: Values) -> Row | None:
    rows = await _all(db, sql, parameters)
    return rows[0] if rows else None
