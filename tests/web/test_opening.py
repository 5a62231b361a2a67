"""How an archive is opened for reading."""

import shutil
import sqlite3

import pytest

from scraper.archive import open_archive
from scraper.sites import Site
from scraper.web.opening import Opening, ServeError, choose_opening


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "archive.db"
    with open_archive(path) as archive:
        archive.save_site(Site(id="a", name="A", base_url="https://a.example/"))
    return path


def without_leave_to_write(path):
    """As in a folder without write permission, also for root: SQLite cannot open its ``-shm``."""
    shm = path.with_name(path.name + "-shm")
    shm.symlink_to(shm)
    return path


def test_an_archive_is_read_with_its_journal(path):
    assert choose_opening(path) == Opening(immutable=False)


def test_where_nothing_can_be_written_it_is_immutable(path):
    assert choose_opening(without_leave_to_write(path)) == Opening(immutable=True)


def test_what_immutable_misses_is_said(path, tmp_path):
    connection = sqlite3.connect(path)
    connection.execute("update sites set name = 'B'")
    connection.commit()
    copy = tmp_path / "copy" / "archive.db"
    copy.parent.mkdir()
    for name in (path.name, f"{path.name}-wal"):
        shutil.copy(path.with_name(name), copy.with_name(name))
    connection.close()
    opening = choose_opening(without_leave_to_write(copy))
    assert opening.immutable
    assert "what was stored last is not shown" in opening.warning
    assert "archive.db-wal" in opening.warning


def test_a_missing_archive_is_told_with_what_to_do(tmp_path):
    with pytest.raises(ServeError, match=r"There is no archive at .*district-archive demo"):
        choose_opening(tmp_path / "nothing.db")


def test_another_database_is_no_archive(tmp_path):
    path = tmp_path / "other.db"
    sqlite3.connect(path).execute("create table sites (id)")
    with pytest.raises(ServeError, match="no table articles, captures"):
        choose_opening(path)


def test_another_file_is_no_database(tmp_path):
    path = tmp_path / "photo.db"
    path.write_bytes(b"\xff\xd8\xff" * 2000)
    with pytest.raises(ServeError, match="not an SQLite file"):
        choose_opening(path)
