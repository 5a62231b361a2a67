"""Tables of what an article's latest version shows and offers: images, attachments."""

from __future__ import annotations

from sqlite_utils import Database

# What is known of the file itself once it was fetched; `capture` is that of the file's bytes.
_FILE = {"digest": str, "bytes": int, "media_type": str, "capture": int}


def create(db: Database) -> None:
    """Create both tables and the indexes of their facets, sorts and foreign keys."""
    _create(db, "images", {"url": str, "filename": str, "caption": str, "alt": str})
    _create(db, "attachments", {"url": str, "filename": str, "label": str})


def _create(db: Database, name: str, columns: dict[str, type]) -> None:
    db.create_table(
        name,
        {"article": int, "position": int, **columns, **_FILE},
        pk=("article", "position"),
        not_null=["article", "position", "url"],
        foreign_keys=[("article", "articles", "id"), ("capture", "captures", "id")],
        strict=True,
    )
    for column in ("url", "filename", "digest", "bytes", "media_type", "capture"):
        db.table(name).create_index([column])
