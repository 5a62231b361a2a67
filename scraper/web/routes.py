"""The addresses that the plugin adds to Datasette."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from scraper.web.article_citation import citation_view
from scraper.web.capture_route import capture_view
from scraper.web.changes_view import changes_view
from scraper.web.file_route import file_view
from scraper.web.hooks import hook
from scraper.web.statistics import statistics_routes

_BASE = r"^/-/archive/(?P<database>[^/]+)"
_ARTICLE = _BASE + r"/article/(?P<article>[0-9]{1,18})"


@hook
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Files and captures, the comparison of versions, citations, pages about visits."""
    return [
        (_BASE + r"/file/(?P<digest>[^/]+)$", file_view),
        (
            _BASE + r"/capture/(?P<capture>[0-9]{1,18})\.(?P<form>bin|txt|warc\.gz)$",
            capture_view,
        ),
        (_ARTICLE + r"/changes$", changes_view),
        (_ARTICLE + r"/citation\.(?P<form>bib|ris)$", citation_view),
        *statistics_routes(_BASE),
    ]
