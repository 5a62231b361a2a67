"""All fields of an article, read from one page in the order in which they lean on each other."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from scraper.parse.article_text import (
    body_html,
    body_text,
    find_signature,
    settle_roles,
    split_inline_signature,
)
from scraper.parse.blocks import Block, walk_blocks
from scraper.parse.byline import (
    Byline,
    is_bare_signature,
    is_labelled,
    is_organisation,
    split_byline,
)
from scraper.parse.headline import Candidate, find_title
from scraper.parse.kind import headline_links, is_list_of_links, stands_among_teasers
from scraper.parse.labels import read_category, read_tags, read_views
from scraper.parse.links import read_attachments
from scraper.parse.marks import AUTHOR
from scraper.parse.metadata import json_authors
from scraper.parse.outline import Element, Outline, block_of, text_of
from scraper.parse.page import Article, Attachment, Image, PageKind
from scraper.parse.photos import assign_captions, photo_of
from scraper.parse.published import DateCandidate, choose_date, date_lines, is_ahead, machine_dates
from scraper.parse.reading import Reading
from scraper.parse.region import Weights, find_region
from scraper.parse.summary import find_summary
from scraper.parse.text import clean, fold
from scraper.parse.timestamp import iso, machine_date


@dataclass(slots=True)
class _Place:
    """Where on the page the article stands: string numbers of its title and its body."""

    region: Element | None
    start: int
    end: int
    title_at: int
    title: Candidate | None = None
    date: DateCandidate | None = None
    lines: list[DateCandidate] = field(default_factory=list)
    dated: bool = False


def read_article(reading: Reading, weights: Weights) -> tuple[PageKind, Article | None]:
    """Read the page as an article; the kind says whether it is one."""
    place = _locate(reading, weights)
    kind = _kind(reading, weights, place)
    if kind is not PageKind.ARTICLE:
        return kind, None
    summary, summary_element = _summary(reading, place)
    blocks = _blocks(reading, place, summary, summary_element)
    byline = _byline(reading, place, blocks)
    lead = _lead_photos(reading, place, blocks)
    captions = assign_captions(lead + blocks)
    images = _images(reading, lead + blocks, captions)
    shift = len(lead)
    text = body_text(blocks)
    title = place.title.text if place.title else None
    date = place.date
    return kind, Article(
        title=title,
        summary=summary,
        body=text,
        body_html=body_html(
            blocks, reading.base, {at - shift: text for at, text in captions.items() if at >= shift}
        ),
        author=byline.author if byline else None,
        organisation=byline.organisation if byline else None,
        byline=byline.printed if byline and byline.printed else None,
        category=_category(reading, place),
        tags=_tags(reading, place),
        published_at=iso(date.stamp.at) if date and date.stamp.at else None,
        published_on=date.stamp.on.isoformat() if date and date.stamp.on else None,
        published_raw=date.stamp.raw if date else None,
        views=read_views(
            reading.outline, place.title_at, place.end, place.date.at if place.date else None
        ),
        images=images,
        attachments=_attachments(reading, place),
    )


def _locate(reading: Reading, weights: Weights) -> _Place:
    outline = reading.outline
    chosen = reading.chosen("body")
    region = max(chosen, key=weights.inside, default=None)
    if region is not None and not text_of(region) and region.find(".//img") is None:
        region = None
    rule = "profile:body"
    if region is None:
        region, rule = find_region(weights, outline.body), "density"
    if region is not None:
        reading.noise.keep(region)
        reading.found("body", rule, region)
    start, end = outline.span(region) if region is not None else (0, 0)
    lines = date_lines(outline, reading.noise, reading.zone, reading.captured_at)
    title = _title(reading, lines, start if region is not None else None)
    title_at = _title_at(outline, title, start)
    if region is not None and rule == "density" and title is not None and title.score >= 7.0:
        nearer = _region_after(reading, weights, title_at, start)
        if nearer is not None:
            region = nearer
            reading.noise.keep(region)
            reading.found("body", "density below the title", region)
            start, end = outline.span(region)
    place = _Place(region, start, end, title_at, title, None, lines)
    place.date = _date(reading, place)
    return place


def _title_at(outline: Outline, title: Candidate | None, start: int) -> int:
    if title is not None and title.element is not None:
        return outline.first_string(title.element)
    return max(0, start - 3)


def _region_after(reading: Reading, weights: Weights, title_at: int, start: int) -> Element | None:
    """The text right below a sure title, where the densest text of the page stands elsewhere."""
    if title_at - 1 <= start <= title_at + 30:
        return None
    outline = reading.outline
    near = {
        block for block in weights.own if title_at < outline.first_string(block) <= title_at + 30
    }
    return find_region(weights, outline.body, near) if near else None


def _title(reading: Reading, lines: list[DateCandidate], start: int | None) -> Candidate | None:
    for element in reading.chosen("title"):
        text = clean(text_of(element))
        if text:
            reading.found("title", "profile:title", element)
            return Candidate(text, element, 10.0, "profile:title")
    dates = [line.at for line in lines if line.at is not None and line.score >= 0]
    title = find_title(reading.outline, reading.metadata, reading.noise, dates, start)
    if title is not None:
        reading.found("title", title.rule, title.element, min(1.0, title.score / 10))
    return title


def _date(reading: Reading, place: _Place) -> DateCandidate | None:
    outline = reading.outline
    candidates = [line for line in place.lines if not is_ahead(line.stamp, reading.captured_at)]
    machine = machine_dates(reading.metadata, outline, reading.noise, reading.zone)
    machine = [value for value in machine if not is_ahead(value.stamp, reading.captured_at)]
    body = (place.start, place.end) if place.region is not None else None
    chosen = set(reading.chosen("published"))
    for element in sorted(chosen, key=outline.order.__getitem__, reverse=True):
        stamp = machine_date(element.get("datetime") or "", reading.zone)
        if stamp is not None and not is_ahead(stamp, reading.captured_at):
            machine.insert(0, DateCandidate(stamp, 0.0, "profile:published", None, element))
    for line in candidates:
        if line.element is not None and any(
            node in chosen for node in (line.element, *line.element.iterancestors())
        ):
            line.score += 8.0
    title_at = place.title_at if place.title and place.title.element is not None else None
    best = choose_date(candidates, title_at, body, machine)
    ahead = choose_date(
        [line for line in place.lines if line not in candidates], title_at, body, []
    )
    if ahead is not None and (best is None or best.at is None or best.score < ahead.score):
        reading.warn(f"The date {ahead.stamp.raw!r} lies after the capture and was not taken.")
        best = replace(ahead, stamp=replace(ahead.stamp, on=None, at=None))
    place.dated = best is not None or ahead is not None
    if best is not None and best.stamp.impossible:
        reading.warn(f"The date {best.stamp.raw!r} does not exist and was not taken.")
    if best is not None:
        reading.found("published_at", best.rule, best.element)
    return best


def _kind(reading: Reading, weights: Weights, place: _Place) -> PageKind:
    profile = reading.site.profile if reading.site else None
    if profile is not None:
        if any(pattern.search(reading.url) for pattern in profile.listings):
            return PageKind.LISTING
        if any(pattern.search(reading.url) for pattern in profile.addresses) and place.title:
            return PageKind.ARTICLE
    declared = reading.metadata.get("og:type") == "article" or bool(reading.metadata.article)
    title, region = place.title, place.region
    if region is not None and (
        headline_links(reading.outline, reading.noise, region) >= 3
        or stands_among_teasers(region)
        or is_list_of_links(region, weights.inside(region))
    ):
        inside = weights.inside(region)
        if not (declared and inside > 800):
            return PageKind.LISTING
    own = title is not None and title.element is not None and title.score >= 4.0
    beside = region is not None and -2 <= place.start - place.title_at <= 25
    if own and (place.dated or declared) and (beside or place.region is None):
        return PageKind.ARTICLE
    if own and beside and region is not None and weights.inside(region) >= 300:
        return PageKind.ARTICLE
    if declared and title is not None and (place.dated or region is not None):
        return PageKind.ARTICLE
    headlines = headline_links(reading.outline, reading.noise)
    return PageKind.LISTING if headlines >= 3 else PageKind.OTHER


def _summary(reading: Reading, place: _Place) -> tuple[str | None, Element | None]:
    title = fold(place.title.text) if place.title else ""
    chosen = reading.chosen("summary")
    element = chosen[0] if chosen else None
    if element is None and place.region is not None:
        element = find_summary(
            reading.outline, reading.noise, place.title_at, max(place.end, place.start + 1)
        )
    if element is None or element is place.region:
        return _bold_lead(reading, place)
    text = clean(text_of(element))
    if not text or fold(text) == title:
        return None, None
    reading.found("summary", "profile:summary" if chosen else "marked", element)
    return text, element


def _bold_lead(reading: Reading, place: _Place) -> tuple[str | None, Element | None]:
    """The first paragraph, where it alone is wholly bold: the sapo of portals without a field."""
    if place.region is None:
        return None, None
    title = fold(place.title.text) if place.title else ""
    texts = [
        block
        for block in walk_blocks(place.region)
        if block.kind == "text" and len(block.text) > 40
    ]
    if len(texts) < 3 or not texts[0].bold or texts[0].element is place.region:
        return None, None
    lead = texts[0]
    if (
        sum(block.bold for block in texts) > 1
        or not 60 <= len(lead.text) <= 700
        or fold(lead.text) == title
    ):
        return None, None
    if (
        lead.element.find(".//img") is not None
        or len(clean(text_of(lead.element))) > len(lead.text) + 2
    ):
        return None, None
    reading.found("summary", "bold lead", lead.element)
    return lead.text, lead.element


def _blocks(
    reading: Reading, place: _Place, summary: str | None, element: Element | None
) -> list[Block]:
    if place.region is None:
        return []
    profile = reading.site.profile if reading.site else None
    dropped = {node for path in (profile.noise if profile else ()) for node in path(place.region)}
    for name in ("title", "summary", "byline", "tags", "attachments", "counters", "published"):
        dropped.update(node for node in reading.chosen(name) if node is not place.region)
    if element is not None:
        dropped.add(element)
    if place.title is not None and place.title.element is not None:
        dropped.add(place.title.element)
    blocks = walk_blocks(place.region, frozenset(dropped))
    printed = {fold(summary): "summary"} if summary else {}
    if place.title:
        printed[fold(place.title.text)] = "title"
    settle_roles(blocks, reading.base, printed)
    if place.date is not None:
        for block in blocks:
            if (
                block.role == "body"
                and place.date.stamp.raw in block.text
                and len(block.text) < len(place.date.stamp.raw) + 50
            ):
                block.role = "date"
                break
    return blocks


def _byline(reading: Reading, place: _Place, blocks: list[Block]) -> Byline | None:
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


def _labelled_outside(reading: Reading, place: _Place) -> list[str]:
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


def _marked_byline(reading: Reading, place: _Place) -> str | None:
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


def _lead_photos(reading: Reading, place: _Place, blocks: list[Block]) -> list[Block]:
    """Photos between the title and the text, outside the region (NukeViet's ``figure.article``)."""
    title = place.title.element if place.title else None
    region = place.region
    if title is None or region is None:
        return []
    order = reading.outline.order
    first, last = order[title], order[region]
    inside = {block.element for block in blocks}
    lead: list[Block] = []
    for element in reading.outline.tagged["img"]:
        if not first <= order[element] < last or element in inside or reading.noise.holds(element):
            continue
        if photo_of(element, reading.base):
            lead.extend(walk_blocks(_frame_of(element)))
    return lead


def _frame_of(photo: Element) -> Element:
    """The figure or table of a photo, or the small block that holds it and its caption."""
    frame: Element | None = next(photo.iterancestors("figure", "table"), None)
    if frame is not None:
        return frame
    node = block_of(photo)
    for _ in range(2):
        parent = node.getparent()
        if parent is None or len(text_of(parent)) > 200 or len(list(parent.iter("img"))) > 1:
            break
        node = parent
    return node


def _images(reading: Reading, blocks: list[Block], captions: dict[int, str]) -> tuple[Image, ...]:
    images: list[Image] = []
    seen: set[str] = set()
    for number, block in enumerate(blocks):
        if block.kind != "image" or block.role != "body":
            continue
        photo = photo_of(block.element, reading.base)
        if photo is not None and photo.url not in seen:
            seen.add(photo.url)
            images.append(Image(photo.url, photo.filename, captions.get(number), photo.alt))
    return tuple(images)


def _category(reading: Reading, place: _Place) -> str | None:
    for element in reading.chosen("category"):
        text = clean(text_of(element))
        if text:
            return text
    title = place.title.text if place.title else None
    printed = read_category(reading.outline, reading.noise, title, place.title_at)
    section = reading.metadata.text("articleSection") or reading.metadata.get("article:section")
    return printed or section


def _tags(reading: Reading, place: _Place) -> tuple[str, ...]:
    chosen = tuple(
        dict.fromkeys(filter(None, (clean(text_of(node)) for node in reading.chosen("tags"))))
    )
    return chosen or read_tags(reading.outline, place.title_at)


def _attachments(reading: Reading, place: _Place) -> tuple[Attachment, ...]:
    """Documents linked in the text and in the file list just below it."""
    if place.region is None:
        return ()
    outline = reading.outline
    first = outline.order[place.region]
    anchors = [
        node
        for node in outline.tagged["a"]
        if outline.order[node] >= first
        and outline.first_string(node) <= place.end + 8
        and not reading.noise.holds(node)
    ]
    return read_attachments(anchors, reading.base)
