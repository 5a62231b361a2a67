"""The body of an article, safe to show, with its photos from the archive in their places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import nh3
from lxml import html
from lxml.html.builder import BR, DIV, P
from markupsafe import Markup

from scraper.web.photos import Photo
from scraper.web.placing import place, place_around

if TYPE_CHECKING:
    from lxml.html import HtmlElement

TAGS = {
    *("a", "b", "blockquote", "br", "caption", "code", "dd", "div", "dl", "dt", "em"),
    *("figcaption", "figure", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "li", "ol", "p"),
    *("pre", "s", "small", "span", "strong", "sub", "sup", "table", "tbody", "td", "tfoot"),
    *("th", "thead", "tr", "u", "ul"),
}
ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt", "loading", "decoding"},
    "figure": {"class"},
    "p": {"class"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
OUR_CLASSES = frozenset({"photo", "missing-photo"})
WEB = ("http://", "https://", "mailto:")


def parse_body(body_html: str | None, body: str | None) -> HtmlElement:
    """The body as a tree: from its HTML, or from its plain text where there is no HTML."""
    if body_html and body_html.strip():
        root: HtmlElement = html.fragment_fromstring(body_html, create_parent="div")
        return root
    return DIV(*[_paragraph(block) for block in (body or "").split("\n\n") if block.strip()])


def linked_addresses(root: HtmlElement) -> list[str]:
    """The web addresses that the body links to."""
    found = (link.get("href", "") for link in root.iter("a"))
    return list(dict.fromkeys(address for address in found if address.startswith(WEB[:2])))


def render_body(
    root: HtmlElement, photos: Sequence[Photo], archived: Mapping[str, str] | None = None
) -> Markup:
    """The body as HTML with every photo in a ``figure``.

    A photo stands where its ``img`` stands in the body, without the caption repeated in the text
    under it. Photos that the body does not place come before it or after it, as their positions
    say. The result is sanitised last of all, so that whatever came in, nothing that runs or loads
    from another host goes out.

    Args:
        root: the tree of ``parse_body``; it is changed.
        photos: the article's photos in order.
        archived: pages of this archive by the addresses they are copies of; links lead there.
    """
    place_around(root, photos, place(root, photos))
    for link in root.iter("a"):
        link.set("href", (archived or {}).get(link.get("href", ""), link.get("href", "")))
    ours = {photo.source for photo in photos if photo.source} | set((archived or {}).values())
    return Markup(_sanitised(root, frozenset(ours)))  # noqa: S704 - sanitised just now


def _paragraph(block: str) -> HtmlElement:
    lines = block.strip().split("\n")
    paragraph = P(lines[0])
    for line in lines[1:]:
        paragraph.append(BR())
        paragraph[-1].tail = line
    return paragraph


def _sanitised(root: HtmlElement, ours: frozenset[str]) -> str:
    def allow(tag: str, attribute: str, value: str) -> str | None:
        if attribute == "src":
            return value if value in ours else None
        if attribute == "href":
            return value if value in ours or value.lower().startswith(WEB) else None
        if attribute == "class":
            return value if value in OUR_CLASSES else None
        return value

    return nh3.clean(
        html.tostring(root, encoding="unicode"),
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=allow,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
    )
