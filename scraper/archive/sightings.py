"""Note that an article was seen again unchanged, without reading its page anew."""

from __future__ import annotations

from sqlite_utils import Database

from scraper.archive.absences import mark_found
from scraper.archive.articles import find_article
from scraper.archive.versions import confirm_latest


def confirm_article(db: Database, url: str, capture_id: int, seen_at: str) -> bool:
    """Note that the article at ``url`` answered with what is known (304, or the same bytes).

    ``seen_at`` is UTC with ``Z``. Returns whether there is such an article.
    """
    article = find_article(db, url)
    if article is None:
        return False
    db.execute(
        "UPDATE articles SET last_seen_at = max(last_seen_at, ?) WHERE id = ?", [seen_at, article]
    )
    confirm_latest(db, article, seen_at)
    mark_found(db, article, capture_id, seen_at)
    return True
