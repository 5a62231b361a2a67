"""The list of migrations, in order."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from scraper.archive.schema import (
    articles,
    browser,
    captures,
    files,
    frontier,
    search,
    statistics,
    visitor,
    visits,
)

migrations = Migrations("district-archive")


@migrations(name="0001_first")
def first(db: Database) -> None:
    """All tables of the design."""
    captures.create(db)
    articles.create(db)
    files.create(db)
    visits.create(db)
    search.create(db)


@migrations(name="0002_frontier")
def add_frontier(db: Database) -> None:
    """What is still to be visited, and what is remembered of each host."""
    frontier.create(db)


@migrations(name="0003_visitor")
def add_visitor(db: Database) -> None:
    """Cookies that are kept from run to run, and what was relaxed of TLS for a capture."""
    visitor.create(db)


@migrations(name="0004_statistics")
def add_statistics(db: Database) -> None:
    """What fills `visits`: what is due, what was found out, and sums for analysts."""
    statistics.create(db)


@migrations(name="0005_browser")
def add_browser(db: Database) -> None:
    """Which sites' pages are drawn by a browser."""
    browser.create(db)


@migrations(name="0006_known_to")
def add_known_to(db: Database) -> None:
    """What a round found can be told from what was known before it."""
    frontier.add_known_to(db)


@migrations(name="0007_method")
def add_method(db: Database) -> None:
    """By which version of the method visits were worked out."""
    statistics.add_method(db)


@migrations(name="0008_pager")
def add_pager(db: Database) -> None:
    """Lists whose further pages a script fetches."""
    frontier.add_pager(db)


@migrations(name="0009_tls_tests")
def add_tls_tests(db: Database) -> None:
    """Whether what is relaxed of a host's TLS is still needed."""
    frontier.add_tls_tests(db)


@migrations(name="0010_listed")
def add_listed(db: Database) -> None:
    """What lists say of the articles that they link to."""
    frontier.add_listed(db)


def newer_than_us(db: Database) -> list[str]:
    """Names of migrations in the database that this version of the program does not know."""
    known = {migration.name for migration in migrations.pending(Database(memory=True))}
    return [applied.name for applied in migrations.applied(db) if applied.name not in known]
