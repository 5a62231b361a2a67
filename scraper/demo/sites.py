"""The two faces of the bundled portal as sites that the archive can follow."""

from __future__ import annotations

from scraper.demo.addresses import ADDRESSES, Markup
from scraper.demo.newsdesk import load_house
from scraper.sites import Site

DEMO_PORTS = (8041, 8042)
"""Where ``district-archive demo`` serves them: addresses in the archive stay the same each time."""


def demo_sites(sharepoint_base_url: str, modern_base_url: str) -> tuple[Site, Site]:
    """The sites of the portal in its two markups.

    Args:
        sharepoint_base_url: where the SharePoint kind is served, without a slash at the end.
        modern_base_url: the same of the modern kind.

    Returns:
        ``demo-sharepoint`` and ``demo-modern``, with their listings, feed and sitemap. Both are on
        loopback, so private addresses are allowed and no pause is kept.
    """
    return (
        _site("sharepoint", sharepoint_base_url, "sharepoint-tandan", "kiểu SharePoint"),
        _site("modern", modern_base_url, "thanhhoa-web", "kiểu mới"),
    )


def _site(markup: Markup, base_url: str, platform: str, manner: str) -> Site:
    house, addresses = load_house(), ADDRESSES[markup]
    base_url = base_url.rstrip("/")
    return Site(
        id=f"demo-{markup}",
        name=f"{house.name} ({manner})",
        base_url=base_url + addresses.front,
        platform=platform,
        listings=tuple(base_url + addresses.listing(one) for one in house.categories),
        feeds=(base_url + addresses.feed,),
        sitemaps=(f"{base_url}/sitemap.xml",),
        pause=0.0,
        private_network=True,
    )
