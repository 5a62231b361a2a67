"""How Datasette's connections to an archive are set up."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from scraper.web.hooks import hook

if TYPE_CHECKING:
    from datasette.app import Datasette


PAGE_CACHE_KIB = 64 * 1024
MMAP_BYTES = 256 * 1024 * 1024


@hook
def prepare_connection(conn: sqlite3.Connection, database: str, datasette: Datasette) -> None:
    """Give a file more page cache and a memory map: facets and searches read much of an archive."""
    if getattr(datasette.databases.get(database), "path", None) is None:
        return
    conn.execute(f"PRAGMA cache_size = -{PAGE_CACHE_KIB}")
    conn.execute(f"PRAGMA mmap_size = {MMAP_BYTES}")
