"""Whether the archive agrees with itself."""

from __future__ import annotations

import sqlite3

from sqlite_utils import Database

from scraper.archive.content import COLUMNS

# What each query finds is one problem; `what` names it and its columns fill the message.
_CHECKS = {
    "article {} differs from its latest version": (
        "SELECT a.id FROM articles AS a LEFT JOIN article_versions AS v "
        "ON v.article = a.id AND v.version = a.version WHERE v.article IS NULL "
        "OR a.version <> (SELECT max(version) FROM article_versions WHERE article = a.id) "
        + "".join(f"OR a.{name} IS NOT v.{name} " for name in (*COLUMNS, "capture"))
    ),
    "article {} has a year that is not that of published_on": (
        "SELECT id FROM articles WHERE year IS NOT CAST(substr(published_on, 1, 4) AS INTEGER)"
    ),
    "article {} has captions that are not those of its photos": (
        "SELECT id FROM articles AS a WHERE captions IS NOT ("
        "SELECT group_concat(caption, char(10)) FROM "
        "(SELECT caption FROM images WHERE article = a.id ORDER BY position))"
    ),
    "version {1} of article {0} is not after the one before it": (
        "SELECT v.article, v.version FROM article_versions AS v JOIN article_versions AS w "
        "ON w.article = v.article AND w.version = v.version - 1 WHERE v.seen_at < CASE v.reason "
        "WHEN 'correction' THEN w.seen_at ELSE w.last_seen_at END"
    ),
    "the versions of article {} are not numbered 1, 2, 3…": (
        "SELECT article FROM article_versions GROUP BY article "
        "HAVING min(version) <> 1 OR max(version) <> count(*)"
    ),
    "the visits of {} on {} are not what their basis says": (
        "SELECT site, day FROM visits WHERE CASE basis "
        "WHEN 'exact' THEN visits IS NULL OR low IS NOT visits OR high IS NOT visits "
        "WHEN 'interval' THEN visits IS NOT NULL OR low IS NULL OR coalesce(low >= high, 0) "
        "WHEN 'none' THEN coalesce(visits, low, high) IS NOT NULL ELSE 1 END"
    ),
    "capture {} is a revisit of a capture with another digest": (
        "SELECT c.id FROM captures AS c JOIN captures AS o ON o.id = c.revisit_of "
        "WHERE c.digest IS NOT o.digest"
    ),
}
_FILE_CHECKS = {
    "{table}: file {1} of article {0} has bytes but no capture of them, or the reverse": (
        "SELECT article, position FROM {table} WHERE (capture IS NULL) <> (digest IS NULL)"
    ),
    "{table}: file {1} of article {0} has another digest than its capture": (
        "SELECT f.article, f.position FROM {table} AS f JOIN captures AS c ON c.id = f.capture "
        "WHERE f.digest IS NOT c.digest"
    ),
}


def find_problems(db: Database) -> list[str]:
    """All that does not fit together, a sentence each; empty for a sound archive.

    Reads every row. The check of the full-text index needs a database that may be written.
    """
    return [
        *(f"file: {row[0]}" for row in db.execute("PRAGMA quick_check") if row[0] != "ok"),
        *(
            f"{table}: row {rowid} points to a row of {parent} that is not there"
            for table, rowid, parent, _ in db.execute("PRAGMA foreign_key_check")
        ),
        *_run(db, _CHECKS),
        *(
            problem
            for table in ("images", "attachments")
            for problem in _run(
                db,
                {
                    what.replace("{table}", table): sql.replace("{table}", table)
                    for what, sql in _FILE_CHECKS.items()
                },
            )
        ),
        *_search_index_problems(db),
    ]


def _run(db: Database, checks: dict[str, str]) -> list[str]:
    return [what.format(*row) for what, sql in checks.items() for row in db.execute(sql)]


def _search_index_problems(db: Database) -> list[str]:
    try:
        # Rank 1: also compare the index with the text that it was made from.
        db.execute("INSERT INTO articles_fts (articles_fts, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_CORRUPT:
            raise
        return ["the full-text index does not agree with the articles"]
    return []
