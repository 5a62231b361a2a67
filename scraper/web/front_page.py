"""What the front page tells about an archive."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from datasette.database import QueryInterrupted

from scraper.web.links import article_path, file_path

if TYPE_CHECKING:
    from datasette import Request
    from datasette.app import Datasette
    from datasette.database import Database

_SITES = """
select s.id, s.name, s.base_url, s.province, count(a.id) as articles,
    min(a.published_on) as first_on, max(a.published_on) as last_on, count(a.gone_at) as gone
from sites as s left join articles as a on a.site = s.id
group by s.id order by articles desc, s.name
"""
_LATEST = """
select a.id, a.title, a.summary, a.body, a.published_on, a.site, s.name as site_name,
    a.organisation, a.category,
    (select digest from images where article = a.id and capture is not null
     order by position limit 1) as photo
from articles as a left join sites as s on s.id = a.site
order by a.published_on desc, a.id desc limit :limit
"""
_RUN = "select * from runs order by id desc limit 1"
_COUNTS = {
    "captures": "select count(*) from captures",
    "photos": "select count(*) from images where capture is not null",
    "edited": "select count(*) from articles where version > 1",
    "failures": "select count(*) from failures",
}
LATEST_SHOWN = 9


@dataclass(frozen=True, slots=True)
class Overview:
    """An archive at a glance.

    ``sites`` have their articles counted; ``counts`` are ``None`` where counting took too long;
    ``latest`` are the newest articles by date of publication; ``run`` is the last run's row.
    """

    database: str
    sites: list[dict[str, Any]]
    articles: int
    first_on: str | None
    last_on: str | None
    counts: dict[str, int | None]
    latest: list[dict[str, Any]]
    run: dict[str, Any] | None
    queries: dict[str, dict[str, Any]]


async def overview(datasette: Datasette, request: Request, db: Database) -> Overview:
    """Read what the front page shows of one archive."""
    sites = [dict(row) for row in (await db.execute(_SITES)).rows]
    latest = [dict(row) for row in (await db.execute(_LATEST, {"limit": LATEST_SHOWN})).rows]
    for row in latest:
        row["path"] = article_path(datasette, db.name, row["id"])
        row["photo"] = file_path(datasette, db.name, row["photo"]) if row["photo"] else None
    run = (await db.execute(_RUN)).first()
    return Overview(
        database=db.name,
        sites=sites,
        articles=sum(site["articles"] for site in sites),
        first_on=min((site["first_on"] for site in sites if site["first_on"]), default=None),
        last_on=max((site["last_on"] for site in sites if site["last_on"]), default=None),
        counts={name: await _count(db, sql) for name, sql in _COUNTS.items()},
        latest=latest,
        run=dict(run) if run else None,
        queries=await _queries(datasette, request, db.name),
    )


async def _count(db: Database, sql: str) -> int | None:
    try:
        return int((await db.execute(sql)).first()[0])
    except QueryInterrupted:
        return None


async def _queries(
    datasette: Datasette, request: Request, database: str
) -> dict[str, dict[str, Any]]:
    """The canned queries by name; none where this Datasette keeps them elsewhere."""
    if not hasattr(datasette, "get_canned_queries"):
        return {}
    queries: dict[str, dict[str, Any]] = await datasette.get_canned_queries(
        database, getattr(request, "actor", None)
    )
    return queries
