"""Errors told to people; a traceback only for what nobody expected."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable, Generator
from typing import TYPE_CHECKING, Any

from datasette import Response
from datasette.utils.asgi import Base400
from datasette.views.base import DatasetteError

from scraper.web.hooks import hook_around
from scraper.web.language import gettext

if TYPE_CHECKING:
    from datasette import Request
    from datasette.app import Datasette

_STOCK = "datasette.handle_exception"


@hook_around
def handle_exception(
    datasette: Datasette, request: Request, exception: Exception
) -> Generator[None, Any, None]:
    """Answer expected errors ourselves.

    Datasette's own handler prints a traceback with all local variables for every page that is not
    found, and it is awaited even when another one answers: so it is taken out of the list.
    """
    outcome = yield
    if isinstance(exception, Base400 | DatasetteError):
        others = [answer for answer in outcome.get_result() if not _is_stock(answer)]
        outcome.force_result([*others, _answer(datasette, request, exception)])


def _is_stock(answer: object) -> bool:
    return getattr(answer, "__module__", None) == _STOCK


def _answer(
    datasette: Datasette, request: Request, exception: Base400 | DatasetteError
) -> Callable[[], Awaitable[Response]]:
    status = int(getattr(exception, "status", 500))
    title, message = _words(exception, status)

    async def answer() -> Response:
        info = {"ok": False, "error": message, "status": status, "title": title}
        if request.path.split("?")[0].endswith(".json"):
            return Response.json({**getattr(exception, "error_dict", {}), **info}, status=status)
        page = await datasette.render_template("error.html", info, request=request)
        return Response.html(page, status=status)

    return answer


def _words(exception: Base400 | DatasetteError, status: int) -> tuple[str, str]:
    """Title and message for a person, in the language of the request."""
    message = str(getattr(exception, "message", None) or (exception.args or [""])[0])
    title = getattr(exception, "title", None)
    if status == 404:
        return gettext("Not found"), message
    if title == "SQL Interrupted":
        return gettext("The query took too long"), gettext(
            "It was stopped after three seconds, so that others can go on reading. Ask for less: "
            "one site, a shorter period, or a limit."
        )
    if title == "Invalid SQL":
        return gettext("SQLite did not understand the query"), message
    if isinstance(exception.__cause__ or exception.__context__, sqlite3.DatabaseError):
        return gettext("The archive could not answer"), message
    return title or gettext("This cannot be shown"), message
