"""The sapo: the lead that a page marks as one, by a class, by its place or by its make."""

from __future__ import annotations

import re

from scraper.parse.blocks import Block
from scraper.parse.marks import AUTHOR, DATE, SUMMARY
from scraper.parse.noise import NoiseMap
from scraper.parse.outline import Element, Outline, text_of
from scraper.parse.photos import in_figure
from scraper.parse.place import Place
from scraper.parse.reading import Reading
from scraper.parse.region import Weights
from scraper.parse.text import clean, fold

_SENTENCE = re.compile(r"[.!?…。！？][\"'”’»)]*$")
_LEAD_TAGS = frozenset(
    ("div", "p", "h2", "h3", "h4", "span", "strong", "section", "td", "li", "dd", "font", "em", "b")
)
Lead = tuple[str | None, Element | None]


def read_summary(reading: Reading, place: Place, weights: Weights, blocks: list[Block]) -> Lead:
    """The lead and the element it stands in; ``blocks`` are those of the text."""
    title = fold(place.title.text) if place.title else ""
    chosen = reading.chosen("summary")
    element, rule = (chosen[0] if chosen else None), "profile:summary"
    if element is None and place.region is not None:
        element, rule = _marked_lead(reading, place), "marked"
    if element is None or element is place.region:
        element, rule = _described_lead(reading, place, weights), "described"
    if element is None or element is place.region:
        return _first_apart(reading, place, blocks, title)
    text = clean(text_of(element))
    if not text or fold(text) == title:
        return None, None
    reading.found("summary", rule, element)
    return text, element


def _marked_lead(reading: Reading, place: Place) -> Element | None:
    return find_summary(
        reading.outline, reading.noise, place.title_at, max(place.end, place.start + 1)
    )


def find_summary(outline: Outline, noise: NoiseMap, start: int, end: int) -> Element | None:
    """The first marked lead between the title (string ``start``) and the body's end (``end``)."""
    marked = {*outline.marked(SUMMARY)}
    marked.update(outline.microdata("description"))
    for element in sorted(marked, key=outline.order.__getitem__):
        if element.tag not in _LEAD_TAGS:
            continue
        first = outline.first_string(element)
        if (
            not start <= first < end
            or noise.holds(element)
            or in_figure(outline, outline.order[element])
        ):
            continue
        text = clean(text_of(element))
        if 30 <= len(text) <= 1500 and len(list(element.iter("p", "div"))) <= 4:
            return element
    return None


def _described_lead(reading: Reading, place: Place, weights: Weights) -> Element | None:
    """A paragraph that stands by itself between the title and the text.

    Either the page's description for machines says the same, or it is a sentence, alone there.
    """
    region, title = place.region, place.title
    if region is None or title is None or title.element is None:
        return None
    outline = reading.outline
    first, last = outline.order[title.element], outline.order[region]
    if last <= first < outline.ends[last]:
        last = weights.core(last, first)
    described = [
        fold(text)[:60]
        for text in (
            reading.metadata.get("og:description"),
            reading.metadata.get("description"),
            reading.metadata.text("description"),
        )
        if text and len(text) >= 40
    ]
    alone: list[Element] = []
    for number in range(first + 1, last):
        weight = weights.own.get(number, 0)
        if weight < 60 or last < outline.ends[number]:
            continue
        element = outline.elements[number]
        text = clean(text_of(element))
        if len(text) > 1000 or in_figure(outline, number):
            continue
        if any(fold(text).startswith(start) for start in described):
            return element
        if _SENTENCE.search(text) and not outline.marks[number] & (DATE | AUTHOR):
            alone.append(element)
    return alone[0] if len(alone) == 1 else None


def _first_apart(reading: Reading, place: Place, blocks: list[Block], title: str) -> Lead:
    """The first paragraph, where it alone is wholly bold: the sapo of portals without a field.

    So is one that alone has a class of its own, where all the others share another.
    """
    texts = [
        block
        for block in blocks
        if block.kind == "text"
        and len(block.text) > 40
        and block.role == "body"
        and not block.caption
    ]
    if texts and fold(texts[0].text) == title:
        del texts[0]
    if len(texts) < 3 or texts[0].element is place.region:
        return None, None
    lead = texts[0]
    rule = "bold lead" if lead.bold else "lead of its own class"
    if (
        sum(block.bold for block in texts) > 1
        or not (lead.bold or _has_own_class(texts))
        or not 60 <= len(lead.text) <= 700
        or fold(lead.text) == title
    ):
        return None, None
    if (
        lead.element.find(".//img") is not None
        or len(clean(text_of(lead.element))) > len(lead.text) + 2
    ):
        return None, None
    reading.found("summary", rule, lead.element)
    return lead.text, lead.element


def _has_own_class(texts: list[Block]) -> bool:
    """Whether the first paragraph has nothing of a class that four and more others all have.

    ``paragraph paragraph--first`` is a paragraph like the others, and a drop cap (WordPress) is set
    where the others have no class.
    """
    first, *others = (set((block.element.get("class") or "").split()) for block in texts)
    shared = set.intersection(*others)
    return (
        len(others) >= 4
        and bool(first)
        and bool(shared)
        and not any(first & names for names in others)
    )
