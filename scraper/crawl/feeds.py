"""Read the addresses that a feed (RSS, Atom) lists. The text comes from our own client."""

from __future__ import annotations

from io import BytesIO
from urllib.parse import urljoin

import feedparser


class FeedError(ValueError):
    """The bytes are no feed that can be read."""


def feed_links(body: bytes, url: str, content_type: str | None = None) -> list[str]:
    """Return the absolute addresses of a feed's entries, in its order.

    Raises:
        FeedError: It is no feed (an empty feed is one).
    """
    headers = {"content-location": url}
    if content_type:
        headers["content-type"] = content_type
    # A file-like object is never taken for an address or a path to open.
    feed = feedparser.parse(BytesIO(body), response_headers=headers, sanitize_html=False)
    if not feed.get("version") and not feed.entries:
        raise FeedError(f"{url} is no RSS or Atom feed: {feed.get('bozo_exception', 'no entries')}")
    links = (entry.get("link") for entry in feed.entries)
    return list(dict.fromkeys(urljoin(url, link.strip()) for link in links if link))
