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
_WORDS = re.compile(r"\w+")


def clean(text: str) -> str:
    """NFC, with white space (no-break spaces too) folded to single spaces and ends trimmed."""
    return _clean_short(text) if len(text) < 120 else _clean(text)


@lru_cache(maxsize=1 << 13)
def _clean_short(text: str) -> str:
    """Menus and labels return on every page of a site."""
    return _clean(text)


def _clean(text: str) -> str:
    if not text.isascii():
        text = to_unicode(text)
        text = _INVISIBLE.sub("", text)
        text = unicodedata.normalize("NFC", text)
    if not text.isprintable():
        text = _CONTROL.sub("", text)
    return " ".join(text.split())


def clean_or_none(text: str | None) -> str | None:
    """Like :func:`clean`, with ``None`` for what is empty."""
    return (clean(text) or None) if text else None


@lru_cache(maxsize=1 << 12)
def fold(text: str) -> str:
    """Lower case without marks or punctuation: for comparing, never for keeping."""
    decomposed = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(_WORDS.findall(plain))
