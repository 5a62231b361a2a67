"""Dates, times and numbers as the reader's language writes them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from scraper.web.language import current_language

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_THU = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def day_text(value: str | None) -> str:
    """An ISO date as ``27 March 2024`` or ``27/3/2024``; what is no date comes back as it is."""
    try:
        return _day(date.fromisoformat((value or "")[:10]))
    except ValueError:
        return value or ""


def weekday_day_text(day: date) -> str:
    """A day with its weekday: ``Wed 27 March 2024`` or ``thứ Tư 27/3/2024``."""
    names = _THU if current_language.get() == "vi" else _WEEKDAYS
    return f"{names[day.weekday()]} {_day(day)}"


def month_text(day: date) -> str:
    """The month of a day: ``March 2024`` or ``tháng 3/2024``."""
    if current_language.get() == "vi":
        return f"tháng {day.month}/{day.year}"
    return f"{_MONTHS[day.month - 1]} {day.year}"


def moment_text(value: str | None) -> str:
    """An ISO time with its offset, as ``27 March 2024, 15:06 (GMT+7)``; UTC is said to be UTC."""
    try:
        moment = datetime.fromisoformat(value or "")
    except ValueError:
        return value or ""
    if not re.search(r"\d:\d\d", value or ""):
        return _day(moment.date())
    return f"{_day(moment.date())}, {moment:%H:%M}{_zone(moment)}"


def number_text(value: int | None) -> str:
    """A whole number with its thousands set apart: ``11,718,781`` or ``11.718.781``."""
    if value is None:
        return ""
    text = f"{value:,}"
    return text.replace(",", ".") if current_language.get() == "vi" else text


def _day(day: date) -> str:
    if current_language.get() == "vi":
        return f"{day.day}/{day.month}/{day.year}"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _zone(moment: datetime) -> str:
    offset = moment.utcoffset()
    if offset is None:
        return ""
    if moment.tzinfo is UTC or not offset:
        return " UTC"
    sign = "+" if offset > timedelta() else "-"
    hours, minutes = divmod(abs(offset) // timedelta(minutes=1), 60)
    return f" (GMT{sign}{hours}{f':{minutes:02d}' if minutes else ''})"
