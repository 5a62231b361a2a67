"""Where the article stands on the page: its text, its title and its date."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import UTC
from datetime import date as day
from itertools import accumulate

from scraper.parse.by_profile import formatted_date
from scraper.parse.headline import Candidate, find_title, headline_of, machine_titles
from scraper.parse.listed import says_title
from scraper.parse.outline import Element, Outline, text_of
from scraper.parse.page import Listed
from scraper.parse.printed_form import printed_form
from scraper.parse.published import (
    DateCandidate,
    choose_date,
    date_lines,
    is_ahead,
    is_clock,
    set_aside,
)
from scraper.parse.reading import Reading
from scraper.parse.region import Weights, find_region
from scraper.parse.stated_dates import address_date, is_unknown, last_resorts, machine_dates
from scraper.parse.text import clean, fold
from scraper.parse.timestamp import Timestamp, machine_date

_NAMED_ZONE = re.compile(r"\b(?:UTC|GMT)\b|\dZ\b")


@dataclass(slots=True)
class Place:
    """Where on the page the article stands: string numbers of its title and its body.

    ``text_at`` is the first string of the text's first paragraph, where the region begins above it
    with the title, the date and tools; else ``start``. ``lines`` are all printed dates, ``date``
    the chosen one; ``dated`` says that the page prints a date of the article, even one that can't
    be right.
    """

    region: Element | None
    start: int
    end: int
    title_at: int
    title: Candidate | None = None
    date: DateCandidate | None = None
    lines: list[DateCandidate] = field(default_factory=list)
    dated: bool = False
    text_at: int = 0


def locate(reading: Reading, weights: Weights) -> Place:
    """Find the text, then the title above it, then the date beside the title."""
    outline = reading.outline
    chosen = reading.chosen("body")
    region = max(chosen, key=weights.inside, default=None)
    if region is not None and not text_of(region) and region.find(".//img") is None:
        region = None
    rule = "profile:body"
    if region is None:
        region, rule = find_region(weights), "density"
    if region is not None:
        reading.noise.keep(region)
        reading.found("body", rule, region)
    start, end = outline.span(region) if region is not None else (0, 0)
    lines = date_lines(outline, reading.noise, reading.zone, reading.captured_at, _foreign(reading))
    reading.lines = lines
    title = _title(reading, lines, start if region is not None else None)
    text_at = weights.first_string(region, start)
    if (title is None or title.element is None) and text_at > start + 3:
        title = _title(reading, lines, text_at)
    title_at = _title_at(outline, title, start)
    heading = title.element if title is not None and title.score >= 7.0 else None
    if region is not None and rule == "density" and heading is not None:
        nearer = _region_after(reading, weights, region, heading, start)
        if nearer is not None:
            region = nearer
            reading.noise.keep(region)
            reading.found("body", "density below the title", region)
            start, end = outline.span(region)
    if start <= title_at < end and title is not None:
        text_at = weights.first_string(region, start, title.element)
    else:
        text_at = start
    place = Place(region, start, end, title_at, title, None, lines, text_at=text_at)
    place.date = _date(reading, place)
    if reading.listed is not None:
        _weigh_listed_day(reading, place, reading.listed)
    return place


def _weigh_listed_day(reading: Reading, place: Place, listed: Listed) -> None:
    """Take a listing's day where the page has none; where both have one, the page's counts.

    A page that a listing dates under the headline which it prints itself is dated, as an article.
    """
    if listed.published_on is None:
        return
    on, date = day.fromisoformat(listed.published_on), place.date
    if date is not None:
        if date.stamp.on not in (None, on):
            reading.warn(
                f"The page says {date.stamp.on}, the list that links to it {on}; the page's day "
                "was taken."
            )
        return
    raw = listed.published_raw or listed.published_on
    stamp = Timestamp(raw, 0, len(raw), on)
    if is_ahead(stamp, reading.captured_at):
        return
    place.date = DateCandidate(stamp, 0.0, "listing", None, None)
    place.dated = place.title is not None and says_title(listed, place.title.text)
    reading.found("published_at", "listing", confidence=0.5)


def _foreign(reading: Reading) -> str | None:
    """The language whose words for dates count, ``""`` for any; ``None`` for Vietnamese.

    Vietnamese portals whose template says ``lang="en"`` are common, so where a portal's zone is
    known English is no other language: its months are read everywhere.
    """
    language = reading.metadata.language or ""
    if is_unknown(reading.zone):
        return language
    return None if language.lower().startswith(("vi", "en")) else language or None


def _title_at(outline: Outline, title: Candidate | None, start: int) -> int:
    if title is not None and title.element is not None:
        return outline.first_string(title.element)
    return max(0, start - 3)


def _region_after(
    reading: Reading, weights: Weights, region: Element, title: Element, start: int
) -> Element | None:
    """The text right below a sure title, where the densest text of the page stands elsewhere."""
    outline = reading.outline
    firsts, title_at = outline.firsts, outline.first_string(title)
    number, heading = outline.order[region], outline.order[title]
    if title_at - 1 <= start <= title_at + 30 or number <= heading < outline.ends[number]:
        return None
    near = {block for block in weights.own if title_at < firsts[block] <= title_at + 30}
    found = find_region(weights, near) if near else None
    if found is None or start < title_at:
        return found
    # A note below the title does not make the long text further down another article's: unless
    # another heading stands between, or the note is closer to the title in the tree, too.
    between = any(
        heading < number and title_at < firsts[number] <= start
        for number in outline.by_tag.get("h1", ())
    )
    share = weights.inside(found) / max(1, weights.inside(region))
    closer = _shared(outline, title, found) > _shared(outline, title, region)
    return found if between or share >= 0.5 or (closer and share >= 0.15) else None


def _shared(outline: Outline, one: Element, other: Element) -> int:
    """The number of the innermost element that encloses both."""
    above = max(0, outline.parents[outline.order[one]])
    return outline.holding(above, outline.order[other])


def _title(reading: Reading, lines: list[DateCandidate], start: int | None) -> Candidate | None:
    for element in reading.chosen("title"):
        text = headline_of(element)
        if text:
            reading.found("title", "profile:title", element)
            return Candidate(text, element, 10.0, "profile:title")
    dates = [line.at for line in lines if line.at is not None and line.score >= 0]
    given = (reading.outline, reading.metadata, reading.noise, dates)
    title = find_title(*given, start, reading.site, reading.listed)
    if title is not None and title.element is None and start is not None:
        # The heading may stand far from the densest text, which is then another article's.
        again = find_title(*given, None, reading.site, reading.listed)
        heading = again.element if again is not None and again.score >= 7.0 else None
        if again is not None and heading is not None:
            stated = {fold(name)[:60] for name in machine_titles(reading.metadata)}
            above = reading.outline.first_string(heading) < start
            title = again if above or fold(again.text)[:60] in stated else title
    if title is not None and title.shared:
        reading.warn(f"No title was found; {title.text!r} stands on all pages of the site.")
    elif title is not None:
        reading.found("title", title.rule, title.element, min(1.0, title.score / 10))
    return title


def _formed_date(reading: Reading, chosen: set[Element]) -> DateCandidate | None:
    """The date that a profile's own format reads where the profile says it stands."""
    if reading.profile is None or not reading.profile.date_formats:
        return None
    for element in sorted(chosen, key=reading.outline.order.__getitem__):
        stamp = formatted_date(reading.profile, element, reading.zone)
        if stamp is not None and not is_ahead(stamp, reading.captured_at):
            reading.found("published_at", "profile:dates", element)
            at = reading.outline.first_string(element)
            return DateCandidate(stamp, 10.0, "profile:dates", at, element)
    return None


