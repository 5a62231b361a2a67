"""Recognise the platform of a portal from one of its pages."""

from __future__ import annotations

from lxml import etree

from scraper.sites.profile import Profile, profiles


def detect_platform(url: str, body: bytes) -> str | None:
    """The id of the platform whose marks the page bears, or ``None``.

    Generators (``meta name=generator``) count most, then marks, then the form of the address.
    """
    root = _root(body)
    generator = (
        " ".join(root.xpath("//meta[@name='generator']/@content")) if root is not None else ""
    )
    scored = [
        (_score(profile, url, root, generator), profile.id) for profile in profiles().values()
    ]
    best = max(scored, default=(0, ""), key=lambda pair: pair[0])
    return best[1] if best[0] > 0 else None


def _root(body: bytes) -> etree._Element | None:
    if not body.strip():
        return None
    try:
        return etree.fromstring(body, etree.HTMLParser(huge_tree=True))
    except etree.XMLSyntaxError:
        return None


def _score(profile: Profile, url: str, root: etree._Element | None, generator: str) -> int:
    score = 4 * any(pattern.search(generator) for pattern in profile.generators)
    if root is not None:
        score += 2 * min(3, sum(1 for mark in profile.marks if mark(root)))
    return score + any(pattern.search(url) for pattern in (*profile.addresses, *profile.listings))
