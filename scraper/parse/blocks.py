"""The article's region as a row of blocks in reading order."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass, field

from scraper.parse.lists_and_tables import linked_share, list_text, table_text
from scraper.parse.marks import CAPTION
from scraper.parse.noise import NoiseMap
from scraper.parse.outline import Element, Outline
from scraper.parse.page import Image
from scraper.parse.tags import BLOCKS, HEADINGS
from scraper.parse.text import clean

_ITALIC = re.compile(r"font-style\s*:\s*italic")
_CENTRE = re.compile(r"text-align\s*:\s*center")
_RIGHT = re.compile(r"text-align\s*:\s*right")
_LINES = re.compile(r"\n(?:\s*\n)+")
_ITALIC_TAGS = frozenset(("em", "i", "cite"))
_NO_CAPTION = frozenset(("table", "tbody", "tr", "figure"))


@dataclass(slots=True)
class Block:
    """One block: its text (lines split by line breaks) or its photo, and how it is set.

    ``at`` is the number of its element in the page's outline.
    """

    kind: str  # "text" | "heading" | "list" | "table" | "image"
    text: str
    element: Element
    at: int
    italic: bool = False
    bold: bool = False
    centred: bool = False
    right: bool = False
    linked: float = 0.0
    caption: bool = False
    frame: Element | None = None
    role: str = "body"  # what the readers decided: body, caption, byline, title, …
    photo: Image | None = None  # of an "image" block that shows one, once it was looked at


@dataclass(slots=True)
class _Run:
    """The inline text that is being collected between two block boundaries."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    italic: int = 0
    bold: int = 0
    linked: int = 0


@dataclass(slots=True)
class _Open:
    """An element that the walk is in, and what it began."""

    number: int
    block: bool
    frame: bool
    italic: int
    bold: int
    link: int
    caption: int


class _Walker:
    def __init__(
        self, outline: Outline, noise: NoiseMap, region: int, dropped: Container[int]
    ) -> None:
        self.outline = outline
        self.own_noise = noise.own
        self.region = region
        self.dropped = dropped
        self.run = _Run()
        self.blocks: list[Block] = []
        self.stack: list[int] = [region]
        self.italic = self.bold = self.link = self.caption = 0
        self.frames: list[int] = []

    def text(self, text: str | None) -> None:
        if not text:
            return
        run, length = self.run, len(text.strip())
        run.parts.append(text.replace("\n", " ").replace("\r", " "))
        run.length += length
        if self.italic:
            run.italic += length
        if self.bold:
            run.bold += length
        if self.link:
            run.linked += length

    def flush(self) -> None:
        run = self.run
        if not run.parts:
            return
        self.run = _Run()
        if not run.length:
            return
        block = self.stack[-1]
        joined = "".join(run.parts)
        for chunk in _LINES.split(joined) if "\n" in joined else (joined,):
            text = (
                "\n".join(filter(None, (clean(line) for line in chunk.split("\n"))))
                if "\n" in chunk
                else clean(chunk)
            )
            if text:
                self.blocks.append(self._block(text, block, run))

    def _block(self, text: str, number: int, run: _Run) -> Block:
        tags = self.outline.tags
        half = 0.8 * run.length
        centred, right = self._alignment(number)
        return Block(
            "heading" if any(tags[at] in HEADINGS for at in self.stack[-3:]) else "text",
            text,
            self.outline.elements[number],
            number,
            italic=run.italic >= half,
            bold=run.bold >= half,
            centred=centred,
            right=right,
            linked=run.linked / run.length,
            caption=self.caption > 0,
            frame=self._frame(),
        )

    def _frame(self) -> Element | None:
        return self.outline.elements[self.frames[-1]] if self.frames else None

    def add(self, kind: str, text: str, number: int) -> None:
        self.flush()
        element = self.outline.elements[number]
        self.blocks.append(Block(kind, text, element, number, frame=self._frame()))

    def _alignment(self, number: int) -> tuple[bool, bool]:
        """Whether a block is set centred or to the right, by itself or up to two steps above."""
        outline = self.outline
        for _ in range(3):
            if number == self.region or number < 0:
                break
            look = _look(outline.elements[number], outline.tags[number])
            if look:
                return look == "centre", look == "right"
            number = outline.parents[number]
        return False, False


