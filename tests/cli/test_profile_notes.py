"""Which profile a site is read by is said, and that a user's own file is no longer there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scraper.archive.archive import profile_folder
from tests.cli.test_cli import add, run
from tests.cli.test_sites import fill
from tests.crawl.tiny_portal import TinyPortal

MINE = 'name = "Của tôi"\n[recognise]\nhosts = ["^127[.]"]\n'


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "archive.db"


@pytest.fixture
def portal():
    with TinyPortal() as portal:
        yield fill(portal)


@pytest.fixture
def mine(db: Path) -> Path:
    folder = profile_folder(db)
    folder.mkdir()
    path = folder / "mine.toml"
    path.write_text(MINE, encoding="utf-8")
    return path


def test_add_says_which_profile_it_recognised(db: Path, portal: TinyPortal, mine: Path) -> None:
    result = add(db, portal, "--id", "nha")
    assert result.exit_code == 0, result.output
    assert f"  profile: mine ({mine})\n" in result.output


def test_add_says_that_no_profile_was_recognised(db: Path, portal: TinyPortal) -> None:
    assert "  profile: none recognised: the generic reader" in add(db, portal).output


@pytest.mark.parametrize(
    "command", [("scrape",), ("counters", "nha"), ("sites", "check", "nha"), ("status",)]
)
def test_a_profile_that_is_missing_is_told_in_one_line(
    db: Path, portal: TinyPortal, mine: Path, command: tuple[str, ...]
) -> None:
    add(db, portal, "--id", "nha")
    assert "Warning" not in run(*command, "--db", db).output
    away = mine.rename(mine.with_suffix(".bak"))
    said = [line for line in run(*command, "--db", db).output.splitlines() if "Warning" in line]
    assert len(said) == 1
    assert "nha: its profile mine is missing" in said[0]
    assert str(mine) in said[0] and "generic reader" in said[0]
    away.rename(mine)
    assert "Warning" not in run(*command, "--db", db).output


def test_status_tells_machines_too_and_other_sites_are_not_named(
    db: Path, portal: TinyPortal, mine: Path
) -> None:
    add(db, portal, "--id", "nha")
    mine.unlink()
    (lost,) = json.loads(run("status", "--db", db, "--json").stdout)["profiles_missing"]
    assert lost == {"site": "nha", "profile": "mine", "expected": str(mine)}
    with TinyPortal() as other:
        add(db, fill(other), "--id", "khac")
        assert "Warning" not in run("scrape", "khac", "--db", db).output
