"""The article's region as a row of blocks in reading order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from scraper.parse.marks import CAPTION, flags_of
from scraper.parse.noise import is_noise
from scraper.parse.outline import BLOCKS, HEADINGS, Element, text_of
from scraper.parse.text import clean

_ITALIC = re.compile(r"font-style\s*:\s*italic")
_CENTRE = re.compile(r"text-align\s*:\s*center")
_RIGHT = re.compile(r"text-align\s*:\s*right")
_LINES = re.compile(r"\n(?:\s*\n)+")


@dataclass(slots=True)
class Block:
    """One block: its text (lines split by line breaks) or its photo, and how it is set."""

    kind: str  # "text" | "heading" | "list" | "table" | "image"
    text: str
    element: Element
    italic: bool = False
    bold: bool = False
    centred: bool = False
    right: bool = False
    linked: float = 0.0
    caption: bool = False
    frame: Element | None = None
    role: str = "body"  # what the readers decided: body, caption, byline, title, …
    pieces: list[Element] = field(default_factory=list)


@dataclass(slots=True)
class _Run:
    """The inline text that is being collected between two block boundaries."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    italic: int = 0
    bold: int = 0
    linked: int = 0


class _Walker:
    def __init__(self, region: Element, profile_noise: frozenset[Element]) -> None:
        self.region = region
        self.dropped = profile_noise
        self.run = _Run()
        self.blocks: list[Block] = []
        self.stack: list[Element] = [region]
        self.depth = {"italic": 0, "bold": 0, "link": 0, "caption": 0}
        self.frames: list[Element] = []

    def text(self, text: str | None) -> None:
        if not text:
            return
        run, length = self.run, len(text.strip())
        run.parts.append(text.replace("\n", " ").replace("\r", " "))
        run.length += length
        run.italic += length if self.depth["italic"] else 0
        run.bold += length if self.depth["bold"] else 0
        run.linked += length if self.depth["link"] else 0

    def flush(self) -> None:
        run, self.run = self.run, _Run()
        if not run.length:
            return
        block = self.stack[-1]
        lines = _LINES.split("".join(run.parts))
        for chunk in lines:
            text = "\n".join(filter(None, (clean(line) for line in chunk.split("\n"))))
            if text:
                self.blocks.append(self._block(text, block, run))

    def _block(self, text: str, element: Element, run: _Run) -> Block:
        half = 0.8 * run.length
        made = Block(
            "heading" if self._heading(element) else "text",
            text,
            element,
            italic=run.italic >= half,
            bold=run.bold >= half,
            linked=run.linked / run.length,
            caption=self.depth["caption"] > 0,
            frame=self.frames[-1] if self.frames else None,
        )
        made.centred, made.right = _alignment(element, self.region)
        return made

    def _heading(self, element: Element) -> bool:
        return any(node.tag in HEADINGS for node in self.stack[-3:])

    def add(self, kind: str, text: str, element: Element) -> None:
        self.flush()
        frame = self.frames[-1] if self.frames else None
        self.blocks.append(Block(kind, text, element, frame=frame))


def walk_blocks(region: Element, dropped: frozenset[Element] = frozenset()) -> list[Block]:
    """Split ``region`` into blocks; noise inside it and the ``dropped`` elements are left out."""
    walker = _Walker(region, dropped)
    events = etree.iterwalk(region, events=("start", "end"))
    skipped: Element | None = None
    for event, element in events:
        tag = element.tag
        if event == "start":
            if _enter(walker, element, tag):
                walker.text(element.text)
            else:
                skipped = element
                events.skip_subtree()
            continue
        if element is not skipped:
            _leave(walker, element, tag)
        if element is not region:
            walker.text(element.tail)
    walker.flush()
    return walker.blocks


def _skipped(walker: _Walker, element: Element) -> bool:
    return element is not walker.region and (
        element in walker.dropped or element.tag == "footer" or is_noise(element)
    )


def _enter(walker: _Walker, element: Element, tag: str) -> bool:
    """Begin an element; ``False`` when what stands in it was taken whole or is left out."""
    if tag == "br":
        walker.run.parts.append("\n")
        return False
    if tag == "img":
        walker.add("image", "", element)
        return False
    if _skipped(walker, element):
        if tag in BLOCKS:
            walker.flush()
        return False
    if tag in ("ul", "ol", "table") and element is not walker.region:
        whole = list_text(element) if tag != "table" else table_text(element)
        if whole is not None:
            walker.flush()
            if whole:
                walker.add("list" if tag != "table" else "table", whole, element)
                walker.blocks[-1].linked = _linked_share(element)
            return False
    _open(walker, element, tag)
    return True


