"""``parse_page``: from a page's bytes to all that can be read out of it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo

from lxml import etree

from scraper.parse.addresses import Base
from scraper.parse.article import read_article
from scraper.parse.boilerplate import Sample, sample_of
from scraper.parse.by_profile import (
    declared_type,
    find_counters,
    known_links,
    layout_of,
)
from scraper.parse.by_profile import says_not_found as profile_says_not_found
from scraper.parse.decode import decode_page
from scraper.parse.kind import says_not_found
from scraper.parse.legacy import convert
from scraper.parse.links import read_links
from scraper.parse.listed import date_links
from scraper.parse.metadata import Metadata, read_metadata
from scraper.parse.noise import NoiseMap
from scraper.parse.outline import Element, Outline, text_of
from scraper.parse.page import Listed, Page, PageKind, ParseError
from scraper.parse.reading import Reading
from scraper.parse.region import Weights
from scraper.parse.tags import PLAYERS, SILENT
from scraper.parse.text import clean
from scraper.sites import VIETNAM, Site

# Letters that hardly a Vietnamese sentence does without, composed (ơ, ư, đ, ạ to ỹ) or not.
_LETTER = re.compile(rb"\xc6[\xa1\xb0]|\xc4\x91|\xe1[\xba\xbb]|\xcc[\x80-\x83\x89\xa3]")
_SOME_TEXT = 120
# libxml2 stops at this depth even for huge trees; what lies deeper is not read.
_DEEPEST = 2047
# More text in a player is that of a page whose player was never closed.
_FALLBACK = 200


def parse_page(
    body: bytes,
    url: str,
    *,
    site: Site | None = None,
    content_type: str | None = None,
    captured_at: datetime | None = None,
    listed: Listed | None = None,
) -> Page:
    """Read one page; pure: no I/O, no clock.

    Args:
        body: the payload as served, content encoding undone.
        url: the address it was fetched from; links are resolved against it.
        site: the portal, whose profile's selectors are tried first and whose time zone counts.
        content_type: the HTTP header, for the declared encoding.
        captured_at: when it was fetched (aware); dates more than two days later are refused, and
            relative dates ("8 giờ trước") are reckoned from it.
        listed: what the listing where the address was found says of it: a headline that agrees
            with its title weighs more; its title and date count where the page has none.

    Raises:
        ParseError: the bytes are binary data, or hold no element at all.
    """
    text, encoding = decode_page(body, declared_type(site, content_type))
    root = _parse(text)
    if root is None:
        return Page(url, PageKind.OTHER, warnings=("The page is empty.",), encoding=encoding)
    metadata = read_metadata(root)
    outline = _outline(root, text)
    if metadata.language is None and not _may_be_vietnamese(text, url, outline):
        metadata = replace(metadata, language="und")
    base = Base(
        url, next((node.get("href") for node in root.iter("base") if node.get("href")), None)
    )
    zone = _zone(site, metadata, url)
    layout = layout_of(site, root, captured_at, zone)
    profile = layout.profile if layout else site.profile if site else None
    reading = Reading(
        url, base, outline, metadata, NoiseMap(outline), zone, captured_at, site, profile, listed
    )
    if layout is not None:
        reading.found("layout", layout.name)
    if len(outline.elements) > 1000 and _too_deep(outline):
        reading.warn(
            "The page is nested deeper than 2,000 elements; what lies deeper was not read."
        )
    return _page(reading, encoding, root)


def _page(reading: Reading, encoding: str, root: Element) -> Page:
    outline, profile = reading.outline, reading.profile
    counters, box, rule = find_counters(profile, outline)
    if counters is not None:
        reading.found("counters", rule, box)
    shared = reading.site.boilerplate if reading.site else frozenset()
    weights = Weights(outline, reading.noise, shared)
    reading.links = read_links(outline, reading.base)
    links = known_links(reading.links, profile, outline, reading.base)
    if profile_says_not_found(profile, root) or says_not_found(
        outline, reading.metadata, weights.printed
    ):
        kind, article = PageKind.NOT_FOUND, None
    else:
        kind, article = read_article(reading, weights)
        if kind in (PageKind.LISTING, PageKind.OTHER):
            links = date_links(links, reading.lines, outline, reading.base, reading.captured_at)
    return Page(
        url=reading.url,
        kind=kind,
        article=article,
        counters=counters,
        links=links,
        warnings=tuple(reading.warnings),
        canonical_url=reading.base.absolute(reading.metadata.canonical),
        encoding=encoding,
        provenance=reading.provenance,
    )


def _parse(text: bytes) -> Element | None:
    if not text.strip():
        return None
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        root = etree.fromstring(text, parser)
    except etree.XMLSyntaxError as error:
        if "empty" in str(error).lower():
            return None
        raise ParseError(f"this is no page that can be read: {error}") from error
    return root


def _outline(root: Element, source: bytes) -> Outline:
    etree.strip_elements(root, *SILENT, with_tail=False)
    for player in list(root.iter(*PLAYERS)):
        if len(text_of(player)) <= _FALLBACK:
            player.text = None
            del player[:]
    body = root.find("body")
    return Outline(root if body is None else body, source)


def _too_deep(outline: Outline) -> bool:
    last = max(
        outline.elements[-1:], key=lambda node: sum(1 for _ in node.iterancestors()), default=None
    )
    return last is not None and sum(1 for _ in last.iterancestors()) >= _DEEPEST - 5


def _may_be_vietnamese(text: bytes, url: str, outline: Outline) -> bool:
    """Whether a page that names no language has a Vietnamese letter, or is in an old code.

    A text of some length without any is in another language, which nothing says (``und``).
    """
    if ".vn/" in url + "/" or _LETTER.search(text) is not None:
        return True
    longest = max(outline.texts, key=len, default="")
    return len(longest) < _SOME_TEXT or convert(clean(longest))[1] is not None


def _zone(site: Site | None, metadata: Metadata, url: str) -> tzinfo:
    """The site's zone; without a site Vietnam's, unless the page is in another language."""
    if site is not None:
        return ZoneInfo(site.timezone)
    language = (metadata.language or "vi").lower()
    if language.startswith("vi") or ".vn/" in url + "/":
        return ZoneInfo(VIETNAM)
    return UTC


def sample_page(body: bytes, *, content_type: str | None = None) -> Sample | None:
    """The sample of a page for learning what a site's pages share; ``None`` for an empty page.

    Raises:
        ParseError: the bytes are no page.
    """
    text, _ = decode_page(body, content_type)
    root = _parse(text)
    if root is None:
        return None
    return sample_of(_outline(root, text))
