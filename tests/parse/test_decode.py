"""Bytes to text, whatever the page says of its encoding."""

import codecs
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.parse import ParseError, parse_page
from scraper.parse.decode import decode_page
from tests.parse.pages import PARAGRAPH, TITLE, URL, html

# windows-1258 writes a vowel's circumflex, breve or horn with the letter, the tone as a mark.
_TONES = "\u0300\u0301\u0303\u0309\u0323"


def _windows_1258(text: str) -> bytes:
    out = []
    for char in text:
        marks = unicodedata.normalize("NFD", char)
        tone = "".join(mark for mark in marks[1:] if mark in _TONES)
        rest = "".join(mark for mark in marks if mark not in _TONES)
        out.append(unicodedata.normalize("NFC", rest) + tone)
    return "".join(out).encode("windows-1258")


def _title(body: bytes, content_type: str | None = None) -> str | None:
    page = parse_page(body, URL, content_type=content_type)
    assert page.article is not None
    assert PARAGRAPH in page.article.body
    return page.article.title


@pytest.mark.parametrize(
    "content_type", [None, "text/html; charset=utf-8", "text/html; charset=iso-8859-1"]
)
def test_utf8_however_it_is_declared(content_type):
    assert _title(html().encode(), content_type) == TITLE


def test_utf8_with_a_byte_order_mark():
    text, encoding = decode_page(codecs.BOM_UTF8 + b"<p>a</p>")
    assert (text, encoding) == (b"<p>a</p>", "utf-8")


@pytest.mark.parametrize("declared", [None, "windows-1258", "iso-8859-1"])
def test_windows_1258_becomes_nfc(declared):
    header = f"text/html; charset={declared}" if declared else None
    assert _title(_windows_1258(html()), header) == TITLE


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf16_with_and_without_mark(encoding):
    assert _title(html().encode(encoding)) == TITLE


def test_decomposed_letters_become_nfc():
    assert _title(unicodedata.normalize("NFD", html()).encode()) == TITLE


def test_a_declared_encoding_of_another_language():
    text = "<p>Общее собрание жителей района</p>"
    decoded, encoding = decode_page(text.encode("windows-1251"), "text/html; charset=windows-1251")
    assert (decoded.decode(), encoding) == (text, "windows-1251")


def test_a_cut_character_does_not_change_the_encoding():
    assert decode_page(html().encode() + b"\xe1\xbb")[1] == "utf-8"


@pytest.mark.parametrize(
    "body",
    [
        b"\xff\xd8\xff\xe0 JFIF", b"\x89PNG\r\n", b"GIF89a", b"%PDF-1.7", b"PK\x03\x04",
        b"\x1f\x8b\x08", bytes(range(256)) * 4 + b"\0" * 900,
    ],
)  # fmt: skip
def test_binary_data_is_refused_with_a_reason(body):
    with pytest.raises(ParseError, match="not a page"):
        decode_page(body)


@given(
    st.text(
        alphabet="aAăâeêiyoơôuưdđ Z\u00e9\u0300\u0301\u0303\u0309\u0323\u0302\u031b", max_size=40
    )
)
def test_marks_join_their_letters_wherever_they_stand(text):
    body = f"<p>{text}</p>".encode()
    assert decode_page(body)[0].decode() == unicodedata.normalize("NFC", f"<p>{text}</p>")
