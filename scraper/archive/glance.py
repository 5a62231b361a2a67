"""How each site is doing, at a glance: when it last answered, and last had something new."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database


@dataclass(frozen=True, slots=True)
class SiteGlance:
    """One site; times are UTC with ``Z``, ``None`` where it never happened.

    ``answered_at`` is the last good answer, ``new_at`` when the last new article was first seen.
    """

    site: str
    articles: int
    answered_at: str | None
    new_at: str | None


def glance(db: Database) -> list[SiteGlance]:
    """Return how every site is doing, by its id."""
    rows = db.conn.execute(
        "SELECT s.id, "
        "(SELECT count(*) FROM articles AS a WHERE a.site = s.id), "
        "(SELECT max(c.fetched_at) FROM captures AS c WHERE c.site = s.id "
        "AND c.status IN (200, 304)), "
        "(SELECT max(a.first_seen_at) FROM articles AS a WHERE a.site = s.id) "
        "FROM sites AS s ORDER BY s.id"
    )
    return [SiteGlance(*row) for row in rows]
