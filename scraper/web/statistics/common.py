"""What the pages about visits share: sites, addresses, and how a page is answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from datasette import NotFound, Response
from datasette.utils import tilde_decode, tilde_encode

from scraper.web.archives import archive_from_route
from scraper.web.links import own_path
from scraper.web.permissions import ensure_may_view

if TYPE_CHECKING:
    from datasette import Request
    from datasette.app import Datasette
    from datasette.database import Database

_SITES = "select id, name, timezone from sites order by name, id"
# The pages of one site, as its address ends.
SITE_PAGES = ("", "calendar", "articles", "readings")


@dataclass(frozen=True, slots=True)
class Portal:
    """A site as these pages name it; ``paths`` lead to its pages by the names of ``SITE_PAGES``."""

    id: str
    name: str
    timezone: str
    paths: dict[str, str]


async def archive_of(datasette: Datasette, request: Request) -> Database:
    """The archive that the address names, if the reader may see its visits.

    Raises:
        NotFound: there is no such archive, or it is of an older version without visits.
        Forbidden: the reader may not.
    """
    db = await archive_from_route(datasette, request)
    await ensure_may_view(datasette, request, db.name, "visits")
    if "visit_findings" not in await db.table_names():
        raise NotFound(
            f"{db.name} was made by an older version; district-archive visits brings it up to date"
        )
    return db


async def portals(datasette: Datasette, db: Database) -> list[Portal]:
    """All sites of the archive by name."""
    rows = (await db.execute(_SITES)).rows
    return [Portal(row[0], row[1], row[2], _paths(datasette, db.name, row[0])) for row in rows]


def portal_of(request: Request, known: list[Portal]) -> Portal:
    """The site that the address names.

    Raises:
        NotFound: there is no such site.
    """
    wanted = tilde_decode(request.url_vars["site"])
    for portal in known:
        if portal.id == wanted:
            return portal
    raise NotFound("There is no such portal")


def statistics_path(datasette: Datasette, database: str, rest: str = "") -> str:
    """The address of a page about visits; without ``rest`` that of their overview."""
    return own_path(datasette, database, f"visits/{rest}" if rest else "visits")


def _paths(datasette: Datasette, database: str, site: str) -> dict[str, str]:
    base = f"site/{tilde_encode(site)}"
    return {
        page: statistics_path(datasette, database, f"{base}/{page}" if page else base)
        for page in SITE_PAGES
    }


async def render(
    datasette: Datasette, request: Request, db: Database, template: str, context: dict[str, Any]
) -> Response:
    """A page of ours about visits."""
    context = {
        "database": db.name,
        "in_archive": True,
        "statistics_url": statistics_path(datasette, db.name),
        "compare_url": statistics_path(datasette, db.name, "compare"),
        **context,
    }
    page = await datasette.render_template(
        f"archive/statistics/{template}.html", context, request=request
    )
    return Response.html(page)
