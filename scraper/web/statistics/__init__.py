"""Pages about visits: a portal's series, portals compared, calendar patterns, readings."""

from scraper.web.statistics.routes import statistics_routes

__all__ = ["statistics_routes"]
