"""``/-/archive/DATABASE/visits/site/SITE``: a portal's visits as a chart and a table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from datasette import Response

from scraper.archive.series import Period
from scraper.web.statistics.common import archive_of, portal_of, portals, render
from scraper.web.statistics.series import Bar, known_days, read_bars
from scraper.web.statistics.span import Span, read_span

if TYPE_CHECKING:
    from datasette import Request
    from datasette.app import Datasette

_RANGES = {"30 days": 30, "Half a year": 182, "A year": 365, "Everything": None}


@dataclass(frozen=True, slots=True)
class Summary:
    """A series in a few numbers: days by how well they are known, and the busiest exact period."""

    first: date
    last: date
    exact_days: int
    interval_days: int
    unknown_days: int
    busiest: Bar | None
    resets: list[Bar]


async def site_view(datasette: Datasette, request: Request) -> Response:
    """Answer with the series of ``?from=`` to ``?to=`` by ``?by=``; ``?own=1`` takes ours off."""
    db = await archive_of(datasette, request)
    known = await portals(datasette, db)
    portal = portal_of(request, known)
    span = read_span(request)
    known_span = await known_days(db, portal.id)
    bars: list[Bar] = []
    summary = None
    if known_span is not None:
        first, last = span.within(known_span)
        bars = await read_bars(db, portal, span.by, first, last, less_own=span.own)
        summary = summarise(bars)
    context = {
        "portal": portal,
        "portals": known,
        "page": "",
        "span": span,
        "periods": list(Period),
        "ranges": ranges(span, known_span),
        "bars": bars,
        "summary": summary,
        "csv": _csv(datasette, db.name, portal.id, span, summary),
    }
    return await render(datasette, request, db, "site", context)


def ranges(span: Span, known: tuple[date, date] | None) -> list[tuple[str, str, bool]]:
    """Stretches to choose with one click: a message, the query string, whether it is shown now.

    They end with the last day that is known; those that would show everything are left out.
    """
    if known is None:
        return []
    shown = span.within(known)
    found = []
    for name, days in _RANGES.items():
        first = known[0] if days is None else known[1] - timedelta(days=days - 1)
        if days is not None and first <= known[0]:
            continue
        query = span.query(**{"from": first.isoformat(), "to": known[1].isoformat()})
        found.append((name, query, shown == (first, known[1])))
    return found


def summarise(bars: list[Bar]) -> Summary | None:
    """The bars in a few numbers; ``None`` where there are none."""
    if not bars:
        return None
    exact = [bar for bar in bars if bar.visits is not None]
    days = (bars[-1].last - bars[0].first).days + 1
    exact_days = sum(bar.exact_days for bar in bars)
    interval_days = sum(bar.interval_days for bar in bars)
    return Summary(
        bars[0].first,
        bars[-1].last,
        exact_days,
        interval_days,
        days - exact_days - interval_days,
        max(exact, key=lambda bar: bar.visits or 0, default=None),
        [bar for bar in bars if bar.reset],
    )


def _csv(
    datasette: Datasette, database: str, site: str, span: Span, summary: Summary | None
) -> str:
    """Datasette's own CSV of the same rows."""
    query = {"site__exact": site, "_stream": "on", "_size": "max", "_sort": str(span.by)}
    if summary is not None:
        query[f"{span.by}__gte"] = span.by.of(summary.first)
        query[f"{span.by}__lte"] = span.by.of(summary.last)
    table = datasette.urls.table(database, span.by.view, format="csv")
    return f"{table}?{urlencode(query)}"
