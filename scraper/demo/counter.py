"""The "Truy cập" box: how many visits the portal counts at a simulated moment.

The portal has a public of its own, which ``visits.toml`` describes: so many visits a day, spread
over the hours. Every page that is asked for adds one on top, as on real portals, which count a
crawler like anybody else. The day changes at midnight in Hanoi, the week on Monday.
"""

from __future__ import annotations

import tomllib
import zlib
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from scraper.demo.article import HANOI, DemoArticle
from scraper.demo.newsdesk import HERE
from scraper.parse.page import Counters

_DAY = timedelta(days=1)
_HOUR = 3600


@dataclass(frozen=True, slots=True)
class Public:
    """The visits of other people: ``total`` at the moment ``at``, and how days look."""

    at: datetime
    total: int
    hours: tuple[int, ...]
    weekdays: tuple[int, ...]
    days: dict[date, int]

    def on(self, day: date) -> int:
        """Visits of the whole ``day``."""
        if day in self.days:
            return self.days[day]
        return self.weekdays[day.weekday()] + zlib.crc32(day.isoformat().encode()) % 700

    def by(self, moment: datetime) -> int:
        """Visits of the local day of ``moment`` until then."""
        local = moment.astimezone(HANOI)
        share = sum(self.hours[: local.hour]) * _HOUR
        share += self.hours[local.hour] * (local.minute * 60 + local.second)
        return self.on(local.date()) * share // (sum(self.hours) * _HOUR)

    def between(self, first: date, end: date) -> int:
        """Visits of the days from ``first`` up to, but not with, ``end``."""
        return sum(self.on(first + _DAY * n) for n in range((end - first).days))

    def until(self, moment: datetime) -> int:
        """All visits since the portal opened."""
        day, anchor = moment.astimezone(HANOI).date(), self.at.astimezone(HANOI).date()
        whole = self.between(anchor, day) - self.between(day, anchor)
        return self.total - self.by(self.at) + whole + self.by(moment)


@cache
def load_public() -> Public:
    """The public that ``visits.toml`` describes."""
    raw = tomllib.loads(HERE.joinpath("visits.toml").read_text(encoding="utf-8"))
    days = {date.fromisoformat(day): visits for day, visits in raw["days"].items()}
    return Public(raw["at"], raw["total"], tuple(raw["hours"]), tuple(raw["weekdays"]), days)


class VisitCounter:
    """Counts the requests of simulated days and says what the box shows.

    Not safe for threads by itself: the portal counts under its lock.
    """

    def __init__(self) -> None:
        self._public = load_public()
        self._requests: Counter[date] = Counter()
        self._readers: Counter[str] = Counter()

    def count(self, moment: datetime, article: str | None = None) -> None:
        """Count one visit at ``moment`` (aware), and one view of the article of that slug."""
        self._requests[moment.astimezone(HANOI).date()] += 1
        if article is not None:
            self._readers[article] += 1

    def read(self, moment: datetime) -> Counters:
        """What the box says at ``moment`` (aware); it has no line for visitors online."""
        today = moment.astimezone(HANOI).date()
        monday = today - _DAY * today.weekday()
        so_far = self._public.by(moment) + self._requests[today]
        return Counters(
            today=so_far,
            yesterday=self._day(today - _DAY),
            this_week=so_far + self._days(monday, today),
            this_month=so_far + self._days(today.replace(day=1), today),
            total=self._public.until(moment) + self._requests.total(),
        )

    def online(self, moment: datetime) -> int:
        """Visitors on the portal at ``moment`` (aware)."""
        local = moment.astimezone(HANOI)
        return 3 + self._public.hours[local.hour] // 2

    def views(self, article: DemoArticle, moment: datetime) -> int:
        """How often ``article`` was read by ``moment``: by its public, and through us."""
        hours = (moment - article.online_since) // timedelta(hours=1)
        pace = 1 + zlib.crc32(article.slug.encode()) % 4
        return pace * hours + self._readers[article.slug]

    def _day(self, day: date) -> int:
        return self._public.on(day) + self._requests[day]

    def _days(self, first: date, end: date) -> int:
        return sum(self._day(first + _DAY * n) for n in range((end - first).days))
