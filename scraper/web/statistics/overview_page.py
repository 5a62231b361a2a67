"""``/-/archive/DATABASE/visits``: all portals, what is known of their visits, where to go on."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from datasette import Response

from scraper.web.statistics.common import archive_of, portals, render
from scraper.web.statistics.evidence import local_text

if TYPE_CHECKING:
    from datasette import Request
    from datasette.app import Datasette

_KNOWN = """
select s.id,
    (select max(observed_at) from counters where site = s.id) as read_at,
    (select total from counters where site = s.id order by observed_at desc, id desc limit 1)
        as total,
    (select day from visits where site = s.id and basis = 'exact' order by day desc limit 1)
        as exact_day,
    (select visits from visits where site = s.id and basis = 'exact' order by day desc limit 1)
        as visits,
    (select min(day) from visits where site = s.id) as first_day,
    (select count(*) from visit_findings where site = s.id and kind <> 'week start') as findings,
    (select week_start from visits_state where site = s.id) as week_start
from sites as s
"""


async def overview_view(datasette: Datasette, request: Request) -> Response:
    """Answer with a line for each portal."""
    db = await archive_of(datasette, request)
    facts = {row["id"]: dict(row) for row in (await db.execute(_KNOWN)).rows}
    known = await portals(datasette, db)
    for portal in known:
        read_at = facts[portal.id]["read_at"]
        if read_at is not None:
            facts[portal.id]["read_at"] = local_text(read_at, ZoneInfo(portal.timezone))
    context = {"portals": known, "facts": facts}
    return await render(datasette, request, db, "overview", context)
