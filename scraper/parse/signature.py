"""Who signs an article: the lines in, above and below its text, or what the metadata say."""

from __future__ import annotations

from scraper.parse.article_text import find_signature, split_inline_signature
from scraper.parse.blocks import Block
from scraper.parse.byline import (
    Byline,
    is_account,
    is_bare_signature,
    is_by_label,
    is_labelled,
    is_organisation,
    is_source,
    is_source_label,
    split_byline,
)
from scraper.parse.loose_names import above_lead, beside_date, line_below
from scraper.parse.marks import ASIDE, AUTHOR, TAGS
from scraper.parse.metadata import json_authors
from scraper.parse.names import is_name, is_office, names_in
from scraper.parse.outline import Element, Outline, block_of, text_of
from scraper.parse.photos import in_figure
from scraper.parse.place import Place
from scraper.parse.printed_authors import printed_authors
from scraper.parse.printed_numbers import are_alone
from scraper.parse.reading import Reading
from scraper.parse.text import clean, fold
from scraper.parse.worded import HAS_YEAR

# Letters of a line beside the names of persons, or of an office, that it prints.
_LABELS, _LABEL = 20, 5
# No line that signs has more letters.
_BYLINE = 90


def read_byline(reading: Reading, place: Place, blocks: list[Block]) -> Byline | None:
    """The signature: by profile, at the end of the text, by label, by class, or from metadata.

    Blocks that turn out to sign lose the role ``body``.
    """
    chosen = [clean(text_of(node)) for node in reading.chosen("byline")]
    if any(chosen):
        split = split_byline("\n".join(filter(None, chosen)))
        if split.author or split.organisation:
            reading.found("byline", "profile:byline")
            return split
    if _is_foreign(reading) and _authors(reading)[0]:
        return _as_stated(reading, place, blocks)
    if _is_foreign(reading) and (byline := _printed_author(reading, place, blocks)) is not None:
        return byline
    signed = find_signature(blocks, set_apart=_is_foreign(reading))
    if signed:
        reading.found("byline", "signature", signed[0].element)
        lines = [block.text for block in signed]
        # NukeViet prints the source of a signed text in a line of its own below it.
        lines += [line for line in _labelled_outside(reading, place) if is_source(line)]
        return _with_author(reading, place, blocks, list(dict.fromkeys(lines)))
    outside = _labelled_outside(reading, place)
    if outside:
        reading.found_near("byline", "label", outside[0], place.end)
        return _split(reading, "\n".join(outside))
    marked = _marked_byline(reading, place, blocks) or _named_line(reading, place, blocks)
    if marked:
        reading.found_near("byline", "marked", marked, place.end)
        return _named(reading, marked)
    inline = split_inline_signature(blocks)
    if inline:
        reading.found_near("byline", "last line", inline, place.end)
        return split_byline(inline)
    return _machine_byline(reading)


def _with_author(reading: Reading, place: Place, blocks: list[Block], lines: list[str]) -> Byline:
    """The signature in the text; where it names a source only, with who signs beside the title."""
    signed = split_byline("\n".join(lines))
    if signed.author is None and any(is_labelled(line) for line in lines):
        above = _marked_byline(reading, place, blocks)
        if above and split_byline(above).author and above not in lines:
            return split_byline("\n".join((above, *lines)))
    return signed


def _printed_author(reading: Reading, place: Place, blocks: list[Block]) -> Byline | None:
    """Whom a page in another language prints as its author beside the title or below the text."""
    found = printed_authors(reading.outline, reading.noise, place.title_at, place.start, place.end)
    if found is None:
        return None
    line, persons, offices, at = found
    reading.found("byline", "printed", reading.outline.owner(at))
    row = block_of(reading.outline.owner(at))
    # A line that signs; not the paragraph in which it stands.
    if len(clean(text_of(row))) <= len(line) + 40:
        _sign(blocks, row)
    return Byline(line, ", ".join(persons) or None, ", ".join(offices) or None)


def _is_foreign(reading: Reading) -> bool:
    """Whether the page is in another language, whose signatures our labels do not know."""
    return not str(reading.metadata.language or "vi").lower().startswith("vi")


def _authors(reading: Reading) -> tuple[list[str], list[str]]:
    """Persons and organisations that the page's metadata name, without accounts.

    JSON-LD first; ``meta`` only on pages in other languages: Vietnamese portals put their own name
    or their maker's there (:func:`_is_printed` looks closer at those).
    """
    persons, organisations = json_authors(reading.metadata)
    persons = [name for name in persons if not is_account(name)]
    if persons or not _is_foreign(reading):
        return persons, organisations
    house = fold(reading.metadata.get("og:site_name") or "")
    stated = [name for text in reading.metadata.authors for name in names_in(text)]
    kept = [
        name
        for name in dict.fromkeys(stated)
        if is_name(name) and fold(name) != house and not is_office(name)
    ]
    return kept, organisations


