"""Vietnamese search in the box of the article table."""

from unicodedata import normalize
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .build import SEED

SPELLINGS = [
    "dang bo huyen",
    "đảng bộ huyện",
    "Đảng bộ huyện",
    '"dang bo huyen"',
    '"Đảng bộ huyện"',
]


def found(reader, base, search):
    rows = reader.json(f"{base}/articles.json?_shape=array&_search={quote(search)}")
    return [row["url"] for row in rows]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_spelling_finds_the_same_article(reader, base, spelling, form):
    assert found(reader, base, normalize(form, spelling)) == [SEED]


@pytest.mark.parametrize("search", ['"huyen dang"', "đang bo đuyen", "khôngcótừnày"])
def test_what_is_not_there_is_not_found(reader, base, search):
    assert found(reader, base, search) == []


def test_captions_and_signatures_are_searched_too(reader, base):
    assert found(reader, base, "toan canh") == [SEED]
    assert found(reader, base, "Thanh Quy") == [SEED]


@pytest.mark.parametrize("search", ["", " ", '""', '"', '" "'])
def test_an_empty_box_shows_everything(reader, base, search):
    assert len(found(reader, base, search)) == 4


PUNCTUATION = ["dang bo.", "dang-bo", "dang/bo", "(dang bo)", "dang, bo; huyen!", "dang AND bo"]


@pytest.mark.parametrize("search", PUNCTUATION[:-1])
def test_punctuation_does_not_break_a_search(reader, base, search):
    assert found(reader, base, search) == [SEED]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(search=st.text(max_size=12))
def test_whatever_is_typed_gets_an_answer(reader, base, search):
    response = reader.get(f"{base}/articles.json?_shape=array&_search={quote(search)}")
    assert response.status_code == 200, (search, response.text[:300])


def test_the_page_marks_what_was_found(reader, base):
    page = reader.html(f"{base}/articles?_search=dang+bo+huyen")
    assert "<mark>Đảng bộ huyện</mark>" in page
    assert page.count('type="search" name="_search" value="&#34;dang bo huyen&#34;"') == 2
    assert 'role="status">1 row · search:' in page


def test_a_search_in_raw_mode_that_sqlite_refuses_is_told_in_words(reader, base, capsys):
    response = reader.get(f"{base}/articles?_searchmode=raw&_search=%22dang")
    assert response.status_code == 400
    assert "SQLite did not understand the query" in response.text
    assert "Traceback" not in capsys.readouterr().err


def test_words_side_by_side_are_a_phrase_where_an_article_has_it(reader, base):
    assert found(reader, base, "dang bo huyen") == found(reader, base, '"dang bo huyen"')


def test_words_that_no_article_has_side_by_side_are_searched_anywhere(reader, base):
    assert found(reader, base, '"huyen dang"') == []
    assert SEED in found(reader, base, "huyen dang")


def test_the_page_offers_the_words_anywhere(reader, base):
    page = reader.get(f"{base}/articles?_search=dang+bo+huyen").text
    assert "_search=dang+bo+huyen&amp;_anywhere=1" in page
    assert "these words anywhere" in page
    widened = reader.get(f"{base}/articles?_search=dang+bo+huyen&_anywhere=1").text
    assert "these words anywhere" not in widened
