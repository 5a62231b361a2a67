"""Which stretch of time a page shows, and in what steps: read from its address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from datasette.utils.asgi import BadRequest

from scraper.archive.series import Period
from scraper.web.language import gettext

if TYPE_CHECKING:
    from datasette import Request

# Days beyond these hold no portal's visits, and reckoning with the first of all days fails.
_EARLIEST, _LATEST = date(1990, 1, 1), date(2199, 12, 31)
# What is shown where the address names no first day, back from the last day that is known.
_DEFAULT_DAYS = {Period.DAY: 182, Period.WEEK: 2 * 364, Period.MONTH: None}


@dataclass(frozen=True, slots=True)
class Span:
    """Local days from ``first`` to ``last`` (both included), in steps of ``by``.

    ``None`` is an end that the reader did not choose. ``own`` says that our own requests are to
    be taken off, as far as they can have been counted.
    """

    by: Period
    first: date | None
    last: date | None
    own: bool

    def within(self, known: tuple[date, date]) -> tuple[date, date]:
        """The days to show, where those from ``known[0]`` to ``known[1]`` are known at all."""
        last = self.last or known[1]
        days = _DEFAULT_DAYS[self.by]
        first = self.first or (known[0] if days is None else last - timedelta(days=days - 1))
        return max(first, known[0]) if self.first is None else first, last

    def query(self, **changes: str) -> str:
        """The query string of the same page with some parameters changed."""
        mine = {
            "by": str(self.by),
            "from": self.first.isoformat() if self.first else "",
            "to": self.last.isoformat() if self.last else "",
            "own": "1" if self.own else "",
        }
        return "?" + urlencode({name: value for name, value in (mine | changes).items() if value})


def read_span(request: Request, by: Period = Period.DAY) -> Span:
    """The span that the address asks for (``by``, ``from``, ``to``, ``own``).

    Raises:
        BadRequest: a day is no date such as 2024-03-27, or the step is unknown.
    """
    try:
        step = Period(request.args.get("by") or by)
        first, last = (_day(request.args.get(name)) for name in ("from", "to"))
    except ValueError as error:
        raise BadRequest(
            gettext("Days are written like 2024-03-27, steps are day, week or month.")
        ) from error
    return Span(step, first, last, bool(request.args.get("own")))


def _day(text: str | None) -> date | None:
    return min(max(date.fromisoformat(text), _EARLIEST), _LATEST) if text else None
