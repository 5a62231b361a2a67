"""The article's title: never the slogan, the site's name or a breadcrumb."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lxml import etree

from scraper.parse.boilerplate import fingerprint
from scraper.parse.listed import says_title, uncut
from scraper.parse.marks import TITLE, flags_of
from scraper.parse.metadata import Metadata
from scraper.parse.noise import NoiseMap
from scraper.parse.outline import Element, Outline, text_of
from scraper.parse.page import Listed
from scraper.parse.text import clean, fold
from scraper.parse.timestamp import HAS_DATE
from scraper.sites import Site

_SUFFIX = re.compile(r"\s+(?:[|»›•·]|::|[-–—])\s+")
# Classes of what is there for screen readers only (``Xem nội dung`` in Liferay's headings).
_UNSEEN = re.compile(
    r"(?:^|\s)(?:sr-only|visually-hidden|screen-reader[\w-]*|hide-accessible|hidden|d-none)(?:$|\s)"
)
_NEVER = frozenset(
    (
        "thuc don",
        "menu",
        "trang chu",
        "tin tuc",
        "dang nhap",
        "thong ke truy cap",
        "truy cap",
        "lien ket",
        "home",
        "tin moi",
        "tin moi nhat",
        "tin noi bat",
        "tin lien quan",
        "luot truy cap",
        "so luot truy cap",
        "thong ke",
        "thong bao",
    )
)
# What the headline of the listing that links here adds to a candidate that says the same.
_LISTED = 4.0
# A line is looked for by so many first letters of a listing's headline.
_FIRST_LETTERS = 30
_TAG_SCORE = {"h1": 3.0, "h2": 2.0, "h3": 1.5, "h4": 0.5}


@dataclass(slots=True)
class Candidate:
    """One text that may be the title, the element it stands in, and how much speaks for it.

    ``shared``: it is a banner that all pages of the site show, which only says where the article
    begins.
    """

    text: str
    element: Element | None
    score: float
    rule: str
    shared: bool = False


def machine_titles(metadata: Metadata) -> list[str]:
    """The titles that metadata name, best first: JSON-LD, Open Graph, Twitter, microdata."""
    names = (
        metadata.text("headline"),
        metadata.get("og:title"),
        metadata.get("twitter:title", "title"),
    )
    return [clean(name) for name in names if name]


def without_site(title: str, site_name: str | None) -> str:
    """A ``title`` without the site's name at its end or its beginning."""
    parts = _SUFFIX.split(title)
    if len(parts) < 2:
        return title
    name = fold(site_name or "")
    if name and fold(parts[-1]) in (name, name.replace(" ", "")):
        return title[: title.rindex(parts[-1])].rstrip(" |-–—:»›•·")
    if name and fold(parts[0]) == name:
        return title[len(parts[0]) :].lstrip(" |-–—:»›•·")
    longest = max(parts, key=len)
    return longest if len(longest) >= 0.5 * len(title) else title


def find_title(
    outline: Outline,
    metadata: Metadata,
    noise: NoiseMap,
    dates: list[int],
    region_start: int | None,
    site: Site | None = None,
    listed: Listed | None = None,
) -> Candidate | None:
    """Weigh all headings and title-like elements against metadata, the date line and the text.

    ``dates`` are the numbers of strings that hold the page's likely date lines, ``region_start``
    that of the first string of the article's text. What all pages of ``site`` share, or its name,
    is the title of none. What agrees with the headline of the listing that links here (``listed``)
    weighs more.
    """
    houses = metadata.houses | ({fold(site.name)} if site is not None else set())
    references = [fold(name) for name in machine_titles(metadata)]
    references = [name for name in references if name not in houses]
    window = fold(metadata.title or "")
    window = "" if window in houses else window
    shared = site.boilerplate if site is not None else frozenset()
    candidates: list[Candidate] = []
    banners: list[Candidate] = []
    for element in _headings(outline, noise, region_start):
        base = _base_score(element)
        if base is None:
            continue
        text = headline_of(element)
        folded = fold(text)
        if not 6 <= len(text) <= 400 or folded in _NEVER or folded in houses:
            continue
        score = (
            base + _agreement(folded, references, window) + _spoken_against(element, text, noise)
        )
        score += _nearness(outline.first_string(element), dates, region_start)
        found = Candidate(text, element, score, f"heading:{element.tag}")
        if says_title(listed, text):
            found.score += _LISTED
        found.shared = bool(shared) and _is_shared(outline, element, shared)
        (banners if found.shared else candidates).append(found)
    only = not candidates
    candidates.extend(_plain_lines(outline, noise, region_start, references, window, dates, only))
    if listed is not None:
        candidates.extend(_listed_lines(outline, noise, listed, dates, region_start))
    best = max(candidates, key=lambda candidate: candidate.score, default=None)
    if best is not None and best.score >= 4.0:
        return _headline_alone(best, candidates, references)
    stated = _from_metadata(metadata, houses)
    banner = max(banners, key=lambda candidate: candidate.score, default=None)
    if banner is not None and banner.score >= 3.0:
        # The text begins below the banner, whatever the headline is.
        return (
            replace(banner, text=stated.text, rule=stated.rule, shared=False) if stated else banner
        )
    if stated is not None:
        return stated
    return best if best is not None and best.score >= 3.0 else _from_listing(listed)


