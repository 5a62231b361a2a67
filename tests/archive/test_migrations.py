"""Every earlier schema's database becomes today's, with all that it held.

``old/<migration>.sql`` is a database as it was after that migration. With a new migration the test
writes its file and fails once: look at the file, then commit it. Files that were released stay.
"""

import sqlite3

import pytest

from scraper.archive import open_archive
from scraper.archive.integrity import find_problems
from scraper.archive.schema import migrations

from .build import SITE, URL, rows
from .dump import OLD, dump, fill, names, schema


def _load(name, path):
    connection = sqlite3.connect(path)
    connection.executescript((OLD / f"{name}.sql").read_text("utf-8"))
    connection.close()


def _words(connection):
    return sorted((kind, name, " ".join(sql.split())) for kind, name, sql in schema(connection))


def test_the_newest_schema_has_its_database(tmp_path):
    newest = OLD / f"{names()[-1]}.sql"
    if not newest.exists():
        with open_archive(tmp_path / "archive.db") as archive:
            fill(archive)
            newest.write_text(dump(archive.db.conn), "utf-8")
        pytest.fail(f"{newest.name} was not there and is written now: please review and commit it")


def test_no_database_is_missing_or_left_over():
    assert sorted(file.stem for file in OLD.glob("*.sql")) == names()


@pytest.mark.parametrize("name", [file.stem for file in sorted(OLD.glob("*.sql"))])
def test_old_databases_become_todays(tmp_path, name):
    _load(name, tmp_path / "old.db")
    with sqlite3.connect(tmp_path / "old.db") as old:
        held = {
            table: old.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]
            for kind, table, _ in schema(old)
            if kind == "table" and table != "_sqlite_migrations"
        }
    old.close()
    open_archive(tmp_path / "new.db").close()
    with sqlite3.connect(tmp_path / "new.db") as new:
        todays = _words(new)
    new.close()
    with open_archive(tmp_path / "old.db") as archive:
        assert [applied.name for applied in migrations.applied(archive.db)] == names()
        assert _words(archive.db.conn) == todays
        assert find_problems(archive.db) == []
        for table, count in held.items():
            assert archive.db.table(table).count == count, table
        assert held["articles"] == 2
        assert held["article_versions"] == 3
        sql = "SELECT a.url FROM articles AS a JOIN articles_fts AS f ON f.rowid = a.id "
        assert rows(archive, sql + "WHERE articles_fts MATCH 'dang bo sung'") == [(URL,)]
        assert archive.sites()[0].base_url == SITE.base_url


def test_a_migration_that_fails_leaves_the_archive_as_it_was(tmp_path):
    path = tmp_path / "archive.db"
    first = names()[0]
    _load(first, path)
    with sqlite3.connect(path) as old:
        # In the way of the next migration.
        old.execute("CREATE TABLE frontier (id)")
        before = _words(old)
    old.close()
    with pytest.raises(sqlite3.OperationalError, match="already exists"):
        open_archive(path)
    with sqlite3.connect(path) as same:
        assert _words(same) == before
    same.close()
