"""Databases as text: how ``tests/archive/old/`` keeps what earlier versions of the schema wrote."""

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database

from scraper.archive import Archive, Capture, RunCounts
from scraper.archive.schema import migrations

from .build import ARTICLE, SITE, URL, capture, counted, edited, page, see

OLD = Path(__file__).parent / "old"
_SHADOW = "articles_fts_"  # FTS5 makes these itself


def names() -> list[str]:
    """All migrations, first to last."""
    return [migration.name for migration in migrations.pending(Database(memory=True))]


def fill(archive: Archive) -> None:
    """A little of everything: an edited article, a gone one, files, counters, a failure."""
    run = archive.start_run("scrape", datetime(2024, 3, 28, 2, tzinfo=UTC))
    archive.save_site(replace(SITE, listings=(f"{SITE.base_url}tin-tuc",)))
    see(archive, "2024-03-28T02:00:00Z", run=run, etag='"1"')
    see(archive, "2024-03-29T02:00:00Z", edited(title="Đảng bộ huyện họp, bổ sung", views=17))
    second = page(replace(ARTICLE, published_at=None, published_on=None), url=f"{URL}?2")
    see(archive, "2024-03-29T02:00:05Z", second)
    for day in (30, 31):
        at = f"2024-03-{day}T02:00:05Z"
        number = capture(archive, at, url=second.url, status=404)
        archive.mark_not_found(SITE.id, second.url, number, at)
    photo = ARTICLE.images[0].url
    number = capture(archive, "2024-03-28T02:00:10Z", url=photo, digest="sha1:photo")
    archive.store_file(photo, "sha1:photo", 4096, "image/jpeg", number)
    box = archive.add_capture(Capture(SITE.id, SITE.base_url, "2024-03-28T02:00:20Z", 200))
    archive.store_page(SITE.id, box, counted(today=4840, total=11718781), "2024-03-28T02:00:20Z")
    archive.refresh_visits(SITE.id)
    archive.add_failure(
        SITE.id, f"{URL}?3", "timeout", "No answer.", "2024-03-28T02:00:30Z", run=run
    )
    archive.finish_run(run, "done", datetime(2024, 3, 28, 3, tzinfo=UTC), RunCounts(new=2))


def dump(connection: sqlite3.Connection) -> str:
    """The database as SQL that makes it again; the search index by building it anew."""
    connection.execute("UPDATE _sqlite_migrations SET applied_at = 'at some time'")
    connection.commit()
    tables, later = [], []
    for kind, name, sql in schema(connection):
        if kind == "table" and not sql.startswith("CREATE VIRTUAL"):
            tables += [f"{sql};", *_rows(connection, name)]
        else:
            later.append(f"{sql};")
    rebuild = "INSERT INTO articles_fts (articles_fts) VALUES ('rebuild');"
    return "\n".join([*tables, *later, rebuild]) + "\n"


def schema(connection: sqlite3.Connection) -> list[tuple[str, str, str]]:
    """Kind, name and SQL of all that was made, in the order of making."""
    # Left out: what SQLite and FTS5 make themselves.
    return connection.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL "
        "AND NOT (type = 'table' AND (name GLOB 'sqlite_*' OR name GLOB 'articles_fts_*')) "
        "ORDER BY rowid"
    ).fetchall()


def _rows(connection: sqlite3.Connection, table: str) -> list[str]:
    columns = [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]
    values = " || ', ' || ".join(f'quote("{column}")' for column in columns)
    found = connection.execute(f'SELECT {values} FROM "{table}" ORDER BY rowid').fetchall()
    return [f'INSERT INTO "{table}" VALUES ({row[0]});' for row in found]
