"""The bundled families over all fixtures: each page's is recognised, none makes reading worse."""

import tomllib
from pathlib import Path

import pytest

import scraper.sites
from scraper.sites import detect_platform, profiles
from tests.parse.fixtures import Case, cases, differences

CASES = cases()
FOLDER = Path(scraper.sites.__file__).parent
# A page of the portal that bears no sign of its family: the site's other pages do.
BLANK = {"hanoi/gioi-thieu-so-do"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_family_of_every_page_is_recognised(case: Case) -> None:
    wanted = None if case.name in BLANK else case.expected["platform"]
    assert detect_platform(case.expected["url"], case.body) == wanted


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.expected["platform"]], ids=lambda case: case.name
)
def test_a_profile_never_makes_reading_worse(case: Case) -> None:
    plain = {
        field for field, right, _, _ in differences(case, case.read(with_profile=False)) if right
    }
    wrong = {
        field: f"read {read!r}, expected {wanted!r}"
        for field, right, read, wanted in differences(case, case.read())
        if not right
    }
    assert not plain & set(wrong), wrong


def test_every_family_has_a_file_with_its_name_and_source() -> None:
    families = {case.expected["platform"] for case in CASES} - {None}
    assert families <= set(profiles())
    assert len(profiles()) >= 20
    for path in FOLDER.glob("*.toml"):
        facts = tomllib.loads(path.read_text(encoding="utf-8"))
        assert facts["id"] == path.stem
        assert facts["name"] and facts["recognise"]
