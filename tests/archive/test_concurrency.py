"""Readers and writers at the same time, and transactions that hold together."""

import sqlite3
import threading

import pytest

from scraper.archive import ArchiveError, open_archive

from .build import SITE, capture, edited, page, rows, see

AT = "2024-03-28T02:00:00Z"
LATER = "2024-03-29T02:00:00Z"


def test_a_reader_in_the_middle_of_reading_blocks_no_writer(archive):
    see(archive, AT)
    archive.db.execute("PRAGMA busy_timeout = 0")  # a wait would fail at once
    with open_archive(archive.path, read_only=True) as reader:
        reader.db.execute("BEGIN")
        assert rows(reader, "SELECT title FROM articles") == [("Đảng bộ huyện Hoằng Hóa họp",)]
        see(archive, LATER, edited(title="Khác"))
        archive.db.execute("PRAGMA wal_checkpoint(PASSIVE)")
        assert rows(reader, "SELECT title FROM articles") == [("Đảng bộ huyện Hoằng Hóa họp",)]
        reader.db.execute("COMMIT")
        assert rows(reader, "SELECT title FROM articles") == [("Khác",)]


def test_a_writer_blocks_no_reader(archive):
    see(archive, AT)
    with archive.transaction():
        see(archive, LATER, edited(title="Khác"))
        with open_archive(archive.path, read_only=True) as reader:
            assert reader.known_articles(SITE.id, [page().url]) == {page().url}
            assert rows(reader, "SELECT version FROM articles") == [(1,)]


def test_a_second_writer_waits_for_the_first(archive):
    """It begins to write only after the first has committed, though it read before."""
    order = []
    other = open_archive(archive.path)
    other.close()

    def write():
        with open_archive(archive.path) as second:
            second.totals()
            waiting.set()
            with second.transaction():
                order.append("second")

    waiting = threading.Event()
    thread = threading.Thread(target=write)
    with archive.transaction():
        thread.start()
        waiting.wait()
        order.append("first")
    thread.join()
    assert order == ["first", "second"]


def test_a_writer_that_never_ends_is_an_error_with_advice(archive):
    with open_archive(archive.path) as other:
        other.db.execute("PRAGMA busy_timeout = 0")
        with archive.transaction(), pytest.raises(ArchiveError, match="another program keeps"):
            other.save_site(SITE)


def test_closing_while_another_program_writes_is_no_error(archive):
    other = open_archive(archive.path)
    other.db.execute("PRAGMA busy_timeout = 0")
    with archive.transaction():
        archive.save_site(SITE)
        other.close()
    with pytest.raises(sqlite3.ProgrammingError):
        other.totals()


def test_what_breaks_off_leaves_nothing(archive):
    with pytest.raises(RuntimeError), archive.transaction():
        see(archive, AT)
        raise RuntimeError
    assert archive.totals().captures == archive.totals().articles == 0


def test_a_page_is_stored_whole_or_not_at_all(archive):
    number = capture(archive, AT)
    archive.db.execute(
        "CREATE TRIGGER fail BEFORE INSERT ON attachments BEGIN SELECT RAISE(ABORT, 'no'); END"
    )
    with pytest.raises(sqlite3.IntegrityError):
        archive.store_page(SITE.id, number, page(), AT)
    archive.db.execute("DROP TRIGGER fail")
    for table in ("articles", "article_versions", "images", "counters"):
        assert rows(archive, f"SELECT count(*) FROM {table}") == [(0,)]


def test_a_capture_that_is_not_there_is_refused(archive):
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        archive.store_page(SITE.id, 99, page(), AT)
    assert archive.totals().articles == 0
    assert see(archive, AT).article == 1


def test_a_transaction_spans_many_calls(archive):
    with archive.transaction():
        see(archive, AT)
        with open_archive(archive.path, read_only=True) as reader:
            assert reader.totals().articles == 0
    with open_archive(archive.path, read_only=True) as reader:
        assert reader.totals().articles == 1
