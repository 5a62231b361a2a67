"""The versions of an article: where in its history a sighting belongs.

Versions are numbered in the order of time. Each stood on the page from ``seen_at`` to
``last_seen_at`` at least; a page that changes back is a version again (A to B to A is three).
Captures may come in any order (an import brings old ones), so a sighting can also fall before,
between or within versions that are known. What is kept of a version is when it was seen first and
last: a capture that falls in between splits it there, and sightings further inside are only found
again by ``reparse``, which stores all captures in the order of time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from scraper.archive import content
from scraper.archive.captures import digest_of
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


@dataclass(frozen=True, slots=True)
class Placed:
    """The version that a sighting shows, and whether it was added or written again for it."""

    version: int
    added: bool = False
    rewritten: bool = False


@dataclass(frozen=True, slots=True)
class _Known:
    version: int
    capture: int
    seen_at: str
    last_seen_at: str
    content_hash: str


def add_first_version(db: Database, article_id: int, seen: Sighting) -> None:
    """Write version 1 of an article that is new; it has no reason."""
    _insert(db, article_id, 1, seen, seen.seen_at, None)


def place(db: Database, article_id: int, seen: Sighting) -> Placed:
    """Find the version that the sighting shows, or add it at its place in time."""
    before = _neighbour(db, article_id, "seen_at <= ? ORDER BY version DESC", seen.seen_at)
    after = _neighbour(db, article_id, "seen_at > ? ORDER BY version", seen.seen_at)
    fingerprint = content.content_hash(seen.article)
    if before and before.content_hash == fingerprint:
        _see_again(db, article_id, before, seen.seen_at)
        return Placed(before.version)
    stood_on = before is not None and seen.seen_at < before.last_seen_at
    if after and after.content_hash == fingerprint and not stood_on:
        _see_earlier(db, article_id, after, seen)
        return Placed(after.version, rewritten=True)
    return _add(db, article_id, before, seen)


def confirm_latest(db: Database, article_id: int, seen_at: str) -> None:
    """Note that the latest version was still there, though its page was not read again (a 304)."""
    db.execute(
        "UPDATE article_versions SET last_seen_at = max(last_seen_at, :at) WHERE article = :id "
        "AND version = (SELECT version FROM articles WHERE id = :id) AND seen_at <= :at",
        {"at": seen_at, "id": article_id},
    )


def _add(db: Database, article_id: int, before: _Known | None, seen: Sighting) -> Placed:
    if before is None:
        _make_room(db, article_id, 1)
        db.execute(
            "UPDATE article_versions SET reason = 'edit' WHERE article = ? AND reason IS NULL",
            [article_id],
        )
        _insert(db, article_id, 1, seen, seen.seen_at, None)
        return Placed(1, added=True)
    version = before.version + 1
    _make_room(db, article_id, version)
    if _same_bytes(db, before, seen):
        # Newer code reads the same page: true for as long as the page stood.
        until = max(seen.seen_at, before.last_seen_at)
        _insert(db, article_id, version, seen, until, "correction")
        return Placed(version, added=True)
    _insert(db, article_id, version, seen, seen.seen_at, "edit")
    if seen.seen_at < before.last_seen_at:
        _change_back(db, article_id, before, version + 1)
    return Placed(version, added=True)


def _change_back(db: Database, article_id: int, before: _Known, version: int) -> None:
    """The page showed something else between two sightings of ``before``: split it in two."""
    _make_room(db, article_id, version)
    row = next(
        iter(
            db.query(
                "SELECT * FROM article_versions WHERE article = ? AND version = ?",
                [article_id, before.version],
            )
        )
    )
    row |= {"version": version, "seen_at": before.last_seen_at, "reason": "edit"}
    insert(db, "article_versions", row)
    db.execute(
        "UPDATE article_versions SET last_seen_at = seen_at WHERE article = ? AND version = ?",
        [article_id, before.version],
    )


def _neighbour(db: Database, article_id: int, condition: str, seen_at: str) -> _Known | None:
    row = db.execute(
        "SELECT version, capture, seen_at, last_seen_at, content_hash FROM article_versions "
        f"WHERE article = ? AND {condition} LIMIT 1",
        [article_id, seen_at],
    ).fetchone()
    return _Known(*row) if row else None


def _see_again(db: Database, article_id: int, known: _Known, seen_at: str) -> None:
    if seen_at > known.last_seen_at:
        db.execute(
            "UPDATE article_versions SET last_seen_at = ? WHERE article = ? AND version = ?",
            [seen_at, article_id, known.version],
        )


def _see_earlier(db: Database, article_id: int, known: _Known, seen: Sighting) -> None:
    # A version names the capture that showed it first: the row is written anew from that one.
    row = {"capture": seen.capture, "seen_at": seen.seen_at, **_content(seen)}
    updates = ", ".join(f"{name} = :{name}" for name in row)
    db.execute(
        f"UPDATE article_versions SET {updates} WHERE article = :article AND version = :version",
        {**row, "article": article_id, "version": known.version},
    )


def _same_bytes(db: Database, known: _Known, seen: Sighting) -> bool:
    if known.capture == seen.capture:
        return True
    digest = digest_of(db, seen.capture)
    return digest is not None and digest == digest_of(db, known.capture)


def _make_room(db: Database, article_id: int, version: int) -> None:
    # By way of negative numbers: adding 1 in place would collide with the next version's key.
    db.execute(
        "UPDATE article_versions SET version = -version - 1 WHERE article = ? AND version >= ?",
        [article_id, version],
    )
    db.execute(
        "UPDATE article_versions SET version = -version WHERE article = ? AND version < 0",
        [article_id],
    )


def _insert(
    db: Database, article_id: int, version: int, seen: Sighting, until: str, reason: str | None
) -> None:
    row = {
        "article": article_id,
        "version": version,
        "capture": seen.capture,
        "seen_at": seen.seen_at,
        "last_seen_at": until,
        "reason": reason,
        **_content(seen),
    }
    insert(db, "article_versions", row)


def _content(seen: Sighting) -> dict[str, Any]:
    return {
        "content_hash": content.content_hash(seen.article),
        **content.content_row(seen.article),
        **content.history_row(seen.article, seen.provenance),
    }
