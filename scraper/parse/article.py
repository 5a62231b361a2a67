"""All fields of an article, read from one page in the order in which they lean on each other."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from itertools import islice

from scraper.parse.article_text import (
    body_html,
    body_text,
    drop_captions,
    settle_roles,
)
from scraper.parse.blocks import Block, walk_blocks
from scraper.parse.boilerplate import drop_shared
from scraper.parse.byline import split_byline
from scraper.parse.headline import Candidate
from scraper.parse.kind import (
    alike_headlines,
    headline_links,
    is_form,
    is_list_of_links,
    is_record,
    plain_headlines,
    stands_among_teasers,
)
from scraper.parse.labels import read_category, read_tags, read_views
from scraper.parse.links import read_attachments
from scraper.parse.marks import FILES, LEAD
from scraper.parse.outline import Element, Outline, block_of, text_of
from scraper.parse.page import Article, Attachment, PageKind
from scraper.parse.photos import assign_captions, images_of, photo_of
from scraper.parse.place import Place, locate
from scraper.parse.published import DateCandidate
from scraper.parse.reading import Reading
from scraper.parse.region import Weights
from scraper.parse.signature import read_byline
from scraper.parse.stated import stated_body, stated_html
from scraper.parse.summary import read_summary
from scraper.parse.tags import BLOCKS
from scraper.parse.text import clean, fold
from scraper.parse.timestamp import iso
from scraper.parse.trim import drop_head, drop_invitations, drop_tail
from scraper.sites.profile import first_found

# The box of latest news beside what is no news has fewer headlines.
_MANY = 7
# How many strings below the text a list of files may reach.
_FILES_BELOW = 24


def read_article(reading: Reading, weights: Weights) -> tuple[PageKind, Article | None]:
    """Read the page as an article; the kind says whether it is one."""
    place = locate(reading, weights)
    kind = _kind(reading, weights, place)
    if kind is not PageKind.ARTICLE:
        return kind, None
    reading.note_legacy(min(place.title_at, place.start), max(place.end, place.title_at + 1))
    blocks = _walk(reading, place)
    summary, summary_element = read_summary(reading, place, weights, blocks)
    blocks = _blocks(reading, place, blocks, summary, summary_element)
    byline = read_byline(reading, place, blocks)
    category = _category(reading, place)
    _trim(reading, place, blocks, category, byline.printed if byline else "")
    lead = _lead_photos(reading, place, blocks)
    captions = assign_captions(lead + blocks)
    drop_captions(blocks)
    images = images_of(lead + blocks, captions, reading.base)
    shift = len(lead)
    text, html = body_text(blocks), None
    stated = stated_body(reading.metadata, text)
    if stated is not None:
        text, html = stated, stated_html(stated, reading.base)
        reading.found("body", "json-ld:articleBody", confidence=0.6)
    title = place.title.text if place.title and not place.title.shared else None
    date = place.date
    return kind, Article(
        title=title,
        summary=summary,
        body=text,
        body_html=html
        or body_html(
            blocks, reading.base, {at - shift: text for at, text in captions.items() if at >= shift}
        ),
        author=_said_author(reading) or (byline.author if byline else None),
        organisation=reading.said("organisation") or (byline.organisation if byline else None),
        byline=byline.printed if byline and byline.printed else None,
        category=category,
        tags=_tags(reading, place),
        published_at=iso(date.stamp.at) if date and date.stamp.at else None,
        published_on=date.stamp.on.isoformat() if date and date.stamp.on else None,
        published_raw=date.stamp.raw if date else None,
        views=_views(reading, place),
        images=images,
        attachments=_attachments(reading, place),
    )


def _said_author(reading: Reading) -> str | None:
    """The author whom the profile's selector finds, without a label (``Tác giả``) or an account."""
    said = reading.said("author")
    return split_byline(said).author if said else None


