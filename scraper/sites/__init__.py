"""The registry of sites and of the platforms whose markup they share."""

from scraper.sites.site import VIETNAM, Site

__all__ = ["VIETNAM", "Site"]
