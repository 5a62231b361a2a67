"""The addresses of the pages about visits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from scraper.web.statistics.articles_page import articles_view
from scraper.web.statistics.calendar_page import calendar_view
from scraper.web.statistics.compare_page import compare_view
from scraper.web.statistics.overview_page import overview_view
from scraper.web.statistics.readings_page import readings_view
from scraper.web.statistics.site_page import site_view


def statistics_routes(base: str) -> list[tuple[str, Callable[..., Any]]]:
    """Patterns and views; ``base`` is the pattern of an archive's address."""
    site = base + r"/visits/site/(?P<site>[^/]+)"
    return [
        (base + r"/visits$", overview_view),
        (base + r"/visits/compare$", compare_view),
        (site + r"$", site_view),
        (site + r"/calendar$", calendar_view),
        (site + r"/articles$", articles_view),
        (site + r"/readings$", readings_view),
    ]
