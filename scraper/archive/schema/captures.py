"""Tables of what is visited and what came of it: sites, runs, captures, failures."""

from __future__ import annotations

from sqlite_utils import Database


def create(db: Database) -> None:
    """Create the tables and the indexes of their facets, sorts and foreign keys."""
    _create_sites(db)
    _create_runs(db)
    _create_captures(db)
    _create_failures(db)


def _create_sites(db: Database) -> None:
    # From `listings` on: what `scrape` needs to visit the site again. Lists are JSON.
    db.create_table(
        "sites",
        {
            "id": str,
            "name": str,
            "base_url": str,
            "platform": str,
            "province": str,
            "timezone": str,
            "listings": str,
            "feeds": str,
            "sitemaps": str,
            "contact": str,
            "pause": float,
            "private_network": int,
            "boilerplate": str,
        },
        pk="id",
        not_null=[
            *("id", "name", "base_url", "timezone", "listings", "feeds", "sitemaps"),
            *("pause", "private_network", "boilerplate"),
        ],
        strict=True,
    )


def _create_runs(db: Database) -> None:
    counts = ["requested", "fetched", "new", "changed", "unchanged", "gone", "failed"]
    db.create_table(
        "runs",
        {
            "id": int,
            "command": str,
            "started_at": str,
            "finished_at": str,
            "outcome": str,
            **dict.fromkeys(counts, int),
        },
        pk="id",
        not_null=["command", "started_at", *counts],
        defaults=dict.fromkeys(counts, 0),
        strict=True,
    )
    runs = db.table("runs")
    for column in ("command", "started_at", "outcome"):
        runs.create_index([column])


def _create_captures(db: Database) -> None:
    db.create_table(
        "captures",
        {
            "id": int,
            "site": str,
            "url": str,
            "fetched_at": str,
            "status": int,
            "content_type": str,
            "digest": str,
            "bytes": int,
            "source": str,
            "warc_file": str,
            "warc_offset": int,
            "warc_length": int,
            "etag": str,
            "last_modified": str,
            "run": int,
            "revisit_of": int,
        },
        pk="id",
        not_null=["site", "url", "fetched_at", "status", "source"],
        foreign_keys=[
            ("site", "sites", "id"),
            ("run", "runs", "id"),
            ("revisit_of", "captures", "id"),
        ],
        strict=True,
    )
    captures = db.table("captures")
    for columns in (
        ["site", "fetched_at"],
        ["url", "fetched_at"],
        ["fetched_at"],
        ["digest"],
        ["status"],
        ["content_type"],
        ["source"],
        ["run"],
        ["revisit_of"],
    ):
        captures.create_index(columns)
    # A record lies at one place: storing the same record twice is one capture.
    captures.create_index(["warc_file", "warc_offset"], unique=True)


def _create_failures(db: Database) -> None:
    db.create_table(
        "failures",
        {
            "id": int,
            "run": int,
            "site": str,
            "url": str,
            "kind": str,
            "message": str,
            "at": str,
            "attempts": int,
            "retry_at": str,
        },
        pk="id",
        not_null=["site", "url", "kind", "message", "at", "attempts"],
        foreign_keys=[("run", "runs", "id"), ("site", "sites", "id")],
        strict=True,
    )
    failures = db.table("failures")
    failures.create_index(["site", "url"], unique=True)
    for column in ("run", "kind", "at", "retry_at"):
        failures.create_index([column])
