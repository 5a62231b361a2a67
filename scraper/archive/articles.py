"""Articles and their versions: what a page that was read changes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlite_utils import Database

from scraper.archive import content
from scraper.archive.files import add_files, replace_files
from scraper.archive.records import Outcome, Stored
from scraper.archive.rows import insert
from scraper.archive.sites import timezone_of
from scraper.archive.times import midnight
from scraper.archive.versions import Placed, Sighting, add_first_version, place


def find_article(db: Database, url: str) -> int | None:
    """The id of the article at this canonical address."""
    row = db.execute("SELECT id FROM articles WHERE url = ?", [url]).fetchone()
    return row[0] if row else None


def store_article(db: Database, seen: Sighting) -> Stored:
    """Store what was seen: a new article, a new version of it, or only that it was seen again."""
    article_id = find_article(db, seen.url)
    if article_id is None:
        return _add(db, seen)
    placed = place(db, article_id, seen)
    _follow_versions(db, article_id, seen, placed)
    outcome = Outcome.CHANGED if placed.added else Outcome.UNCHANGED
    return Stored(outcome, article_id, placed.version)


def known_articles(db: Database, site_id: str, urls: Iterable[str]) -> set[str]:
    """Which of these addresses are articles of the site already."""
    wanted = list(dict.fromkeys(urls))
    known: set[str] = set()
    for start in range(0, len(wanted), 500):  # SQLite binds a limited number of values
        part = wanted[start : start + 500]
        # The plus keeps SQLite from walking all articles of the site by an index of theirs.
        rows = db.execute(
            f"SELECT url FROM articles WHERE +site = ? AND url IN ({', '.join('?' * len(part))})",
            [site_id, *part],
        )
        known.update(row[0] for row in rows)
    return known


def articles_due(db: Database, site_id: str, since: date) -> list[str]:
    """Addresses of the site's articles published since that local day, latest first.

    Where a page gives no date, the day counts on which the article was first seen.

    Raises:
        UnknownSite: the site is not in the archive.
    """
    rows = db.execute(
        "SELECT url, published_on AS day FROM articles "
        "WHERE site = :site AND published_on >= :since "
        "UNION ALL SELECT url, first_seen_at AS day FROM articles "
        "WHERE site = :site AND published_on IS NULL AND first_seen_at >= :midnight "
        "ORDER BY day DESC, url",
        {
            "site": site_id,
            "since": since.isoformat(),
            "midnight": midnight(since, timezone_of(db, site_id)),
        },
    )
    return [row[0] for row in rows]


def _add(db: Database, seen: Sighting) -> Stored:
    (article_id,) = db.execute("SELECT coalesce(max(id), 0) + 1 FROM articles").fetchone()
    if seen.article.images or seen.article.attachments:
        # Photos go in first, so that their triggers find no article whose captions to collect
        # again, and the text is indexed once, with the article.
        _let_photos_precede(db)
        add_files(db, article_id, seen.article)
    row = {
        "id": article_id,
        "site": seen.site,
        "url": seen.url,
        **_columns(seen),
        "version": 1,
        "first_seen_at": seen.seen_at,
        "last_seen_at": seen.seen_at,
    }
    insert(db, "articles", row)
    add_first_version(db, article_id, seen)
    return Stored(Outcome.NEW, article_id, 1)


def _let_photos_precede(db: Database) -> None:
    """Look at foreign keys when the transaction ends; said once in each transaction.

    Saying it has SQLite prepare every statement anew, which costs as much as all of them.
    """
    (deferred,) = db.execute("PRAGMA defer_foreign_keys").fetchone()
    if not deferred:
        db.execute("PRAGMA defer_foreign_keys = ON")


def _follow_versions(db: Database, article_id: int, seen: Sighting, placed: Placed) -> None:
    """Keep the article's row equal to its latest version, and its times around all sightings."""
    row: dict[str, Any] = {}
    if placed.added or placed.rewritten:
        row["version"] = _latest_version(db, article_id)
        if row["version"] == placed.version:
            row |= _columns(seen)
    updates = "".join(f"{name} = :{name}, " for name in row)
    db.execute(
        f"UPDATE articles SET {updates}first_seen_at = min(first_seen_at, :seen_at), "
        "last_seen_at = max(last_seen_at, :seen_at) WHERE id = :id",
        {**row, "seen_at": seen.seen_at, "id": article_id},
    )
    if "capture" in row:
        replace_files(db, article_id, seen.article)


def _latest_version(db: Database, article_id: int) -> int:
    (version,) = db.execute(
        "SELECT max(version) FROM article_versions WHERE article = ?", [article_id]
    ).fetchone()
    return int(version)


def _columns(seen: Sighting) -> dict[str, Any]:
    return {
        **content.content_row(seen.article),
        "year": content.year_of(seen.article),
        "captions": content.captions_of(seen.article),
        "capture": seen.capture,
    }
