"""The tables of docs/crawl.md name tests that exist, every family, and every complaint's answer."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scraper.sites import profiles
from tests.readme import read, table_rows

DOCS = read("docs/crawl.md")
LISTS, COMPLAINTS = re.split(r"^## (?:Lists, family|What other)", DOCS, flags=re.MULTILINE)[1:3]
NAMED = sorted(set(re.findall(r"`(test_\w+)::(test_\w+)`", DOCS)))
TESTS = Path(__file__).parent.parent


@pytest.mark.parametrize(("module", "name"), NAMED)
def test_the_test_that_is_named_exists(module: str, name: str) -> None:
    sources = [path.read_text(encoding="utf-8") for path in TESTS.rglob(f"{module}.py")]
    assert any(re.search(rf"^def {name}\(", source, re.MULTILINE) for source in sources)


def test_every_family_has_its_line() -> None:
    described = {name for row in table_rows(LISTS) for name in re.findall(r"`([\w-]+)`", row[0])}
    assert described == set(profiles())


def lines(text: str) -> list[list[str]]:
    """The cells of every line of a table but its head."""
    rows = [line for line in text.splitlines() if re.match(r"\| (?!family|complaint)", line)]
    return [[cell.strip() for cell in row.strip("|").split(" | ")] for row in rows]


@pytest.mark.parametrize("row", lines(LISTS) + lines(COMPLAINTS), ids=lambda row: row[0])
def test_every_line_names_a_test(row: list[str]) -> None:
    assert re.search(r"`test_\w+::test_\w+`", row[-1])
