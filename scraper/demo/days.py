"""Simulated days for the demo: the bundled portal is visited in the spring of its articles.

Its box is read every second day for some weeks, with a pause of five days in March, so that there
is a series of visits to look at; then it is scraped once.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from scraper.archive import Archive
from scraper.crawl.clock import from_stamp
from scraper.demo.article import HANOI
from scraper.demo.portal import DEFAULT_TODAY, DemoPortal
from scraper.sites import Site

_FIRST = datetime(2024, 2, 16, 8, 5, tzinfo=HANOI)
_STEP = timedelta(days=2, minutes=17)
# Nobody read the box then: these days are known by their sum alone.
_PAUSE = (datetime(2024, 3, 8, tzinfo=HANOI), datetime(2024, 3, 14, tzinfo=HANOI))


class SimulatedClock:
    """A clock that goes on as the real one does, but from a simulated moment."""

    def __init__(self, moment: datetime) -> None:
        self._moment = moment.astimezone(UTC)
        self._started = time.monotonic()

    def __call__(self) -> datetime:
        """Return the simulated moment (UTC)."""
        return self._moment + timedelta(seconds=time.monotonic() - self._started)


def reading_days() -> Iterator[datetime]:
    """The simulated moments at which the portals' boxes are read before the first scrape."""
    moment = _FIRST
    while moment < DEFAULT_TODAY:
        if not _PAUSE[0] <= moment < _PAUSE[1]:
            yield moment
        moment += _STEP


def last_visit(archive: Archive, sites: Sequence[Site]) -> datetime | None:
    """When an archive last kept an answer of these sites; ``None`` if it never did."""
    marks = ", ".join("?" for _ in sites)
    (at,) = archive.db.execute(
        f"SELECT max(fetched_at) FROM captures WHERE site IN ({marks})",
        [site.id for site in sites],
    ).fetchone()
    return from_stamp(at) if at is not None else None


def remind(archive: Archive, site: Site, portal: DemoPortal) -> None:
    """Tell a portal that was just started what visits it had in earlier demos.

    A real portal's counter does not forget us between two runs; without this the archive would
    find that it was reset.
    """
    rows = archive.db.execute(
        "SELECT fetched_at, url FROM captures WHERE site = ? AND source = 'live'", [site.id]
    )
    portal.remember((from_stamp(at), urlsplit(url).path) for at, url in rows)
