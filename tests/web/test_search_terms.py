"""What is typed into the search box, taken apart."""

from unicodedata import normalize

import pytest
from datasette.utils import escape_fts
from hypothesis import given
from hypothesis import strategies as st

from scraper.web.search_terms import fold, fold_marks, is_blank, phrases


def test_words_stand_alone_and_quotes_make_a_phrase():
    assert phrases('Đảng "bộ huyện"') == [("đang",), ("bo", "huyen")]


def test_a_missing_quote_is_supplied():
    assert phrases('"dang bo') == [("dang", "bo")]


def test_punctuation_is_no_word():
    assert phrases("- / (!) TT&DL 27/3") == [("tt", "dl"), ("27", "3")]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_folding_does_not_depend_on_the_normal_form(form):
    text = normalize(form, "Đảng bộ HUYỆN Hoằng Hóa")
    assert fold_marks(text) == "đang bo huyen hoang hoa"
    assert fold(text) == "dang bo huyen hoang hoa"


@given(st.text(alphabet='"ab -*()^:\t', max_size=12))
def test_blank_is_what_holds_nothing_to_search_for(search):
    assert is_blank(search) == (search.replace('"', "").strip() == "")
    if escape_fts(search) == "":  # which FTS5 refuses as a syntax error
        assert is_blank(search)
