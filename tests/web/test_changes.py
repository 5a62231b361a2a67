"""Two versions compared."""

from hypothesis import given
from hypothesis import strategies as st

from scraper.web.changes import MOST_WORDS, compare, compare_texts


def _sides(paragraphs):
    old = ["".join(p.text for p in pieces if p.kind != "added") for pieces in paragraphs]
    new = ["".join(p.text for p in pieces if p.kind != "removed") for pieces in paragraphs]
    return [text for text in old if text], [text for text in new if text]


def test_a_changed_word_is_told_within_its_paragraph():
    ((same, removed, added, rest),) = compare_texts("Địa điểm: phòng 12.", "Địa điểm: phòng 204.")
    assert (same.kind, same.text) == ("same", "Địa điểm: phòng ")
    assert (removed.kind, removed.text) == ("removed", "12")
    assert (added.kind, added.text) == ("added", "204")
    assert rest.text == "."


def test_whole_paragraphs_come_and_go():
    kinds = [[p.kind for p in pieces] for pieces in compare_texts("a\n\nb\n\nc", "a\n\nc\n\nd")]
    assert kinds == [["same"], ["removed"], ["same"], ["added"]]


PARAGRAPHS = st.lists(st.text(alphabet="aă bđ.", min_size=1, max_size=12), max_size=5)


@given(PARAGRAPHS, PARAGRAPHS)
def test_both_versions_can_be_read_out_of_the_comparison(old, new):
    found = compare_texts("\n\n".join(old), "\n\n".join(new))
    assert _sides(found) == (old, new)


def test_only_columns_that_differ_are_told_and_none_is_empty():
    old = {"title": "A", "author": None, "body": "x", "summary": ""}
    new = {"title": "A", "author": "B", "body": "x", "summary": None}
    assert [change.column for change in compare(old, new)] == ["author"]


def test_a_very_long_paragraph_is_replaced_whole():
    old, new = "a " * MOST_WORDS, "b " * MOST_WORDS
    ((removed, added),) = compare_texts(old, new)
    assert (removed.text, added.text) == (old, new)
