"""Put the markup of a platform family around the portal's content (Jinja templates)."""

from __future__ import annotations

import base64
import hashlib
from datetime import date, datetime
from functools import cache
from html.entities import codepoint2name

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from scraper.demo.article import HANOI

_WEEKDAYS = ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật")


@cache
def templates() -> Environment:
    """The environment of all templates: HTML is escaped, an unknown name is an error."""
    environment = Environment(
        loader=PackageLoader("scraper.demo"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(
        entities=with_entities,
        day=lambda moment: f"{moment:%d/%m/%Y}",
        weekday=long_date,
    )
    environment.globals["viewstate"] = viewstate
    return environment


def with_entities(text: str) -> Markup:
    """Escape ``text`` and write the letters of Latin-1 as entities (``&agrave;``).

    The editor of SharePoint does so, and leaves the other Vietnamese letters as they are.
    """
    escaped = str(escape(text))
    return Markup("".join(_entity(letter) for letter in escaped))  # noqa: S704 -- escaped above


def _entity(letter: str) -> str:
    code = ord(letter)
    return f"&{codepoint2name[code]};" if 127 < code < 256 and code in codepoint2name else letter


def long_date(moment: datetime) -> str:
    """The clock in the page's head: ``Thứ tư, ngày 27/03/2024``."""
    day: date = moment.astimezone(HANOI).date()
    return f"{_WEEKDAYS[day.weekday()]}, ngày {day:%d/%m/%Y}"


def viewstate(seed: str, size: int) -> str:
    """The hidden state that ASP.NET sends along: noise of ``size`` bytes, in base64.

    It differs from visit to visit, as on real portals, but only with ``seed``.
    """
    noise = hashlib.shake_256(seed.encode()).digest(size)
    return "/wEP" + base64.b64encode(noise).decode("ascii")
