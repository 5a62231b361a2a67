"""How much there is, for ``status``."""

from __future__ import annotations

from sqlite_utils import Database

from scraper.archive.records import Totals

_COUNTS = {
    "sites": "sites",
    "articles": "articles",
    "versions": "article_versions",
    "gone": "articles WHERE gone_at IS NOT NULL",
    "captures": "captures",
    "images": "images",
    "attachments": "attachments",
    "counters": "counters",
    "failures": "failures",
}


def totals(db: Database) -> Totals:
    """Count what the archive holds."""
    return Totals(
        **{
            name: db.execute(f"SELECT count(*) FROM {source}").fetchone()[0]
            for name, source in _COUNTS.items()
        }
    )
