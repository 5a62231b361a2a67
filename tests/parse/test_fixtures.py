"""Every saved page is read as a person reads it, with the profiles and without them."""

from collections import Counter

import pytest

from tests.parse.fixtures import Case, cases, differences

CASES = cases()
# What the reader must reach when it knows no profile.
GENERIC = {
    "title": 0.99,
    "published_on": 0.99,
    "published_at": 0.99,
    "counters": 0.99,
    "author": 0.97,
    "organisation": 0.97,
    "images": 0.97,
    "body": 0.97,
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_page_is_read_as_expected(case: Case) -> None:
    wrong = {
        field: f"read {read!r}, expected {wanted!r}"
        for field, right, read, wanted in differences(case, case.read())
        if not right
    }
    assert not wrong


def test_there_are_enough_pages() -> None:
    markups = {case.name.split("/")[0] for case in CASES}
    hostile = [case.name for case in CASES if case.expected["hostile"]]
    assert len(CASES) >= 120
    assert len(markups) >= 15
    assert len(hostile) >= 30


def test_print_how_many_fields_are_right(capsys: pytest.CaptureFixture[str]) -> None:
    """The share of right values by field, with the profiles and without: watched, not felt."""
    tables = {}
    for label, with_profile in (("profiles", True), ("generic", False)):
        right: Counter[str] = Counter()
        total: Counter[str] = Counter()
        for case in CASES:
            for field, is_right, _, _ in differences(case, case.read(with_profile=with_profile)):
                right[field] += is_right
                total[field] += 1
        tables[label] = {field: (right[field], total[field]) for field in total}
    with capsys.disabled():
        print(f"\n{'field':14}{'with profiles':>16}{'generic reader':>18}")
        for field, (right_count, total_count) in tables["profiles"].items():
            generic = tables["generic"][field]
            share, plain = right_count / total_count, generic[0] / generic[1]
            print(
                f"{field:14}{right_count:5}/{total_count:<4}{share:6.1%}"
                f"{generic[0]:7}/{generic[1]:<4}{plain:6.1%}"
            )
    for field, least in GENERIC.items():
        right_count, total_count = tables["generic"][field]
        assert right_count >= least * total_count, field
