"""What goes to a host's worker and what comes back from it."""

from __future__ import annotations

from dataclasses import dataclass, field

from scraper.archive.cookies import Cookie
from scraper.archive.frontier import Task
from scraper.crawl.exchange import Exchange, FetchError
from scraper.crawl.robots import Robots
from scraper.crawl.warc import Earlier, Written
from scraper.reading import Reading


@dataclass(frozen=True, slots=True)
class Job:
    """An address that a worker is to fetch. ``earlier`` is what the archive holds of it."""

    task: Task
    earlier: Earlier | None = None
    max_bytes: int | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """An exchange and where its records lie; both are on disk already."""

    exchange: Exchange
    written: Written


@dataclass(frozen=True, slots=True)
class TlsTest:
    """Whether a host's relaxed TLS is still ``needed``; ``said`` is how it failed without."""

    needed: bool
    said: str | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of a job.

    ``kept`` is the answer; ``error`` why there is none, or why it is not whole. ``put_back`` says
    that the job was not begun (the run stops, or the host rests). ``rest`` is for how many seconds
    the host wants to be left alone. ``robots`` is a verdict that was fetched on the way, and
    ``robots_kept`` the exchanges that gave it. ``cookies`` is all that the host has given, where
    some of it is new. ``beside`` is what the page's scripts asked for. ``tls_test`` is what a try
    without the host's relaxed TLS showed. ``fatal`` ends the run: nothing can be kept any more.
    """

    job: Job
    kept: Kept | None = None
    error: FetchError | None = None
    put_back: bool = False
    rest: float | None = None
    failures: int = 0
    robots: Robots | None = None
    robots_kept: tuple[Kept, ...] = field(default=())
    fatal: OSError | None = None
    reading: Reading | None = None
    cookies: tuple[Cookie, ...] | None = None
    beside: tuple[Kept, ...] = ()
    tls_test: TlsTest | None = None
