"""Where an answer leads to."""

from __future__ import annotations

from urllib.parse import urljoin

from scraper.crawl.exchange import Exchange

REDIRECTS = {301, 302, 303, 307, 308}


def redirect_target(exchange: Exchange) -> str | None:
    """Return the absolute address that a redirect names, or ``None`` where it is no redirect.

    Servers send UTF-8 in Location, which HTTP reads as Latin-1: it is read back as what it is.
    """
    location = exchange.header("Location")
    if exchange.status not in REDIRECTS or not location:
        return None
    return urljoin(exchange.url, _as_utf8(location.strip()))


def _as_utf8(text: str) -> str:
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text
