"""Articles and their versions: what a page that was read changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlite_utils import Database

from scraper.archive import content
from scraper.archive.captures import digest_of
from scraper.archive.files import replace_files
from scraper.archive.records import Outcome, Stored
from scraper.archive.rows import insert
from scraper.parse import Article, Provenance


@dataclass(frozen=True, slots=True)
class Sighting:
    """An article as one capture shows it: what was seen, where and when (UTC)."""

    site: str
    url: str
    capture: int
    seen_at: str
    article: Article
    provenance: dict[str, Provenance]


def find_article(db: Database, url: str) -> int | None:
    """The id of the article at this canonical address."""
    row = db.execute("SELECT id FROM articles WHERE url = ?", [url]).fetchone()
    return row[0] if row else None


def store_article(db: Database, seen: Sighting) -> Stored:
    """Store what was seen: a new article, a new version of it, or only that it was seen again."""
    article_id = find_article(db, seen.url)
    if article_id is None:
        return _add(db, seen)
    latest = db.execute(
        "SELECT v.version, v.content_hash, v.capture FROM articles AS a JOIN article_versions AS v "
        "ON v.article = a.id AND v.version = a.version WHERE a.id = ?",
        [article_id],
    ).fetchone()
    version, known_hash, known_capture = latest
    fingerprint = content.content_hash(seen.article)
    if fingerprint == known_hash:
        _touch(db, article_id, seen.seen_at)
        return Stored(Outcome.UNCHANGED, article_id, version)
    same_bytes = digest_of(db, known_capture) == digest_of(db, seen.capture) is not None
    reason = "correction" if same_bytes or known_capture == seen.capture else "edit"
    _change(db, article_id, version + 1, seen)
    _add_version(db, article_id, version + 1, seen, fingerprint, reason)
    return Stored(Outcome.CHANGED, article_id, version + 1)


def known_articles(db: Database, site_id: str, urls: Iterable[str]) -> set[str]:
    """Which of these addresses are articles of the site already."""
    wanted = list(dict.fromkeys(urls))
    known: set[str] = set()
    for start in range(0, len(wanted), 500):  # SQLite binds a limited number of values
        part = wanted[start : start + 500]
        rows = db.execute(
            f"SELECT url FROM articles WHERE site = ? AND url IN ({', '.join('?' * len(part))})",
            [site_id, *part],
        )
        known.update(row[0] for row in rows)
    return known


def articles_due(db: Database, site_id: str, since: date) -> list[str]:
    """Addresses of the site's articles published since that local day, latest first.

    Where a page gives no date, the day counts on which the article was first seen.
    """
    rows = db.execute(
        "SELECT url FROM articles WHERE site = :site AND published_on >= :since "
        "UNION ALL SELECT url FROM articles "
        "WHERE site = :site AND published_on IS NULL AND first_seen_at >= :since "
        "ORDER BY 1",
        {"site": site_id, "since": since.isoformat()},
    )
    return [row[0] for row in rows]


def _add(db: Database, seen: Sighting) -> Stored:
    (article_id,) = db.execute("SELECT coalesce(max(id), 0) + 1 FROM articles").fetchone()
    # Photos go in first, so that their triggers find no article whose captions to collect
    # again, and the text is indexed once, with the article.
    db.execute("PRAGMA defer_foreign_keys = ON")
    replace_files(db, article_id, seen.article)
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
    _add_version(db, article_id, 1, seen, content.content_hash(seen.article), None)
    return Stored(Outcome.NEW, article_id, 1)


def _change(db: Database, article_id: int, version: int, seen: Sighting) -> None:
    row = {**_columns(seen), "version": version, "last_seen_at": seen.seen_at}
    updates = ", ".join(f"{name} = :{name}" for name in row)
    db.execute(f"UPDATE articles SET {updates} WHERE id = :id", {**row, "id": article_id})
    replace_files(db, article_id, seen.article)


def _touch(db: Database, article_id: int, seen_at: str) -> None:
    db.execute(
        "UPDATE articles SET last_seen_at = max(last_seen_at, :at), "
        "first_seen_at = min(first_seen_at, :at) WHERE id = :id",
        {"at": seen_at, "id": article_id},
    )


def _add_version(
    db: Database,
    article_id: int,
    version: int,
    seen: Sighting,
    fingerprint: str,
    reason: str | None,
) -> None:
    row = {
        "article": article_id,
        "version": version,
        "capture": seen.capture,
        "seen_at": seen.seen_at,
        "content_hash": fingerprint,
        "reason": reason,
        **content.content_row(seen.article),
        **content.history_row(seen.article, seen.provenance),
    }
    insert(db, "article_versions", row)


def _columns(seen: Sighting) -> dict[str, Any]:
    return {
        **content.content_row(seen.article),
        "year": content.year_of(seen.article),
        "captions": content.captions_of(seen.article),
        "capture": seen.capture,
    }
