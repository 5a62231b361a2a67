"""``/-/archive/DATABASE/visits/site/SITE/readings``: a portal's box as it was read, each time."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from datasette import Response

from scraper.archive.times import midnight
from scraper.web.statistics.common import archive_of, portal_of, portals, render
from scraper.web.statistics.evidence import local_text
from scraper.web.statistics.span import Span, read_span

if TYPE_CHECKING:
    from datasette import Request
    from datasette.app import Datasette

MOST = 1000
_READINGS = """
select observed_at, today, yesterday, this_week, this_month, total, online, capture,
    total < lag(total) over (order by observed_at, coalesce(total, -1), id) as fell
from counters where site = :site and observed_at >= :first and observed_at < :end
order by observed_at desc, coalesce(total, -1) desc, id desc limit :most
"""


async def readings_view(datasette: Datasette, request: Request) -> Response:
    """Answer with the readings of ``?from=`` to ``?to=``, the latest ones first."""
    db = await archive_of(datasette, request)
    known = await portals(datasette, db)
    portal = portal_of(request, known)
    span = read_span(request)
    first, end = _times(span, portal.timezone)
    bounds = {"site": portal.id, "first": first, "end": end, "most": MOST + 1}
    rows = [dict(row) for row in (await db.execute(_READINGS, bounds)).rows]
    zone = ZoneInfo(portal.timezone)
    for row in rows:
        row["local"] = local_text(row["observed_at"], zone)
    context: dict[str, Any] = {
        "portal": portal,
        "portals": known,
        "page": "readings",
        "span": span,
        "rows": rows[:MOST],
        "more": len(rows) > MOST,
        "most": MOST,
    }
    return await render(datasette, request, db, "readings", context)


def _times(span: Span, timezone: str) -> tuple[str, str]:
    """The UTC times at which the span begins and ends at the portal."""
    first = midnight(span.first, timezone) if span.first else ""
    return first, midnight(span.last + timedelta(days=1), timezone) if span.last else "~"
