"""Opening an archive: what is made, and what is said when it cannot be."""

import os
import sqlite3
import tempfile
import threading
from pathlib import Path

import pytest

from scraper.archive import ArchiveError, open_archive
from scraper.archive.schema import migrations

from .build import SITE, rows, see

AT = "2024-03-28T02:00:00Z"


@pytest.fixture
def plain_user():
    """Not root, who may write everywhere; and a folder that such a user can reach."""
    root = os.geteuid() == 0
    folder = Path(tempfile.mkdtemp(prefix="district-archive-"))
    folder.chmod(0o755)
    path = folder / "archive.db"
    with open_archive(path) as archive:
        archive.save_site(SITE)
        see(archive, AT)
    if root:
        for file in (folder, *folder.iterdir()):
            os.chown(file, 65534, 65534)
        os.seteuid(65534)
    yield path
    if root:
        os.seteuid(0)
    folder.chmod(0o755)
    for file in folder.iterdir():
        file.unlink()
    folder.rmdir()


def test_a_new_archive_is_ready_to_use(tmp_path):
    with open_archive(tmp_path / "archive.db") as archive:
        assert archive.path == tmp_path / "archive.db"
        assert archive.warc_folder == tmp_path / "archive.warc"
        assert archive.sites() == []
        assert archive.db.journal_mode == "wal"
        assert rows(archive, "PRAGMA foreign_keys") == [(1,)]
        assert rows(archive, "PRAGMA busy_timeout") == [(30_000,)]
        assert rows(archive, "PRAGMA synchronous") == [(1,)]


def test_opening_again_keeps_all(tmp_path):
    path = tmp_path / "archive.db"
    with open_archive(path) as archive:
        archive.save_site(SITE)
        see(archive, AT)
    with open_archive(path) as archive:
        assert archive.totals().articles == 1


def test_closing_leaves_one_file_and_twice_is_harmless(tmp_path):
    archive = open_archive(tmp_path / "archive.db")
    archive.close()
    archive.close()
    assert [file.name for file in tmp_path.iterdir()] == ["archive.db"]


def test_an_empty_file_becomes_an_archive(tmp_path):
    (tmp_path / "archive.db").touch()
    with open_archive(tmp_path / "archive.db") as archive:
        assert archive.totals().articles == 0


def test_odd_characters_in_the_path(tmp_path):
    folder = tmp_path / "lưu trữ 100%? #1"
    folder.mkdir()
    with open_archive(folder / "a&b?.db") as archive:
        archive.save_site(SITE)
    with open_archive(folder / "a&b?.db", read_only=True) as archive:
        assert archive.sites() == [SITE]
    assert (folder / "a&b?.db").exists()


def test_a_file_that_is_no_database(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("Only some notes of mine, longer than a header.")
    with pytest.raises(ArchiveError, match=r"notes\.txt is no SQLite database"):
        open_archive(path)
    assert path.read_text().startswith("Only some notes")


def test_a_database_cut_off(tmp_path):
    path = tmp_path / "archive.db"
    path.write_bytes(b"SQLite format 3\x00" + b"\xff" * 200)
    with pytest.raises(ArchiveError, match=r"no SQLite database|damaged"):
        open_archive(path)


def test_a_database_of_something_else(tmp_path):
    path = tmp_path / "recipes.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE recipes (id)")
    with pytest.raises(ArchiveError, match=r"something else \(its tables: recipes\)"):
        open_archive(path)
    assert [row[0] for row in other.execute("SELECT name FROM sqlite_master")] == ["recipes"]
    other.close()


def test_an_archive_of_a_newer_version(tmp_path):
    path = tmp_path / "archive.db"
    with open_archive(path) as archive:
        archive.db.table("_sqlite_migrations").insert(
            {"migration_set": migrations.name, "name": "9999_later", "applied_at": "later"}
        )
    for read_only in (False, True):
        with pytest.raises(ArchiveError, match=r"newer version of district-archive \(9999_later\)"):
            open_archive(path, read_only=read_only)


def test_a_folder_in_place_of_the_file(tmp_path):
    with pytest.raises(ArchiveError, match="is a folder"):
        open_archive(tmp_path)


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(ArchiveError, match="does not exist"):
        open_archive(tmp_path / "nowhere" / "archive.db")


def test_reading_where_nothing_is(tmp_path):
    with pytest.raises(ArchiveError, match="no archive at"):
        open_archive(tmp_path / "archive.db", read_only=True)
    assert list(tmp_path.iterdir()) == []


def test_reading_an_older_archive_does_not_migrate_it(tmp_path):
    path = tmp_path / "archive.db"
    with open_archive(path) as archive:
        archive.db.execute("DELETE FROM _sqlite_migrations WHERE id > 1")
    with pytest.raises(ArchiveError, match="older version"):
        open_archive(path, read_only=True)


def test_read_only_cannot_write(tmp_path):
    path = tmp_path / "archive.db"
    open_archive(path).close()
    with (
        open_archive(path, read_only=True) as archive,
        pytest.raises(ArchiveError, match="may not be written"),
    ):
        archive.save_site(SITE)


def test_a_folder_that_may_not_be_written(plain_user):
    plain_user.parent.chmod(0o555)
    with pytest.raises(ArchiveError, match="may not be written"):
        open_archive(plain_user)
    with open_archive(plain_user, read_only=True) as archive:
        assert archive.totals().articles == 1


def test_a_file_that_may_not_be_written(plain_user):
    plain_user.chmod(0o444)
    with pytest.raises(ArchiveError, match=r"archive\.db may not be written"):
        open_archive(plain_user)


def test_a_file_that_may_not_be_read(plain_user):
    plain_user.chmod(0o000)
    with pytest.raises(ArchiveError, match="cannot be read: Permission denied"):
        open_archive(plain_user)


def test_a_damaged_archive_says_so_and_names_the_way_out(tmp_path):
    path = tmp_path / "archive.db"
    with open_archive(path) as archive:
        archive.save_site(SITE)
        see(archive, AT)
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xa5" * (size - 4096))
    with pytest.raises(ArchiveError, match=r"damaged.*reparse"), open_archive(path) as archive:
        archive.totals()


def test_programs_that_open_a_new_archive_at_once(tmp_path):
    path = tmp_path / "archive.db"
    errors = []
    start = threading.Barrier(4)

    def open_and_close():
        start.wait()
        try:
            open_archive(path).close()
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=open_and_close) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    with open_archive(path) as archive:
        assert archive.totals().sites == 0
