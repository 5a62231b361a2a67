"""Text typed in the fonts from before Unicode: TCVN3 (ABC, ``.VnTime``) and VNI-Windows.

Captions pasted from old Word files still carry them: the letters are Latin-1 characters that only
look right in the font. A text is converted when it has several signs that no living language's
spelling has, and none of Vietnamese Unicode. The tables are those of TCVN 5712:1993 (VN3) and of
the VNI-Win code page.
"""

from __future__ import annotations

import re
import unicodedata

_TCVN3: dict[int, str] = dict(
    zip(
        map(ord, "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢§£¤¥¦"),
        "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ",
        strict=True,
    )
)
_TCVN3_SIGN = re.compile("[A-Za-z][µ¸¶·¹¨»¾¼½©ª«¬®]|[µ¸¶·¹¨¾¼½©ª«¬®][A-Za-z]|§[a-zå-þ]")
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
    "[aeoAEO][âÂ]|[aouyeöôAOUYEÖÔ][øùØÙ]|[aA][êÊåÅäÄ]|[oO][åäÅÄ]|ñ[aeoiuö]|öô|öù"
)
_UNICODE_VIETNAMESE = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")


def to_unicode(text: str) -> str:
    """``text`` in Unicode if it was typed for a TCVN3 or VNI font; else ``text`` as it is."""
    if text.isascii() or _UNICODE_VIETNAMESE.search(text):
        return text
    words = max(1, len(text.split()))
    if len(_TCVN3_SIGN.findall(text)) >= max(2, words // 6):
        return text.translate(_TCVN3)
    if len(_VNI_SIGN.findall(text)) >= max(2, words // 4):
        return _from_vni(text)
    return text


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
