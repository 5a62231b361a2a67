"""How the accuracy benchmark counts."""

import json

import pytest

from benchmarks.accuracy.readers import ours
from benchmarks.accuracy.score import Answer, Tally, token_f1, values
from benchmarks.accuracy.truth import Truth, fixtures, from_jsonl


@pytest.mark.parametrize(
    ("wanted", "got", "f1"),
    [
        ("một hai ba", "một hai ba", 1.0),
        ("một hai ba bốn", "Một, hai!", 2 * 2 / 6),
        ("một một", "một", 2 / 3),
        ("một", "", 0.0),
        ("", "", 1.0),
        ("棚田の稲", "棚田", 2 * 2 / 6),
    ],
)
def test_token_f1(wanted, got, f1):
    assert token_f1(wanted, got) == pytest.approx(f1)


def test_what_counts_as_the_same_value():
    assert values("title", "“Hội  nghị” – 2024") == values("title", 'hội nghị" - 2024')
    assert values("minute", "2024-03-27T15:06:52+07:00") == values("minute", "2024-03-27T08:06Z")
    assert values("minute", "2024-03-27T15:06:52+07:00") != values("minute", "2024-03-27T15:06Z")


def test_precision_and_recall_count_what_was_read_and_what_was_to_be_read():
    tally = Tally()
    tally.add(Truth("a", b"", "", fields={"author": ["A", "B"]}), Answer(author=["A", "C", "D"]))
    assert tally.precision("author") == pytest.approx(1 / 3)
    assert tally.recall("author") == pytest.approx(1 / 2)
    assert tally.precision("title") is None


def test_pages_of_a_jsonl_file(tmp_path):
    page = next(page for page in fixtures() if page.name == "wordpress/lang-ren")
    (tmp_path / "a.html").write_bytes(page.html)
    row = {"html": "a.html", "url": page.url, "title": page.fields["title"], "author": "Khánh Linh",
           "date": "2021-02-19T06:30:00+07:00"}  # fmt: skip
    (tmp_path / "pages.jsonl").write_text(json.dumps(row), encoding="utf-8")
    (loaded,) = from_jsonl(tmp_path / "pages.jsonl")
    assert loaded.fields["day"] == "2021-02-19"
    tally = Tally()
    assert all(tally.add(loaded, ours(loaded)).values())
