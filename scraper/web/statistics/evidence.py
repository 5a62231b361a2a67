"""What a figure rests on and what was found out about a day, in the reader's words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from scraper.web.language import current_language, gettext, vietnamese_findings
from scraper.web.moments import day_text, moment_text, number_text

# How evidence names the lines of a box, and how the box itself does.
_LINES = {
    "total": "All",
    "today": "Today",
    "yesterday": "Yesterday",
    "this_week": "This week",
    "this_month": "This month",
}
_VALUES = re.compile(
    r"\b(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)|\b(\d{4}-\d\d-\d\d)\b|(?<![\d.,:])(\d{4,})(?![\d.,:]\d)"
)
_WEEKDAYS = {"Monday": "thứ Hai", "Sunday": "Chủ nhật"}


@dataclass(frozen=True, slots=True)
class Point:
    """A known value of the portal's count: ``text`` says it, ``captures`` are where it was read."""

    text: str
    captures: list[int]


@dataclass(frozen=True, slots=True)
class Note:
    """Something that was found out about a day: its kind and a sentence."""

    kind: str
    text: str


def points_of(points: Iterable[dict[str, Any]], zone: ZoneInfo) -> list[Point]:
    """The points of ``visits.evidence`` in words, times in ``zone``."""
    return [Point(_point_text(point, zone), _captures(point)) for point in points]


def _captures(point: dict[str, Any]) -> list[int]:
    """The captures that say so, each once."""
    return [each for each in dict.fromkeys(point["captures"]) if each is not None]


def local_text(observed_at: str, zone: ZoneInfo) -> str:
    """A UTC time as the local one, in ISO 8601 with its offset."""
    return datetime.fromisoformat(observed_at).astimezone(zone).isoformat()


def _point_text(point: dict[str, Any], zone: ZoneInfo) -> str:
    lines = " ".join(
        gettext(_LINES[word]) if word in _LINES else word.replace("-", "−")
        for word in point["says"].split()
    )
    read = moment_text(local_text(point["observed_at"][0], zone))
    values = {"count": number_text(point["count"]), "lines": lines, "read": read}
    place = point["place"]
    if place.endswith("Z"):
        return gettext("%(count)s: %(lines)s, read on %(read)s") % values
    days = " / ".join(day_text(day) for day in place.split("/"))
    return gettext("%(count)s at the start of %(days)s: %(lines)s, read on %(read)s") % {
        **values,
        "days": days,
    }


def notes_of(rows: Iterable[dict[str, Any]], zone: ZoneInfo) -> list[tuple[date, Note]]:
    """Rows of ``visit_findings`` as days and notes in the reader's language, times in ``zone``."""
    return [
        (date.fromisoformat(row["day"]), Note(row["kind"], _readable(_sentence(row), zone)))
        for row in rows
    ]


def _readable(sentence: str, zone: ZoneInfo) -> str:
    """A sentence with its times, days and large numbers as the reader's language writes them."""

    def write(found: re.Match[str]) -> str:
        time, day, number = found.groups()
        if time:
            return moment_text(local_text(time, zone))
        return day_text(day) if day else number_text(int(number))

    return _VALUES.sub(write, sentence)


def _sentence(row: dict[str, Any]) -> str:
    """The finding in the reader's language; in English where that has no such sentence."""
    english = str(row["message"])
    template = vietnamese_findings().get(row["kind"])
    if current_language.get() != "vi" or template is None:
        return english
    facts = json.loads(row["facts"])
    facts = {name: _WEEKDAYS.get(str(value), value) for name, value in facts.items()}
    try:
        return template.format(**facts)
    except KeyError:
        return english
