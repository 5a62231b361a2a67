"""Small rules for text: how strings are cleaned for the archive and folded for comparing."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from scraper.parse.legacy import to_unicode

# Zero-width characters, the soft hyphen, byte order marks and direction marks print nothing.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
# Control characters that some pages carry (vertical tabs pasted from Word, C1 bytes).
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
_MARKS = re.compile("[\u0300-\u036f]+")
_WORDS = re.compile(r"\w+")


def clean(text: str) -> str:
    """NFC, with white space (no-break spaces too) folded to single spaces and ends trimmed."""
    return _clean_short(text) if len(text) < 120 else _clean(text)


@lru_cache(maxsize=1 << 14)
def _clean_short(text: str) -> str:
    """Menus and labels return on every page of a site."""
    return _clean(text)


def _clean(text: str) -> str:
    # What can be printed has no control or invisible character and no white space but spaces.
    if not text.isprintable():
        text = _printable(text)
    if text.startswith(" ") or text.endswith(" ") or "  " in text:
        text = " ".join(text.split())
    return text if text.isascii() else unicodedata.normalize("NFC", to_unicode(text))


def _printable(text: str) -> str:
    if not text.isascii():
        text = _INVISIBLE.sub("", to_unicode(text))
    if not text.isprintable():
        text = _CONTROL.sub("", text)
    return " ".join(text.split())


def clean_or_none(text: str | None) -> str | None:
    """Like :func:`clean`, with ``None`` for what is empty."""
    return (clean(text) or None) if text else None


@lru_cache(maxsize=1 << 13)
def fold(text: str) -> str:
    """Lower case without marks or punctuation: for comparing, never for keeping."""
    text = text.lower()
    if not text.isascii():
        text = _MARKS.sub("", unicodedata.normalize("NFD", text.replace("đ", "d")))
    return " ".join(_WORDS.findall(text))
