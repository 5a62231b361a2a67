"""``/-/archive/DATABASE/article/ID/changes``: two versions of an article compared."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from datasette import NotFound, Response

from scraper.web.archives import archive_from_route
from scraper.web.article_rows import read_version, read_versions
from scraper.web.changes import compare
from scraper.web.links import article_path
from scraper.web.permissions import ensure_may_view

if TYPE_CHECKING:
    from datasette import Request
    from datasette.app import Datasette


async def changes_view(datasette: Datasette, request: Request) -> Response:
    """Answer with the differences of ``?from=`` and ``?to=``; without them, of the last two.

    Raises:
        NotFound: there is no such article or version.
    """
    db = await archive_from_route(datasette, request)
    await ensure_may_view(datasette, request, db.name, "article_versions")
    article = int(request.url_vars["article"])
    versions = await read_versions(db, article)
    if not versions:
        raise NotFound("There is no such article")
    latest = versions[0]["version"]
    to = _number(request.args.get("to"), latest)
    start = _number(request.args.get("from"), max(to - 1, 1))
    old = await read_version(db, article, start)
    new = await read_version(db, article, to)
    if old is None or new is None:
        raise NotFound("The article has no such version")
    context = {
        "database": db.name,
        "article": article,
        "article_url": article_path(datasette, db.name, article),
        "versions": versions,
        "old": old,
        "new": new,
        "changes": await asyncio.to_thread(compare, old, new),
    }
    page = await datasette.render_template("archive/changes.html", context, request=request)
    return Response.html(page)


def _number(text: str | None, default: int) -> int:
    """A version number from the address.

    Raises:
        NotFound: it is no number.
    """
    if not text:
        return int(default)
    if not text.isdecimal() or len(text) > 9:
        raise NotFound("The article has no such version")
    return int(text)
