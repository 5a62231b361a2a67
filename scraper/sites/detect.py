"""Recognise the platform of a portal from one of its pages."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from lxml import etree

from scraper.sites.profile import Profile
from scraper.sites.registry import profiles

# What each sign says. An article's address alone proves nothing: families share their forms.
_GENERATOR, _HOST, _DISTINCTIVE, _MARK, _ADDRESS = 4, 4, 3, 2, 1
_MOST_MARKS = 3
_ENOUGH = 2
# So many links of a distinctive form say what the page's own address would say.
_LINKS, _MOST_LINKS = 3, 500


def detect_platform(url: str, body: bytes, folder: Path | None = None) -> str | None:
    """The id of the platform whose signs the page bears, or ``None``.

    Generators (``meta name=generator``) and hosts count most, then addresses that no other family
    has (the page's own, or three of its links), then marks. A user's own profiles (``folder``)
    are looked at, too.

    Raises:
        ProfileError: a profile file is not valid.
    """
    root = _root(body)
    generator = (
        " ".join(root.xpath("//meta[@name='generator']/@content")) if root is not None else ""
    )
    links = _links(root, url)
    scored = [
        (_score(profile, url, root, generator, links), profile.id)
        for profile in profiles(folder).values()
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


def _links(root: etree._Element | None, url: str) -> list[str]:
    """The page's links to its own host, each once."""
    if root is None:
        return []
    found = dict.fromkeys(
        urljoin(url, href.strip())
        for href in root.xpath("//a/@href")[: 4 * _MOST_LINKS]
        if _may_be_joined(href)
    )
    host = urlsplit(url).netloc
    return [link for link in found if urlsplit(link).netloc == host][:_MOST_LINKS]


def _may_be_joined(href: str) -> bool:
    """Whether an address can be taken apart: ``http://[x`` cannot."""
    try:
        urlsplit(href)
    except ValueError:
        return False
    return not href.startswith(("javascript:", "mailto:", "#"))


def _is_distinctive(profile: Profile, url: str, links: list[str]) -> bool:
    if any(pattern.search(url) for pattern in profile.distinctive):
        return True
    hits = (link for link in links if any(each.search(link) for each in profile.distinctive))
    return sum(1 for _ in islice(hits, _LINKS)) == _LINKS


def _score(
    profile: Profile, url: str, root: etree._Element | None, generator: str, links: list[str]
) -> int:
    host = urlsplit(url).hostname or ""
    score = _GENERATOR * any(pattern.search(generator) for pattern in profile.generators)
    score += _HOST * any(pattern.search(host) for pattern in profile.hosts)
    score += _DISTINCTIVE * _is_distinctive(profile, url, links)
    if root is not None:
        score += _MARK * min(_MOST_MARKS, sum(1 for mark in profile.marks if mark(root)))
    return score + _ADDRESS * any(
        pattern.search(url) for pattern in (*profile.addresses, *profile.listings)
    )
