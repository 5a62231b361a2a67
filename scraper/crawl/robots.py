"""robots.txt as RFC 9309 has it: what an answer means, and what may be fetched.

2xx is read (the first 500 KiB), 4xx means that everything is allowed, 5xx, 429 and no answer
mean *not now*. A verdict holds for a day.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cached_property
from urllib.parse import urlsplit

from protego import Protego

from scraper.crawl.options import ROBOTS_TOKEN

LARGEST = 500 * 1024
KEPT = timedelta(hours=24)
LONGEST_DELAY = 60.0


class RobotsState(StrEnum):
    """What is known of a host's robots.txt."""

    RULES = "rules"
    ALLOW_ALL = "allow all"
    NOT_NOW = "not now"


@dataclass(frozen=True)
class Robots:
    """A host's verdict, as of ``fetched_at`` (aware, UTC)."""

    state: RobotsState
    fetched_at: datetime
    text: str = field(default="", repr=False)

    @cached_property
    def _rules(self) -> Protego:
        return Protego.parse(self.text)

    def fresh(self, now: datetime) -> bool:
        """Say whether the verdict still holds; one from the future (the clock jumped) does not."""
        if self.state is RobotsState.NOT_NOW:
            return False
        return timedelta(0) <= now - self.fetched_at < KEPT

    def allows(self, url: str) -> bool:
        """Say whether ``url`` may be fetched; nothing may while the state is ``not now``."""
        if self.state is RobotsState.RULES:
            return bool(self._rules.can_fetch(url, ROBOTS_TOKEN))
        return self.state is RobotsState.ALLOW_ALL

    @property
    def crawl_delay(self) -> float | None:
        """Return the seconds that the file asks for between requests (at most a minute), if any."""
        if self.state is not RobotsState.RULES:
            return None
        delay = self._rules.crawl_delay(ROBOTS_TOKEN)
        return min(float(delay), LONGEST_DELAY) if delay is not None else None

    @property
    def sitemaps(self) -> list[str]:
        """Return the sitemaps that the file names."""
        return list(self._rules.sitemaps) if self.state is RobotsState.RULES else []


def judge(status: int | None, body: bytes, fetched_at: datetime) -> Robots:
    """Return the verdict of an answer; ``status`` is ``None`` where none came."""
    if status is not None and 200 <= status < 300:
        text = body[:LARGEST].decode("utf-8-sig", "replace")
        return Robots(RobotsState.RULES, fetched_at, text)
    # Redirects that lead nowhere after five hops count as unavailable too (RFC 9309, 2.3.1.2).
    if status is not None and 300 <= status < 500 and status != 429:
        return Robots(RobotsState.ALLOW_ALL, fetched_at)
    return Robots(RobotsState.NOT_NOW, fetched_at)


def robots_url(url: str) -> str:
    """Return the address of the robots.txt that rules over ``url``."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/robots.txt"