def _as_stated(reading: Reading, place: Place, blocks: list[Block]) -> Byline:
    """The authors whom JSON-LD names, with the line in which the page prints them."""
    persons, organisations = _authors(reading)
    printed = (
        _marked_byline(reading, place, blocks)
        or _printed_byline(reading)
        or _named_line(reading, place, blocks)
        or ""
    )
    folded = fold(printed)
    if not any(fold(name) in folded for name in persons + organisations):
        printed = ""
    reading.found("byline", "json-ld")
    return Byline(printed, ", ".join(persons) or None, ", ".join(organisations) or None)


def _labelled_outside(reading: Reading, place: Place) -> list[str]:
    """``Tác giả: …`` and ``Nguồn tin: …`` just above or below the text."""
    outline = reading.outline
    lines: list[str] = []
    around = [
        *range(max(0, place.title_at - 4), place.text_at),
        *range(place.end, min(len(outline.texts), place.end + 12)),
    ]
    for at in around:
        text = " ".join(outline.texts[at].split())
        below = place.end <= at <= place.end + 1
        if len(text) > 120 or (":" not in text and not below and not is_source_label(text)):
            continue
        element = outline.owner(at)
        parent = element.getparent()
        whole = clean(text_of(element))
        if (
            element.tag in ("strong", "b", "span", "label", "i", "em")
            and parent is not None
            and whole.endswith(":")
        ):
            whole = clean(text_of(parent))
        elif element.tag in ("td", "th", "dt") and whole.endswith(":"):
            # A table beside or below the text: the label in one cell, the name in the next.
            whole = f"{whole} {clean(' '.join(outline.texts[at + 1 : at + 2]))}"
        elif (
            is_source_label(text) and at + 1 < len(outline.texts) and are_alone(outline, at, at + 1)
        ):
            # A box of its own ("NGUỒN" and a link), without a colon.
            whole = f"{text.rstrip(' :')}: {clean(outline.texts[at + 1])}"
        if is_labelled(whole) and whole not in lines and not _in_a_box(reading, element):
            lines.append(whole)
    return lines


def _in_a_box(reading: Reading, element: Element) -> bool:
    """Whether a line stands in noise; the article's tags are none: its source is named there."""
    if not reading.noise.holds(element):
        return False
    outline, own = reading.outline, reading.noise.own
    number = outline.order.get(element, 0)
    noisy = [node for node in (number, *outline.above(number)) if own[node]]
    marks = [outline.marks[node] for node in noisy]
    if all(mark & AUTHOR and not mark & ASIDE for mark in marks):
        return False  # a box about the author
    return not (len(noisy) == 1 and marks[0] & TAGS)


def _marked_byline(reading: Reading, place: Place, blocks: list[Block]) -> str | None:
    """A short line beside the title or below the text whose class says that it signs.

    Blocks of the text that print such a line lose the role ``body``.
    """
    outline = reading.outline
    lines: dict[str, bool] = {}
    named = _machine_names(reading)
    head = max(place.start, place.title_at + 8)
    for element in outline.marked(AUTHOR):
        at = outline.first_string(element)
        near = place.title_at - 2 <= at <= head or place.end - 2 <= at <= place.end + 6
        text = clean(text_of(element)).strip(" -–|,•·")
        if not near or not 2 <= len(text) <= 90 or reading.noise.holds(element):
            continue
        if next(element.iterancestors("figure"), None) is not None:
            continue  # a photo's credit
        sure = is_labelled(text) or is_bare_signature(text)
        if is_account(text) or not (sure or _agrees(text, named)):
            continue
        if not sure and HAS_YEAR.search(text):
            # "Agencia Andina | 6 de noviembre de 2023": the name without the date beside it.
            text = next((part for part in _parts(outline, element) if _agrees(part, named)), text)
        # Of a wrapper and the name in it, the one that reads as a signature by itself.
        around = next((line for line in lines if text in line), None)
        if around is not None and lines[around]:
            continue
        lines = {
            line: known for line, known in lines.items() if line not in text and line != around
        }
        lines[_with_label(outline, at, text)] = sure
        _sign(blocks, element)
    if not lines:
        below = line_below(outline, place.end)
        return below or beside_date(reading, place) or above_lead(reading, place)
    return "\n".join(lines)


