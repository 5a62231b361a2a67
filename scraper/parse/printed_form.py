"""The way a page prints a day that is known already, in whatever language it is written.

Metadata say the day without doubt; what a reader sees beside the title ("6 de noviembre de 2023,
07:10 h", "2023年10月5日 14時30分", a Buddhist year) is then found by its numbers alone.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime

# The Thai calendar counts from the death of the Buddha.
BUDDHIST = 543
_WORD = r"(?:de\s+|del\s+|of\s+|den\s+|the\s+)?[^\s\d.,/|]{2,}\.?"
_GAP = r"[\s.,/年月-]{0,3}"
_JOIN = r"(?:\s*[,|·•–—-])?\s*(?:(?:at|à|um|a las|kl\.?|เวลา|klo|às|alle|ore|o|om|saat|в|lúc)\s*)?"
_UNIT = r"(?:\s?(?:分|Uhr\b|h(?:rs)?\b|น\.|[ap]\.?m\b\.?))?"


def _day(form: str) -> str:
    return rf"(?<!\d)(?P<d{form}>\d{{1,2}})(?!\d)(?:st|nd|rd|th|er|º|ª|日)?"


def _year(form: str) -> str:
    return rf"(?<!\d)(?P<y{form}>\d{{4}})(?!\d)"


def _month(form: str) -> str:
    return rf"(?:(?<!\d)(?P<m{form}>\d{{1,2}})(?!\d)|{_WORD})"


def _clock(side: str) -> str:
    return rf"(?<!\d)(?P<h{side}>\d{{1,2}})\s?[:.h時]\s?(?P<n{side}>\d\d)(?:[:.]\d\d)?(?!\d){_UNIT}"


_PRINTED = re.compile(
    rf"(?P<before>{_clock('b')}{_JOIN})?"
    rf"(?:{_day('1')}{_GAP}{_month('1')}{_GAP}(?:de\s+|del\s+)?{_year('1')}"
    rf"|{_WORD}\s*{_day('2')}{_GAP}{_year('2')}"
    rf"|{_year('3')}{_GAP}{_month('3')}{_GAP}{_day('3')})"
    rf"(?P<after>{_JOIN}{_clock('a')})?",
    re.IGNORECASE,
)

_CLOCK_AFTER = re.compile(rf"{_JOIN}{_clock('a')}", re.IGNORECASE)
_CLOCK_BEFORE = re.compile(rf"{_clock('b')}{_JOIN}$", re.IGNORECASE)


def with_clock(text: str, start: int, end: int) -> tuple[int, int]:
    """Where a date that stands at ``start`` to ``end`` begins and ends with the time beside it."""
    after = _CLOCK_AFTER.match(text, end)
    if after is not None:
        return start, after.end()
    before = _CLOCK_BEFORE.search(text, max(0, start - 30), start)
    return (before.start(), end) if before is not None else (start, end)


def printed_form(text: str, on: date, at: datetime | None) -> str | None:
    """The part of ``text`` that prints the day ``on`` (and the time ``at``, if it does); or None.

    ``text`` has its white space folded. Digits of other scripts count, too.
    """
    plain = latin_digits(text)
    if not any(str(year) in plain for year in (on.year, on.year + BUDDHIST)):
        return None
    for match in _PRINTED.finditer(plain):
        if not _names(match, on):
            continue
        start, end = match.span()
        if match["before"] and not _tells(match, "b", at):
            start = match.end("before")
        if match["after"] and not _tells(match, "a", at):
            end = match.start("after")
        return text[start:end].strip()
    return None


def _names(match: re.Match[str], on: date) -> bool:
    """Whether the numbers of a match are those of the day; a month in words is any month."""
    form = next(form for form in "123" if match[f"y{form}"])
    month = match[f"m{form}"] if form != "2" else None
    return (
        int(match[f"y{form}"]) in (on.year, on.year + BUDDHIST)
        and int(match[f"d{form}"]) == on.day
        and (month is None or int(month) == on.month)
    )


def _tells(match: re.Match[str], side: str, at: datetime | None) -> bool:
    """Whether the printed clock shows the time ``at``, by 24 or by 12 hours."""
    if at is None:
        return False
    hours = (at.hour, (at.hour - 1) % 12 + 1)
    return int(match[f"h{side}"]) in hours and int(match[f"n{side}"]) == at.minute


def latin_digits(text: str) -> str:
    """The text with the digits of other scripts as Latin ones; each character keeps its place."""
    return text if text.isascii() else "".join(map(_latin_digit, text))


def _latin_digit(char: str) -> str:
    value = unicodedata.decimal(char, None)
    return char if value is None else str(value)
