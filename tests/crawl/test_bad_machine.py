"""The archivist's own machine misbehaves: disk, database, clock, a second run."""

from __future__ import annotations

import errno
import os
import resource
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from scraper.archive import Archive, ArchiveError, open_archive
from scraper.crawl import warc
from tests.crawl.bench import BAD, GOOD_TITLE, HEALED, Bench
from tests.crawl.test_run import check_warcs
from tests.crawl.tiny_portal import Reply, Request, article
from tests.faults import Told


@contextmanager
def files_at_most(size: int) -> Iterator[None]:
    """Let no file grow beyond ``size`` bytes: a write fails half-way as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)


def largest(archive: Archive) -> int:
    """Return the size of the database or its journal."""
    path = archive.path
    return max(each.stat().st_size for each in path.parent.glob(f"{path.name}*"))


def goes_on_as_if_nothing_had_been(bench: Bench) -> None:
    """Do another run, after the fault is mended."""
    bench.portal.pages[BAD] = article(HEALED)
    summary = bench.scrape()
    assert summary.exit_code == 0, bench.archive.open_failures()
    assert bench.titles() == {GOOD_TITLE, HEALED}
    check_warcs(bench.archive)


@pytest.mark.fault("WARC folder not writable")
def test_warc_folder_not_writable(bench: Bench, fault: Told) -> None:
    bench.archive.warc_folder.write_text("a file where the folder should be")
    summary = bench.scrape()
    fault("stopped", str(summary.error))
    assert summary.exit_code == 1
    assert "could not be kept" in (summary.error or "")
    assert bench.archive.totals().captures == 0, "what is not kept is not in the database"
    bench.archive.warc_folder.unlink()
    goes_on_as_if_nothing_had_been(bench)


@pytest.mark.fault("disk nearly full")
def test_disk_nearly_full(bench: Bench, fault: Told) -> None:
    bench.options = replace(bench.options, min_free_bytes=10**18)
    summary = bench.scrape()
    fault("stopped", str(summary.error))
    assert summary.exit_code == 1
    assert bench.portal.requests == []
    assert "make room and run again" in (summary.error or "")
    bench.options = replace(bench.options, min_free_bytes=0)
    goes_on_as_if_nothing_had_been(bench)


@pytest.mark.fault("disk full")
def test_disk_full_while_a_record_is_written(bench: Bench, fault: Told) -> None:
    bench.archive.save_site(bench.portal.site())
    bench.options = replace(
        bench.options, limits=replace(bench.options.limits, max_page_bytes=9**9)
    )
    bench.portal.pages[BAD] = Reply(os.urandom(6_000_000), content_type="application/pdf")
    with files_at_most(largest(bench.archive) + 4_000_000):
        summary = bench.scrape()
    fault("stopped", str(summary.error))
    assert summary.exit_code == 1
    assert "could not be kept" in (summary.error or "")
    for path in bench.archive.warc_folder.glob("*.warc.gz"):
        subprocess.run(["gzip", "-t", path], check=True)
    goes_on_as_if_nothing_had_been(bench)


@pytest.mark.fault("disk full for the database")
def test_disk_full_while_the_database_is_written(bench: Bench, fault: Told) -> None:
    bench.archive.save_site(bench.portal.site())
    with files_at_most(largest(bench.archive) + 20_000), pytest.raises(ArchiveError) as caught:
        bench.scrape()
    fault("stopped", str(caught.value))
    assert "disk" in str(caught.value)
    goes_on_as_if_nothing_had_been(bench)
    assert max(bench.portal.hits().values()) == 1, "what was kept is not fetched again"


def test_disk_full_while_the_index_is_written(bench: Bench, monkeypatch, caplog) -> None:
    """The pages are kept and stored; the next run writes the index that this one could not."""

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    bench.portal.pages[BAD] = article(HEALED)
    bench.options = replace(bench.options, recheck_days=0)
    broken: list[object] = []
    monkeypatch.setattr(threading, "excepthook", broken.append)
    with monkeypatch.context() as patch:
        patch.setattr(warc, "sort_spool", full)
        bench.scrape()
    assert broken == []
    assert "No space left" in caplog.text
    assert bench.titles() == {GOOD_TITLE, HEALED}
    assert not list(bench.archive.warc_folder.glob("*.cdxj"))
    goes_on_as_if_nothing_had_been(bench)
    files = bench.archive.warc_folder
    assert len(list(files.glob("*.cdxj"))) == len(list(files.glob("*.warc.gz")))
    assert bench.portal.hits()[BAD] == 1


@pytest.mark.fault("database held by a reader")
def test_a_reader_does_not_stop_a_run(bench: Bench, fault: Told) -> None:
    bench.portal.pages[BAD] = article(HEALED)
    bench.archive.save_site(bench.portal.site())
    reader = sqlite3.connect(bench.archive.path)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM articles").fetchone()
    summary = bench.scrape()
    fault("none", "the run goes on; the reader sees what was there when it began")
    assert summary.exit_code == 0
    assert reader.execute("SELECT count(*) FROM articles").fetchone() == (0,)
    reader.close()


@pytest.mark.fault("database locked by a writer")
def test_a_run_waits_for_another_writer(bench: Bench, fault: Told) -> None:
    """Another program holds the database for a moment, then for longer than a run waits."""
    bench.archive.save_site(bench.portal.site())
    writer = sqlite3.connect(bench.archive.path, check_same_thread=False)

    def hold(request: Request) -> Reply:
        writer.execute("BEGIN IMMEDIATE")
        threading.Timer(0.5, writer.rollback).start()
        return article(HEALED)

    bench.portal.pages[BAD] = hold
    assert bench.scrape().exit_code == 0
    assert bench.titles() == {GOOD_TITLE, HEALED}
    bench.portal.pages[BAD] = article(HEALED)
    bench.clock.move(days=1)
    bench.archive.db.execute("PRAGMA busy_timeout = 50")
    writer.execute("BEGIN IMMEDIATE")
    with pytest.raises(ArchiveError) as caught:
        bench.scrape()
    writer.rollback()
    writer.close()
    fault("stopped", str(caught.value))
    assert "another program keeps writing it" in str(caught.value)
    assert bench.scrape().exit_code == 0


@pytest.mark.fault("clock that jumps back")
def test_clock_that_jumps_back_during_a_run(bench: Bench, fault: Told) -> None:
    def jump(request: Request) -> Reply:
        bench.clock.move(days=-400)
        return article(HEALED)

    bench.portal.pages[BAD] = jump
    summary = bench.scrape()
    fault("none", "the run ends, all pages are kept")
    assert summary.exit_code == 0
    assert bench.titles() == {GOOD_TITLE, HEALED}
    bench.portal.pages[BAD] = article(HEALED + " lần nữa")
    bench.clock.move(days=2)
    assert bench.scrape().tally.changed == 1


@pytest.mark.fault("clock that was ahead")
def test_clock_that_was_ahead_does_not_hold_back_what_waits(bench: Bench, fault: Told) -> None:
    bench.portal.pages[BAD] = Reply(b"", 503)
    bench.clock.move(days=3650)
    bench.scrape()
    bench.clock.move(days=-3650)
    fault("none", "what waited for a time in ten years is due now")
    goes_on_as_if_nothing_had_been(bench)


@pytest.mark.fault("two runs at once")
def test_two_runs_at_once(bench: Bench, fault: Told) -> None:
    """A second command ends with 1 and names the first, which goes on undisturbed."""
    told: list[subprocess.CompletedProcess[str]] = []

    def second(request: Request) -> Reply:
        command = [sys.executable, "-m", "scraper", "scrape", "--db", str(bench.archive.path)]
        told.append(subprocess.run(command, capture_output=True, text=True, check=False))
        return article(HEALED)

    bench.options = replace(
        bench.options, limits=replace(bench.options.limits, read_timeout=60.0, whole_timeout=60.0)
    )
    bench.portal.pages[BAD] = second
    summary = bench.scrape()
    (other,) = told
    fault("refused", other.stderr.strip())
    assert other.returncode == 1
    assert f"process {os.getpid()}" in other.stderr
    assert "Traceback" not in other.stderr
    assert summary.exit_code == 0
    assert bench.titles() == {GOOD_TITLE, HEALED}
    assert len(bench.archive.recent_runs(9)) == 1, "the second left no trace"


def test_a_lock_is_not_left_behind_by_a_crash(bench: Bench) -> None:
    """The lock ends with the process that held it, however that ends."""
    code = (
        "import os, pathlib, sys\n"
        "from scraper.crawl.lock import run_lock\n"
        "with run_lock(pathlib.Path(sys.argv[1]), 'scrape', 'now'): os.kill(os.getpid(), 9)\n"
    )
    path = str(bench.archive.path)
    done = subprocess.run([sys.executable, "-c", code, path], check=False)
    assert done.returncode == -signal.SIGKILL
    goes_on_as_if_nothing_had_been(bench)


def test_an_archive_is_whole_after_all_this(bench: Bench) -> None:
    bench.portal.pages[BAD] = article(HEALED)
    bench.scrape()
    bench.archive.close()
    with open_archive(bench.archive.path, read_only=True) as archive:
        assert archive.db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
