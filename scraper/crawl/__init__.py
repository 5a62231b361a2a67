"""Discover, fetch and keep: everything between a site's address and the archive.

The public face is ``run_scrape``; the modules below it each do one thing (``docs/crawl.md``).
"""

from scraper.crawl.lock import ArchiveBusyError
from scraper.crawl.options import FetchLimits, Politeness, ScrapeOptions
from scraper.crawl.run import RunSummary, run_scrape

__all__ = [
    "ArchiveBusyError",
    "FetchLimits",
    "Politeness",
    "RunSummary",
    "ScrapeOptions",
    "run_scrape",
]
