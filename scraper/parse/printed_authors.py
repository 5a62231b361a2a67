"""Whom a page in another language prints as its author: a link to a profile, ``By …``, a class.

Vietnamese pages sign by other rules (:mod:`scraper.parse.byline`). Here a name counts only beside
the title or just below the text, and only where a link, a label or a class says that it signs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC

from scraper.parse.byline import is_account, is_organisation
from scraper.parse.date_labels import is_change_label, is_published_label
from scraper.parse.marks import AUTHOR, CAPTION
from scraper.parse.names import is_name, is_office, names_in
from scraper.parse.noise import NoiseMap
from scraper.parse.outline import Outline
from scraper.parse.text import clean
from scraper.parse.timestamp import printed_dates
from scraper.parse.worded import worded_dates

_PROFILE = re.compile(
    r"/(?:author|authors|autor|autoren|autorinnen|autores|auteurs?|autore|autori|autorzy|autori"
    r"|forfatter|skribent|kirjoittaja|reporters?|journalists?|journalistes?|periodistas?|staff"
    r"|newsteam|contributors?|columnists?|redakteure?|writers?)/[^/?#]",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^(?:(?:text|texte|texto|words|story|written|posted|reported|erstellt|geschrieben|verfasst"
    r"|gespeichert|veröffentlicht|publié|rédigé|écrit|escrito|publicado|publicerad|skrevet|ein"
    r" beitrag|blog beitrag|blog post|interview|(?:view )?all posts|more stories)\s+)?"
    r"(?:interview\s*:|by|von|vom|par|por|di|da|door|av|af|przez|od|autor(?:in|es|a)?\s*:|auteurs?\s*:|authors?\s*:"
    r"|autore\s*:|författare\s*:|kirjoittaja\s*:|автор\s*:|text(?:e|o)?\s*:|words\s*:|oleh"
    r"|penulis\s*:|yazar\s*:|szerző\s*:)(?![\w’'])\s*:?\s*",
    re.IGNORECASE,
)
# What may follow a name in its line: a date, a place, a number of comments.
_AFTER = re.compile(
    r"\s+[|/·•–—-]\s+|\s*[|·•]\s*|\s+(?:am|le|on|el|em|il|den|dne|at|um)\s+\d|,?\s+\d|\s*@"
    r"|\s(?:view all|more) (?:posts|stories) by"
)
_JOINT = re.compile(r",?\s*(?:,|and|und|et|y|e|og|och|en|i|ja|&|и)", re.IGNORECASE)
_HEAD, _TAIL, _LONGEST = 12, 5, 90


def printed_authors(
    outline: Outline, noise: NoiseMap, title_at: int, start: int, end: int
) -> tuple[str, list[str], list[str], int] | None:
    """The line that signs, its persons and organisations, and the number of its string; or None.

    ``title_at`` is the number of the title's string, ``start`` and ``end`` delimit the text.
    """
    head = range(max(0, title_at - 2), max(min(start + 4, title_at + _HEAD), title_at + 4))
    for at in (*head, *range(max(start, end - 1), end + _TAIL)):
        if at >= len(outline.texts) or at == title_at:
            continue
        found = _read(outline, noise, at)
        if found is not None:
            return found
    return None


def _read(
    outline: Outline, noise: NoiseMap, at: int
) -> tuple[str, list[str], list[str], int] | None:
    text, owner = clean(outline.texts[at]), outline.owner_at[at]
    linked = _links_to_a_profile(outline, owner)
    if not 1 < len(text) <= _LONGEST or (noise.held[owner] and not linked):
        return None
    label = _LABEL.match(text)
    before = clean(outline.texts[at - 1]) if at else ""
    labelled = label is not None or _is_label(before)
    marked = _is_marked(outline, owner)
    if not (linked or labelled or marked):
        return None
    line = _before_date(text[label.end() :] if label else text)
    if is_change_label(line) or is_published_label(line):
        return None
    line = _AFTER.split(line, maxsplit=1)[0].strip(" .,:;-–")
    names = names_in(line)
    if linked and not names and " " not in line:
        names = [line]  # an account's name: "delta201"
    if not (linked or (labelled and marked)):
        names = [name for name in names if is_name(name)]
    rest, more = _further(outline, at)
    names = [name for name in (*names, *more) if 1 < len(name) <= 60 and not name.isdigit()]
    names = [name for name in dict.fromkeys(names) if not is_account(name)]
    if not names:
        return None
    offices = [name for name in names if is_office(name) or is_organisation(name)]
    persons = [name for name in names if name not in offices]
    text = f"{before} {text}" if label is None and _is_label(before) else text
    return f"{text}{rest}", persons, offices, at


def _further(outline: Outline, at: int) -> tuple[str, list[str]]:
    """Names in elements of their own after the first: ``<a>A</a>, <a>B</a> and <a>C</a>``."""
    blocks = outline.around[0]
    block, rest, names = blocks[outline.owner_at[at]], "", []
    for joint in range(at + 1, min(at + 10, len(outline.texts) - 1), 2):
        word, name = clean(outline.texts[joint]), clean(outline.texts[joint + 1])
        same = blocks[outline.owner_at[joint]] == blocks[outline.owner_at[joint + 1]] == block
        if not (same and _JOINT.fullmatch(word) and is_name(name)):
            break
        rest += f"{'' if word[0] == ',' else ' '}{word} {name}"
        names.append(name)
    return rest, names


def _before_date(line: str) -> str:
    """The line up to the first date in it, which is where a signature ends."""
    dates = (*printed_dates(line, UTC), *worded_dates(line))
    return line[: min((date.start for date in dates), default=len(line))]


def _is_label(text: str) -> bool:
    match = _LABEL.match(text)
    return match is not None and match.end() == len(text)


def _around(outline: Outline, owner: int) -> Iterator[int]:
    yield owner
    yield from outline.above(owner)[:3]


def _links_to_a_profile(outline: Outline, owner: int) -> bool:
    for number in _around(outline, owner):
        if outline.tags[number] != "a":
            continue
        link = outline.elements[number]
        return "author" in (link.get("rel") or "").split() or bool(
            _PROFILE.search(link.get("href") or "")
        )
    return False


def _is_marked(outline: Outline, owner: int) -> bool:
    """Whether a class near says that the text signs, and none that it is a photo's caption."""
    marks = 0
    for number in _around(outline, owner):
        if outline.tags[number] in ("figure", "figcaption"):
            return False
        marks |= outline.marks[number]
    return bool(marks & AUTHOR) and not marks & CAPTION