def _kind(reading: Reading, weights: Weights, place: Place) -> PageKind:
    profile = reading.profile
    if profile is not None:
        if any(pattern.search(reading.url) for pattern in profile.listings):
            return PageKind.LISTING
        if any(pattern.search(reading.url) for pattern in profile.addresses) and place.title:
            return PageKind.ARTICLE
    declared = reading.metadata.get("og:type") == "article" or bool(reading.metadata.article)
    title, region = place.title, place.region
    heads = (title.text if title else "", (reading.metadata.title or "").split(" - ")[0])
    if any(is_form(fold(text)) for text in heads) and not place.dated:
        return PageKind.OTHER
    long = region is not None and weights.inside(region) >= 1000
    if not (declared or long) and is_record(reading.outline, place.title_at, place.end):
        return PageKind.OTHER
    if region is not None and (
        headline_links(reading.outline, reading.noise, region) >= 3
        or stands_among_teasers(region)
        or is_list_of_links(reading.outline, region, weights.own)
    ):
        inside = weights.inside(region)
        if not (declared and (inside > 800 or _is_stated(reading, title))):
            return PageKind.LISTING
    short = region is None or weights.inside(region) < 120
    if short and not declared and headline_links(reading.outline, reading.noise) >= 5:
        return PageKind.LISTING
    own = title is not None and title.element is not None and title.score >= 4.0
    # A long text may begin further down, below tools and boxes, or enclose its own heading.
    far = 25 if region is None or weights.inside(region) < 400 else 80
    beside = region is not None and (
        -2 <= place.start - place.title_at <= far or place.start <= place.title_at < place.end
    )
    if own and (place.dated or declared) and (beside or place.region is None):
        return PageKind.ARTICLE
    if own and beside and region is not None and weights.inside(region) >= 300:
        return PageKind.ARTICLE
    if declared and title is not None and (place.dated or region is not None):
        return PageKind.ARTICLE
    # What it states as its title may be its site's name, which is none.
    if declared and long:
        return PageKind.ARTICLE
    own = own or (title is not None and title.element is not None and title.element.tag == "h1")
    headlines = headline_links(reading.outline, reading.noise)
    if not own and headlines < 3:
        headlines = plain_headlines(reading.links)
    if headlines < 3 and alike_headlines(reading.outline, reading.noise) >= _MANY:
        return PageKind.LISTING
    return PageKind.LISTING if headlines >= 3 else PageKind.OTHER


def _is_stated(reading: Reading, title: Candidate | None) -> bool:
    """Whether metadata call the page one dated news item, under the title that it prints."""
    metadata = reading.metadata
    if title is None or title.element is None:
        return False
    named = metadata.text("headline") if metadata.text("datePublished") else None
    if named is None and metadata.get("article:published_time"):
        named = metadata.get("og:title")
    return named is not None and fold(named)[:40] == fold(title.text)[:40]


def _walk(reading: Reading, place: Place, dropped: Container[int] = ()) -> list[Block]:
    if place.region is None:
        return []
    outline = reading.outline
    blocks = walk_blocks(outline, reading.noise, outline.order[place.region], dropped)
    line = _date_line(outline, place.date, blocks) if place.date is not None else None
    if line is not None:
        line.role = "date"
    return blocks


def _dropped(reading: Reading, place: Place, summary: Element | None) -> set[int]:
    """What stands in the region but is no body: known noise, and fields that have been read."""
    region, title = place.region, place.title
    if region is None:
        return set()
    profile = reading.profile
    dropped = {node for path in (profile.noise if profile else ()) for node in path(region)}
    dropped.update(first_found(profile.counter_boxes, region) if profile else ())
    for name in ("title", "summary", "byline", "tags", "attachments", "published"):
        dropped.update(reading.chosen(name))
    if summary is not None:
        dropped.add(summary)
    if title is not None and title.element is not None:
        dropped.add(title.element)
        # A kicker may stand in the heading beside the title's own element.
        dropped.update(title.element.iterancestors("h1"))
    order = reading.outline.order
    first, last = reading.outline.extent(region)
    numbers = {order.get(node, first) for node in dropped}
    return {number for number in numbers if first < number < last}


def _blocks(
    reading: Reading,
    place: Place,
    blocks: list[Block],
    summary: str | None,
    element: Element | None,
) -> list[Block]:
    dropped = _dropped(reading, place, element)
    if dropped:
        blocks = _without(reading, place, blocks, dropped)
    captions = set(reading.chosen("captions"))
    for block in blocks if captions else ():
        block.caption |= bool(captions.intersection((block.element, *_above(block.element))))
    printed = {fold(summary): "summary"} if summary else {}
    if place.title:
        printed[fold(place.title.text)] = "title"
    settle_roles(blocks, reading.base, printed)
    if reading.site is not None and reading.site.boilerplate:
        drop_shared(reading.outline, blocks, reading.site.boilerplate)
    drop_invitations(blocks, reading.outline)
    drop_tail(blocks, reading.outline)
    return blocks


def _date_line(outline: Outline, date: DateCandidate, blocks: list[Block]) -> Block | None:
    """The short block of the text that prints the article's date, in words or as it was chosen."""
    raw = date.stamp.raw
    owner = outline.owner_at[date.at] if date.at is not None else -1
    for block in blocks:
        if block.kind == "image":
            continue
        if raw in block.text and len(block.text) < len(raw) + 50:
            return block
        # "8 giờ trước", whose date stands in an attribute.
        inside = len(block.text) <= 60 and block.at <= owner < outline.ends[block.at]
        if inside and len(outline.text_at(block.at)) <= 60:
            return block
    return None


