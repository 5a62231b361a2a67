"""What a list says of the articles that it links to: the headline, and the date in the same entry.

Nothing is guessed: where an entry holds two headlines or two days, neither link gets a date.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from scraper.parse.addresses import Base
from scraper.parse.links import reads_as_headline
from scraper.parse.marks import CLOCK
from scraper.parse.outline import Outline
from scraper.parse.page import Link, LinkKind, Listed
from scraper.parse.published import DateCandidate, is_ahead, is_clock
from scraper.parse.text import clean, fold
from scraper.parse.timestamp import HAS_DATE, Timestamp

# A headline that says less than this is a label ("Xem chi tiết", "Tin mới nhất").
_FEWEST_LETTERS, _FEWEST_WORDS, _MOST_LETTERS = 16, 4, 300
# A date and its headline stand in one entry, which is neither deep nor long.
_LEVELS, _MOST_STRINGS = 9, 24
# An entry that ends with these holds the date of no other entry's link.
_ENTRIES = frozenset(("li", "tr", "article"))
# The words before a date that say no more than that it is one.
_DAY_WORDS = frozenset(("", "ngay", "luc", "vao luc", "vao ngay", "thoi gian", "cap nhat"))
# A column of one of these holds the days of documents and events, not of publication.
_OTHER_DAYS = re.compile(
    r"ban hành|hiệu lực|ngày k[ýí]|hết hạn|thời hạn|bắt đầu|kết thúc|ngày sinh", re.IGNORECASE
)
# What WordPress says before the headline for screen readers: "Tiếp tục đọc Hội nghị …".
_INVITATION = re.compile(
    r"(?:tiếp tục đọc|đọc (?:tiếp|thêm)|xem (?:tiếp|thêm|chi tiết)|continue reading|read more)"
    r"(?:\s*[:“\"]|\s+(?:about|về)(?=\s)|(?=\s))\s*",
    re.IGNORECASE,
)
_CUT = re.compile(r"\s*(?:\[\s*)?(?:…|\.{3,})(?:\s*\])?\s*$")


def date_links(
    links: tuple[Link, ...],
    lines: Iterable[DateCandidate],
    outline: Outline,
    base: Base,
    captured_at: datetime | None,
) -> tuple[Link, ...]:
    """The links of a listing, each with the day that its entry prints.

    ``lines`` are the page's printed dates. The entry of a date is the nearest element around it
    that holds a headline; it counts if that is the only one there, and all its dates are one day.
    """
    stamps: dict[str, Timestamp | None] = {}
    headlines: _Headlines | None = None
    for line in lines:
        if line.at is None or not _is_of_an_entry(line, outline, captured_at):
            continue
        headlines = headlines or _Headlines(links, outline, base)
        url = headlines.beside(line.at)
        if url is not None:
            known = stamps.setdefault(url, line.stamp)
            if known is None or known.on != line.stamp.on:
                stamps[url] = None
    dated = {url: stamp for url, stamp in stamps.items() if stamp is not None and stamp.on}
    if not dated:
        return links
    return tuple(_dated(link, dated.get(link.url)) for link in links)


def _dated(link: Link, stamp: Timestamp | None) -> Link:
    if stamp is None or stamp.on is None:
        return link
    return replace(link, published_on=stamp.on.isoformat(), published_raw=stamp.raw)


def _is_of_an_entry(line: DateCandidate, outline: Outline, captured_at: datetime | None) -> bool:
    """Whether a printed date may be that of a list's entry: alone, absolute, no clock."""
    stamp, at = line.stamp, line.at or 0
    if stamp.on is None or line.rule == "relative" or is_ahead(stamp, captured_at):
        return False
    if is_clock(stamp, captured_at):
        return False
    text = clean(outline.texts[at])
    before, _, after = text.partition(stamp.raw)
    if not line.alone and (fold(before) not in _DAY_WORDS or fold(after)):
        return False
    around = list(_around(outline, outline.owner_at[at]))
    if any(outline.marks[number] & CLOCK for number in around[:4]):
        return False
    table = next((number for number in around if outline.tags[number] == "table"), None)
    return table is None or not _is_of_documents(outline, table)