def _open(walker: _Walker, element: Element, tag: str) -> None:
    if tag in BLOCKS:
        walker.flush()
        walker.stack.append(element)
        if tag in ("figure", "table") or (
            tag == "div" and "wp-caption" in (element.get("class") or "")
        ):
            walker.frames.append(element)
    for name, depth in _inline_marks(element, tag).items():
        walker.depth[name] += depth


def _leave(walker: _Walker, element: Element, tag: str) -> None:
    """End an element that was entered."""
    if tag in BLOCKS and walker.stack[-1] is element:
        walker.flush()
        if walker.frames and walker.frames[-1] is element:
            walker.frames.pop()
        if len(walker.stack) > 1:
            walker.stack.pop()
    for name, depth in _inline_marks(element, tag).items():
        walker.depth[name] -= depth


def _inline_marks(element: Element, tag: str) -> dict[str, int]:
    marks = {}
    if tag in ("em", "i", "cite"):
        marks["italic"] = 1
    elif tag in ("b", "strong"):
        marks["bold"] = 1
    elif tag == "a" and (element.get("href") or "").strip("# "):
        marks["link"] = 1
    style = element.get("style")
    if style and _ITALIC.search(style):
        marks["italic"] = 1
    if tag in ("figcaption", "caption") or (
        element.get("class") and tag != "figure" and _is_caption(element)
    ):
        marks["caption"] = 1
    return marks


def _is_caption(element: Element) -> bool:
    if not flags_of(element) & CAPTION:
        return False
    return element.tag not in ("table", "tbody", "tr") and element.find(".//img") is None


def _alignment(element: Element, region: Element) -> tuple[bool, bool]:
    node: Element | None = element
    for _ in range(3):
        if node is None or node is region:
            break
        style, align = node.get("style") or "", (node.get("align") or "").lower()
        marks = node.get("class") or ""
        if (
            _CENTRE.search(style)
            or align == "center"
            or "text-center" in marks
            or node.tag == "center"
        ):
            return True, False
        if _RIGHT.search(style) or align == "right" or "text-right" in marks or "text-end" in marks:
            return False, True
        node = node.getparent()
    return False, False


def _linked_share(element: Element) -> float:
    total = len(text_of(element))
    linked = sum(len(text_of(link)) for link in element.iter("a") if link.get("href"))
    return linked / total if total else 0.0


def list_text(element: Element) -> str | None:
    """A list as lines with ``- `` or ``1. ``; ``None`` when it holds photos or whole sections."""
    if element.find(".//img") is not None or element.find(".//table") is not None:
        return None
    lines = []
    number = int(element.get("start") or 1) if (element.get("start") or "1").isdigit() else 1
    for item in element:
        if item.tag != "li":
            continue
        text = clean(_spaced(item))
        if text:
            lines.append(f"{number}. {text}" if element.tag == "ol" else f"- {text}")
            number += 1
    return "\n".join(lines)


def table_text(table: Element) -> str | None:
    """A table of data as lines of cells joined by `` | ``; ``None`` for a layout table.

    Layout tables hold photos, other tables, one column, or whole paragraphs in a cell.
    """
    if next(table.iter("img", "ul", "h1", "h2"), None) is not None:
        return None
    if any(inner is not table for inner in table.iter("table")):
        return None
    rows = [
        [clean(_spaced(cell)) for cell in row if cell.tag in ("td", "th")]
        for row in table.iter("tr")
    ]
    rows = [row for row in rows if any(row)]
    if len(rows) < 2 or max((len(row) for row in rows), default=0) < 2:
        return None
    cells = [cell for row in rows for cell in row]
    if max(len(cell) for cell in cells) > 600:
        return None
    caption = table.find("caption")
    lines = [clean(text_of(caption))] if caption is not None and text_of(caption) else []
    return "\n".join(lines + [" | ".join(row).strip() for row in rows])


def _spaced(element: Element) -> str:
    """Text of a cell or item, with a space where a block or a line begins or ends inside it."""
    pieces = []
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if node is not element and (node.tag in BLOCKS or node.tag == "br"):
            pieces.append(" ")
        if event == "start":
            pieces.append(node.text or "")
        elif node is not element:
            pieces.append(node.tail or "")
    return "".join(pieces)
