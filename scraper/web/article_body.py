"""The body of an article, safe to show, with its photos from the archive in their places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import nh3
from lxml import html
from lxml.html.builder import BR, DIV, P
from markupsafe import Markup

from scraper.web.figures import figure
from scraper.web.photos import Photo

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
    placed = _place(root, photos)
    # Without a single place known, the first photo opens the article and the others follow it.
    first = min(placed, default=2)
    loose = [photo for photo in photos if photo.position not in placed]
    for photo in reversed([photo for photo in loose if photo.position < first]):
        before = figure(photo)
        before.tail, root.text = root.text, None
        root.insert(0, before)
    root.extend(figure(photo) for photo in loose if photo.position > first)
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


def _place(root: HtmlElement, photos: Sequence[Photo]) -> set[int]:
    """Put a figure in the place of each ``img``; gives the positions of the photos placed."""
    waiting: dict[str, list[Photo]] = {}
    for photo in reversed(photos):
        waiting.setdefault(photo.url, []).append(photo)
    placed = set()
    for image in list(root.iter("img")):
        queue = waiting.get(image.get("src", ""))
        if queue:
            photo = queue.pop()
            _replace(root, image, photo)
            placed.add(photo.position)
        else:
            image.drop_tree()
    return placed


def _replace(root: HtmlElement, image: HtmlElement, photo: Photo) -> None:
    """Swap the image, with its wrapping that holds nothing else but its caption, for a figure."""
    shown = figure(photo)
    alone = image
    while (parent := alone.getparent()) is not root and parent is not None:
        if len(list(parent.iter("img"))) > 1 or _text(parent) not in ("", _flat(photo.caption)):
            break
        alone = parent
    if alone.getparent() is root:
        shown.tail = alone.tail
        root.replace(alone, shown)
    else:  # within a running paragraph: a figure may not stand there, so it comes after
        block = next(a for a in [alone, *alone.iterancestors()] if a.getparent() is root)
        alone.drop_tree()
        shown.tail, block.tail = block.tail, None
        block.addnext(shown)
    _drop_repeated_caption(shown, photo)


def _drop_repeated_caption(shown: HtmlElement, photo: Photo) -> None:
    after = shown.getnext()
    if not photo.caption or after is None or after.find(".//img") is not None:
        return
    if _text(after) == _flat(photo.caption):
        after.drop_tree()


def _text(element: HtmlElement) -> str:
    return _flat(element.text_content())


def _flat(text: str | None) -> str:
    return " ".join((text or "").split())


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
