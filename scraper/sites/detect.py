"""Recognise the platform of a portal from one of its pages."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from lxml import etree

from scraper.sites.profile import Profile
from scraper.sites.registry import profiles

# What each sign says. An article's address alone proves nothing: families share their forms.
_GENERATOR, _HOST, _DISTINCTIVE, _MARK, _ADDRESS = 4, 4, 3, 2, 1
_MOST_MARKS = 3
_ENOUGH = 2


def detect_platform(url: str, body: bytes, folder: Path | None = None) -> str | None:
    """The id of the platform whose signs the page bears, or ``None``.

    Generators (``meta name=generator``) and hosts count most, then addresses that no other family
    has, then marks. A user's own profiles (``folder``) are looked at, too.

    Raises:
        ProfileError: a profile file is not valid.
    """
    root = _root(body)
    generator = (
        " ".join(root.xpath("//meta[@name='generator']/@content")) if root is not None else ""
    )
    scored = [
        (_score(profile, url, root, generator), profile.id) for profile in profiles(folder).values()
    ]
    best = max(scored, default=(0, ""), key=lambda pair: pair[0])
    return best[1] if best[0] >= _ENOUGH else None


def _root(body: bytes) -> etree._Element | None:
    if not body.strip():
        return None
    try:
        return etree.fromstring(body, etree.HTMLParser(huge_tree=True))
    except etree.XMLSyntaxError:
        return None


def _score(profile: Profile, url: str, root: etree._Element | None, generator: str) -> int:
    host = urlsplit(url).hostname or ""
    score = _GENERATOR * any(pattern.search(generator) for pattern in profile.generators)
    score += _HOST * any(pattern.search(host) for pattern in profile.hosts)
    score += _DISTINCTIVE * any(pattern.search(url) for pattern in profile.distinctive)
    if root is not None:
        score += _MARK * min(_MOST_MARKS, sum(1 for mark in profile.marks if mark(root)))
    return score + _ADDRESS * any(
        pattern.search(url) for pattern in (*profile.addresses, *profile.listings)
    )
