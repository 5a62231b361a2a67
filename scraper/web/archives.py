"""Which of Datasette's databases are archives, and where their bytes lie."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from datasette import NotFound
from datasette.utils import tilde_decode

if TYPE_CHECKING:
    from datasette import Request
    from datasette.app import Datasette
    from datasette.database import Database

ARCHIVE_TABLES = frozenset({"sites", "captures", "articles", "article_versions", "images"})


async def is_archive(db: Database) -> bool:
    """Whether a Datasette ``Database`` has an archive's tables."""
    return bool(db.path) and set(await db.table_names()) >= ARCHIVE_TABLES


async def archives(datasette: Datasette) -> list[Database]:
    """The archives among Datasette's databases, in its order."""
    return [db for db in datasette.databases.values() if await is_archive(db)]


async def archive_from_route(datasette: Datasette, request: Request) -> Database:
    """The archive that a route of ours names as ``database``.

    Raises:
        NotFound: there is no such database, or it is no archive.
    """
    route = tilde_decode(request.url_vars["database"])
    try:
        db = datasette.get_database(route=route)
    except KeyError:
        raise NotFound(f"There is no database called {route}") from None
    if not await is_archive(db):
        raise NotFound(f"{route} is not an archive")
    return db


def warc_folder(db: Database) -> Path:
    """Where the archive's WARC files lie: ``archive.warc/`` beside ``archive.db``."""
    return Path(db.path).with_suffix(".warc")
