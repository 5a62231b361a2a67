"""The series of visits, as the views for analysts give it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from enum import StrEnum

from sqlite_utils import Database


class Period(StrEnum):
    """What one row of a series sums up. Weeks are those of ISO 8601: they begin on Monday."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"

    @property
    def view(self) -> str:
        """The view that has a row for each such period."""
        return {"day": "visits_daily", "week": "visits_weekly", "month": "visits_monthly"}[self]

    def of(self, day: date) -> str:
        """The name of the period that ``day`` is in: ``2024-03-25``, or ``2024-03`` for a month."""
        if self is Period.MONTH:
            return f"{day:%Y-%m}"
        start = day - timedelta(days=day.weekday()) if self is Period.WEEK else day
        return start.isoformat()


def visits_series(
    db: Database,
    site_ids: Sequence[str],
    period: Period,
    first: date | None,
    last: date | None,
) -> Iterator[dict[str, object]]:
    """Rows of the view of ``period``, site by site; the days ``first`` and ``last`` are included.

    A week or a month is given whole where any day of it is asked for.
    """
    since = period.of(first) if first is not None else ""
    until = period.of(last) if last is not None else "~"
    sql = (
        f"SELECT * FROM {period.view} WHERE site = ? AND {period} BETWEEN ? AND ? ORDER BY {period}"
    )
    for site_id in site_ids:
        yield from db.query(sql, [site_id, since, until])


def visit_findings(
    db: Database, site_id: str, first: date | None, last: date | None
) -> list[tuple[str, str]]:
    """Day and sentence of each finding of a site from ``first`` to ``last``, both included."""
    rows = db.execute(
        "SELECT day, message FROM visit_findings WHERE site = ? AND day BETWEEN ? AND ? "
        "ORDER BY day, id",
        [site_id, (first or date.min).isoformat(), (last or date.max).isoformat()],
    )
    return [(day, message) for day, message in rows]
