"""From a page's bytes to text: which encoding they are in, whatever the page says of itself."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator

from bs4.dammit import EncodingDetector, UnicodeDammit

from scraper.parse.page import ParseError

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Magic numbers (RFC 9559, ISO 32000, the formats' own specifications) of what is never a page.
_BINARY = (
    b"\xff\xd8\xff",
    b"\x89PNG",
    b"GIF8",
    b"%PDF-",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"\xd0\xcf\x11\xe0",
)
# Python's windows-1258 leaves the tone marks as combining characters, as the code page has them.
_VIETNAMESE_FALLBACKS = ("windows-1258", "windows-1252")
# Letters beyond ASCII, and no replacement character (U+FFFD).
_LETTERS = re.compile("[\u00c0-\ufffc\ufffe-\U0010ffff]")
# Above so many combining marks normalising the whole page is faster than joining each.
_FEW_MARKS = 1000
_HIGH = bytes(range(0x80, 0x100))
_TONES_1258 = re.compile(
    rb"[A-Za-z\xc2\xca\xd4\xd5\xdd\xe2\xe3\xea\xf4\xf5\xfd\xc3][\xcc\xd2\xde\xec\xf2]"
)
# Vietnamese letters with a tone, as UTF-8 read as windows-1252 shows them.
_MOJIBAKE = re.compile("[ÃÂÄÆ][\u0080-¿]|áº|á»|á¼")


def decode_page(body: bytes, content_type: str | None = None) -> tuple[bytes, str]:
    """Return the page as UTF-8 bytes without a byte order mark, and the encoding it came in.

    A byte order mark wins; then valid UTF-8, whatever is declared (portals declare wrongly more
    often than other encodings happen to be valid UTF-8); then the declared encoding (HTTP header,
    ``meta``, XML declaration); then what ``bs4.dammit`` finds, with windows-1258 before 1252.

    Raises:
        ParseError: the bytes are an image, a document or other binary data.
    """
    for bom, name in _BOMS:
        if body.startswith(bom):
            return _utf8(body.decode(name, "replace")), name.removesuffix("-sig")
    if body.startswith(_BINARY):
        raise ParseError("this is a picture, a document or compressed data, not a page")
    if b"\0" in body[:2000]:
        return _decode_with_nulls(body)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_other(body, content_type)
    if b"\0" in body or body.count(b"\xcc") + body.count(b"\xcd") > _FEW_MARKS:
        return _utf8(text), "utf-8"
    return _composed(body), "utf-8"


def _composed(body: bytes) -> bytes:
    """UTF-8 with each combining mark joined to the letter before it, as NFC has it.

    A few marks on a large page cost what they take, not the normalising of all of it.
    """
    parts: list[bytes] = []
    done = 0
    # Combining marks are U+0300 to U+036F: in UTF-8 they begin with CC or CD.
    for mark in sorted((*_places(body, b"\xcc"), *_places(body, b"\xcd"))):
        if mark < done:
            continue
        letter, end = mark - 1, mark + 2
        while letter > done and body[letter] & 0xC0 == 0x80:
            letter -= 1
        while body[end : end + 1] in (b"\xcc", b"\xcd"):
            end += 2
        letter = max(letter, done)
        joined = unicodedata.normalize("NFC", body[letter:end].decode("utf-8"))
        parts += (body[done:letter], joined.encode("utf-8"))
        done = end
    return b"".join((*parts, body[done:])) if parts else body


def _places(body: bytes, byte: bytes) -> Iterator[int]:
    at = body.find(byte)
    while at >= 0:
        yield at
        at = body.find(byte, at + 1)


def _utf8(text: str) -> bytes:
    return unicodedata.normalize("NFC", text.replace("\0", "")).encode("utf-8", "replace")


def _decode_with_nulls(body: bytes) -> tuple[bytes, str]:
    """UTF-16 without a mark has a null in every other byte of its mark-up."""
    head = body[:2000]
    half = len(head) // 2
    for name, nulls in (("utf-16-le", head[1::2]), ("utf-16-be", head[0::2])):
        if nulls.count(0) > 0.6 * half:
            return _utf8(body.decode(name, "replace")), name
    if head.count(0) > len(head) * 0.1:
        raise ParseError("this is binary data, not a page")
    return decode_page(body.replace(b"\0", b""))


def _decode_other(body: bytes, content_type: str | None) -> tuple[bytes, str]:
    declared = _declared(body, content_type)
    # A few broken bytes in a UTF-8 page (a cut character, a pasted one) do not make it another one.
    lenient = body.decode("utf-8", "replace")
    broken = lenient.count("�")
    letters = len(_LETTERS.findall(lenient[:200_000]))
    if broken * 20 <= letters:
        return _utf8(lenient), "utf-8"
    if _is_windows_1258(body, declared):
        return _utf8(body.decode("windows-1258", "replace")), "windows-1258"
    candidates = [name for name in declared if name.replace("_", "-") not in ("utf-8", "utf8")]
    for name in (*candidates, *_VIETNAMESE_FALLBACKS):
        text = _decode_strictly(body, name)
        if text is not None:
            return _utf8(text), codecs.lookup(name).name.replace("cp125", "windows-125")
    dammit = UnicodeDammit(body, known_definite_encodings=candidates, is_html=True)
    if dammit.unicode_markup is None:
        return _utf8(lenient), "utf-8"
    return _utf8(dammit.unicode_markup), dammit.original_encoding or "utf-8"


def _is_windows_1258(body: bytes, declared: list[str]) -> bool:
    """Vietnamese in windows-1258, though declared as Latin or not at all (seen on Joomla 1 sites).

    Its five tone marks are bytes of their own that follow a letter; in Latin 1 they are rare.
    """
    if any(
        not name.startswith(("iso-8859-1", "latin", "windows-125", "cp125", "utf"))
        for name in declared
    ):
        return False
    tones = len(_TONES_1258.findall(body[:300_000]))
    others = len(body[:300_000]) - len(body[:300_000].translate(None, _HIGH))
    return tones >= 3 and tones * 8 >= others


def _declared(body: bytes, content_type: str | None) -> list[str]:
    header = _CHARSET.search(content_type or "")
    declared = EncodingDetector.find_declared_encoding(
        body, is_html=True, search_entire_document=False
    )
    return [name.lower() for name in ((header and header[1]), declared) if name]


def _decode_strictly(body: bytes, name: str) -> str | None:
    try:
        text = body.decode(name)
    except (LookupError, UnicodeError):
        return None
    return None if len(_MOJIBAKE.findall(text)) > 20 else text