def _listed_lines(
    outline: Outline, noise: NoiseMap, listed: Listed, dates: list[int], start: int | None
) -> list[Candidate]:
    """Lines that say what the listing's headline says, wherever they stand: not in links, boxes."""
    words = uncut(listed.title or "").lower()[:_FIRST_LETTERS]
    found = []
    for at in outline.passages.with_words((words,)) if words else ():
        text, owner = clean(outline.texts[at]), outline.owner_at[at]
        if noise.held[owner] or outline.around[1][owner] >= 0 or not says_title(listed, text):
            continue
        element = outline.elements[owner]
        score = 1.5 + _LISTED + _spoken_against(element, text, noise) + _nearness(at, dates, start)
        found.append(Candidate(text, element, score, "line of the listing"))
    return found


def _from_listing(listed: Listed | None) -> Candidate | None:
    """The listing's headline for a page that names none, unless it is cut short there."""
    if listed is None or listed.title is None or uncut(listed.title) != listed.title:
        return None
    return Candidate(listed.title, None, 3.0, "listing")


def headline_of(element: Element) -> str:
    """The text of a heading without what only screen readers say before or after it."""
    text = clean(text_of(element))
    if len(element) == 0 or len(text) > 400:
        return text
    for node in element.iterdescendants("span", "small", "em"):
        unseen = clean(text_of(node)) if _UNSEEN.search(node.get("class") or "") else ""
        shown = text.removeprefix(unseen).removesuffix(unseen).strip() if unseen else ""
        text = shown or text
    return text


def _headline_alone(
    best: Candidate, candidates: list[Candidate], references: list[str]
) -> Candidate:
    """The title without a kicker beside it in its heading, or a site's name after it.

    A part of the heading that says what the metadata say is the headline; so is an ``h1`` that says
    the same up to a separator.
    """
    for other in candidates:
        rest = best.text.removeprefix(other.text)
        if other.rule == "heading:h1" and rest != best.text and _SUFFIX.match(rest):
            return replace(best, text=other.text, element=other.element)
    if best.element is None or fold(best.text) in references:
        return best
    for part in best.element.iterdescendants(etree.Element):
        text = clean(text_of(part))
        if len(text) >= 0.4 * len(best.text) and fold(text) in references:
            return replace(best, text=text, element=part)
    return best


def _headings(outline: Outline, noise: NoiseMap, start: int | None) -> list[Element]:
    """Headings and title-like elements that can head the text: not in boxes, not far from it."""
    tags, firsts, held = outline.tags, outline.firsts, noise.held
    found = {number for tag in _TAG_SCORE for number in outline.by_tag.get(tag, ())}
    found.update(
        number for number, flags in outline.flagged if flags & TITLE and tags[number] != "a"
    )
    found.update(outline.order[element] for element in outline.microdata("headline"))
    return [
        outline.elements[number]
        for number in sorted(found)
        if tags[number] == "h1"
        or ((start is None or start - 40 <= firsts[number] <= start + 6) and not held[number])
    ]


