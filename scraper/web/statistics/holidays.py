"""Public holidays of Việt Nam, by their days."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Holiday:
    """A holiday by its name (a message of ours) and the day it falls on in one year."""

    name: str
    day: date


TET = "Tết (lunar new year)"
_MOVING = {"tet": TET, "hung_kings": "Hùng Kings' Day"}
_FIXED = {
    (1, 1): "New Year's Day",
    (4, 30): "Reunification Day",
    (5, 1): "Labour Day",
    (9, 2): "National Day",
}
NAMES = (*_MOVING.values(), *_FIXED.values())


@cache
def moving() -> dict[str, tuple[date, ...]]:
    """Days of the holidays of the lunar calendar by their keys in ``holidays.toml``."""
    text = (files("scraper.web.statistics") / "holidays.toml").read_text(encoding="utf-8")
    return {key: tuple(days) for key, days in tomllib.loads(text).items()}


def holidays_between(first: date, last: date) -> list[Holiday]:
    """The holidays from ``first`` to ``last``, both included, by day."""
    found = [Holiday(_MOVING[key], day) for key, days in moving().items() for day in days]
    found += [
        Holiday(name, date(year, month, day))
        for year in range(first.year, last.year + 1)
        for (month, day), name in _FIXED.items()
    ]
    return sorted((each for each in found if first <= each.day <= last), key=lambda each: each.day)