def _date(reading: Reading, place: Place) -> DateCandidate | None:
    outline = reading.outline
    candidates: list[DateCandidate] = []
    too_late: list[DateCandidate] = []
    heading = place.title.element if place.title and is_unknown(reading.zone) else None
    first, last = outline.span(heading) if heading is not None else (0, 0)
    for line in place.lines:
        if line.at is not None and first <= line.at < last:
            continue  # "Weekly report, 14 to 20 January 2022"
        if is_clock(line.stamp, reading.captured_at):
            line.score -= 3.0
        (too_late if is_ahead(line.stamp, reading.captured_at) else candidates).append(line)
    machine = machine_dates(reading.metadata, outline, reading.noise, reading.zone)
    machine = [value for value in machine if not is_ahead(value.stamp, reading.captured_at)]
    body = (place.text_at, place.end) if place.region is not None else None
    chosen = set(reading.chosen("published"))
    formed = _formed_date(reading, chosen)
    if formed is not None:
        place.dated = True
        return formed
    for element in sorted(chosen, key=outline.order.__getitem__, reverse=True):
        stamp = machine_date(element.get("datetime") or "", reading.zone)
        if stamp is not None and not is_ahead(stamp, reading.captured_at):
            machine.insert(0, DateCandidate(stamp, 0.0, "profile:published", None, element))
    for line in candidates if chosen else ():
        if line.element is not None and any(
            node in chosen for node in (line.element, *line.element.iterancestors())
        ):
            line.score += 8.0
    title_at = place.title_at if place.title and place.title.element is not None else None
    held = reading.noise.held
    shown = list(accumulate((not held[owner] for owner in outline.owner_at), initial=0))
    known = not is_unknown(reading.zone)
    stated = {date.stamp.on for date in machine}
    if (permalink := address_date(reading.url)) is not None:
        stated.add(permalink.on)
    best = choose_date(
        candidates, title_at, body, machine, shown=shown, zone_known=known, stated=stated
    )
    ahead = choose_date(too_late, title_at, body, [], shown=shown) if too_late else None
    if best is None and ahead is None:
        return _last_resort(reading, place, title_at, body, shown)
    # In other languages metadata are sure enough: "until 6 May" is no date of publication.
    stated_only = best is not None and best.at is None
    if ahead is not None and (
        best is None or (stated_only and known) or (not stated_only and best.score < ahead.score)
    ):
        reading.warn(f"The date {ahead.stamp.raw!r} lies after the capture and was not taken.")
        best = replace(ahead, stamp=replace(ahead.stamp, on=None, at=None))
    place.dated = best is not None or ahead is not None
    if best is not None and best.at is None and best.stamp.on is not None:
        best = _as_printed(outline, place, best)
    if best is not None and not known:
        best = _without_zone(best)
    if best is not None and best.stamp.impossible:
        reading.warn(f"The date {best.stamp.raw!r} does not exist and was not taken.")
    if best is not None:
        reading.found("published_at", best.rule, best.element)
    return best


