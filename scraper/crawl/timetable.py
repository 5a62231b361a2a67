"""When the boxes of which sites are read: spread over a while, or around the portals' midnight."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from scraper.sites import Site

# Late enough that hardly anybody comes after it, early enough to be answered before midnight; and
# late enough after midnight that a box which is cached for a minute shows the new day.
BEFORE = (time(23, 50), time(23, 58, 30))
AFTER = (time(0, 1), time(0, 9))
FIRST_HOUR = 23


class TimetableError(ValueError):
    """Readings around midnight were asked for at another time of the day; the message says so."""


@dataclass(frozen=True, slots=True)
class Appointment:
    """A site's box is to be read at ``at`` (aware), or as soon after it as can be."""

    at: datetime
    site: Site


def spread(
    sites: Sequence[Site], now: datetime, jitter: float, dice: random.Random
) -> list[Appointment]:
    """One reading of each site, at a random moment of the next ``jitter`` seconds."""
    found = [Appointment(now + timedelta(seconds=dice.uniform(0, jitter)), site) for site in sites]
    return sorted(found, key=lambda each: each.at)


def around_midnight(
    sites: Sequence[Site], now: datetime, dice: random.Random
) -> list[list[Appointment]]:
    """Two readings of each site: in the last minutes of its local day, and in the next one's first.

    Together they fix the day that ends: its total at the end, and the next day's "yesterday".

    Returns:
        The readings before midnight and those after it; shortly after midnight only the latter.

    Raises:
        TimetableError: it is neither the last hour of the day at a site nor the minutes after it.
    """
    before, after = [], []
    for site in sites:
        local = now.astimezone(ZoneInfo(site.timezone))
        if local.hour == FIRST_HOUR:
            before.append(Appointment(_within(local, BEFORE, dice), site))
            tomorrow = (local + timedelta(days=1)).replace(hour=0, minute=0)
            after.append(Appointment(_within(tomorrow, AFTER, dice), site))
        elif local.time() < AFTER[1]:
            after.append(Appointment(_within(local, AFTER, dice), site))
        else:
            raise TimetableError(
                f"readings around midnight are begun between {FIRST_HOUR}:00 and midnight of the "
                f"portal; at {site.id} ({site.timezone}) it is {local:%H:%M}"
            )
    return [sorted(each, key=lambda one: one.at) for each in (before, after) if each]


def _within(local: datetime, span: tuple[time, time], dice: random.Random) -> datetime:
    """A random moment of the span of the local day, not before ``local`` itself."""
    first, last = (datetime.combine(local.date(), each, local.tzinfo) for each in span)
    first = max(first, local)
    return first + timedelta(seconds=dice.uniform(0, max((last - first).total_seconds(), 0.0)))
