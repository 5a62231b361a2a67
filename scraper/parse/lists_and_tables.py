"""Lists and tables of data as plain text: a line an item, a line a row."""

from __future__ import annotations

from lxml import etree

from scraper.parse.outline import Element, text_of
from scraper.parse.tags import BLOCKS
from scraper.parse.text import clean


def linked_share(element: Element) -> float:
    """The share of an element's text that stands in links, between 0 and 1."""
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
