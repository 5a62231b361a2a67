"""Which sites' pages are drawn by a browser before they are read."""

from __future__ import annotations

from sqlite_utils import Database


def create(db: Database) -> None:
    """Add the column; sites that are there already are read as they are sent."""
    db.table("sites").add_column("browser", int, not_null_default=0)
