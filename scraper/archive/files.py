"""Photos and attachments: what the latest version shows, and the bytes that were fetched for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlite_utils import Database

from scraper.archive.records import FileKind, MissingFile
from scraper.archive.rows import insert
from scraper.parse import Article, Attachment, Image

TABLES = {FileKind.IMAGE: "images", FileKind.ATTACHMENT: "attachments"}
_KEPT = ("digest", "bytes", "media_type", "capture")


def add_files(db: Database, article_id: int, article: Article) -> None:
    """Add the photos and attachments of an article that has none yet."""
    _add(db, "images", article_id, article.images)
    _add(db, "attachments", article_id, article.attachments)


def replace_files(db: Database, article_id: int, article: Article) -> None:
    """Make ``images`` and ``attachments`` those of this version; bytes that are kept stay known."""
    _replace(db, "images", article_id, article.images)
    _replace(db, "attachments", article_id, article.attachments)


def store_file(
    db: Database, url: str, digest: str, size: int, media_type: str | None, capture: int
) -> int:
    """Note on every photo and attachment with this address where its bytes are; gives how many."""
    values = [digest, size, media_type, capture, url]
    updates = ", ".join(f"{name} = ?" for name in _KEPT)
    return sum(
        db.execute(f"UPDATE {table} SET {updates} WHERE url = ?", values).rowcount
        for table in TABLES.values()
    )


def files_missing(db: Database, site_id: str) -> list[MissingFile]:
    """Photos and attachments of a site without bytes, each address once, by article."""
    found: dict[str, MissingFile] = {}
    for kind, table in TABLES.items():
        rows = db.query(
            f"SELECT f.url, f.article FROM {table} AS f JOIN articles AS a ON a.id = f.article "
            "WHERE f.capture IS NULL AND a.site = ? ORDER BY f.article, f.position",
            [site_id],
        )
        for row in rows:
            found.setdefault(row["url"], MissingFile(row["url"], kind, row["article"]))
    return list(found.values())


def _replace(
    db: Database, table: str, article_id: int, files: Sequence[Image | Attachment]
) -> None:
    rows = [_row(db, table, article_id, position, file) for position, file in enumerate(files, 1)]
    db.execute(f"DELETE FROM {table} WHERE article = ?", [article_id])
    for row in rows:
        insert(db, table, row)


def _add(db: Database, table: str, article_id: int, files: Sequence[Image | Attachment]) -> None:
    for position, file in enumerate(files, 1):
        insert(db, table, _row(db, table, article_id, position, file))


def _row(
    db: Database, table: str, article_id: int, position: int, file: Image | Attachment
) -> dict[str, Any]:
    kept = db.execute(
        f"SELECT {', '.join(_KEPT)} FROM {table} WHERE url = ? AND capture IS NOT NULL LIMIT 1",
        [file.url],
    ).fetchone()
    return {
        "article": article_id,
        "position": position,
        **asdict(file),
        **dict(zip(_KEPT, kept or (None,) * len(_KEPT), strict=True)),
    }
