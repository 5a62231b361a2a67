"""The bundled families over all fixtures: each page's is recognised, none makes reading worse."""

import tomllib
from datetime import datetime
from pathlib import Path

import pytest

import scraper.sites
from scraper.parse import parse_page
from scraper.sites import Site, detect_platform, profiles
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


def wrong_family(number: int, case: Case) -> Site:
    """Another family than the page's: each of them has its turn."""
    others = [profile for id, profile in profiles().items() if id != case.expected["platform"]]
    profile = others[number % len(others)]
    return Site("case", "case", case.expected["url"], profile.id, profile=profile)


@pytest.mark.parametrize(
    ("number", "case"), list(enumerate(CASES)), ids=[case.name for case in CASES]
)
def test_a_profile_of_the_wrong_family_does_no_harm(number: int, case: Case) -> None:
    """A portal can be re-skinned, or taken for another: what fits nowhere must not mislead."""
    page = parse_page(
        case.body,
        case.expected["url"],
        site=wrong_family(number, case),
        content_type=case.expected.get("content_type"),
        captured_at=datetime.fromisoformat(case.expected["captured_at"]),
    )
    wrong = [(field, read) for field, right, read, _ in differences(case, page) if not right]
    assert not wrong


def test_every_family_has_a_file_with_its_name_and_source() -> None:
    families = {case.expected["platform"] for case in CASES} - {None}
    assert families <= set(profiles())
    assert len(profiles()) >= 20
    for path in FOLDER.glob("*.toml"):
        facts = tomllib.loads(path.read_text(encoding="utf-8"))
        assert facts["id"] == path.stem
        assert facts["name"] and facts["recognise"]
