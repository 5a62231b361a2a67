"""The way a page prints a day that is known already, in whatever language it is written.

Metadata say the day without doubt; what a reader sees beside the title ("6 de noviembre de 2023,
07:10 h", "2023年10月5日 14時30分", a Buddhist year) is then found by its numbers alone.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time
from functools import lru_cache

# The Thai calendar counts from the death of the Buddha.
_BUDDHIST = 543
_WORD = r"(?:de\s+|del\s+|of\s+|den\s+|the\s+)?[^\s\d.,/|]{2,}\.?"
_GAP = r"[\s.,/年月-]{0,3}"
_JOIN = r"(?:\s*[,|·•–—-])?\s*(?:(?:at|à|um|a las|kl\.?|เวลา|klo|às|alle|ore|o|om|saat|в|lúc)\s*)?"
_UNIT = r"(?:\s?(?:分|Uhr\b|h(?:rs)?\b|น\.|[ap]\.?m\b\.?))?"


def printed_form(text: str, on: date, at: datetime | None) -> str | None:
    """The part of ``text`` that prints the day ``on`` (and the time ``at``, if it does); or None.

    ``text`` has its white space folded. Digits of other scripts count, too.
    """
    plain = "".join(map(_latin_digit, text)) if not text.isascii() else text
    if not any(str(year) in plain for year in (on.year, on.year + _BUDDHIST)):
        return None
    match = _pattern(on, at.time().replace(second=0, microsecond=0) if at else None).search(plain)
    return text[match.start() : match.end()].strip() if match else None


def _latin_digit(char: str) -> str:
    value = unicodedata.decimal(char, None)
    return char if value is None else str(value)


@lru_cache(maxsize=64)
def _pattern(on: date, clock: time | None) -> re.Pattern[str]:
    year = rf"(?<!\d)(?:{on.year}|{on.year + _BUDDHIST})(?!\d)"
    day = rf"(?<!\d)0?{on.day}(?!\d)(?:st|nd|rd|th|er|º|ª|日)?"
    month = rf"(?:(?<!\d)0?{on.month}(?!\d)|{_WORD})"
    orders = (
        f"{day}{_GAP}{month}{_GAP}(?:de\\s+|del\\s+)?{year}",
        f"{_WORD}\\s*{day}{_GAP}{year}",
        f"{year}{_GAP}{month}{_GAP}{day}",
    )
    pattern = "|".join(f"(?:{order})" for order in orders)
    if clock is None:
        return re.compile(pattern, re.IGNORECASE)
    hours = sorted({clock.hour, (clock.hour - 1) % 12 + 1})
    hour = "|".join(f"0?{hour}" for hour in hours)
    moment = rf"(?<!\d)(?:{hour})\s?[:.h時]\s?{clock.minute:02}(?:[:.]\d\d)?(?!\d){_UNIT}"
    return re.compile(rf"(?:{moment}{_JOIN})?(?:{pattern})(?:{_JOIN}{moment})?", re.IGNORECASE)
