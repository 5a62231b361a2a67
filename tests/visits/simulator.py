"""A portal with known visits per day, whose "Truy cập" box can be made to misbehave.

The truth is the portal's own: how many visits it counted on each of its days. A day begins at
local midnight, or ``shift`` hours later where the portal's midnight is not ours.
"""

from __future__ import annotations

import random
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import accumulate

from scraper.visits import VIETNAM, Snapshot, utc

DAY = timedelta(days=1)
LINES = ("today", "yesterday", "this_week", "this_month", "total")
# Shares of a day's visits by hour, from midnight.
_HOURS = (8, 5, 4, 4, 6, 14, 32, 62, 84, 80, 70, 52, 30, 38, 66, 78, 72, 60, 44, 50, 58, 44, 26, 13)
_UNTIL = (0, *accumulate(_HOURS))


@dataclass(frozen=True)
class Reset:
    """From ``at`` on the total goes on from ``total``.

    ``restart`` is a new system, all of whose lines begin to count then; otherwise somebody wrote
    another total, and the other lines know nothing of it.
    """

    at: datetime
    total: int
    restart: bool


@dataclass(frozen=True)
class Portal:
    """Counts ``visits[i]`` visits on its ``i``-th day from ``first``."""

    first: date
    visits: tuple[int, ...]
    base: int = 11_000_000
    week_start: int = 0
    shift: timedelta = timedelta()
    resets: tuple[Reset, ...] = ()
    _sums: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_sums", (0, *accumulate(self.visits)))

    @property
    def end(self) -> date:
        """The day after the last."""
        return self.first + DAY * len(self.visits)

    def truth(self) -> dict[date, int]:
        return {self.first + DAY * i: visits for i, visits in enumerate(self.visits)}

    def midnight(self, day: date) -> datetime:
        """When the portal's ``day`` begins."""
        return datetime(day.year, day.month, day.day, tzinfo=VIETNAM) + self.shift

    def day_of(self, at: datetime) -> date:
        return (at.astimezone(VIETNAM) - self.shift).date()

    def count(self, at: datetime) -> int:
        """All visits until ``at``, whatever the box says of them."""
        day = self.day_of(at)
        seconds = (at - self.midnight(day)).total_seconds()
        hour, rest = divmod(seconds, 3600)
        share = (_UNTIL[int(hour)] + _HOURS[int(hour)] * rest / 3600) / _UNTIL[-1]
        index = (day - self.first).days
        visits = self.visits[index] if 0 <= index < len(self.visits) else 0
        return self.count_at_start(day) + int(visits * share)

    def count_at_start(self, day: date) -> int:
        return self._sums[min(max((day - self.first).days, 0), len(self.visits))]

    def is_off(self, at: datetime) -> bool:
        """Whether the portal was off that day: a busy one without a visit could not be seen."""
        index = (self.day_of(at) - self.first).days
        return not self.visits[index] and self._sums[-1] > 30 * len(self.visits)

    def epoch(self, at: datetime) -> int:
        """How many resets lie before ``at``."""
        return bisect_right([reset.at for reset in self.resets], at)

    def starts(self, at: datetime) -> dict[str, date]:
        """The day from which each line of the box counts at ``at``."""
        day = self.day_of(at)
        week = day - DAY * ((day.weekday() - self.week_start) % 7)
        return {
            "today": day,
            "yesterday": day - DAY,
            "this_week": week,
            "this_month": day.replace(day=1),
        }

    def box(self, at: datetime) -> dict[str, int]:
        """What the box says at ``at``."""
        epoch = self.epoch(at)
        reset = self.resets[epoch - 1] if epoch else None
        restarts = [r.at for r in self.resets[:epoch] if r.restart]
        anew = self.count(restarts[-1]) if restarts else 0
        now, starts = self.count(at), self.starts(at)
        since = {line: max(anew, self.count_at_start(day)) for line, day in starts.items()}
        total = self.base + now if reset is None else reset.total + now - self.count(reset.at)
        return {
            "today": now - since["today"],
            "yesterday": since["today"] - since["yesterday"],
            "this_week": now - since["this_week"],
            "this_month": now - since["this_month"],
            "total": total,
        }


@dataclass(frozen=True)
class Capture:
    """A snapshot, when its numbers were true (``None``: never), and what went wrong with it.

    ``other_day`` tells that the portal's day was not that of our clock.
    """

    snapshot: Snapshot
    at: datetime
    true_at: datetime | None
    fault: str | None = None
    other_day: bool = False

    @property
    def truthful(self) -> bool:
        """Whether the numbers were true, and of our day, when they were seen."""
        return self.true_at == self.at and not self.other_day


def capture(portal: Portal, at: datetime, number: int, lines: tuple[str, ...] = LINES) -> Capture:
    """A capture without fault, of a box with only those ``lines``."""
    box = portal.box(at)
    numbers = {line: box[line] if line in lines else None for line in LINES}
    other_day = portal.day_of(at) != at.astimezone(VIETNAM).date()
    return Capture(Snapshot(utc(at), **numbers, capture=number), at, at, other_day=other_day)