def _named_line(reading: Reading, place: Place, blocks: list[Block]) -> str | None:
    """A short line beside the title or at the text's end that prints an author of the metadata."""
    persons, organisations = (list(map(fold, names)) for names in _authors(reading))
    named = persons + organisations
    outline, held = reading.outline, reading.noise.held
    head = range(place.title_at + 1, min(place.text_at, place.title_at + 8) + 1)
    foot = range(max(place.start, place.end - 2), place.end + 4)
    for at in (*head, *foot) if named else ():
        if at >= len(outline.texts) or len(outline.texts[at]) > 90 or held[outline.owner_at[at]]:
            continue
        text = clean(outline.texts[at]).strip(" -–|,•·")
        folded = fold(text)
        printed = [name for name in named if len(name) > 2 and name in folded]
        rest = len(folded) - sum(map(len, printed))
        most = _LABELS if any(name in persons for name in printed) else _LABEL
        if printed and rest <= most and not in_figure(outline, outline.owner_at[at]):
            owner = outline.owner_at[at]
            line = _line_of_all(outline, outline.parents[owner], named, len(printed))
            _sign(blocks, outline.owner(at))
            return line or _with_label(outline, at, text)
    return None


def _line_of_all(outline: Outline, around: int, named: list[str], fewer: int) -> str | None:
    """What element ``around`` prints, if it is a short line that names more than ``fewer``."""
    if around <= 0 or len(outline.string_at(around)) > 4 * _BYLINE:
        return None
    line = clean(outline.text_at(around))
    folded = fold(line)
    more = sum(name in folded for name in named) > fewer
    return line if more and len(line) <= _BYLINE and not HAS_YEAR.search(line) else None


def _parts(outline: Outline, element: Element) -> list[str]:
    """The strings printed in an element, without the signs between them."""
    start, end = outline.span(element)
    return [clean(part).strip(" -–|,•·") for part in outline.texts[start:end]]


def _sign(blocks: list[Block], element: Element) -> None:
    """Give the short blocks of the text that stand in ``element`` the role of a signature."""
    for block in blocks:
        if block.role == "body" and block.kind == "text" and len(block.text) <= 100:
            inside = block.element is element or element in block.element.iterancestors()
            block.role = "byline" if inside else block.role


def _named(reading: Reading, printed: str) -> Byline:
    """A signature split, by the names in JSON-LD where it does not read as names by itself."""
    persons, organisations = _authors(reading)
    folded = fold(printed)
    persons = [name for name in persons if fold(name) in folded]
    organisations = [name for name in organisations if fold(name) in folded]
    split = _split(reading, printed)
    if not persons and not organisations:
        return split
    if split.author in persons or (not persons and split.organisation):
        return split
    return Byline(printed, ", ".join(persons) or None, ", ".join(organisations) or None)


def _split(reading: Reading, printed: str) -> Byline:
    """A signature split by the rules of the page's language."""
    if not _is_foreign(reading) or is_labelled(printed):
        return split_byline(printed)
    names = names_in(printed)
    persons = [name for name in names if not is_office(name) and not is_organisation(name)]
    offices = [name for name in names if name not in persons]
    return Byline(printed, ", ".join(persons) or None, ", ".join(offices) or None)


def _machine_names(reading: Reading) -> list[str]:
    """Authors that the metadata name, folded."""
    persons, organisations = _authors(reading)
    return [fold(name) for name in (*persons, *organisations, *reading.metadata.authors)]


def _agrees(text: str, named: list[str]) -> bool:
    """Whether a text prints one of the names and not much beside."""
    folded = fold(text)
    return any(
        len(name) > 3 and name in folded and len(folded) <= 2 * len(name) + 20 for name in named
    )


def _with_label(outline: Outline, at: int, text: str) -> str:
    """A name with the label that the string before it prints (``bởi`` before ``Duy Khánh``)."""
    before = outline.texts[at - 1].strip() if at else ""
    return f"{clean(before)} {text}" if is_by_label(before) else text


def _machine_byline(reading: Reading) -> Byline | None:
    persons, organisations = _authors(reading)
    if not persons and not organisations:
        persons = [name for name in reading.metadata.authors if _is_printed(reading, name)]
    printed = _printed_byline(reading)
    if printed and not persons:
        split = _split(reading, printed)
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
    outline = reading.outline
    named = {outline.order[element] for element in outline.microdata("author")}
    named.update(
        number
        for number in outline.by_tag.get("a", ())
        if outline.elements[number].get("rel") == "author"
    )
    for number in sorted(named):
        text = clean(outline.text_at(number))
        if 2 < len(text) <= 80 and _signs(reading, text) and not reading.noise.held[number]:
            # "By <a>A</a> and <a>B</a>": the line that names all of them.
            parent = outline.parents[number]
            names = [fold(outline.text_at(n)) for n in named if outline.parents[n] == parent]
            line = _line_of_all(outline, parent, names, 1)
            return line or _with_label(outline, outline.firsts[number], text)
    return None