def _without_zone(date: DateCandidate) -> DateCandidate:
    """A printed date without its time, where neither it nor the page says in which zone that is."""
    at = date.stamp.at
    printed = date.rule in ("line", "label:published", "label:updated", "attribute:title")
    if not printed or at is None or at.tzinfo is not UTC or _NAMED_ZONE.search(date.stamp.raw):
        return date
    return replace(date, stamp=replace(date.stamp, at=None))


def _last_resort(
    reading: Reading,
    place: Place,
    title_at: int | None,
    body: tuple[int, int] | None,
    shown: list[int],
) -> DateCandidate | None:
    """A day that a page without a date line or metadata tells elsewhere; see ``last_resorts``.

    A page that names no language may write its date in any. The other days don't make the page an
    article: start pages have them, too.
    """
    outline, metadata = reading.outline, reading.metadata
    if metadata.language is None and not is_unknown(reading.zone):
        lines = date_lines(outline, reading.noise, reading.zone, None, "")
        lines = [line for line in lines if not is_ahead(line.stamp, reading.captured_at)]
        best = choose_date(lines, title_at, body, [], shown=shown)
        if best is not None:
            place.dated = True
            reading.found("published_at", best.rule, best.element)
            return best
    elif title_at is not None and (date := set_aside(place.lines, outline, title_at)) is not None:
        reading.found("published_at", date.rule, date.element, 0.5)
        return date
    found = last_resorts(metadata, outline, reading.noise, reading.zone, reading.url)
    for date in found:
        if not is_ahead(date.stamp, reading.captured_at):
            reading.found("published_at", date.rule, date.element, 0.5)
            return _as_printed(outline, place, date)
    return None


def _as_printed(outline: Outline, place: Place, date: DateCandidate) -> DateCandidate:
    """A date known from metadata, with the words in which the page prints it near the title."""
    stamp = date.stamp
    around = [
        *range(max(0, place.title_at - 6), min(len(outline.texts), place.title_at + 16)),
        *range(place.end, min(len(outline.texts), place.end + 6)),
    ]
    for at in around:
        text = outline.texts[at]
        if len(text) > 200 or stamp.on is None:
            continue
        raw = printed_form(clean(text), stamp.on, stamp.at)
        if raw is not None:
            return replace(date, stamp=replace(stamp, raw=raw), at=at)
    return date
