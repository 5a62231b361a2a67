"""Who signs an article: the lines in, above and below its text, or what the metadata say."""

from __future__ import annotations

from scraper.parse.article_text import find_signature, split_inline_signature
from scraper.parse.blocks import Block
from scraper.parse.byline import (
    Byline,
    is_bare_signature,
    is_labelled,
    is_organisation,
    split_byline,
)
from scraper.parse.marks import AUTHOR
from scraper.parse.metadata import json_authors
from scraper.parse.outline import Element, block_of, text_of
from scraper.parse.place import Place
from scraper.parse.reading import Reading
from scraper.parse.text import clean


def read_byline(reading: Reading, place: Place, blocks: list[Block]) -> Byline | None:
    """The signature: by profile, at the end of the text, by label, by class, or from metadata.

    Blocks that turn out to sign lose the role ``body``.
    """
    chosen = [clean(text_of(node)) for node in reading.chosen("byline")]
    if any(chosen):
        reading.found("byline", "profile:byline")
        return split_byline("\n".join(filter(None, chosen)))
    signed = find_signature(blocks)
    if signed:
        reading.found("byline", "signature", signed[0].element)
        return split_byline("\n".join(block.text for block in signed))
    outside = _labelled_outside(reading, place)
    if outside:
        reading.found("byline", "label")
        return split_byline("\n".join(outside))
    marked = _marked_byline(reading, place)
    if marked:
        reading.found("byline", "marked")
        return split_byline(marked)
    inline = split_inline_signature(blocks)
    if inline:
        reading.found("byline", "last line")
        return split_byline(inline)
    return _machine_byline(reading)


def _labelled_outside(reading: Reading, place: Place) -> list[str]:
    """``Tác giả: …`` and ``Nguồn tin: …`` just above or below the text."""
    outline = reading.outline
    lines: list[str] = []
    around = [
        *range(max(0, place.title_at - 4), place.start),
        *range(place.end, min(len(outline.texts), place.end + 12)),
    ]
    for at in around:
        text = " ".join(outline.texts[at].split())
        below = place.end <= at <= place.end + 1
        if len(text) > 120 or (":" not in text and not below):
            continue
        element = outline.owners[at]
        parent = element.getparent()
        whole = clean(text_of(element))
        if (
            element.tag in ("strong", "b", "span", "label", "i", "em")
            and parent is not None
            and whole.endswith(":")
        ):
            whole = clean(text_of(parent))
        if is_labelled(whole) and whole not in lines and not reading.noise.holds(element):
            lines.append(whole)
    return lines


def _marked_byline(reading: Reading, place: Place) -> str | None:
    """A short line beside the title or below the text whose class says that it signs."""
    outline = reading.outline
    lines: list[str] = []
    for element in outline.marked(AUTHOR):
        at = outline.first_string(element)
        near = place.title_at - 2 <= at < place.start + 1 or place.end - 1 <= at <= place.end + 6
        text = clean(text_of(element))
        if near and 2 <= len(text) <= 90 and not reading.noise.holds(element):
            signed = is_labelled(text) or is_bare_signature(text)
            if signed and not any(text in line or line in text for line in lines):
                lines.append(text)
    if not lines:
        below = outline.texts[place.end : place.end + 1]
        if below and is_bare_signature(clean(below[0])) and _is_right(outline.owners[place.end]):
            return clean(below[0])
    return "\n".join(lines) or None


def _is_right(element: Element) -> bool:
    row = block_of(element)
    look = f"{row.get('style') or ''} {row.get('align') or ''} {row.get('class') or ''}".lower()
    return "right" in look or "text-end" in look


def _machine_byline(reading: Reading) -> Byline | None:
    persons, organisations = json_authors(reading.metadata.article)
    if not persons and not organisations:
        persons = [name for name in reading.metadata.authors if _is_printed(reading, name)]
    printed = _printed_byline(reading)
    if printed and not persons:
        split = split_byline(printed)
        reading.found("byline", "marked")
        return split
    if persons or organisations:
        reading.found("author", "json-ld" if reading.metadata.article else "meta")
        return Byline(printed or "", ", ".join(persons) or None, ", ".join(organisations) or None)
    return None


def _signs(reading: Reading, text: str) -> bool:
    """Whether a text reads as a signature; other languages' names follow other rules."""
    vietnamese = str(reading.metadata.language or "vi").startswith("vi")
    return not vietnamese or is_bare_signature(text) or is_labelled(text)


def _is_printed(reading: Reading, name: str) -> bool:
    """Whether ``meta name=author`` names a person whom the page prints, too.

    Portals put their own name or their maker's there.
    """
    if name.startswith("http") or not 3 < len(name) <= 60:
        return False
    return any(name in text and len(text) < 200 for text in reading.outline.texts) and (
        (is_bare_signature(name) and not is_organisation(name))
        or not str(reading.metadata.language or "vi").startswith("vi")
    )


def _printed_byline(reading: Reading) -> str | None:
    for element in reading.outline.microdata:
        if element.get("rel") == "author" or element.get("itemprop") == "author":
            text = clean(text_of(element))
            if 2 < len(text) <= 80 and _signs(reading, text) and not reading.noise.holds(element):
                return text
    return None
