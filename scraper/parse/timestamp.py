"""Dates and times as Vietnamese portals print them (the formats of PLATFORMS.md and fixtures/)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Timestamp:
    """One printed date: where it stood in its text, and what it says in local time.

    ``at`` is ``None`` when only the day is printed; ``impossible`` marks 31/02 and the like, whose
    ``on`` is ``None``. ``start`` and ``end`` delimit ``raw`` in the text that was searched.
    """

    raw: str
    start: int
    end: int
    on: date | None
    at: datetime | None = None
    impossible: bool = False


_WEEKDAY = (
    r"(?:(?:th[ứưu]\s*(?:hai|ba|t[ưu]|n[ăa]m|s[áa]u|b[ảa]y|[2-7])|ch[ủu]\s*nh[ậa]t|t[2-7]|cn)"
    r"\s*[,\-–|.]?\s*(?:,\s*)?)"
)
_CLOCK = (
    r"(?P<{p}h>[01]?\d|2[0-4])\s*(?:[:hg]|giờ)\s*(?P<{p}m>[0-5]\d)(?:(?:\s*[:]\s*"
    r"|\s*phút\s*)(?P<{p}s>[0-5]\d))?"
    r"(?:\s*phút)?(?:\s*(?P<{p}half>AM|PM|SA|CH)\b|\s+Uhr\b)?"
)
_JOIN = r"(?:\s*(?:[,|\-–;]|ngày|lúc|vào)\s*){0,3}\s*"
_ZONE = r"(?:\s*\(?(?:GMT|UTC)\s*(?P<zone>[+-]\s*\d{1,2})(?::?(?P<zone_m>\d\d))?\)?)?"
# Months in words, as WordPress and DNN write them in Vietnamese: "11 Tháng Chín, 2022".
_MONTHS = {
    "mười một": 11, "mười hai": 12, "giêng": 1, "một": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4,
    "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10, "chạp": 12,
}  # fmt: skip
# The English pages of portals: "February 26, 2024", "20 Mar 2023 09:15".
_ENGLISH_MONTHS = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
)
_MONTHS |= {month: number for number, month in enumerate(_ENGLISH_MONTHS, 1)}
_ENGLISH = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    "|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
# WordPress in Vietnamese: "27 Tháng Ba, 2024", shortened "27 Th3, 2024"; by the site's settings
# also as in English, "Tháng Ba 27, 2024" and "Th3 27, 2024".
_MONTH = r"(?:tháng\s*|th(?=\d))"
_DAY = (
    r"(?:(?P<y1>(?:19|20)\d\d)[-/.](?P<m1>\d{1,2})[-/.](?P<d1>\d{1,2})(?![\d/])"
    r"|(?<![\d./-])(?P<d2>\d{1,2})\s?(?P<sep>[/.-])\s?(?P<m2>\d{1,2})\s?(?P=sep)\s?"
    r"(?P<y2>(?:19|20)\d\d|\d\d(?=,?\s+\d{1,2}:\d\d))(?!\d)"
    rf"|(?<!\d)(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?\s(?P<m4>{_ENGLISH})\.?,?\s(?P<y4>(?:19|20)\d\d)(?!\d)"
    rf"|\b(?P<m5>{_ENGLISH})\.?\s(?P<d5>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<y5>(?:19|20)\d\d)(?!\d)"
    rf"|(?<!\d)(?P<d3>\d{{1,2}})\s*{_MONTH}(?P<m3>\d{{1,2}}|{'|'.join(_MONTHS)})\s*,?\s*"
    r"(?:năm\s*)?(?P<y3>(?:19|20)\d\d)(?!\d)"
    rf"|\b{_MONTH}(?P<m6>\d{{1,2}}|{'|'.join(_MONTHS)})\s(?P<d6>\d{{1,2}}),\s?(?P<y6>(?:19|20)\d\d)"
    r"(?!\d))"
)
_PRINTED = re.compile(
    rf"(?:(?<!\d){_CLOCK.format(p='b')}{_JOIN})?(?:{_WEEKDAY}{_JOIN})?(?:ngày\s*)?{_DAY}"
    rf"(?:T|{_JOIN})(?:{_CLOCK.format(p='a')}(?!\d))?{_ZONE}",
    re.IGNORECASE,
)
_LEADING_DAY = re.compile(r"^ngày\s+", re.IGNORECASE)
_TAIL = re.compile(r"[\s,|\-–;]+$|(?:\s*(?:[,|\-–;]|ngày|lúc|vào))+\s*$", re.IGNORECASE)
_RELATIVE = re.compile(
    r"(?P<n>\d{1,3})\s*(?P<unit>giây|phút|giờ|tiếng|ngày|tuần|tháng|năm)\s*trước"
    r"|(?P<yesterday>hôm qua)(?:\s*,?\s*(?:lúc\s*)?(?P<h>\d{1,2})[:h](?P<m>\d\d))?",
    re.IGNORECASE,
)
_UNITS = {"giây": 1, "phút": 60, "giờ": 3600, "tiếng": 3600, "ngày": 86400, "tuần": 604800}
# .NET writes an empty date as 0001-01-01T00:00:00.
_FIRST_YEAR = 1900
# "27/3/24" and nothing else, or a word or two before it.
_SHORT_YEAR = re.compile(
    r"(?P<lead>[^\d/]{0,30}?)\(?(?P<raw>(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>[0-3]\d|40))\)?"
)
# Mail headers' dates ("Wed, 02 Feb 2022 09:12:22 +0100"), digits alone, month before day.
_MAIL = re.compile(r"[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d ")
_DIGITS = re.compile(r"(?:19|20)\d{6}(?:\d{6})?")
_AMERICAN = re.compile(r"(\d{1,2})/(\d{1,2})/((?:19|20)\d\d)(?!\d)")
# A quick look before the long pattern: every date has one of these.
_ANY_DATE = r"\d(?:\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d|\s*tháng\s*[\dgmhbtnsc]"
_ANY_DATE += (
    rf"|(?:st|nd|rd|th)?,?\s(?:19|20)\d\d|(?:st|nd|rd|th)?\s(?:{'|'.join(_ENGLISH_MONTHS)}))"
)
HAS_DATE = re.compile(_ANY_DATE, re.IGNORECASE)
# The same for text that is in lower case already.
LOWER_DATE = re.compile(_ANY_DATE)


def printed_dates(text: str, zone: tzinfo) -> Iterator[Timestamp]:
    """Every absolute date in ``text``, day before month; times in ``zone`` if it names no other."""
    for match in _PRINTED.finditer(text):
        raw = _TAIL.sub("", match[0])
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        raw = raw.strip()
        if "tháng" not in raw.lower():
            raw = _LEADING_DAY.sub("", raw)
        yield _stamp(match, raw, start, match.start() + len(raw), zone)


def short_year(line: str) -> Timestamp | None:
    """The day of a line that is nothing but ``27/3/24``, or that and a few words before it.

    Inside a sentence such digits may be a document's number or a score; what words stand before
    them is for the caller to judge (``line[: start]``). Years up to 40 are those of this century.
    """
    match = _SHORT_YEAR.fullmatch(line)
    if match is None:
        return None
    try:
        on = date(2000 + int(match["y"]), int(match["m"]), int(match["d"]))
    except ValueError:
        return None
    return Timestamp(match["raw"], match.start("raw"), match.end("raw"), on)


def _stamp(match: re.Match[str], raw: str, start: int, end: int, zone: tzinfo) -> Timestamp:
    parts = match.groupdict()
    form = next(n for n in "123456" if parts[f"y{n}"])
    year, day, printed_month = int(parts[f"y{form}"]), int(parts[f"d{form}"]), parts[f"m{form}"]
    name = printed_month.lower()
    month = _MONTHS.get(name) or _MONTHS.get(name[:3]) or int(printed_month)
    # Liferay prints "03/01/24 4:30 CH".
    year += 2000 if year < 100 else 0
    try:
        on = date(year, month, day)
    except ValueError:
        return Timestamp(raw, start, end, None, impossible=True)
    for side in "ba":
        if parts[f"{side}h"] is not None:
            at = _clock(on, parts, side, _zone(parts, zone))
            return Timestamp(raw, start, end, on, at)
    return Timestamp(raw, start, end, on)


def _zone(parts: dict[str, str | None], default: tzinfo) -> tzinfo:
    if not parts["zone"]:
        return default
    hours = int(parts["zone"].replace(" ", ""))
    minutes = int(parts["zone_m"] or 0)
    if abs(hours) > 14:
        return default
    return timezone(timedelta(hours=hours, minutes=minutes if hours >= 0 else -minutes))


def _clock(on: date, parts: dict[str, str | None], side: str, zone: tzinfo) -> datetime | None:
    hour, minute = int(parts[f"{side}h"] or 0), int(parts[f"{side}m"] or 0)
    second, half = int(parts[f"{side}s"] or 0), (parts[f"{side}half"] or "").upper()
    if half in ("PM", "CH") and hour < 12:
        hour += 12
    elif half in ("AM", "SA") and hour == 12:
        hour = 0
    if hour > 23:
        return None
    return datetime(on.year, on.month, on.day, hour, minute, second, tzinfo=zone)


def relative_date(text: str, captured_at: datetime, zone: tzinfo) -> Timestamp | None:
    """``8 giờ trước``, ``Hôm qua``: only the capture's time gives them a day.

    Hours and days tell the day at best, so ``at`` stays ``None``; a count of months or years does
    not fix a day and gives ``None``.
    """
    match = _RELATIVE.search(text)
    if match is None:
        return None
    now = captured_at.astimezone(zone)
    if match["yesterday"]:
        on = now.date() - timedelta(days=1)
        at = None
        if match["h"] and int(match["h"]) < 24:
            at = datetime(on.year, on.month, on.day, int(match["h"]), int(match["m"]), tzinfo=zone)
        return Timestamp(match[0], match.start(), match.end(), on, at)
    seconds = _UNITS.get(match["unit"].lower())
    if seconds is None:
        return None
    day = (now - timedelta(seconds=int(match["n"]) * seconds)).date()
    return Timestamp(match[0], match.start(), match.end(), day)


def machine_date(value: str, zone: tzinfo) -> Timestamp | None:
    """A value of ``time``, JSON-LD or ``meta``: ISO 8601, the form of mail headers, or as printed.

    ``None`` for what is malformed: NukeViet prints ``2019-04-08+0717:39:00`` in
    ``article:published_time``, which is no date.
    """
    raw = value.strip()
    if _DIGITS.fullmatch(raw):
        raw = f"{raw[:8]}T{raw[8:]}" if len(raw) == 14 else raw
    try:
        if len(raw) <= 10:
            on = date.fromisoformat(raw)
            return Timestamp(raw, 0, len(raw), on) if on.year >= _FIRST_YEAR else None
        at = _MAIL.match(raw) and parsedate_to_datetime(raw)
        at = at or datetime.fromisoformat(raw.replace(" +", "+").replace(" Z", "Z"))
    except ValueError:
        stamp = next(printed_dates(raw, zone), None) if HAS_DATE.search(raw) else None
        stamp = stamp if stamp and len(stamp.raw) >= len(raw) - 2 else None
        return _month_first(raw) if stamp is None or stamp.impossible else stamp
    if at.year < _FIRST_YEAR:
        return None
    local = at if at.tzinfo else at.replace(tzinfo=zone)
    if isinstance(zone, ZoneInfo) and local.utcoffset() == timedelta(0):
        local = local.astimezone(zone)
    return Timestamp(raw, 0, len(raw), local.date(), local)


def _month_first(raw: str) -> Timestamp | None:
    """``12/16/2016 4:19 PM``: no day before month can be meant; the clock's zone is not told."""
    match = _AMERICAN.match(raw)
    try:
        on = match and date(int(match[3]), int(match[1]), int(match[2]))
    except ValueError:
        return None
    return Timestamp(raw, 0, len(raw), on) if on and on.day > 12 else None


def iso(at: datetime) -> str:
    """ISO 8601 with offset and whole seconds: ``2024-03-27T15:06:52+07:00``."""
    return at.replace(microsecond=0).isoformat()
