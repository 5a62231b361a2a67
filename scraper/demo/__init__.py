"""The bundled portal: a small district portal on loopback that the demo and the tests scrape."""

from scraper.demo.counter import VisitCounter
from scraper.demo.portal import DEFAULT_TODAY, DemoPortal, PortalError
from scraper.demo.sites import DEMO_PORTS, demo_sites

__all__ = [
    "DEFAULT_TODAY",
    "DEMO_PORTS",
    "DemoPortal",
    "PortalError",
    "VisitCounter",
    "demo_sites",
]
