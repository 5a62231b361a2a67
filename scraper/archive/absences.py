"""Articles that are not there any more, and those that came back.

An absence begins with a first answer of "not found". Once another one comes at least a day later,
the article is gone (``articles.gone_at``). A page that is there again ends the absence and clears
``gone_at``; the row in ``absences`` stays as the history.
"""

from __future__ import annotations

from datetime import timedelta

from sqlite_utils import Database

from scraper.archive.times import utc_moment

# DESIGN.md: "on two visits at least a day apart".
CONFIRMED_AFTER = timedelta(days=1)


def mark_not_found(db: Database, article_id: int, capture_id: int, seen_at: str) -> bool:
    """Note that the article's page was not there at ``seen_at``; gives whether it is gone by that.

    True only for the answer that makes it gone, not for later ones. An answer older than the last
    time that the article was there (from an import) says nothing about now and is left out.
    """
    absence = _open_absence(db, article_id)
    if absence is None:
        if _was_there_after(db, article_id, seen_at):
            return False
        db.execute(
            "INSERT INTO absences (article, first_at, first_capture, last_at, last_capture) "
            "VALUES (?, ?, ?, ?, ?)",
            [article_id, seen_at, capture_id, seen_at, capture_id],
        )
        return False
    absence_id, first_at, gone_at = absence
    db.execute(
        "UPDATE absences SET last_at = ?, last_capture = ? WHERE id = ?",
        [seen_at, capture_id, absence_id],
    )
    if gone_at is not None or utc_moment(seen_at) - utc_moment(first_at) < CONFIRMED_AFTER:
        return False
    db.execute("UPDATE absences SET gone_at = ? WHERE id = ?", [seen_at, absence_id])
    db.execute("UPDATE articles SET gone_at = ? WHERE id = ?", [seen_at, article_id])
    return True


def mark_found(db: Database, article_id: int, capture_id: int, seen_at: str) -> None:
    """Note that the article's page is there: ends its absence, if it was in one."""
    absence = _open_absence(db, article_id)
    if absence is None or seen_at < absence[1]:
        return
    db.execute(
        "UPDATE absences SET returned_at = ?, returned_capture = ? WHERE id = ?",
        [seen_at, capture_id, absence[0]],
    )
    db.execute("UPDATE articles SET gone_at = NULL WHERE id = ?", [article_id])


def _was_there_after(db: Database, article_id: int, seen_at: str) -> bool:
    row = db.execute("SELECT last_seen_at FROM articles WHERE id = ?", [article_id]).fetchone()
    return bool(row[0] > seen_at)


def _open_absence(db: Database, article_id: int) -> tuple[int, str, str | None] | None:
    row: tuple[int, str, str | None] | None = db.execute(
        "SELECT id, first_at, gone_at FROM absences WHERE article = ? AND returned_at IS NULL",
        [article_id],
    ).fetchone()
    return row
