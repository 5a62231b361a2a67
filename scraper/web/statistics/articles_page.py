"""``/-/archive/DATABASE/visits/site/SITE/articles``: the most viewed articles of a portal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from datasette import Response

from scraper.web.links import article_path
from scraper.web.statistics.common import archive_of, portal_of, portals, render

if TYPE_CHECKING:
    from datasette import Request
    from datasette.app import Datasette

MOST = 100
# The last count is never stale: nothing came after it. What was gained leaves resets and cached
# pages out.
_MOST_VIEWED = """
with latest as (
    select a.id, a.title, a.published_on, (
        select v.views from article_views as v where v.article = a.id
        order by v.observed_at desc limit 1) as views
    from articles as a where a.site = :site
)
select l.id, l.title, l.published_on, l.views,
    (select count(*) from article_views where article = l.id) as readings,
    (select min(observed_at) from article_views where article = l.id) as first_at,
    (select max(observed_at) from article_views where article = l.id) as last_at,
    (select sum(gained) from article_views_read where article = l.id) as gained
from latest as l where l.views is not null order by l.views desc, l.id limit :most
"""


async def articles_view(datasette: Datasette, request: Request) -> Response:
    """Answer with the articles whose own counts are highest."""
    db = await archive_of(datasette, request)
    known = await portals(datasette, db)
    portal = portal_of(request, known)
    result = await db.execute(_MOST_VIEWED, {"site": portal.id, "most": MOST})
    rows = [
        {**dict(row), "path": article_path(datasette, db.name, row["id"])} for row in result.rows
    ]
    context = {
        "portal": portal,
        "portals": known,
        "page": "articles",
        "rows": rows,
        "highest": max((row["views"] for row in rows), default=0),
    }
    return await render(datasette, request, db, "articles", context)
