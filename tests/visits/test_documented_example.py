"""The worked example of ``docs/visits.md`` is what the method gives."""

import re
from pathlib import Path

from scraper.visits import FindingKind, Snapshot, daily_visits

DOCS = (Path(__file__).parents[2] / "docs" / "visits.md").read_text("utf-8")
DAYS = re.compile(r"^\| (\d{4}-\d\d-\d\d) \| (\w+) \| (\d+) \| (\d*) ?\|$", re.MULTILINE)


def _box():
    lines = re.search(
        r"Hôm nay: (\d+) +Hôm qua: (\d+) +Tuần này: (\d+) +Tháng này: (\d+) +.*: (\d+)", DOCS
    )
    return Snapshot("2024-03-27T08:06:52Z", *map(int, lines.groups()))


def test_the_days_are_as_documented():
    known = {day.day.isoformat(): day for day in daily_visits([_box()])}
    documented = DAYS.findall(DOCS)
    assert len(documented) == 6
    for day, basis, low, high in documented:
        found = known[day]
        assert (str(found.basis), found.low, found.high) == (
            basis,
            int(low),
            int(high) if high else None,
        )


def test_the_counts_are_as_documented():
    evidence = [item for day in daily_visits([_box()]) for item in day.evidence]
    for count in re.findall(r"^\| .* \| (\d{8}) \| total", DOCS, re.MULTILINE):
        assert int(count) in {item.count for item in evidence}


def test_every_kind_of_finding_is_explained():
    missing = [kind for kind in FindingKind if f"*{kind}*" not in DOCS and str(kind) not in DOCS]
    assert missing == []
