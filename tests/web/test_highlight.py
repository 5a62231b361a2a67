"""Marks of what was searched for."""

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from scraper.web.highlight import highlight, matches, snippet

TEXT = "Đảng bộ huyện Hoằng Hóa, đồng bào và đông đảo."


@pytest.mark.parametrize(
    ("search", "marked"),
    [
        ("dang bo", ["Đảng", "bộ"]),
        ("Đảng bộ", ["Đảng", "bộ"]),
        (normalize("NFD", "Đảng bộ"), ["Đảng", "bộ"]),
        ('"dang bo huyen"', ["Đảng bộ huyện"]),
        ('"bo dang"', []),
        ("đong", ["đồng", "đông"]),
        ("huyen, hoang!", ["huyện", "Hoằng"]),
        ("uyen", []),
        ("", []),
    ],
)
def test_whole_words_match_whatever_their_marks(search, marked):
    assert [TEXT[start:end] for start, end in matches(TEXT, search)] == marked


def test_a_typed_stroke_does_not_match_a_plain_d():
    assert matches("dang tay", "đang") == []
    assert matches("đang tay", "dang") == [(0, 4)]


def test_text_in_nfd_is_marked_whole():
    text = normalize("NFD", "Đảng bộ")
    assert str(highlight(text, "bo")).endswith(normalize("NFD", "<mark>bộ</mark>"))


@given(st.text(alphabet='ab<>&"đ ', max_size=40), st.text(alphabet='abđ<" ', max_size=10))
def test_marking_changes_nothing_but_adds_marks(text, search):
    marked = str(highlight(text, search))
    assert marked.replace("<mark>", "").replace("</mark>", "") == str(escape(text))


def test_a_snippet_is_cut_around_the_first_match():
    text = "từ " * 200 + "kho báu " + "khác " * 200
    cut = str(snippet(text, "kho bau", length=100))
    assert cut.startswith("… ") and cut.endswith(" …")
    assert "<mark>kho</mark> <mark>báu</mark>" in cut
    assert len(cut) < 180


def test_a_snippet_shows_where_the_words_stand_together():
    text = "huyện " + "khác " * 80 + "Đảng bộ huyện họp. " + "khác " * 80
    cut = str(snippet(text, "dang bo huyen", length=100))
    assert "<mark>Đảng</mark> <mark>bộ</mark> <mark>huyện</mark>" in cut


def test_a_snippet_without_match_is_the_beginning():
    assert str(snippet("một\n\nhai", "xyz")) == "một hai"
    assert str(snippet(None, "")) == ""
    assert str(snippet("x" * 500, "", length=100)).startswith("x" * 50)
