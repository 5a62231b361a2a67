"""Dates whose month is a word, in many languages: ``3. Juli 2018``, ``15 августа 2016``, ``2024年5月13日``.

They are looked for only on pages in other languages, or where nothing else tells a page's day:
Vietnamese counts its months.
"""  # noqa: E501

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from scraper.parse.month_names import CROATIAN, MONTHS
from scraper.parse.printed_form import BUDDHIST, latin_digits, with_clock
from scraper.parse.timestamp import Timestamp


def _word(form: int) -> str:
    return rf"(?:(?:de|del|of|den|the)\s+|d['’])?(?P<w{form}>[^\W\d_][^\s\d,/|()]*)"


def _year(form: int) -> str:
    return rf"(?P<y{form}>(?:19|20|25)\d\d)(?!\d)"


def _day(form: int) -> str:
    return rf"(?<![\d,:/-])(?P<d{form}>[0-3]?\d)(?:st|nd|rd|th|er|º|ª)?(?![\d:])"


_PRINTED = re.compile(
    # 3. Juli 2018; 7 d'octubre de 2023; 3-Jul-2018
    rf"{_day(1)}[\s.,-]{{0,3}}{_word(1)}[\s.,]{{0,3}}(?:(?:de|del)\s+)?{_year(1)}"
    # July 3, 2018; Sept. 3rd 2018
    + rf"|(?<![^\W_]){_word(2)}[\s.]{{1,2}}{_day(2)}[\s.,]{{1,2}}{_year(2)}"
    # 2018. gada 3. jūlijs
    + rf"|(?<!\d){_year(4)}\.?\s?gada\s{_day(4)}\.?\s{_word(4)}"
    # 2018. július 3.; 2018 m. liepos 3 d.
    + rf"|(?<!\d){_year(3)}(?:\s?m)?[.,]?\s{_word(3)}[\s.]{{1,2}}{_day(3)}"
    # 2018年7月3日; 2018년 7월 3일
    + r"|(?<!\d)(?P<y5>(?:19|20)\d\d)\s?[年년]\s?(?P<w5>[01]?\d)\s?[月월]"
    r"\s?(?P<d5>[0-3]?\d)\s?[日일]",
    re.IGNORECASE,
)
# A quick look before the long pattern: a year, and a letter beside a day's number.
HAS_YEAR = re.compile(r"(?:19|20|25|[١۱][٩۹]|[٢۲][٠۰]|१९|२०)\d\d")


def worded_dates(text: str, language: str | None = None) -> Iterator[Timestamp]:
    """Every date of ``text`` whose month is one of the table's words.

    Only days are told: a clock beside such a date belongs to ``raw``, but is in a zone that the
    page doesn't name. ``language`` is the page's tag; Croatian gives a few words to other months
    than Polish and Czech do.
    """
    if not HAS_YEAR.search(text):
        return
    plain = latin_digits(text)
    for match in _PRINTED.finditer(plain):
        form = next(form for form in "12345" if match[f"y{form}"])
        word = match[f"w{form}"]
        month = int(word) if form == "5" else month_of(word, language)
        if month is None:
            continue
        year, day = int(match[f"y{form}"]), int(match[f"d{form}"])
        start, end = with_clock(plain, *match.span())
        raw = text[start:end]
        try:
            on = date(year - BUDDHIST if year >= 2400 else year, month, day)
        except ValueError:
            yield Timestamp(raw, start, end, None, impossible=True)
            continue
        yield Timestamp(raw, start, end, on)


def month_of(word: str, language: str | None = None) -> int | None:
    """The month that a word names, in whatever case and with or without a full stop."""
    name = word.lower().rstrip(".-")
    if language and language.lower().startswith(("hr", "bs")) and name in CROATIAN:
        return CROATIAN[name]
    return MONTHS.get(name)
