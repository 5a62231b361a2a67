"""The day of publication as a page states it for machines, in metadata, markup and address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, tzinfo

from scraper.parse.marks import DATE
from scraper.parse.metadata import Metadata
from scraper.parse.noise import NoiseMap
from scraper.parse.outline import Element, Outline, text_of
from scraper.parse.published import DateCandidate
from scraper.parse.text import clean
from scraper.parse.timestamp import Timestamp, machine_date, printed_dates
from scraper.parse.worded import month_of, worded_dates

_META = (
    "article:published_time", "og:article:published_time", "datepublished",
    "article.published", "pubdate", "publishdate", "publish-date", "publication_date",
    "dc.date.issued", "dcterms.created", "date", "dc.date", "sailthru.date",
    "parsely-pub-date", "cxenseparse:recs:publishtime",
    # Rarer ones, from the public readers' test pages.
    "article:published", "article:publishdate", "og:published_time", "og:pubdate",
    "og:publish_date", "publish_date", "published_date", "publisheddate", "published_time",
    "date_published", "datetime_published", "rnews:datepublished", "bt:pubdate", "pdate",
    "rbpubdate", "display_date", "article_date_original", "article.created",
    "originalpublicationdate", "dc.created", "dc.issued", "dcterms.issued", "dcterms.date",
    "dc:date", "dc:created", "dc.date.created", "dc.date.published", "vr:published_time",
    "shareaholic:article_published_time", "mediator_published_time",
    "citation_publication_date", "citation_online_date", "prism.publicationdate",
    "publication-date", "published-date", "datecreated", "ptime",
)  # fmt: skip
_CHANGED = re.compile(r"updat|modif|edited|changed", re.IGNORECASE)
_NAMED = re.compile(r"publish|entry-?date|post-?date|pub-?date|posted|dateline", re.IGNORECASE)
_DATA = (
    "title",
    "datetime",
    "content",
    "data-datetime",
    "data-date",
    "data-published",
    "data-time",
)
# /2024/05/13/, /2024/may/13/, /2024-05-13/ and the like; the day is the permalink's.
_ADDRESS = re.compile(
    r"/(?P<y1>(?:19[89]|20[0-3])\d)/(?P<m1>[01]?\d|[a-z]{3})/(?P<d1>[0-3]?\d)(?=[/_-]|$)"
    r"|(?<=[/_-])(?P<y2>(?:19[89]|20[0-3])\d)-(?P<m2>[01]\d)-(?P<d2>[0-3]\d)(?=[/_.-]|$)",
    re.IGNORECASE,
)
# State that scripts draw the page from, and JSON-LD that is no JSON.
_STATE = re.compile(
    rb"\\?\"(?:date_?published|published_?(?:at|date|time|on)?|publish_?(?:date|time)"
    rb"|publication_?date|first_?published(?:_?at)?)\\?\"\s*:\s*\\?\"(\d{4}-\d\d-\d\d[t0-9:.z+ -]*)"
)


def machine_dates(
    metadata: Metadata, outline: Outline, noise: NoiseMap, zone: tzinfo
) -> list[DateCandidate]:
    """Dates that the page states for machines, the best first."""
    values: list[tuple[str, str | None, Element | None]] = [
        ("json-ld:datePublished", metadata.text("datePublished"), None),
        ("meta:published", metadata.get(*_META), None),
        ("json-ld:dateCreated", metadata.text("dateCreated") or metadata.text("uploadDate"), None),
    ]
    timed = _time_element(outline, noise)
    if timed is not None:
        values.append(("time", timed.get("datetime"), timed))
    for element in outline.microdata("datePublished")[:1]:
        printed = next(filter(None, map(element.get, _DATA)), element.text)
        values.append(("microdata", printed, element))
    values.append(("json-ld:page", metadata.page_date, None))
    return _in_own_offset(list(_read(values, zone)))


def _in_own_offset(found: list[DateCandidate]) -> list[DateCandidate]:
    """The dates; the first, if in UTC, in the offset that another of them has at the same moment.

    WordPress states UTC in its metadata (Yoast) and the portal's own offset in ``time``.
    """
    first = found[0].stamp if found else None
    if first is None or first.at is None or first.at.utcoffset():
        return found
    for other in found[1:]:
        at = other.stamp.at
        if at is not None and at.utcoffset() and at == first.at:
            own = replace(found[0], stamp=replace(first, at=at, on=at.date()))
            return [own, *found[1:]]
    return found


def _time_element(outline: Outline, noise: NoiseMap) -> Element | None:
    """The ``time`` whose name says that it is of publication; else the first outside links."""
    first = None
    for element in outline.with_tag("time"):
        if not element.get("datetime") or noise.holds(element):
            continue
        named = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
        if _CHANGED.search(named) and not _NAMED.search(named):
            continue
        if "pubdate" in element.attrib or _NAMED.search(named):
            return element
        if first is None and not _dates_a_teaser(element):
            first = element
    return first


def _dates_a_teaser(element: Element) -> bool:
    """Whether a ``time`` stands in a link, or in a list's entry that links to another article."""
    entry = next(element.iterancestors("a", "li"), None)
    if entry is None or entry.tag == "a":
        return entry is not None
    return any(len(clean(text_of(link))) >= 20 for link in entry.iter("a"))


