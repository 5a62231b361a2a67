"""Names of authors in many languages: what reads as one, and lists of them taken apart."""

from __future__ import annotations

import re
from functools import lru_cache

from scraper.parse.text import clean

_PARTICLES = frozenset(
    ("de", "da", "do", "dos", "das", "del", "della", "di", "du", "des", "la", "le", "les", "el",
     "al", "bin", "ibn", "ben", "van", "von", "vom", "zu", "zur", "der", "den", "ter", "ten", "af",
     "av", "of", "y", "e", "i"),
)  # fmt: skip
# "and" between two names; a single word on either side ("Ortega y Gasset") is one name.
_AND = re.compile(
    r"\s+(?:and|und|et|y|e|og|och|en|i|ja|ir|és|và|и|та|&|\+)\s+|\s*[;|/·•]\s*|\s*[、，]\s*",
    re.IGNORECASE,
)
_COMMA = re.compile(r"\s*,\s*")
_BY = re.compile(
    r"^(?:by|von|vom|par|por|di|door|av|af|text|texte|texto|words|written by|posted by|oleh|"
    r"reported by|story by|bởi|viết bởi)\s*[:：]?\s+(?=\S)",
    re.IGNORECASE,
)
# Short marks after a name ("Elena Oberholzer (obe)").
_MARK = re.compile(r"\s*\([^()]{1,6}\)$")
_OFFICE = re.compile(
    r"\b(?:news|press|presse|agency|agentur|agencia|agence|redaktion|redaction|redacción|rédaction"
    r"|redazione|redactie|redakcja|staff|team|desk|online|media|portal|editors?|editorial|times"
    r"|post|herald|tribune|newspaper|magazine|zeitung|journal|reuters|afp|dpa|ap|efe|ansa|tv|radio"
    r"|correspondent|developer|bureau|service|writers?|company|ltd|inc|gmbh)\b|\.\w{2,3}$",
    re.IGNORECASE,
)
_NEVER = re.compile(r"https?:|www\.|@|\d{3}|[<>{}\[\]]")


def names_in(text: str) -> list[str]:
    """The names that an author field lists: ``By A and B`` gives both.

    What follows a name after a comma and is none itself (an office, a place) is left out; a text
    that holds no name but is one value (an agency, an account) is given as it is; addresses are
    left out.
    """
    text = _BY.sub("", clean(text)).strip(" .,;|-–—•·")
    if not text or _NEVER.search(text):
        return []
    parts = [_MARK.sub("", part) for piece in _COMMA.split(text) for part in _split(piece)]
    names = [part for part in parts if is_name(part)]
    if len(parts) > 1 and names:
        return list(dict.fromkeys(names))
    return [_MARK.sub("", text)]


def is_office(text: str) -> bool:
    """Whether a name is that of a paper, an agency or a desk rather than of a person."""
    return _OFFICE.search(text) is not None


def _split(piece: str) -> list[str]:
    parts = [part for part in _AND.split(piece) if part]
    return parts if len(parts) > 1 and all(is_name(part) for part in parts) else [piece]


@lru_cache(maxsize=1 << 10)
def is_name(text: str) -> bool:
    """Whether a text reads as a person's name: two to six words, capitalised but for particles.

    In scripts without capitals any short text without digits does.
    """
    words = text.split()
    if not text or len(text) > 60 or _NEVER.search(text) or any(map(str.isdigit, text)):
        return False
    if text.lower() == text.upper():
        return len(text) <= 40
    if not 2 <= len(words) <= 6:
        return False
    return all(
        word[0].isupper() or word.lower().rstrip(".") in _PARTICLES or not word[0].isalpha()
        for word in words
    ) and any(len(word) > 1 and word[0].isupper() for word in words)
