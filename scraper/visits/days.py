"""What comes out: visits per day, what they rest on, and sums where only the sum is known."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from scraper.visits.findings import Finding

_ENOUGH = 3


class Basis(StrEnum):
    """How well a day is known: to the visit, between bounds, or not at all."""

    EXACT = "exact"
    INTERVAL = "interval"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A point of the curve that a day's figure rests on.

    ``place`` is the local date whose start it is (``2024-03-24/2024-03-25``: the start of one of
    the two), or the UTC time of a snapshot; ``count`` is the portal's count there, ``says`` the
    lines of the box that give it, ``snapshots`` how many readings say so, and ``captures`` up to
    three of them (``None`` where one has no capture).
    """

    place: str
    count: int
    says: str
    snapshots: int
    captures: tuple[int | None, ...]
    observed_at: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """Days from ``first`` to ``last``, both included, of which only the sum is known."""

    first: date
    last: date
    visits: int


@dataclass(frozen=True, slots=True)
class Day:
    """Visits that the portal counted on one local day.

    ``visits`` is given where the ``basis`` is exact; then ``low`` and ``high`` equal it. For an
    interval the true number is between ``low`` and ``high``, ``high`` being ``None`` where nothing
    limits it; ``gap`` is the sum of the days around it, where that is known. With basis none all
    are ``None``. ``own_requests`` is how many requests we made to the site that day, ``None`` where
    that is unknown. ``findings`` are those about this day.
    """

    day: date
    visits: int | None
    low: int | None
    high: int | None
    basis: Basis
    own_requests: int | None = None
    evidence: tuple[Evidence, ...] = ()
    gap: Gap | None = None
    findings: tuple[Finding, ...] = ()

    def evidence_json(self) -> str:
        """Evidence, gap and findings as JSON, for the column ``visits.evidence``."""
        points = [
            {
                "place": item.place,
                "count": item.count,
                "says": item.says,
                "snapshots": item.snapshots,
                "captures": item.captures,
                "observed_at": item.observed_at,
            }
            for item in self.evidence
        ]
        content: dict[str, object] = {"points": points}
        if self.gap is not None:
            content["gap"] = {
                "first": self.gap.first.isoformat(),
                "last": self.gap.last.isoformat(),
                "visits": self.gap.visits,
            }
        if self.findings:
            content["findings"] = [
                {"kind": str(finding.kind), "message": finding.message, "facts": finding.facts}
                for finding in self.findings
            ]
        return json.dumps(content, ensure_ascii=False)
