"""Text typed in the codes from before Unicode: TCVN3 (ABC, ``.VnTime``), VNI-Windows, VIQR.

Captions pasted from old Word files still carry them: the letters are Latin-1 characters that only
look right in the font (VIQR: plain ASCII, ``Tie^'ng Vie^.t``). A text is converted only when what
comes out is spelt as Vietnamese is, syllable by syllable, so that neither quotation marks («…»)
nor the letters of other languages are taken for it. The tables are those of TCVN 5712:1993 (VN3),
of the VNI-Win code page and of RFC 1456.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from itertools import islice

from scraper.parse.syllables import is_syllable

_TCVN3: dict[int, str] = dict(
    zip(
        map(ord, "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢§£¤¥¦"),
        "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ",
        strict=True,
    )
)
# Quick looks: signs among letters, capitals within words. What they let pass is looked at closer.
_TCVN3_SIGN = re.compile(
    "[A-Za-z][µ¸¶·¹¨»¾¼½©ª«¬®÷×ÞßÆ-ÖØ-Ü]|[µ¸¶·¹¨¾¼½©ª«¬®¤§÷×Þß][A-Za-zµ¸¹\u00e5-\u00fe]"
)
_TONES = {"ø": "\u0300", "ù": "\u0301", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_CIRCUMFLEX = {"â": "", "á": "\u0301", "à": "\u0300", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}
_BREVE = {"ê": "", "é": "\u0301", "è": "\u0300", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}
_VNI_ALONE = {
    "ñ": "đ",
    "ö": "ư",
    "ô": "ơ",
    "æ": "ỉ",
    "ó": "ĩ",
    "ò": "ị",
    "î": "ỵ",
    "í": "í",
    "ì": "ì",
}
_VNI_PAIR = re.compile(
    "([aeouyôöAEOUYÔÖ])([øùûõïâáàåãäêéèúüëØÙÛÕÏÂÁÀÅÃÄÊÉÈÚÜË])|([ñöôæóòîÑÖÔÆÓÒÎ])"
)
_VNI_SIGN = re.compile(
    "[aeoAEO][âÂ]|[aouyeöôAOUYEÖÔ][øùûïõØÙÛÏÕ]|[aA][êÊåÅäÄ]|[oO][åäÅÄ]|[ñÑ][aeoiuöAEOIUÖ]|öô|öù"
)
# All signs of TCVN3 and VNI are here; curly quotes, dashes and no-break spaces are not.
_LATIN_1 = re.compile("[\u00a1-\u00ff]")
_UNICODE_VIETNAMESE = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
_VIQR_SIGN = re.compile(r"[aeoAEO]\^|[oOuU]\+|[aA]\(|[oOuU]\*")
_VIQR = re.compile(
    r"([aeoAEO])\^([`'?~.]?)|([aA])\(([`'?~.]?)|([oOuU])[+*]([`'?~.]?)|([aeiouyAEIOUY])([`'?~.])"
    r"|([dD][dD])"
)
_VIQR_TONES = {"`": "\u0300", "'": "\u0301", "?": "\u0309", "~": "\u0303", ".": "\u0323", "": ""}
_WORD = re.compile(r"[^\W\d_]+")
_LONG_WORD = 7
# Of a longer text some words are looked at first.
_GLANCE = 120
# A run of letters and of the signs that stand for letters in the old codes.
_TOKEN = re.compile(r"[^\s\d,.;:!?()\[\]{}\"'/\\–—“”‘’…-]+")


def to_unicode(text: str) -> str:
    """``text`` in Unicode if it was typed in one of the old codes; else ``text`` as it is."""
    return convert(text)[0]


def convert(text: str) -> tuple[str, str | None]:
    """``text`` in Unicode, and the code it was typed in (``TCVN3``, ``VNI``, ``VIQR``) or None.

    What would be converted once more was in no code: letters by chance, as in a serial number.
    """
    found = _converted(text)
    if found[1] and not _UNICODE_VIETNAMESE.search(found[0]) and _converted(found[0])[1]:
        return text, None
    return found


def _converted(text: str) -> tuple[str, str | None]:
    if text.isascii():
        if "^" not in text or len(_VIQR_SIGN.findall(text)) < 2:
            return text, None
        return _if_spelt(text, _from_viqr(text), "VIQR")
    if _LATIN_1.search(text) is None or _UNICODE_VIETNAMESE.search(text):
        return text, None
    for code, sign, decode in _CODES:
        if _may_be(text, decode, code) and sign.search(text):
            found = _if_spelt(text, decode(text), code)
            if found[1]:
                return found
    return text, None


def _may_be(text: str, decode: Callable[[str], str], code: str) -> bool:
    """Whether the first words with accents of a long text can be in a code.

    Most paragraphs in other languages are known by them, and not converted whole.
    """
    if len(text) < _GLANCE:
        return True
    # A quarter of the words must have an accent; the words of no such text are longer on average.
    if (len(text) - len(text.encode("ascii", "ignore"))) * 4 * _LONG_WORD < len(text):
        return False
    accented: list[str] = []
    end = 0
    for match in islice(_LATIN_1.finditer(text), 12):
        if match.start() >= end:
            end = text.find(" ", match.end())
            end = end if end >= 0 else len(text)
            accented.append(text[text.rfind(" ", 0, match.start()) + 1 : end])
    looked_at = " ".join(accented)
    words = _changed(looked_at, decode(looked_at), code)
    return len(words) < 4 or sum(map(is_syllable, words)) * 2 >= len(words)


def _changed(text: str, converted: str, code: str) -> list[str]:
    """The words of a conversion that it gave their accents."""
    if code in ("VNI", "VIQR"):
        return [word for word in _WORD.findall(converted) if not word.isascii()]
    both = zip(_TOKEN.findall(text), _TOKEN.findall(converted), strict=False)
    return [after for before, after in both if not before.isascii()]


def _if_spelt(text: str, converted: str, code: str) -> tuple[str, str | None]:
    """The conversion, if the words that it changed are Vietnamese syllables and no few of them."""
    words = _changed(text, converted, code)
    right = sum(map(is_syllable, words))
    others = len(_WORD.findall(converted)) - len(words)
    # One odd word is a coincidence; a text in Vietnamese has marks on most of its words.
    if right >= 2 and right >= 0.9 * len(words) and right * 3 >= others:
        return converted, code
    return text, None


def _from_tcvn3(text: str) -> str:
    return text.translate(_TCVN3)


def _from_viqr(text: str) -> str:
    return unicodedata.normalize("NFC", _VIQR.sub(_viqr_letter, text))


def _viqr_letter(match: re.Match[str]) -> str:
    hat, hat_tone, cup, cup_tone, horn, horn_tone, plain, tone, stroke = match.groups()
    if stroke:
        return "Đ" if stroke[0] == "D" else "đ"
    if hat:
        return f"{hat}\u0302{_VIQR_TONES[hat_tone]}"
    if cup:
        return f"{cup}\u0306{_VIQR_TONES[cup_tone]}"
    if horn:
        return f"{horn}\u031b{_VIQR_TONES[horn_tone]}"
    return f"{plain}{_VIQR_TONES[tone]}"


def _from_vni(text: str) -> str:
    return unicodedata.normalize("NFC", _VNI_PAIR.sub(_vni_letter, text))


def _vni_letter(match: re.Match[str]) -> str:
    if match[3]:
        letter = _VNI_ALONE[match[3].lower()]
        return letter.upper() if match[3].isupper() else letter
    base, mark = match[1], match[2].lower()
    letter = _VNI_ALONE.get(base.lower(), base.lower())
    if mark in _TONES:
        composed = letter + _TONES[mark]
    elif mark in _CIRCUMFLEX and base.lower() in "aeo":
        composed = letter + "\u0302" + _CIRCUMFLEX[mark]
    elif mark in _BREVE and base.lower() == "a":
        composed = letter + "\u0306" + _BREVE[mark]
    else:
        return letter + match[2]
    composed = unicodedata.normalize("NFC", composed)
    return composed.upper() if base.isupper() else composed


_CODES = (("VNI", _VNI_SIGN, _from_vni), ("TCVN3", _TCVN3_SIGN, _from_tcvn3))
