"""The language a page is shown in, and its messages.

The English text is the key, as with gettext; ``vi.toml`` holds the Vietnamese. The language of the
request being answered is in a context variable, because Datasette's ``render_cell`` hook and Jinja
filters are not given the request.
"""

from __future__ import annotations

import tomllib
from contextvars import ContextVar
from functools import cache
from importlib.resources import files

LANGUAGES = ("en", "vi")
DEFAULT = "en"
COOKIE = "language"
PARAMETER = "lang"

# What stands between the English and the Vietnamese half of a text in datasette_metadata.json.
HALVES = " · "

current_language: ContextVar[str] = ContextVar("current_language", default=DEFAULT)


def negotiate(parameter: str | None, cookie: str | None, accept: str | None) -> str:
    """The language for a request: what it asks for, what was chosen before, what the browser says.

    Args:
        parameter: the value of ``?lang=``, if any.
        cookie: the value of the language cookie, if any.
        accept: the ``Accept-Language`` header (RFC 9110, 12.5.4), if any.

    Returns:
        One of ``LANGUAGES``; English where nothing fits.
    """
    for choice in (parameter, cookie):
        if choice in LANGUAGES:
            return choice
    ranked = sorted(_accepted(accept or ""), key=lambda item: -item[1])
    return next((tag for tag, weight in ranked if weight > 0 and tag in LANGUAGES), DEFAULT)


def _accepted(header: str) -> list[tuple[str, float]]:
    """Primary language tags of an ``Accept-Language`` header with their weights."""
    found = []
    for item in header.split(","):
        tag, _, parameters = item.strip().partition(";")
        name, _, value = parameters.strip().partition("=")
        weight = 1.0
        if name.strip() == "q":
            try:
                weight = float(value)
            except ValueError:
                weight = 0.0
        found.append((tag.split("-")[0].lower(), weight))
    return found


@cache
def vietnamese() -> dict[str, str]:
    """The Vietnamese messages by their English text."""
    text = (files("scraper.web") / "vi.toml").read_text(encoding="utf-8")
    return dict(tomllib.loads(text)["messages"])


@cache
def vietnamese_findings() -> dict[str, str]:
    """The Vietnamese sentences about counters by the kind of finding; facts stand in braces."""
    text = (files("scraper.web") / "vi.toml").read_text(encoding="utf-8")
    return dict(tomllib.loads(text)["findings"])


def gettext(message: str) -> str:
    """The message in the language of the current request; the English one where none is known."""
    if current_language.get() == "vi":
        return vietnamese().get(message, message)
    return message


def ngettext(singular: str, plural: str, number: int) -> str:
    """As ``gettext``, with the plural that English needs; Vietnamese has one form."""
    if current_language.get() == "vi":
        return vietnamese().get(plural, plural)
    return singular if number == 1 else plural


def own_half(text: str | None) -> str:
    """The half of a bilingual metadata text (``English · Tiếng Việt``) that the reader wants."""
    english, _, other = (text or "").partition(HALVES)
    return other if other and current_language.get() == "vi" else english