def _around(outline: Outline, number: int) -> Iterator[int]:
    """An element and what encloses it, the nearest first, for a few levels and below the body."""
    for _ in range(_LEVELS):
        if number <= 0:
            return
        yield number
        number = outline.parents[number]


def _is_of_documents(outline: Outline, table: int) -> bool:
    """Whether the first strings of a table are the headings of documents' or events' days."""
    start, end = outline.span_at(table)
    return any(
        len(text) <= 40 and _OTHER_DAYS.search(text)
        for text in outline.texts[start : min(end, start + 8)]
    )


class _Headlines:
    """The anchors of a page that lead to its headlines, by element number."""

    def __init__(self, links: Sequence[Link], outline: Outline, base: Base) -> None:
        self._outline = outline
        heads = {
            link.url: link.text
            for link in links
            if link.kind is LinkKind.ARTICLE
            or (link.kind is LinkKind.OTHER and reads_as_headline(link.text))
        }
        self._texts = heads
        self._numbers: list[int] = []
        self._urls: list[str] = []
        for number in outline.by_tag.get("a", ()):
            reference = outline.elements[number].get("href")
            url = base.absolute(reference) if reference else None
            url = url.split("#", 1)[0] if url else None
            if url in heads:
                self._numbers.append(number)
                self._urls.append(url)
        self._seen = Counter(self._urls)

    def beside(self, at: int) -> str | None:
        """The one headline of the entry that string ``at`` stands in."""
        outline = self._outline
        for number in _around(outline, outline.owner_at[at]):
            first = bisect_left(self._numbers, number)
            last = bisect_left(self._numbers, outline.ends[number])
            start, end = outline.span_at(number)
            if max(last - first, end - start) > _MOST_STRINGS:
                return None
            if first < last:
                inside = Counter(self._urls[first:last])
                only = inside if len(inside) == 1 else self._without_sections(inside)
                return next(iter(only)) if len(only) == 1 else None
            if outline.tags[number] in _ENTRIES:
                return None
        return None

    def _without_sections(self, inside: Counter[str]) -> list[str]:
        """The headlines of an entry without the section's name, which the menu has as well."""
        return [
            url
            for url, count in inside.items()
            if reads_as_headline(self._texts[url]) or self._seen[url] == count
        ]


def listed_links(links: Iterable[Link]) -> dict[str, Listed]:
    """What a listing says of each address: its headline as printed, its day; by address.

    A text that several links share, or that holds a date, is no headline: "Xem chi tiết tin bài",
    or a whole entry in one link.
    """
    links = list(links)
    shared = Counter(link.text for link in links)
    found = {}
    for link in links:
        told = _INVITATION.match(link.text)
        text = link.text[told.end() :] if told else link.text
        title = text if shared[link.text] == 1 and _is_title(text) else None
        if title is not None or link.published_on is not None:
            found[link.url] = Listed(title, link.published_on, link.published_raw)
    return found


def _is_title(text: str) -> bool:
    return (
        _FEWEST_LETTERS <= len(text) <= _MOST_LETTERS
        and text.count(" ") >= _FEWEST_WORDS - 1
        and HAS_DATE.search(text) is None
    )


def says_title(listed: Listed | None, text: str) -> bool:
    """Whether a list's headline is ``text``, or ``text`` cut short with "…"."""
    if listed is None or listed.title is None:
        return False
    folded = fold(text)
    start = uncut(listed.title)
    if start == listed.title:
        return folded == fold(start)
    return len(start) >= _FEWEST_LETTERS and folded.startswith(fold(start))


def uncut(title: str) -> str:
    """A list's headline without the "…" that shows that it was cut; else as it is."""
    return _CUT.sub("", title)
