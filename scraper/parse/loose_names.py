"""Names that sign a text by where they stand alone: no label, no class says that they do."""

from __future__ import annotations

from scraper.parse.article_text import is_after_text
from scraper.parse.byline import is_bare_signature, is_behalf, is_organisation, split_byline
from scraper.parse.outline import Element, Outline, block_of, text_of
from scraper.parse.place import Place
from scraper.parse.reading import Reading
from scraper.parse.text import clean, fold
from scraper.parse.trim import is_colophon

# No line that signs has more letters.
_LONGEST = 90


def line_below(outline: Outline, end: int) -> str | None:
    """Names right below the text that are set to the right, bold, or name an office, too.

    The heading of a list of links reads as names where each word is capitalised (``Tin Khác``).
    """
    if end >= len(outline.texts):
        return None
    line, owner = clean(outline.texts[end]), outline.owner(end)
    below = clean(outline.texts[end + 1]) if end + 1 < len(outline.texts) else ""
    if is_behalf(line):
        return _on_behalf(outline, end)
    if not is_bare_signature(line) or is_after_text(line) or is_colophon(below):
        return None
    if _is_right(owner):
        return line
    person, _, office = line.partition(" - ")
    stands_out = owner.tag in ("b", "strong") or (is_organisation(office) and bool(person))
    following = end + 1 < len(outline.texts) and outline.around[1][outline.owner_at[end + 1]] >= 0
    heads = following and len(clean(outline.texts[end + 1])) >= 20
    return line if stands_out and not heads and not any(owner.iterancestors("a")) else None


def beside_date(reading: Reading, place: Place) -> str | None:
    """Names right after the article's date, in a row of these two only.

    The name of a section may stand there as well; it is that of a link somewhere on the page.
    """
    outline, at = reading.outline, place.date.at if place.date else None
    if at is None or at + 1 >= len(outline.texts) or not place.title_at < at < place.text_at + 1:
        return None
    line, owner = clean(outline.texts[at + 1]), outline.owner_at[at + 1]
    row = next((node for node in outline.above(owner) if outline.span_at(node)[0] <= at), 0)
    alone = row > 0 and outline.span_at(row)[1] == at + 2 and outline.span_at(row)[0] >= at - 1
    if not alone or outline.around[1][owner] >= 0 or not is_bare_signature(line):
        return None
    if is_after_text(line) or reading.noise.held[owner]:
        return None
    return None if _is_linked(reading, line) else line


def above_lead(reading: Reading, place: Place) -> str | None:
    """Names of persons in a line of their own in italics between the title and the text.

    Sections are named there, too; those are linked somewhere on the page.
    """
    outline = reading.outline
    for at in range(place.title_at + 1, min(place.text_at, place.title_at + 40)):
        owner = outline.owner_at[at]
        if outline.tags[owner] not in ("em", "i") or len(outline.texts[at]) > _LONGEST:
            continue
        line = clean(outline.texts[at])
        if not is_bare_signature(line) or is_after_text(line) or outline.around[1][owner] >= 0:
            continue
        alone = clean(text_of(block_of(outline.elements[owner]))) == line
        if alone and not reading.noise.held[owner] and split_byline(line).author:
            return None if _is_linked(reading, line) else line
    return None


def _is_linked(reading: Reading, line: str) -> bool:
    """Whether a link of the page has this text, as the name of a section has."""
    folded = fold(line)
    return any(fold(link.text) == folded for link in reading.links)


def _is_right(element: Element) -> bool:
    row = block_of(element)
    look = f"{row.get('style') or ''} {row.get('align') or ''} {row.get('class') or ''}".lower()
    return "right" in look or "text-end" in look


def _on_behalf(outline: Outline, end: int) -> str | None:
    """The lines below the text in which somebody signs for an office, down to the name."""
    lines: list[str] = []
    for at in range(end, min(end + 6, len(outline.texts))):
        line = clean(outline.texts[at])
        if not is_behalf(line):
            named = is_bare_signature(line) and not is_after_text(line)
            return "\n".join([*lines, line] if named else lines)
        lines.append(line)
    return "\n".join(lines)