def _look(element: Element, tag: str) -> str | None:
    """``centre`` or ``right`` where style, ``align`` or class of this one element say so."""
    style, align = element.get("style") or "", element.get("align")
    marks, align = element.get("class") or "", align.lower() if align else ""
    if tag == "center" or align == "center" or "text-center" in marks or _CENTRE.search(style):
        return "centre"
    if align == "right" or "text-right" in marks or "text-end" in marks or _RIGHT.search(style):
        return "right"
    return None


def walk_blocks(
    outline: Outline, noise: NoiseMap, region: int, dropped: Container[int] = ()
) -> list[Block]:
    """Split element ``region`` into blocks, without noise inside it and the ``dropped`` elements.

    ``dropped`` are numbers of elements.
    """
    walker = _Walker(outline, noise, region, dropped)
    ends, heads, tails = outline.ends, outline.heads, outline.tails
    entered: list[_Open] = []
    number, last = region, ends[region]
    while number < last:
        while entered and ends[entered[-1].number] <= number:
            _leave(walker, entered.pop())
        opened = _enter(walker, number)
        if opened is not None:
            entered.append(opened)
            walker.text(heads[number])
            number += 1
        else:
            if number != region:
                walker.text(tails[number])
            number = ends[number]
    while entered:
        _leave(walker, entered.pop())
    walker.flush()
    return walker.blocks


def _enter(walker: _Walker, number: int) -> _Open | None:
    """Begin an element; ``None`` when what stands in it was taken whole or is left out."""
    outline = walker.outline
    tag = outline.tags[number]
    if tag == "br":
        walker.run.parts.append("\n")
        return None
    if tag == "img":
        walker.add("image", "", number)
        return None
    if number != walker.region:
        if walker.own_noise[number] or tag == "footer" or number in walker.dropped:
            if tag in BLOCKS:
                walker.flush()
            return None
        if tag in ("ul", "ol", "table") and _taken_whole(walker, number, tag):
            return None
    return _open(walker, number, tag)


def _taken_whole(walker: _Walker, number: int, tag: str) -> bool:
    """Whether the element is a list or a table of data, which makes one block (or none)."""
    element = walker.outline.elements[number]
    whole = list_text(element) if tag != "table" else table_text(element)
    if whole is None:
        return False
    walker.flush()
    if whole:
        walker.add("list" if tag != "table" else "table", whole, number)
        walker.blocks[-1].linked = linked_share(element)
    return True


def _open(walker: _Walker, number: int, tag: str) -> _Open:
    element = walker.outline.elements[number]
    opened = _Open(number, tag in BLOCKS, False, 0, 0, 0, 0)
    if opened.block:
        walker.flush()
        walker.stack.append(number)
        opened.frame = tag in ("figure", "table") or (
            tag == "div" and "wp-caption" in (element.get("class") or "")
        )
        if opened.frame:
            walker.frames.append(number)
    elif tag in ("b", "strong"):
        opened.bold = 1
    elif tag == "a" and (element.get("href") or "").strip("# "):
        opened.link = 1
    style = element.get("style")
    if tag in _ITALIC_TAGS or (style and _ITALIC.search(style)):
        opened.italic = 1
    if tag in ("figcaption", "caption") or _is_caption(walker.outline, number, tag):
        opened.caption = 1
    walker.italic += opened.italic
    walker.bold += opened.bold
    walker.link += opened.link
    walker.caption += opened.caption
    return opened


def _leave(walker: _Walker, opened: _Open) -> None:
    """End an element that was entered."""
    if opened.block:
        walker.flush()
        if opened.frame:
            walker.frames.pop()
        if len(walker.stack) > 1:
            walker.stack.pop()
    walker.italic -= opened.italic
    walker.bold -= opened.bold
    walker.link -= opened.link
    walker.caption -= opened.caption
    if opened.number != walker.region:
        walker.text(walker.outline.tails[opened.number])


def _is_caption(outline: Outline, number: int, tag: str) -> bool:
    if not outline.marks[number] & CAPTION or tag in _NO_CAPTION:
        return False
    return "img" not in outline.tags[number : outline.ends[number]]