def _plain_lines(
    outline: Outline,
    noise: NoiseMap,
    start: int | None,
    references: list[str],
    window: str,
    dates: list[int],
    only: bool,
) -> list[Candidate]:
    """Lines just above the text that are no headings but say what the page's ``title`` says.

    With ``only`` (no heading may be the title) the text's own first line counts, too, where the
    date follows it.
    """
    if start is None:
        return []
    found = []
    for at in range(max(0, start - 8), min(start + 2, len(outline.texts))):
        text, owner = clean(outline.texts[at]), outline.elements[outline.owner_at[at]]
        if len(text) > 200:
            continue
        agreed = _agreement(fold(text), references, window)
        bold = owner.tag in ("b", "strong", "font", "span", "big", "p", "td", "div")
        inside = at >= start and not (agreed or (only and at + 1 in dates))
        if inside or HAS_DATE.search(text):
            continue
        if len(text) >= 15 and (agreed or (bold and _beside_date(at, dates))):
            score = 1.5 + agreed + _spoken_against(owner, text, noise) + _nearness(at, dates, start)
            found.append(Candidate(text, owner, score, "line above the text"))
    return found


def _beside_date(at: int, dates: list[int]) -> bool:
    return any(date - at in (1, 2) for date in dates)


def _base_score(element: Element) -> float | None:
    tag = element.tag
    score = _TAG_SCORE.get(tag)
    if tag in ("h1", "h2", "h3", "h4", "h5", "div", "p", "span", "td", "strong", "b", "a"):
        if element.get("itemprop") == "headline":
            return (score or 0.0) + 2.5
        if flags_of(element) & TITLE:
            return (score or 0.0) + (1.5 if tag != "a" else 0.5)
    return score


def _agreement(folded: str, references: list[str], window: str) -> float:
    score = 0.0
    for reference in references:
        if folded == reference:
            score += 4.0
            break
        if len(folded) >= max(12, 0.4 * len(reference)) and (
            reference.startswith(folded)
            or _begins_with(folded, reference)
            # After a kicker: "Nationaler Veteranentag: Orden fürs Morden".
            or reference.endswith(" " + folded)
        ):
            score += 3.0
            break
    if len(folded) >= 10 and window:
        if window.startswith(folded) or _begins_with(folded, window):
            score += 4.0 if len(folded) > 0.4 * len(window) else 1.0
        elif folded in window:
            score += 3.0 if len(folded) > 0.4 * len(window) else 0.0
        elif len(window) > 25 and folded[:30] == window[:30]:
            score += 3.0
    return score


def _begins_with(text: str, title: str) -> bool:
    """Whether ``title`` is a cut form of ``text``, not just words that a long text begins with.

    "Cổng thông tin" is the window's title of many portals, and their banner's first words.
    """
    return text.startswith(title) and len(title) >= 0.4 * len(text)


def _spoken_against(element: Element, text: str, noise: NoiseMap) -> float:
    score = 0.0
    if noise.holds(element):
        score -= 4.0
    if noise.in_page_header(element):
        score -= 2.5
    if text.isupper() and len(text) > 20:
        score -= 1.5
    if noise.in_link(element) or any(_leads_away(link) for link in element.iter("a")):
        score -= 2.0
    return score


def _leads_away(link: Element) -> bool:
    href = (link.get("href") or "").strip()
    return bool(href) and not href.startswith(("#", "javascript:"))


def _nearness(at: int, dates: list[int], region_start: int | None) -> float:
    score = 0.0
    if any(-3 <= date - at <= 6 for date in dates):
        score += 2.0
    if region_start is not None:
        if -2 <= region_start - at <= 14:
            score += 2.0 - 0.05 * max(0, region_start - at)
        elif at > region_start + 3:
            score -= 3.0 if at <= region_start + 12 else 6.0
        elif region_start - at > 40:
            score -= 6.0
    return score


def _is_shared(outline: Outline, element: Element, shared: frozenset[str]) -> bool:
    """Whether the heading is a block that the site's pages are known to share: a banner."""
    number = outline.order[element]
    return fingerprint(outline, number, outline.text_at(number)) in shared


def _from_metadata(metadata: Metadata, houses: frozenset[str]) -> Candidate | None:
    site = metadata.get("og:site_name", "application-name")
    for rule, title in (
        ("json-ld:headline", metadata.text("headline")),
        ("meta:og:title", metadata.get("og:title", "twitter:title")),
        ("title", metadata.title),
    ):
        if title and fold(title) not in (fold(site or ""), *houses):
            return Candidate(without_site(clean(title), site), None, 1.0, rule)
    return None
