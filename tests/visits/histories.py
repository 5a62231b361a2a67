"""Random histories of a portal: what it truly counted, and what was seen of its box."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta

from scraper.visits import Snapshot
from tests.visits.simulator import (
    DAY,
    FAULTS,
    LINES,
    YOUTH,
    Capture,
    Portal,
    Reset,
    capture,
    random_moments,
    random_portal,
    regular_moments,
)

# What befalls the portal rather than single snapshots.
SHIFT, RESET, MOVE = "other midnight", "reset", "move"
_ALL = tuple(FAULTS)
# What is tried: each fault by itself, and together.
COMBINATIONS = {
    **{name: (name,) for name in (*FAULTS, SHIFT, RESET, MOVE)},
    "wrong numbers": _ALL,
    "wrong numbers and resets": (*_ALL, RESET, MOVE),
    "wrong numbers and midnight": (*_ALL, SHIFT),
    "everything": (*_ALL, SHIFT, RESET, MOVE),
}
# The share of snapshots that are faulty, where any are.
SHARES = (0.02, 0.05, 0.1)
# Hours by which the portal's midnight may come before or after ours.
_SHIFTS = (-7, -2, -1, -0.5, 1, 2, 7, 14)
_HOURS = 40 * 24


@dataclass(frozen=True)
class History:
    """A portal, and the captures of its box by time."""

    portal: Portal
    captures: tuple[Capture, ...]

    @property
    def snapshots(self) -> list[Snapshot]:
        return [item.snapshot for item in self.captures]

    @property
    def truth(self) -> dict[date, int]:
        return self.portal.truth()


def random_history(
    rng: random.Random, visiting: str, faults: tuple[str, ...] = (), partial: float = 0.2
) -> History:
    """A history of up to four months.

    The box is looked at hourly, daily, weekly (at random moments of each) or at random; ``faults``
    names what may go wrong. Of a ``partial`` share of portals the box lacks lines altogether.
    """
    days = rng.randrange(20, 120)
    portal = random_portal(rng, days)
    if SHIFT in faults:
        portal = replace(portal, shift=timedelta(hours=rng.choice(_SHIFTS)))
    if RESET in faults or MOVE in faults:
        portal = replace(portal, resets=_resets(rng, portal, faults))
    lines = LINES
    if rng.random() < partial:
        lines = tuple(line for line in LINES if rng.random() < 0.7) or LINES
    moments = {
        "hourly": lambda: regular_moments(rng, portal, timedelta(hours=1))[:_HOURS],
        "daily": lambda: regular_moments(rng, portal, DAY),
        "weekly": lambda: regular_moments(rng, portal, 7 * DAY),
        "random": lambda: random_moments(rng, portal, rng.randrange(1, days)),
    }[visiting]()
    captures = [capture(portal, at, number, lines) for number, at in enumerate(moments)]
    return History(portal, tuple(_spoilt(rng, portal, captures, faults)))


def _resets(rng: random.Random, portal: Portal, faults: tuple[str, ...]) -> tuple[Reset, ...]:
    start = portal.midnight(portal.first + DAY * YOUTH)
    seconds = int((portal.midnight(portal.end) - start).total_seconds())
    resets = []
    for second in sorted(rng.sample(range(seconds), rng.choice((1, 1, 2)))):
        kind = rng.choice([fault for fault in (RESET, MOVE) if fault in faults])
        totals = (0, 500, 20_000_000, 3_000_000) if kind == MOVE else (0, 0, 5_000_000)
        at = start + timedelta(seconds=second)
        resets.append(Reset(at, rng.choice(totals), restart=kind == RESET))
    return tuple(resets)


def _spoilt(
    rng: random.Random, portal: Portal, captures: list[Capture], faults: tuple[str, ...]
) -> list[Capture]:
    names = [name for name in faults if name in FAULTS]
    if not names:
        return captures
    share = rng.choice(SHARES)
    return [
        FAULTS[rng.choice(names)](portal, item, rng) if rng.random() < share else item
        for item in captures
    ]
