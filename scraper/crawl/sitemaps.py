"""Read sitemaps and sitemap indexes, plain or gzip, piece by piece."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from lxml import etree

from scraper.crawl.decode import DecodeError, decode_body

LARGEST = 64 * 1024 * 1024
MOST_ENTRIES = 50_000


class SitemapError(ValueError):
    """The bytes are no sitemap that can be read; what was read before stays read."""


@dataclass(frozen=True, slots=True)
class SitemapEntry:
    """An address of a sitemap; ``is_sitemap`` where an index names a further sitemap."""

    url: str
    is_sitemap: bool


def sitemap_entries(body: bytes) -> Iterator[SitemapEntry]:
    """Yield the entries of a sitemap (sitemaps.org), at most as many as the protocol allows.

    Raises:
        SitemapError: No XML, no sitemap, or a broken or unfolding gzip.
    """
    if body[:2] == b"\x1f\x8b":
        try:
            body = decode_body(body, "gzip", LARGEST)
        except DecodeError as error:
            raise SitemapError(str(error)) from error
    yield from _entries(body)


def _entries(body: bytes) -> Iterator[SitemapEntry]:
    # No entity is resolved and no DTD loaded: a sitemap is somebody else's XML.
    parser = etree.iterparse(
        BytesIO(body), events=("end",), resolve_entities=False, no_network=True, load_dtd=False,
        recover=True, huge_tree=False,
    )  # fmt: skip
    count, known = 0, False
    try:
        for _, element in parser:
            name = etree.QName(element).localname if isinstance(element.tag, str) else ""
            known = known or name in ("urlset", "sitemapindex", "url", "sitemap")
            if name == "loc" and element.text and element.text.strip():
                parent = element.getparent()
                inside = etree.QName(parent).localname if parent is not None else ""
                if inside in ("url", "sitemap"):
                    yield SitemapEntry(element.text.strip(), inside == "sitemap")
                    count += 1
            elif name in ("url", "sitemap"):
                _forget(element)
            if count >= MOST_ENTRIES:
                return
    except etree.XMLSyntaxError as error:
        raise SitemapError(f"it is no XML: {error}") from error
    if not known:
        raise SitemapError("it holds no urlset and no sitemapindex")


def _forget(element: etree._Element) -> None:
    """Free an entry that was read, so that memory does not grow with the sitemap."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
