"""Every fault has its test."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.faults import FAULTS
from tests.readme import ROOT


class _Marks:
    """Sees which faults the collected tests name."""

    def __init__(self) -> None:
        self.named: Counter[str] = Counter()

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        for item in session.items:
            self.named.update(mark.args[0] for mark in item.iter_markers("fault"))


def test_every_fault_has_its_test_and_every_test_a_fault_by_its_name() -> None:
    marks = _Marks()
    folders = [str(ROOT / "tests" / name) for name in ("crawl", "e2e")]
    quiet = ["--collect-only", "-qq", "-p", "no:cacheprovider"]
    assert pytest.main([*quiet, *folders], plugins=[marks]) == 0
    assert set(marks.named) == set(FAULTS)
    assert len(FAULTS) == len(set(FAULTS))
