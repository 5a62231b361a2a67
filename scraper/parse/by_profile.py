"""What a platform's profile says of a page, where it is not a selector of one field."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, replace
from datetime import datetime, tzinfo
from functools import lru_cache

from scraper.parse.addresses import Base
from scraper.parse.counters import read_counters
from scraper.parse.outline import Element, Outline, text_of
from scraper.parse.page import Counters, Link, LinkKind
from scraper.parse.timestamp import Timestamp
from scraper.sites import Profile, Site
from scraper.sites.profile import Layout, Paths, first_found


def declared_type(site: Site | None, content_type: str | None) -> str | None:
    """The content type to decode by: a profile's ``page.encoding`` overrides the server's."""
    encoding = site.profile.encoding if site and site.profile else None
    return f"text/html; charset={encoding}" if encoding else content_type


def layout_of(
    site: Site | None, root: Element, captured_at: datetime | None, zone: tzinfo
) -> Layout | None:
    """The layout of the profile that the page was made in, by its marks and its day."""
    profile = site.profile if site else None
    if profile is None or not profile.layouts:
        return None
    return profile.layout_of(root, captured_at.astimezone(zone).date() if captured_at else None)


def says_not_found(profile: Profile | None, root: Element) -> bool:
    """Whether the page bears a mark that only the platform's "not found" page has."""
    return profile is not None and any(mark(root) for mark in profile.not_found)


def find_counters(
    profile: Profile | None, outline: Outline
) -> tuple[Counters | None, Element | None, str]:
    """The counters, an element of their box, and the rule that found them.

    The box that the profile names is read by itself; it counts unless the page as a whole says
    more (a skin may keep the total elsewhere).
    """
    counters, box = read_counters(outline)
    boxes = profile.counter_boxes if profile else ()
    for named in first_found(boxes, outline.body, outline.mentions):
        alone, _ = read_counters(Outline(named))
        if alone is not None and _said(alone) >= _said(counters):
            return alone, named, "profile:counters"
    return counters, box, "labels"


def _said(counters: Counters | None) -> int:
    return sum(count is not None for count in astuple(counters)) if counters else 0


def formatted_date(profile: Profile | None, element: Element, zone: tzinfo) -> Timestamp | None:
    """The date in an element, printed in one of the profile's own formats."""
    text = text_of(element) or element.get("content") or ""
    for form in profile.date_formats if profile else ():
        found = form.search(text)
        if found:
            match, moment = found
            at = moment.replace(tzinfo=zone) if form.has_time else None
            return Timestamp(match[0], match.start(), match.end(), moment.date(), at)
    return None


def known_links(
    links: tuple[Link, ...], profile: Profile | None, outline: Outline, base: Base
) -> tuple[Link, ...]:
    """The links with the kinds that the profile gives them; others keep theirs.

    A link that the profile's ``listings.next`` selects is the only next one. An article's link is
    known by ``listings.articles`` or by its address, a listing's by its address.
    """
    if profile is None:
        return links
    following = _targets(profile.next_links, outline, base)
    listed = _targets(profile.listed, outline, base)
    if not (following or listed or profile.addresses or profile.listings):
        return links
    return tuple(
        link if kind is link.kind else replace(link, kind=kind)
        for link in links
        for kind in [_kind(link, profile, following, listed)]
    )


def _kind(link: Link, profile: Profile, following: set[str], listed: set[str]) -> LinkKind:
    if link.url in following:
        return LinkKind.NEXT
    if link.url in listed:
        return LinkKind.ARTICLE
    known = _kind_of_address(profile, link.url)
    if link.kind is LinkKind.NEXT and known is not LinkKind.ARTICLE:
        return LinkKind.OTHER if following else LinkKind.NEXT
    return known or link.kind


@lru_cache(maxsize=1 << 14)
def _kind_of_address(profile: Profile, url: str) -> LinkKind | None:
    """What the form of an address says; a site's menus return on each of its pages."""
    if any(pattern.search(url) for pattern in profile.addresses):
        return LinkKind.ARTICLE
    return LinkKind.LISTING if any(each.search(url) for each in profile.listings) else None


def _targets(paths: Paths, outline: Outline, base: Base) -> set[str]:
    """The addresses of the links that a selector finds, or that stand in what it finds."""
    found = first_found(paths, outline.body, outline.mentions)
    anchors: Iterable[Element] = (link for element in found for link in element.iter("a"))
    urls = (base.absolute(link.get("href")) for link in anchors)
    return {url.split("#", 1)[0] for url in urls if url}
