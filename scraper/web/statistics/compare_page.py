"""``/-/archive/DATABASE/visits/compare``: portals side by side, absolutely or each to its mean."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from statistics import fmean
from typing import TYPE_CHECKING

from datasette import Response

from scraper.archive.series import Period
from scraper.web.statistics.common import Portal, archive_of, portals, render
from scraper.web.statistics.series import Bar, known_days, read_bars
from scraper.web.statistics.span import Span, read_span

if TYPE_CHECKING:
    from datasette import Request
    from datasette.app import Datasette
    from datasette.database import Database

# More lines than these cannot be told apart.
MOST = 6
_WITH_VISITS = "select id from sites where exists (select 1 from visits where site = sites.id)"


@dataclass(frozen=True, slots=True)
class Value:
    """One portal's visits in one period, or 100 times their ratio to its mean; bounds likewise."""

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Line:
    """One portal: its values by period; ``mean`` is that of its exact periods, the index's 100."""

    portal: Portal
    mean: float | None
    values: dict[date, Value]


async def compare_view(datasette: Datasette, request: Request) -> Response:
    """Answer with the portals of ``?site=`` (several); ``?scale=indexed`` sets each mean to 100."""
    db = await archive_of(datasette, request)
    known = await portals(datasette, db)
    having = {row[0] for row in (await db.execute(_WITH_VISITS)).rows}
    shown = [portal for portal in known if portal.id in having]
    wanted = request.args.getlist("site")
    chosen = [portal for portal in shown if portal.id in wanted] or shown
    span = read_span(request, Period.MONTH)
    indexed = request.args.get("scale") == "indexed"
    lines = [await _line(db, portal, span, indexed=indexed) for portal in chosen[:MOST]]
    context = {
        "portals": shown,
        "lines": lines,
        "left_out": len(chosen) - len(lines),
        "most": MOST,
        "periods": list(Period),
        "span": span,
        "indexed": indexed,
        "firsts": sorted({first for line in lines for first in line.values}, reverse=True),
    }
    return await render(datasette, request, db, "compare", context)


async def _line(db: Database, portal: Portal, span: Span, *, indexed: bool) -> Line:
    known = await known_days(db, portal.id)
    if known is None:
        return Line(portal, None, {})
    first, last = span.within(known)
    bars = await read_bars(db, portal, span.by, first, last)
    exact = [bar.visits for bar in bars if bar.visits is not None]
    mean = fmean(exact) if exact else None
    if indexed and not mean:
        return Line(portal, mean, {})
    factor = 100 / mean if indexed and mean else 1.0
    return Line(
        portal, mean, {bar.first: _value(bar, factor) for bar in bars if bar.low is not None}
    )


def _value(bar: Bar, factor: float) -> Value:
    found = [
        None if number is None else number * factor for number in (bar.visits, bar.low, bar.high)
    ]
    return Value(*found)