def _read(
    values: list[tuple[str, str | None, Element | None]], zone: tzinfo
) -> Iterator[DateCandidate]:
    for rule, value, element in values:
        stamp = machine_date(value, zone) if value else None
        if stamp is None and value and len(value) < 60:
            # "Tue, Sep 15 2020 10:01:41 EDT", "3. Juli 2018"
            stamp = next(worded_dates(value, "en"), None)
        if stamp is not None and not stamp.impossible:
            yield DateCandidate(stamp, 0.0, rule, None, element)


def last_resorts(
    metadata: Metadata, outline: Outline, noise: NoiseMap, zone: tzinfo, address: str | None
) -> Iterator[DateCandidate]:
    """Where a page tells its day when neither metadata nor a line beside the title do.

    Attributes of elements whose class names a date, dates that several elements print together,
    what scripts draw the page from, and last the day in the address.
    """
    yield from _marked(metadata, outline, noise, zone)
    stated = outline.only_match(_STATE) if outline.mentions(b"publi") else None
    if stated is not None:
        yield from _read([("script", stated.upper().strip(), None)], zone)
    for text in (address, metadata.canonical, metadata.get("og:url")):
        stamp = address_date(text or "")
        if stamp is not None:
            yield DateCandidate(stamp, 0.0, "address", None, None)


def _marked(
    metadata: Metadata, outline: Outline, noise: NoiseMap, zone: tzinfo
) -> Iterator[DateCandidate]:
    for element in outline.marked(DATE):
        named = f"{element.get('class') or ''} {element.get('id') or ''}"
        if not _NAMED.search(named) or _CHANGED.search(named) or noise.holds(element):
            continue
        stated = next((element.get(name) for name in _DATA if element.get(name)), None)
        stamp = machine_date(stated, zone) if stated else None
        if stamp is not None and stamp.on is not None:
            yield DateCandidate(stamp, 0.0, "attribute", None, element)
        printed = clean(outline.text_at(outline.order[element]))
        if len(printed) <= 60:
            for stamp in (*printed_dates(printed, zone), *worded_dates(printed, metadata.language)):
                if stamp.on is not None:
                    yield DateCandidate(stamp, 0.0, "marked", None, element)


def address_date(address: str) -> Timestamp | None:
    """The day that an address names as a permalink does (``/2024/05/13/``), or ``None``."""
    for match in _ADDRESS.finditer(address.split("?", 1)[0]):
        form = "1" if match["y1"] else "2"
        printed = match[f"m{form}"]
        month = int(printed) if printed.isdigit() else month_of(printed, "en")
        if month is None:
            continue
        try:
            on = date(int(match[f"y{form}"]), month, int(match[f"d{form}"]))
        except ValueError:
            continue
        return Timestamp(on.isoformat(), 0, 0, on)
    return None


def is_unknown(zone: tzinfo) -> bool:
    """Whether a page's zone is not known (:func:`scraper.parse.reader.parse_page` sets UTC)."""
    return zone is UTC
