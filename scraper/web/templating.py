"""Filters and functions of our templates."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

from datasette.utils import tilde_encode

from scraper.web.columns import column_label, in_order, lookup_label
from scraper.web.highlight import highlight, snippet
from scraper.web.hooks import hook
from scraper.web.language import DEFAULT, gettext, ngettext, own_half
from scraper.web.links import file_path, safe_link
from scraper.web.moments import (
    day_text,
    moment_text,
    month_text,
    number_text,
    weekday_day_text,
)
from scraper.web.outcomes import outcome_text
from scraper.web.statistics.common import statistics_path

if TYPE_CHECKING:
    from datasette.app import Datasette
    from jinja2 import Environment

PLUGIN = "district-archive"


@hook
def prepare_jinja2_environment(env: Environment, datasette: Datasette) -> None:
    """Give Jinja our filters, and messages by its own i18n extension."""
    env.add_extension("jinja2.ext.i18n")
    env.install_gettext_callables(  # type: ignore[attr-defined]  # the extension adds it
        gettext, ngettext, newstyle=True
    )
    env.filters.update(
        column_label=column_label,
        day=day_text,
        message=gettext,
        moment=moment_text,
        month=month_text,
        number=number_text,
        highlight=highlight,
        in_order=in_order,
        is_number=_is_number,
        lookup_label=lookup_label,
        snippet=snippet,
        outcome_text=outcome_text,
        own_half=own_half,
        row_path=tilde_encode,
        safe_link=safe_link,
        weekday_day=weekday_day_text,
    )

    def asset(name: str) -> str:
        return f"{datasette.urls.static_plugins(PLUGIN, name)}?{_fingerprint(name)}"

    def kept_file(database: str, digest: str) -> str:
        return file_path(datasette, database, digest)

    def visits_path(database: str, site: str | None = None) -> str:
        return statistics_path(datasette, database, f"site/{tilde_encode(site)}" if site else "")

    env.globals.update(asset=asset, kept_file=kept_file, lang=DEFAULT, visits_path=visits_path)


def _is_number(text: str) -> bool:
    return text.removeprefix("-").replace(".", "", 1).isdecimal()


@cache
def _fingerprint(name: str) -> str:
    """A short hash of a static file: a browser that keeps the old one asks for the new one."""
    return sha256((files("scraper.web") / "static" / name).read_bytes()).hexdigest()[:12]
