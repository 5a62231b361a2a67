"""When the article was published: the date beside its title or under a label, and no other date."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache

from scraper.parse.date_labels import (
    is_change_label,
    is_licence,
    is_published_label,
    label_before,
)
from scraper.parse.marks import CLOCK, DATE
from scraper.parse.noise import NoiseMap
from scraper.parse.outline import Element, Outline, text_of
from scraper.parse.tags import HEADINGS
from scraper.parse.timestamp import (
    HAS_DATE,
    LOWER_DATE,
    Timestamp,
    printed_dates,
    relative_date,
    short_year,
)
from scraper.parse.worded import HAS_YEAR, worded_dates

# The two days that the issue allows for time zones and portals whose clock is ahead.
_AHEAD = timedelta(days=2)
_SHORT_LINE = 42
_MOST = 2000
_CLOCK = timedelta(minutes=2)
# How far zones lie behind and ahead of UTC.
_WEST, _EAST = timedelta(hours=12), timedelta(hours=14)
# The offsets from UTC that are in use, but for zero and twelve: a clock of twelve hours that leaves
# out "PM" looks like that.
_OFFSETS = frozenset(
    timedelta(hours=hours)
    for hours in (
        *(*range(-11, 0), *range(1, 12), 13, 14),
        *(-9.5, -3.5, 3.5, 4.5, 5.5, 5.75, 6.5, 9.5, 10.5),
    )
)


@dataclass(slots=True)
class DateCandidate:
    """A date on the page: where it is printed (string number, or ``None`` for metadata)."""

    stamp: Timestamp
    score: float
    rule: str
    at: int | None
    element: Element | None
    alone: bool = True


def date_lines(
    outline: Outline,
    noise: NoiseMap,
    zone: tzinfo,
    captured_at: datetime | None,
    language: str | None = None,
) -> list[DateCandidate]:
    """All printed dates that stand alone in a short line, scored by what is around them.

    With a ``language`` (a page's tag, ``""`` for an unknown one) dates with the month as a word and
    labels of other languages than Vietnamese count, too.
    """
    found = []
    hits = outline.passages.matching(LOWER_DATE)
    if language is not None:
        hits = sorted({*hits, *outline.passages.matching(HAS_YEAR)})
    if captured_at is not None:
        hits = sorted({*hits, *outline.passages.with_words(("trước", "hôm qua"))})
    # A page of nothing but dates is no article; its first ones are enough.
    for at in hits[:_MOST]:
        text = outline.texts[at]
        if len(text) > 300:
            continue
        line = " ".join(text.split())
        stamps = _stamps(line, zone, language)
        for stamp in stamps:
            candidate = _weigh(stamp, line, at, outline, noise, language is not None)
            if candidate:
                found.append(candidate)
        if not stamps and captured_at is not None and len(line) <= 60:
            found.extend(_relative(line, at, outline, noise, captured_at, zone))
    return found


@lru_cache(maxsize=1 << 12)
def _stamps(line: str, zone: tzinfo, language: str | None) -> tuple[Timestamp, ...]:
    """The dates of a line; the lists beside articles return on a site's pages."""
    found = tuple(printed_dates(line, zone)) if HAS_DATE.search(line) else ()
    short = short_year(line) if not found and len(line) <= _SHORT_LINE else None
    if short is not None and _leads_a_day(line[: short.start]):
        return (short,)
    return found if found or language is None else tuple(worded_dates(line, language))


def _leads_a_day(before: str) -> bool:
    """Whether what stands before a day with a short year is nothing, or says what day it is."""
    words = before.strip(" (:-–").lower()
    return not words or words == "ngày" or label_before(before) is not None


def _weigh(
    stamp: Timestamp, line: str, at: int, outline: Outline, noise: NoiseMap, foreign: bool
) -> DateCandidate | None:
    owner = outline.owner_at[at]
    before, after = line[: stamp.start], line[stamp.end :]
    score, rule = 0.0, "line"
    label = _label(before, foreign)
    if label is None and not before.strip(" (|,-–:"):
        lead = before or (outline.texts[at - 1].strip() if at else "")
        label = _label(" ".join(lead.split()), foreign) if len(lead) < 40 else None
    if label is not None and label[1] == "label:changed":
        return None
    if label is not None:
        score, rule = label
    elif len(before.strip(" (|,-–:")) > 25 or len(after.strip(" )|,-–:.")) > 45:
        return None
    if "hôm nay" in before.lower():
        score -= 8.0
    if is_licence(before) or noise.held[owner]:
        score -= 6.0
    spoken = _spoken_by_elements(outline, owner)
    # A class that says "date" makes no publication of a change.
    score += min(spoken, 0.0) if rule == "label:updated" else spoken
    if stamp.at is not None:
        score += 1.0
    around = (before + after).strip(" (|,-–:).")
    alone = rule != "line" or not around or "xem" in around.lower() or len(around) <= 3
    return DateCandidate(stamp, score, rule, at, outline.elements[owner], alone)


def _label(text: str, foreign: bool) -> tuple[float, str] | None:
    """What a label says of the date after it; a change is no publication in other languages."""
    if foreign and is_change_label(text):
        return 0.0, "label:changed"
    label = label_before(text)
    if label is None and foreign and is_published_label(text):
        return 4.0, "label:published"
    return label


def _spoken_by_elements(outline: Outline, owner: int) -> float:
    """What the date's element and the two around it say by tag and class."""
    tags = outline.tags
    marks, timed, listed, item = 0, False, False, -1
    for node in _near(outline, owner):
        marks |= outline.marks[node]
        timed = timed or tags[node] == "time"
        listed = listed or tags[node] in ("a", "li")
        item = node if item < 0 and tags[node] == "li" else item
    score = -6.0 if marks & CLOCK else 1.5 if marks & DATE else 0.0
    if listed:
        score -= 8.0 if item >= 0 and _is_of_a_headline(outline, item) else 1.5
    return score + (1.5 if timed else 0.0)


def _is_of_a_headline(outline: Outline, item: int) -> bool:
    """Whether an item of a list holds another article's headline, a link."""
    links, end = outline.by_tag.get("a", []), outline.ends[item]
    first = bisect_left(links, item)
    inside = (link for link in links[first : first + 3] if link < end)
    return any(
        len(outline.heads[link] or "") >= 20 or len(outline.text_at(link)) >= 20 for link in inside
    )


def _near(outline: Outline, owner: int) -> list[int]:
    """An element and the two around it, below the body."""
    nodes, parent = [owner], outline.parents[owner]
    while parent > 0 and len(nodes) < 3:
        nodes.append(parent)
        parent = outline.parents[parent]
    return nodes


def _relative(
    line: str, at: int, outline: Outline, noise: NoiseMap, captured_at: datetime, zone: tzinfo
) -> list[DateCandidate]:
    owner = outline.owner(at)
    near = (outline.elements[node] for node in _near(outline, outline.owner_at[at]))
    title = next((node.get("title") for node in near if node.get("title")), None)
    if title and (stamp := next(printed_dates(title, zone), None)):
        if _dates_a_link(owner):
            return []
        return [DateCandidate(stamp, 3.0, "attribute:title", at, owner)]
    stamp = relative_date(line, captured_at, zone)
    if stamp is None or noise.holds(owner):
        return []
    return [DateCandidate(stamp, -1.0, "relative", at, owner)]


def _dates_a_teaser(candidate: DateCandidate) -> bool:
    """Whether a date (above the title) stands right below another headline, which is a link."""
    before = candidate.element.getprevious() if candidate.element is not None else None
    return before is not None and before.tag in HEADINGS and before.find(".//a") is not None


def _dates_a_link(owner: Element) -> bool:
    """Whether a date stands beside a headline that is a link: it is that of the article there."""
    parent = owner.getparent()
    link = parent.find("./a") if parent is not None else None
    return link is not None and len(text_of(link)) >= 20


def choose_date(
    candidates: list[DateCandidate],
    title_at: int | None,
    body: tuple[int, int] | None,
    machine: list[DateCandidate],
    *,
    shown: Sequence[int] | None = None,
    zone_known: bool = True,
    stated: AbstractSet[date | None] = frozenset(),
) -> DateCandidate | None:
    """The best of the printed dates near the title, or before and after the body; else metadata.

    ``shown[i]`` counts the strings before string i that are no noise: hidden copies between a title
    and its date (microdata of NukeViet) make it no farther. ``stated`` are the days that metadata
    and the address name: a printed date that agrees with one is more likely the article's.

    A printed date beats a machine's: NukeViet's hidden ``datePublished`` is that of the last edit.
    Where both name the same day and only the machine's has a time, the machine's time counts. Where
    the zone of the printed times is not known (``zone_known``), what JSON-LD or ``meta`` state with
    an offset counts, too.
    """
    best: DateCandidate | None = None
    best_score = 1.9
    for candidate in candidates:
        if title_at is not None and (candidate.at or 0) < title_at and _dates_a_teaser(candidate):
            continue
        score = candidate.score + _place(candidate, title_at, body, shown)
        if candidate.stamp.on in stated:
            score += 2.0
        if score > best_score:
            best, best_score = candidate, score
    for candidate in machine[:1]:
        if best is None or best.rule == "relative":
            return candidate
        if not zone_known and candidate.rule.startswith(("json-ld:datePub", "meta")):
            return _in_its_zone(best, candidate)
        if best.rule == "label:updated" and candidate.rule != "microdata":
            return candidate
        if _machine_knows_more(best.stamp, candidate.stamp):
            raw = best.stamp.raw if best.stamp.on == candidate.stamp.on else candidate.stamp.raw
            stamp = replace(candidate.stamp, raw=raw)
            return DateCandidate(stamp, candidate.score, candidate.rule, best.at, best.element)
    return best


def _in_its_zone(printed: DateCandidate, machine: DateCandidate) -> DateCandidate:
    """The machine's moment, in the zone that the printed time gives away.

    18:58 beside 16:58Z is 18:58+02:00. A machine's moment with an offset of its own needs none.
    """
    at, stated = printed.stamp.at, machine.stamp.at
    if stated is None:
        return machine
    if at is None:
        return _on_its_day(printed, machine, stated)
    ahead = at.replace(tzinfo=UTC, second=0) - stated.replace(second=0, microsecond=0)
    if stated.utcoffset() or ahead not in _OFFSETS:
        return machine
    local = stated.astimezone(timezone(ahead))
    stamp = replace(machine.stamp, at=local, on=local.date(), raw=printed.stamp.raw)
    return replace(machine, stamp=stamp, at=printed.at, element=printed.element)


def _on_its_day(printed: DateCandidate, machine: DateCandidate, stated: datetime) -> DateCandidate:
    """The machine's moment in UTC, on the day that the page prints for it in its own zone.

    9 November, 03:28Z is 8 November in America: a day that is at most fourteen hours away.
    """
    on = printed.stamp.on
    if stated.utcoffset() or on is None or on == stated.date():
        return machine
    near = {(stated - _WEST).date(), (stated + _EAST).date()}
    if on not in near:
        return machine
    stamp = replace(machine.stamp, on=on, raw=printed.stamp.raw)
    return replace(machine, stamp=stamp, at=printed.at, element=printed.element)


def _machine_knows_more(printed: Timestamp, machine: Timestamp) -> bool:
    """The machine's date is the printed one with its time or true offset, or month before day."""
    if machine.on is None or printed.on is None:
        return False
    if printed.on == machine.on:
        if printed.at is None or machine.at is None:
            return machine.at is not None
        return printed.at.time().replace(second=0) == machine.at.time().replace(
            second=0, microsecond=0
        )
    swapped = printed.on.day == machine.on.month and printed.on.month == machine.on.day
    return swapped and printed.on.year == machine.on.year


def _place(
    candidate: DateCandidate,
    title_at: int | None,
    body: tuple[int, int] | None,
    shown: Sequence[int] | None,
) -> float:
    score, at = 0.0, candidate.at or 0
    distance = 0
    if title_at is not None:
        distance = shown[at] - shown[title_at] if shown else at - title_at
        if -4 <= distance <= 8:
            score += 3.5 - 0.2 * abs(distance)
        elif distance < -12 or distance > 60:
            score -= 1.0
    if body is not None:
        start, end = body
        near_title = candidate.alone and 0 < distance <= 10
        if start < at < end - 1 and not near_title:
            score -= 4.0
        elif 0 <= start - at <= 8 or 0 <= at - end <= 4:
            score += 1.0
        elif at > end + 10:
            score -= 3.0
    return score


def set_aside(
    candidates: list[DateCandidate], outline: Outline, title_at: int
) -> DateCandidate | None:
    """A date right below the title, in a wrapper that is named as a box is; or the only labelled.

    For pages in other languages that tell their day nowhere else. Lists of links and the page's
    clock are no such places.
    """
    known = [
        line
        for line in candidates
        if line.stamp.on is not None and line.at is not None and line.element is not None
    ]
    for line in known:
        marks = 0
        for node in _near(outline, outline.order[line.element]):
            marks |= outline.marks[node]
        if 0 < (line.at or 0) - title_at <= 6 and line.score > -7.0 and not marks & CLOCK:
            return line
    labelled = [line for line in known if line.rule == "label:published"]
    days = {line.stamp.on for line in labelled}
    return labelled[0] if len(days) == 1 and labelled[0].score > -3.0 else None


def is_clock(stamp: Timestamp, captured_at: datetime | None) -> bool:
    """Whether a printed time is the capture's, as the page's own clock would have it."""
    return (
        captured_at is not None and stamp.at is not None and abs(stamp.at - captured_at) <= _CLOCK
    )


def is_ahead(stamp: Timestamp, captured_at: datetime | None) -> bool:
    """Whether a date lies more than two days after the capture, so that it can't be right."""
    if captured_at is None or stamp.on is None:
        return False
    return stamp.on > (captured_at + _AHEAD).date()
