"""`counters` and `visits` on the command line."""

import csv
import io
import json
import re

import pytest
from click.testing import CliRunner

from scraper.archive import Capture, open_archive
from scraper.cli import cli
from scraper.parse import Counters
from tests.crawl.test_counting import box
from tests.crawl.tiny_portal import TinyPortal


def run(*arguments):
    return CliRunner().invoke(cli, [str(each) for each in arguments])


@pytest.fixture
def portal():
    with TinyPortal() as portal:
        portal.pages["/"] = box()
        yield portal


@pytest.fixture
def db(tmp_path, portal):
    """An archive with the seed page's box, and another reading a week later."""
    path = tmp_path / "archive.db"
    with open_archive(path) as archive:
        archive.save_site(portal.site())
        for at, numbers in (
            ("2024-03-27T08:06:52Z", (4840, 12008, 59019, 226219, 11718781)),
            ("2024-04-04T08:00:00Z", (3000, 7000, 24000, 31000, 11772781)),
        ):
            capture = archive.add_capture(Capture("tiny", portal.base_url, at, 200))
            archive.store_counters("tiny", capture, Counters(*numbers), at)
    return path


def test_visits_prints_the_series(db):
    done = run("visits", "--db", db, "--from", "2024-03-26", "--to", "2024-03-28")
    assert done.exit_code == 0, done.output
    lines = [re.split(r"\s{2,}", line) for line in done.output.splitlines()]
    assert lines[0] == ["site", "day", "visits", "own requests"]
    assert lines[1] == ["tiny", "2024-03-26", "12008", "0"]
    assert lines[2][:2] == ["tiny", "2024-03-27"] and lines[2][2].startswith("4840 to ")


@pytest.mark.parametrize("period", ["day", "week", "month"])
def test_csv_and_json_say_the_same(db, period):
    as_json = json.loads(run("visits", "--db", db, "--by", period, "--json").output)
    as_csv = list(
        csv.DictReader(io.StringIO(run("visits", "--db", db, "--by", period, "--csv").output))
    )
    assert len(as_json) == len(as_csv) > 0
    for one, other in zip(as_json, as_csv, strict=True):
        assert {name: "" if value is None else str(value) for name, value in one.items()} == other
        assert one["site"] == "tiny"


def test_rebuilding_changes_nothing(db):
    first = run("visits", "--db", db, "--json")
    again = run("visits", "tiny", "--db", db, "--json", "--rebuild")
    assert first.exit_code == again.exit_code == 0
    assert first.output == again.output


def test_findings_are_told_with_the_series(db, portal):
    with open_archive(db) as archive:
        at = "2024-04-05T08:00:00Z"
        capture = archive.add_capture(Capture("tiny", portal.base_url, at, 200))
        archive.store_counters("tiny", capture, Counters(5, 0, 5, 5, 5), at)
    assert "reset" in run("visits", "--db", db).output
    assert "reset" not in run("visits", "--db", db, "--to", "2024-03-28").output


@pytest.mark.parametrize(
    "arguments",
    [
        ("nowhere",),
        ("--csv", "--json"),
        ("--from", "27/3/2024"),
        ("--by", "year"),
    ],
)
def test_wrong_usage_is_told(db, arguments):
    assert run("visits", "--db", db, *arguments).exit_code == 2


def test_an_archive_without_counters_says_so(tmp_path, portal):
    with open_archive(tmp_path / "archive.db") as archive:
        archive.save_site(portal.site())
    done = run("visits", "--db", tmp_path / "archive.db")
    assert done.exit_code == 0
    assert "Nothing is known" in done.output


def test_counters_reads_and_tells(db, portal):
    done = run("counters", "--db", db, "--jitter", "0.1", "--contact", "a@b.vn")
    assert done.exit_code == 0, done.output
    assert "1 boxes read, 0 missed" in done.output
    assert "a@b.vn" in portal.requests[0].headers["user-agent"]
    portal.close()
    done = run("counters", "tiny", "--db", db)
    assert done.exit_code == 3
    assert "Missed: tiny" in done.output


def test_counters_of_an_unknown_site_is_wrong_usage(db):
    assert run("counters", "nowhere", "--db", db).exit_code == 2