def cached(portal: Portal, seen: Capture, rng: random.Random) -> Capture:
    """The box as it was up to an hour before, if that was before the portal's midnight."""
    at = seen.at - timedelta(seconds=rng.randrange(1, 3600))
    old = capture(portal, at, seen.snapshot.capture or 0)
    numbers = {
        line: None if getattr(seen.snapshot, line) is None else getattr(old.snapshot, line)
        for line in LINES
    }
    return Capture(seen.snapshot._replace(**numbers), seen.at, at, "cached")


def missing(portal: Portal, seen: Capture, rng: random.Random) -> Capture:
    """A line, most often "today", is not there."""
    line = rng.choice(("today", "today", *LINES))
    return replace(seen, snapshot=seen.snapshot._replace(**{line: None}), fault="missing")


def zero(portal: Portal, seen: Capture, rng: random.Random) -> Capture:
    """The line "today" says 0."""
    return seen if seen.snapshot.today is None else _wrong(seen, "zero", today=0)


def swapped(portal: Portal, seen: Capture, rng: random.Random) -> Capture:
    """Two lines have one another's numbers."""
    pairs = (
        ("today", "yesterday"),
        ("this_week", "this_month"),
        ("yesterday", "this_week"),
        ("today", "this_month"),
        ("this_month", "total"),
    )
    one, other = rng.choice(pairs)
    numbers = seen.snapshot._asdict()
    return _wrong(seen, "swapped", **{one: numbers[other], other: numbers[one]})


def yesterday_off(portal: Portal, seen: Capture, rng: random.Random) -> Capture:
    """Yesterday differs from what was counted on that day."""
    yesterday = seen.snapshot.yesterday
    if yesterday is None:
        return seen
    return _wrong(
        seen,
        "yesterday",
        yesterday=max(0, yesterday + rng.choice((-1, 1)) * rng.randrange(1, yesterday + 2)),
    )


def misread(portal: Portal, seen: Capture, rng: random.Random) -> Capture:
    """A digit of the total was read wrong (it is drawn as images, say)."""
    if seen.snapshot.total is None:
        return seen
    digits = list(str(seen.snapshot.total))
    at = rng.randrange(len(digits))
    digits[at] = rng.choice([digit for digit in "123456789" if digit != digits[at]])
    return _wrong(seen, "misread", total=int("".join(digits)))


def other_box(portal: Portal, seen: Capture, rng: random.Random) -> Capture:
    """A second box on the page, of the province's portal, was read."""
    province = Portal(
        portal.first,
        tuple(3 * visits + 500 + 13 * (i % 7) for i, visits in enumerate(portal.visits)),
        portal.base // 3 + 40_000_000,
        portal.week_start,
        portal.shift,
    )
    numbers = {
        line: None if getattr(seen.snapshot, line) is None else number
        for line, number in province.box(seen.at).items()
    }
    return _wrong(seen, "other box", **numbers)


def _wrong(seen: Capture, fault: str, **lines: int | None) -> Capture:
    snapshot = seen.snapshot._replace(**lines)
    return (
        seen
        if snapshot == seen.snapshot
        else replace(seen, snapshot=snapshot, true_at=None, fault=fault)
    )


FAULTS = {
    "cached": cached,
    "missing": missing,
    "zero": zero,
    "swapped": swapped,
    "yesterday": yesterday_off,
    "misread": misread,
    "other box": other_box,
}


# Boxes are looked at only when the portal has been online for so many days.
YOUTH = 40


def random_visits(
    rng: random.Random, days: int, outages: float, sizes: tuple[int, ...]
) -> list[int]:
    """Visits of ``days`` days of a portal of one of those ``sizes``; on some days it was off."""
    size = rng.choice(sizes)
    return [
        0 if rng.random() < outages else int(size * rng.lognormvariate(0, 0.4)) for _ in range(days)
    ]


def random_portal(
    rng: random.Random,
    days: int,
    outages: float = 0.02,
    sizes: tuple[int, ...] = (8000, 8000, 900, 40, 2),
) -> Portal:
    """A portal that is looked at for ``days`` days."""
    first = date(2022, 1, 1) + DAY * rng.randrange(800)
    visits = tuple(random_visits(rng, YOUTH + days, outages, sizes))
    return Portal(first, visits, rng.choice((11_000_000, 250_000, 0)), rng.choice((0, 6)))


def random_moments(rng: random.Random, portal: Portal, captures: int) -> list[datetime]:
    """About so many moments of the portal's life, in order."""
    start = portal.midnight(portal.first + DAY * YOUTH)
    seconds = int((portal.midnight(portal.end) - start).total_seconds())
    return _online(
        portal, (start + timedelta(seconds=s) for s in sorted(rng.sample(range(seconds), captures)))
    )


def regular_moments(rng: random.Random, portal: Portal, every: timedelta) -> list[datetime]:
    """A random moment in each stretch of that length, from midnight of our clock on."""
    day = portal.first + DAY * YOUTH
    start = datetime(day.year, day.month, day.day, tzinfo=VIETNAM)
    seconds = int(every.total_seconds())
    stretches = (portal.end - day - DAY) // every
    return _online(
        portal,
        (start + every * i + timedelta(seconds=rng.randrange(seconds)) for i in range(stretches)),
    )


def _online(portal: Portal, moments: Iterable[datetime]) -> list[datetime]:
    return [at for at in moments if not portal.is_off(at)]
