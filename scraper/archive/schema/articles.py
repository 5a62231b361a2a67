"""Tables of the news items: articles, their versions, views and absences."""

from __future__ import annotations

from sqlite_utils import Database

CONTENT = {
    "title": str,
    "summary": str,
    "body": str,
    "body_html": str,
    "author": str,
    "organisation": str,
    "byline": str,
    "category": str,
    "tags": str,
    "published_at": str,
    "published_on": str,
    "published_raw": str,
}


def create(db: Database) -> None:
    """Create the tables and the indexes of their facets, sorts and foreign keys."""
    _create_articles(db)
    _create_versions(db)
    _create_views(db)
    _create_absences(db)


def _create_articles(db: Database) -> None:
    # `year` is a plain column, filled from `published_on`: sqlite-utils' transform(), which later
    # migrations need, silently loses generated columns. `captions` is kept by triggers (search.py).
    db.create_table(
        "articles",
        {
            "id": int,
            "site": str,
            "url": str,
            **CONTENT,
            "version": int,
            "first_seen_at": str,
            "last_seen_at": str,
            "gone_at": str,
            "capture": int,
            "year": int,
            "captions": str,
        },
        pk="id",
        not_null=["site", "url", "tags", "version", "first_seen_at", "last_seen_at", "capture"],
        foreign_keys=[("site", "sites", "id"), ("capture", "captures", "id")],
        strict=True,
    )
    articles = db.table("articles")
    articles.create_index(["url"], unique=True)
    for columns in (
        ["site", "published_on"],
        ["site", "published_at"],
        ["site", "year"],
        ["site", "category"],
        ["published_on"],
        ["published_at"],
        ["year"],
        ["author"],
        ["organisation"],
        ["category"],
        ["version"],
        ["first_seen_at"],
        ["last_seen_at"],
        ["gone_at"],
        ["title"],
        ["capture"],
    ):
        articles.create_index(columns)


def _create_versions(db: Database) -> None:
    # A version stood on the page from `seen_at` to `last_seen_at` at least.
    # `images` and `attachments` are JSON lists of what that version showed; `provenance` is a JSON
    # object: column -> rule, path and confidence of its reading.
    db.create_table(
        "article_versions",
        {
            "article": int,
            "version": int,
            "capture": int,
            "seen_at": str,
            "last_seen_at": str,
            "content_hash": str,
            "reason": str,
            **CONTENT,
            "images": str,
            "attachments": str,
            "provenance": str,
        },
        pk=("article", "version"),
        not_null=[
            *("article", "version", "capture", "seen_at", "last_seen_at", "content_hash"),
            *("tags", "images", "attachments", "provenance"),
        ],
        foreign_keys=[("article", "articles", "id"), ("capture", "captures", "id")],
        strict=True,
    )
    versions = db.table("article_versions")
    for column in ("capture", "seen_at", "reason", "version", "content_hash"):
        versions.create_index([column])


def _create_views(db: Database) -> None:
    db.create_table(
        "article_views",
        {"article": int, "observed_at": str, "views": int, "capture": int},
        pk=("article", "observed_at"),
        not_null=["article", "observed_at", "views", "capture"],
        foreign_keys=[("article", "articles", "id"), ("capture", "captures", "id")],
        strict=True,
    )
    views = db.table("article_views")
    for column in ("observed_at", "views", "capture"):
        views.create_index([column])


def _create_absences(db: Database) -> None:
    # Each time that an article's page was not there: the history behind `articles.gone_at`.
    db.create_table(
        "absences",
        {
            "id": int,
            "article": int,
            "first_at": str,
            "first_capture": int,
            "last_at": str,
            "last_capture": int,
            "gone_at": str,
            "returned_at": str,
            "returned_capture": int,
        },
        pk="id",
        not_null=["article", "first_at", "first_capture", "last_at", "last_capture"],
        foreign_keys=[
            ("article", "articles", "id"),
            ("first_capture", "captures", "id"),
            ("last_capture", "captures", "id"),
            ("returned_capture", "captures", "id"),
        ],
        strict=True,
    )
    absences = db.table("absences")
    for columns in (["article", "returned_at"], ["first_at"], ["gone_at"]):
        absences.create_index(columns)
    for column in ("first_capture", "last_capture", "returned_capture"):
        absences.create_index([column])
