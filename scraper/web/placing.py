"""Putting an article's photos where its body has them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from scraper.web.figures import figure
from scraper.web.photos import Photo

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Elements that may hold a figure; within others (a paragraph, a heading) it comes after them.
_HOLDERS = frozenset({"div", "td", "th", "li", "blockquote", "dd", "figure"})


def place(root: HtmlElement, photos: Sequence[Photo]) -> set[int]:
    """Put a figure in the place of every ``img`` that is one of the photos; drop the others.

    A photo's own wrapping goes with it: what holds nothing but the image and its caption.

    Args:
        root: the body; it is changed.
        photos: the photos, of which one address may be several.

    Returns:
        The positions of the photos that were placed.
    """
    waiting: dict[str, list[Photo]] = {}
    for photo in reversed(photos):
        waiting.setdefault(photo.url, []).append(photo)
    placed = set()
    last: dict[HtmlElement, HtmlElement] = {}
    for image in list(root.iter("img")):
        queue = waiting.get(image.get("src", ""))
        if queue:
            photo = queue.pop()
            _replace(root, image, photo, last)
            placed.add(photo.position)
        else:
            image.drop_tree()
    return placed


def place_around(root: HtmlElement, photos: Sequence[Photo], placed: set[int]) -> None:
    """Put the photos that the body does not show before it or after it, as their positions say.

    Where no place is known at all, the first photo opens the article and the others follow it.
    """
    first = min(placed, default=2)
    loose = [photo for photo in photos if photo.position not in placed]
    for photo in reversed([photo for photo in loose if photo.position < first]):
        before = figure(photo)
        before.tail, root.text = root.text, None
        root.insert(0, before)
    root.extend(figure(photo) for photo in loose if photo.position >= first)


def _replace(
    root: HtmlElement,
    image: HtmlElement,
    photo: Photo,
    last: dict[HtmlElement, HtmlElement],
) -> None:
    """Swap an image for its figure; ``last`` remembers what was put after which paragraph."""
    shown = figure(photo)
    alone = _wrapping(root, image, photo)
    block = alone
    while block.getparent().tag not in _HOLDERS:
        block = block.getparent()
    if block is alone:
        shown.tail = alone.tail
        alone.getparent().replace(alone, shown)
    else:
        alone.drop_tree()
        before = last.get(block, block)
        shown.tail, before.tail = before.tail, None
        before.addnext(shown)
        last[block] = shown
        if not _text(block) and len(block) == 0:
            block.drop_tree()
    _drop_repeated_caption(shown, photo)


def _wrapping(root: HtmlElement, image: HtmlElement, photo: Photo) -> HtmlElement:
    """The outermost element around the image that has nothing else but its caption."""
    alone = image
    while (parent := alone.getparent()) is not None and parent is not root:
        only_photo = len(list(parent.iter("img", "figure"))) <= (2 if parent.tag == "figure" else 1)
        words = _text(parent)
        if not only_photo or not (parent.tag == "figure" or words in ("", _flat(photo.caption))):
            break
        alone = parent
    return alone


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
