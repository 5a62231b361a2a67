"""What a reader typed into the search box, taken apart as the full-text index takes it apart."""

from __future__ import annotations

import re
import unicodedata
from contextvars import ContextVar

from scraper.archive import folded

# The same splitting that Datasette's escape_fts does: quoted phrases stay whole, a missing
# closing quote is supplied.
_PIECE = re.compile(r'"([^"]*)"?|([^\s"]+)')
WORD = re.compile(r"\w[\w\u0300-\u036f]*")

current_search: ContextVar[str] = ContextVar("current_search", default="")


def fold_marks(text: str) -> str:
    """Lower case without tone and vowel marks, as ``unicode61 remove_diacritics 2``; keeps đ."""
    decomposed = unicodedata.normalize("NFD", text.lower())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def fold(text: str) -> str:
    """As ``fold_marks``, and đ becomes d, as in the index's folded copy."""
    return folded(fold_marks(text))


def phrases(search: str) -> list[tuple[str, ...]]:
    """The phrases of a search: a quoted one has several words, a word outside quotes is its own.

    Words are folded by ``fold_marks``. Punctuation has no words, so it gives no phrase.
    """
    found = []
    for quoted, bare in _PIECE.findall(search):
        words = tuple(fold_marks(word) for word in WORD.findall(quoted or bare))
        if words:
            found.append(words)
    return found


def is_blank(search: str) -> bool:
    """Whether there is nothing to search for; FTS5 refuses an empty expression as an error."""
    return not any(quoted.strip() or bare for quoted, bare in _PIECE.findall(search))
