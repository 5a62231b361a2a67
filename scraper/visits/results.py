"""What is known of a site: its days, what was found out, and what the next increment needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from scraper.visits.calendar import WeekStart
from scraper.visits.days import Day
from scraper.visits.findings import Finding, FindingKind
from scraper.visits.weeks import WeekVotes, total


@dataclass(frozen=True, slots=True)
class VisitsState:
    """What must be kept between increments: the votes on the week by month (``YYYY-MM``)."""

    votes: dict[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def week_start(self) -> WeekStart | None:
        """When the site's weeks begin, as far as all its snapshots tell."""
        return total(WeekVotes(*pair) for pair in self.votes.values()).verdict

    def week_finding(self) -> Finding | None:
        """How the site's first weekday is known, on the first day of the month that told first."""
        if self.week_start is None:
            return None
        monday, sunday = (sum(pair) for pair in zip(*self.votes.values(), strict=True))
        begins_monday = self.week_start is WeekStart.MONDAY
        facts: dict[str, str | int] = {
            "weekday": "Monday" if begins_monday else "Sunday",
            "votes": monday if begins_monday else sunday,
            "against": sunday if begins_monday else monday,
        }
        day = date.fromisoformat(min(self.votes) + "-01")
        return Finding(FindingKind.WEEK_START, day, facts)

    def to_json(self) -> dict[str, list[int]]:
        """The state as plain data for ``json.dumps``."""
        return {month: list(votes) for month, votes in self.votes.items()}

    @classmethod
    def from_json(cls, content: Mapping[str, Iterable[int]]) -> VisitsState:
        """The state from what :meth:`to_json` gave."""
        votes = {}
        for month, pair in content.items():
            monday, sunday = pair
            votes[month] = (monday, sunday)
        return cls(votes)


@dataclass(frozen=True, slots=True)
class SiteVisits:
    """Days and findings from ``first`` to ``last`` (both included), in order.

    They replace whatever was known of those dates; dates without a day have nothing known.
    ``whole`` says that all earlier and later dates are to be forgotten, too.
    """

    first: date
    last: date
    days: list[Day]
    findings: list[Finding]
    state: VisitsState
    whole: bool

    @property
    def week_start(self) -> WeekStart | None:
        """When the site's weeks begin, as far as all its snapshots tell."""
        return self.state.week_start
