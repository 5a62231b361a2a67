"""What can be a Vietnamese syllable: to tell text in an old font's code from other languages."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_ONSET = (
    "ngh", "ng", "nh", "ch", "gh", "gi", "kh", "ph", "qu", "th", "tr", "b", "c", "d", "đ", "g", "h",
    "k", "l", "m", "n", "p", "r", "s", "t", "v", "x", "",
)  # fmt: skip
# All rhymes of the language, without tones.
_RHYMES = frozenset((
    "a", "ac", "ach", "ai", "am", "an", "ang", "anh", "ao", "ap", "at", "au", "ay", "ăc", "ăm",
    "ăn", "ăng", "ăp", "ăt", "âc", "âm", "ân", "âng", "âp", "ât", "âu", "ây", "e", "ec", "em",
    "en", "eng", "eo", "ep", "et", "ê", "êch", "êm", "ên", "ênh", "êp", "êt", "êu", "i", "ia",
    "ich", "im", "in", "inh", "ip", "it", "iu", "iêc", "iêm", "iên", "iêng", "iêp", "iêt", "iêu",
    "o", "oa", "oac", "oach", "oai", "oam", "oan", "oang", "oanh", "oao", "oap", "oat", "oay",
    "oăc", "oăm", "oăn", "oăng", "oăt", "oc", "oe", "oen", "oeo", "oet", "oi", "om", "on", "ong",
    "ooc", "oong", "op", "ot", "ô", "ôc", "ôi", "ôm", "ôn", "ông", "ôp", "ôt", "ơ", "ơi", "ơm",
    "ơn", "ơp", "ơt", "u", "ua", "uân", "uâng", "uât", "uây", "uc", "uê", "uêch", "uênh", "ui",
    "um", "un", "ung", "uôc", "uôi", "uôm", "uôn", "uông", "uôt", "up", "ut", "uy", "uya", "uych",
    "uyên", "uyêt", "uyn", "uynh", "uyp", "uyt", "uơ", "uyu", "ư", "ưa", "ưc", "ưi", "ưng", "ươc",
    "ươi", "ươm", "ươn", "ương", "ươp", "ươt", "ưt", "ưu", "ươu", "y", "yêm", "yên", "yêng",
    "yêt", "yêu",
))  # fmt: skip
_STOPPED = re.compile(r"(?:c|ch|p|t)$")
# Syllables ending in a stop have the acute or the dot below only.
_STOP_TONES = frozenset("\u0301\u0323")


@lru_cache(maxsize=1 << 12)
def is_syllable(word: str) -> bool:
    """Whether ``word`` is spelt as a Vietnamese syllable is: onset, rhyme, at most one tone."""
    letters: list[str] = []
    tones: list[str] = []
    for char in unicodedata.normalize("NFD", word.lower()):
        (tones if char in _TONES else letters).append(char)
    plain = unicodedata.normalize("NFC", "".join(letters))
    if len(tones) > 1:
        return False
    for onset in _ONSET:
        if plain.startswith(onset) and plain[len(onset) :] in _RHYMES:
            return not (_STOPPED.search(plain) and tones and tones[0] not in _STOP_TONES)
    return plain == "gi"
