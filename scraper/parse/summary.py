"""The sapo: the lead that a page marks as one."""

from __future__ import annotations

from scraper.parse.marks import SUMMARY
from scraper.parse.noise import NoiseMap
from scraper.parse.outline import Element, Outline, text_of
from scraper.parse.text import clean


def find_summary(outline: Outline, noise: NoiseMap, start: int, end: int) -> Element | None:
    """The first marked lead between the title (string ``start``) and the body's end (``end``)."""
    marked = {*outline.marked(SUMMARY)}
    marked.update(outline.microdata("description"))
    for element in sorted(marked, key=outline.order.__getitem__):
        if element.tag not in ("div", "p", "h2", "h3", "h4", "span", "strong", "section", "td"):
            continue
        first = outline.first_string(element)
        if not start <= first < end or noise.holds(element):
            continue
        text = clean(text_of(element))
        if 30 <= len(text) <= 1500 and len(list(element.iter("p", "div"))) <= 4:
            return element
    return None
