from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from scraper.archive import open_archive
from scraper.archive.hosts import find_relaxation
from scraper.cli import cli
from tests.crawl.certificates import issue

HOST = "huyen.example.vn"


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "archive.db"


def relax(db: Path, *arguments: object):
    words = ["sites", "relax", HOST, "--db", str(db), *map(str, arguments)]
    return CliRunner().invoke(cli, words)


def kept(db: Path):
    with open_archive(db) as archive:
        return find_relaxation(archive.db, HOST)


def test_what_is_relaxed_is_kept_with_date_and_reason(db: Path, tmp_path: Path) -> None:
    pem = tmp_path / "middle.pem"
    pem.write_text(issue("Middle", authority=True).pem)
    result = relax(db, "--weak-keys", "--intermediate", pem, "--reason", "Máy chủ từ năm 2009")
    assert result.exit_code == 0, result.output
    assert "weak-keys pinned-intermediate" in result.output
    found = kept(db)
    assert found["reason"] == "Máy chủ từ năm 2009"
    assert len(found["since"]) == len("2024-03-28")
    assert (found["legacy_renegotiation"], found["weak_keys"]) == (False, True)
    assert found["intermediate_pem"] == pem.read_text()


def test_it_is_taken_back(db: Path) -> None:
    assert relax(db, "--legacy-renegotiation", "--reason", "cũ").exit_code == 0
    assert relax(db, "--drop").exit_code == 0
    assert kept(db) is None
    result = relax(db, "--drop")
    assert result.exit_code == 2
    assert "nothing is relaxed" in result.output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--reason", "cũ"], "say what"),
        (["--weak-keys"], "say why"),
        (["--intermediate", __file__, "--reason", "cũ"], "no certificate in PEM"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_kept(db: Path, arguments, words: str) -> None:
    result = relax(db, *arguments)
    assert result.exit_code == 2
    assert words in result.output
    assert kept(db) is None
