"""The bundled portal as one object: a real HTTP server on loopback with a clock of its own."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from datetime import datetime
from email.message import Message
from types import TracebackType
from typing import NamedTuple, Self
from urllib.parse import parse_qsl, urlsplit

from scraper.demo.addresses import ADDRESSES, Markup
from scraper.demo.article import HANOI
from scraper.demo.counter import VisitCounter
from scraper.demo.edition import edition_at
from scraper.demo.newsdesk import load_articles, load_house
from scraper.demo.pages import Pages, Visit
from scraper.demo.responses import Response, http_date
from scraper.demo.routes import Routes
from scraper.demo.server import PortalServer
from scraper.parse.page import Counters

DEFAULT_TODAY = datetime(2024, 3, 28, 9, 0, tzinfo=HANOI)
"""The simulated moment where none is given: the morning after the seed article."""


class PortalError(RuntimeError):
    """The bundled portal cannot do what was asked; the message says why and what to do."""


class Request(NamedTuple):
    """A request that the portal answered: ``path`` with its query, ``headers`` as received."""

    method: str
    path: str
    headers: dict[str, str]


class DemoPortal:
    """A district portal on loopback, served from a thread until it is closed.

    The clock is simulated and stands still at ``today``: the same requests get the same answers
    on any real day. ``set_today`` moves it on: articles appear, are edited, are taken off, and the
    box of visits grows and begins new days at midnight in Hanoi.

    Args:
        markup: ``sharepoint`` or ``modern``, the platform family that it plays.
        today: the simulated moment, aware; ``DEFAULT_TODAY`` where it is left out.
        host: the address to listen on.
        port: the port; 0 takes a free one.

    Raises:
        PortalError: the markup is not known, the port cannot be had, or ``today`` has no zone.
    """

    def __init__(
        self,
        markup: Markup = "sharepoint",
        today: datetime | None = None,
        host: str = "127.0.0.1",
        port: int = 0,
    ) -> None:
        if markup not in ADDRESSES:
            raise PortalError(f"no markup {markup!r}; the portal has {', '.join(ADDRESSES)}")
        self.markup: Markup = markup
        self.requests: list[Request] = []
        self._moment = _local(DEFAULT_TODAY if today is None else today)
        self._lock = threading.Lock()
        self._counter = VisitCounter()
        self._server = self._listen(host, port)
        self.base_url = f"http://{host}:{self._server.server_port}"
        self._pages = Pages(markup, self.base_url, load_house(), ADDRESSES[markup])
        self._routes = self._open_edition()
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.05,), name="demo-portal", daemon=True
        )
        self._thread.start()

    @property
    def today(self) -> datetime:
        """The simulated moment (Hanoi)."""
        return self._moment

    @property
    def counters(self) -> Counters:
        """What the box would say now, without counting a visit."""
        with self._lock:
            return self._counter.read(self._moment)

    def set_today(self, moment: datetime) -> None:
        """Move the simulated clock on to ``moment`` (aware).

        Raises:
            PortalError: ``moment`` has no zone, or lies before the portal's clock: the box of
                visits cannot be turned back.
        """
        moment = _local(moment)
        with self._lock:
            if moment < self._moment:
                raise PortalError(
                    f"the portal's clock stands at {self._moment:%Y-%m-%d %H:%M} and does not go "
                    f"back to {moment:%Y-%m-%d %H:%M}; start another portal for an earlier day"
                )
            self._moment = moment
            self._routes = self._open_edition()

    def remember(self, visits: Iterable[tuple[datetime, str]]) -> None:
        """Count visits of earlier days: each a moment (aware) and the path that was asked for."""
        with self._lock:
            for moment, path in visits:
                route = self._routes.find(path)
                if route.counted:
                    self._counter.count(_local(moment), route.slug)

    def article_url(self, slug: str) -> str:
        """The address of an article that is, was or will be on the portal.

        Raises:
            KeyError: there is no article of that slug.
        """
        article = {one.slug: one for one in load_articles()}[slug]
        return self.base_url + ADDRESSES[self.markup].article(article)

    def close(self) -> None:
        """Stop serving and end all connections; a second call does nothing."""
        self._server.shutdown()
        self._server.cut_connections()
        self._server.server_close()
        self._thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _listen(self, host: str, port: int) -> PortalServer:
        try:
            return PortalServer((host, port), self._answer, lambda: http_date(self._moment))
        except (OSError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or error
            raise PortalError(
                f"the bundled portal cannot listen on {host}:{port} ({reason}); "
                "end the program that uses the port"
            ) from error

    def _open_edition(self) -> Routes:
        return Routes(edition_at(self._moment), self._pages, self._counter, self._visit)

    def _visit(self) -> Visit:
        counters = self._counter.read(self._moment)
        online = self._counter.online(self._moment)
        return Visit(self._moment, counters, online, str(counters.total))

    def _answer(self, method: str, target: str, headers: Message) -> Response:
        """Answer one request; the lock gives visits one order, hence the box one history."""
        parts = urlsplit(target)
        with self._lock:
            self.requests.append(Request(method, target, dict(headers.items())))
            route = self._routes.find(parts.path)
            if route.counted and method == "GET":
                self._counter.count(self._moment, route.slug)
            return route.answer(dict(parse_qsl(parts.query)))


def _local(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise PortalError(
            f"the simulated moment {moment.isoformat()} has no time zone; "
            "give an aware datetime, Asia/Ho_Chi_Minh for example"
        )
    return moment.astimezone(HANOI)
