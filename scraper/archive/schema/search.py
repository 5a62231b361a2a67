"""The full-text index over the articles, kept right by triggers.

FTS5's ``unicode61 remove_diacritics 2`` folds every Vietnamese mark but the stroke of ``đ``, which
has no decomposition. So each text is indexed twice in one row: as it is, and with ``đ`` written
``d``. A word of a query may match either copy, which finds ``Đảng`` by ``Đảng`` and by ``dang``.

The index stores no text: it reads ``articles_text``, a view that makes the folded copies on the
fly. Captions belong to ``images``; triggers there keep ``articles.captions``, and those on
``articles`` keep the index.
"""

from __future__ import annotations

from sqlite_utils import Database

from scraper.archive.folding import folded_sql

TEXTS = ("title", "summary", "body", "captions", "byline")
_COLUMNS = ", ".join([*TEXTS, *(f"{text}_folded" for text in TEXTS)])


def create(db: Database) -> None:
    """Create the view, the index and the triggers; the tables must be there."""
    folded = ", ".join(f"{folded_sql(text)} AS {text}_folded" for text in TEXTS)
    db.create_view("articles_text", f"SELECT id, {', '.join(TEXTS)}, {folded} FROM articles")
    # Datasette and sqlite-utils find a table's index by the words content="articles" in its SQL.
    db.execute(
        'CREATE VIRTUAL TABLE articles_fts USING FTS5 /* content="articles", through a view */ '
        f'({_COLUMNS}, content="articles_text", content_rowid="id", '
        'tokenize="unicode61 remove_diacritics 2")'
    )
    _create_article_triggers(db)
    _create_caption_triggers(db)


def _values(row: str) -> str:
    texts = [f"{row}.{text}" for text in TEXTS]
    return ", ".join([*texts, *(folded_sql(text) for text in texts)])


def _create_article_triggers(db: Database) -> None:
    add = f"INSERT INTO articles_fts (rowid, {_COLUMNS}) VALUES (new.id, {_values('new')});"
    # An index without content must be told the old text to take it out (FTS5's 'delete' command).
    remove = (
        f"INSERT INTO articles_fts (articles_fts, rowid, {_COLUMNS}) "
        f"VALUES ('delete', old.id, {_values('old')});"
    )
    changed = " OR ".join(f"old.{text} IS NOT new.{text}" for text in TEXTS)
    for name, event, body in (
        ("insert", "INSERT", add),
        ("delete", "DELETE", remove),
        ("update", f"UPDATE OF {', '.join(TEXTS)}", remove + add),
    ):
        when = f"WHEN {changed} " if name == "update" else ""
        db.execute(
            f"CREATE TRIGGER articles_fts_{name} AFTER {event} ON articles {when}BEGIN {body} END"
        )


def _create_caption_triggers(db: Database) -> None:
    for name, event, rows in (
        ("insert", "INSERT", ("new",)),
        ("delete", "DELETE", ("old",)),
        ("update", "UPDATE OF article, position, caption", ("old", "new")),
    ):
        body = " ".join(_collect_captions(f"{row}.article") for row in rows)
        db.execute(
            f"CREATE TRIGGER images_captions_{name} AFTER {event} ON images BEGIN {body} END"
        )


def _collect_captions(article: str) -> str:
    captions = (
        "(SELECT group_concat(caption, char(10)) FROM "
        f"(SELECT caption FROM images WHERE article = {article} ORDER BY position))"
    )
    return (
        f"UPDATE articles SET captions = {captions} "
        f"WHERE id = {article} AND captions IS NOT {captions};"
    )
