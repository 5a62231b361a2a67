"""``/-/archive/DATABASE/visits/site/SITE/calendar``: weekdays, Tết and other holidays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from datasette import Response

from scraper.web.statistics.columns_chart import ColumnsChart, columns_chart
from scraper.web.statistics.common import archive_of, portal_of, portals, render
from scraper.web.statistics.holidays import TET, Holiday, holidays_between
from scraper.web.statistics.patterns import TET_DAYS, around, percent_of_level, weekdays
from scraper.web.statistics.span import read_span

if TYPE_CHECKING:
    from datasette import Request
    from datasette.app import Datasette

_EXACT = """
select day, visits from visits
where site = :site and basis = 'exact' and day between :first and :last order by day
"""


@dataclass(frozen=True, slots=True)
class HolidayRow:
    """A holiday in one year: its visits, where they are exact, in percent of the level around."""

    holiday: Holiday
    visits: int
    percent: float | None


async def calendar_view(datasette: Datasette, request: Request) -> Response:
    """Answer with the patterns of the exact days from ``?from=`` to ``?to=``."""
    db = await archive_of(datasette, request)
    known = await portals(datasette, db)
    portal = portal_of(request, known)
    span = read_span(request)
    bounds = {
        "site": portal.id,
        "first": (span.first or date.min).isoformat(),
        "last": (span.last or date.max).isoformat(),
    }
    rows = (await db.execute(_EXACT, bounds)).rows
    days = {date.fromisoformat(row[0]): int(row[1]) for row in rows}
    holidays = holidays_between(min(days), max(days)) if days else []
    of_week = weekdays(days)
    of_tet = around(days, [each.day for each in holidays if each.name == TET], TET_DAYS)
    charts: dict[str, ColumnsChart] = {
        "weekdays": columns_chart(of_week, range(1, 8)),
        "tet": columns_chart(of_tet, TET_DAYS),
    }
    context = {
        "portal": portal,
        "portals": known,
        "page": "calendar",
        "span": span,
        "days": len(days),
        "weekdays": of_week,
        "tet": of_tet,
        "charts": charts,
        "holidays": [
            HolidayRow(each, days[each.day], percent_of_level(days, each.day))
            for each in reversed(holidays)
            if each.day in days
        ],
    }
    return await render(datasette, request, db, "calendar", context)