def _trim(
    reading: Reading, place: Place, blocks: list[Block], category: str | None, byline: str
) -> None:
    """Drop what the text's region prints above its first paragraph beside it."""
    outline = reading.outline
    title = place.title.element if place.title else None
    printed = {fold(line) for line in (category or "", *byline.split("\n")) if line}
    drop_head(blocks, outline, outline.order.get(title, 0) if title is not None else 0, printed)


def _above_title(reading: Reading, lead: Element) -> int:
    """How far (in strings) above the title a lead photo may stand; one with a text, less far."""
    start, end = reading.outline.span(lead)
    return 2 if end > start else 6


def _without(reading: Reading, place: Place, blocks: list[Block], dropped: set[int]) -> list[Block]:
    """The blocks outside the dropped elements; these may cut a paragraph only if inline."""
    tags, ends = reading.outline.tags, reading.outline.ends
    if any(tags[number] not in BLOCKS for number in dropped):
        return _walk(reading, place, dropped)
    return [
        block
        for block in blocks
        if not any(number <= block.at < ends[number] for number in dropped)
    ]


def _above(element: Element) -> Iterator[Element]:
    return islice(element.iterancestors(), 3)


def _lead_photos(reading: Reading, place: Place, blocks: list[Block]) -> list[Block]:
    """Photos between the title and the text, outside the region (NukeViet's ``figure.article``).

    A photo whose class says that it heads the article may stand above the title, too.
    """
    title = place.title.element if place.title else None
    region = place.region
    chosen = reading.chosen("photos")
    if chosen:
        known = {block.element for block in blocks}
        return [
            block
            for element in chosen
            for block in walk_blocks(reading.outline, reading.noise, reading.outline.order[element])
            if block.element not in known
        ]
    if title is None or region is None:
        return []
    order = reading.outline.order
    first, last = order[title], order[region]
    inside = {block.element for block in blocks}
    lead: list[Block] = []
    early = [
        node
        for node in reading.outline.marked(LEAD)
        if first - 40 <= order[node] < first
        and place.title_at - reading.outline.first_string(node) <= _above_title(reading, node)
    ]
    for element in reading.outline.with_tag("img"):
        featured = any(node is element or node in element.iterancestors() for node in early)
        if (
            not (featured or first <= order[element] < last)
            or element in inside
            or reading.noise.holds(element)
        ):
            continue
        if photo_of(element, reading.base):
            frame = order[_frame_of(element)]
            lead.extend(walk_blocks(reading.outline, reading.noise, frame))
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


def _category(reading: Reading, place: Place) -> str | None:
    for element in reading.chosen("category"):
        text = clean(text_of(element))
        if text:
            reading.found("category", "profile:category", element)
            return text
    title = place.title.text if place.title else None
    printed = read_category(reading.outline, reading.noise, title, place.title_at, place.end)
    section = reading.metadata.text("articleSection") or reading.metadata.get("article:section")
    if printed:
        reading.found_near("category", "printed", printed, place.title_at)
    elif section:
        reading.found("category", "metadata")
    return printed or section


def _views(reading: Reading, place: Place) -> int | None:
    for element in reading.chosen("views"):
        digits = re.sub(r"\D", "", text_of(element))
        if digits:
            reading.found("views", "profile:views", element)
            return int(digits)
    date_at = place.date.at if place.date else None
    views = read_views(reading.outline, place.title_at, place.end, date_at)
    if views is not None:
        reading.found("views", "label")
    return views


def _tags(reading: Reading, place: Place) -> tuple[str, ...]:
    nodes = reading.chosen("tags")
    chosen = tuple(dict.fromkeys(filter(None, (clean(text_of(node)) for node in nodes))))
    if chosen:
        reading.found("tags", "profile:tags", nodes[0])
        return chosen
    printed = read_tags(reading.outline, place.title_at, place.end)
    if printed:
        reading.found_near("tags", "list", printed[0], place.end)
    return printed


def _attachments(reading: Reading, place: Place) -> tuple[Attachment, ...]:
    """Documents linked in the text, in the file list just below it, and where a profile says."""
    outline, held = reading.outline, reading.noise.held
    chosen = {
        outline.order[link] for node in reading.chosen("attachments") for link in node.iter("a")
    }
    found = set(chosen)
    if place.region is not None:
        first, firsts = outline.order[place.region], outline.firsts
        found.update(
            number
            for number in outline.by_tag.get("a", ())
            if number >= first
            and firsts[number] <= place.end + _FILES_BELOW
            and (firsts[number] <= place.end + 8 or _in_file_list(outline, number))
            and not held[number]
        )
    if chosen:
        reading.found("attachments", "profile:attachments", outline.elements[min(chosen)])
    anchors = [(outline.elements[number], number in chosen) for number in sorted(found)]
    return read_attachments(anchors, reading.base)


def _in_file_list(outline: Outline, link: int) -> bool:
    """Whether a class around the link says that it stands among the article's files."""
    return any(outline.marks[number] & FILES for number in (link, *outline.above(link)[:4]))
