"""Which pictures are photos of the article, and which text is a photo's caption."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import islice

from scraper.parse.addresses import Base, file_name
from scraper.parse.blocks import Block
from scraper.parse.byline import is_bare_signature, is_labelled
from scraper.parse.marks import CAPTION
from scraper.parse.outline import Element, Outline, block_of, marks_of, text_of
from scraper.parse.page import Image
from scraper.parse.text import clean, clean_or_none

_SOURCES = (
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-lazy",
    "data-url",
    "data-image",
    "src",
)
_NO_PHOTO = re.compile(
    r"(?:^|[/_.-])(?:icons?|ico|logo\w*|spacer|pixel|blank|transparent|loading|loader|share"
    r"|facebook|fb|zalo|twitter|youtube|google|tiktok|print\w*|in-tin|email|mail|arrow\w*"
    r"|bullet|button|btn|banner\w*|avatar\w*|emoji|smil\w+|captcha|counter|rating|star\w*|line"
    r"|dot|bg|new|tracking|1x1|no-?image|noimg|placeholder|pdf|doc|docx|xls|xlsx|zip|rss"
    r"|play)(?:[/_.-]\w{0,12}|\d*)?\.(?:gif|png|svg|jpe?g|webp)",
    re.IGNORECASE,
)
_NO_PHOTO_MARKS = re.compile(r"icon|logo|emoji|avatar|gravatar|share|social|pixel|tracking|spinner")
_PROPORTIONS = (("16", "9"), ("4", "3"), ("3", "2"))
_TRACKERS = re.compile(
    r"//(?:[\w-]+\.)*(?:google-analytics|doubleclick|facebook|scorecardresearch|gravatar"
    r"|addthis|statcounter|histats)\.\w+",
    re.IGNORECASE,
)
_END = re.compile(r"[.!?:;…。！？：]['\"”»)]*$|\./\.?$")
# "Ảnh trên: …. Ảnh dưới: …" speaks of two photos.
_BOTH = re.compile(r"ảnh trên\b.*ảnh dưới\b", re.IGNORECASE)
_ABOVE = re.compile(r"ảnh(?: trên)?\s*:", re.IGNORECASE)
# Longer plain paragraphs are text; captions with their own mark-up may be longer.
_PLAIN, _MARKED = 320, 420


def photo_of(element: Element, base: Base) -> Image | None:
    """The photo that an ``img`` shows, or ``None`` for icons, trackers and layout pictures."""
    source = _source(element)
    url = base.absolute(source)
    if (
        url is None
        or _too_small(element)
        or (url.lower().endswith(".gif") and _links_on(element))
        or url.lower().split("?")[0].endswith(".svg")
    ):
        return None
    if (
        _NO_PHOTO.search(url.split("?")[0])
        or _TRACKERS.search(url)
        or _NO_PHOTO_MARKS.search(marks_of(element))
    ):
        return None
    return Image(url=url, filename=file_name(url), alt=clean_or_none(element.get("alt")))


def in_figure(outline: Outline, number: int) -> bool:
    """Whether element ``number`` stands in a figure or a caption, or bears a caption's class."""
    around = (number, *islice(outline.above(number), 3))
    return any(
        outline.marks[node] & CAPTION or outline.tags[node] in ("figure", "figcaption")
        for node in around
    )


def _links_on(element: Element) -> bool:
    """Whether the picture is a link to another page (a topic's emblem), not to its larger self."""
    link = next(element.iterancestors("a"), None)
    href = (link.get("href") or "") if link is not None else ""
    return bool(href.strip("# ")) and not re.search(
        r"\.(?:jpe?g|png|gif|webp)$", href, re.IGNORECASE
    )


def _source(element: Element) -> str | None:
    for name in _SOURCES:
        value = (element.get(name) or "").strip()
        if value and not value.startswith("data:"):
            return value
    candidates = (element.get("srcset") or element.get("data-srcset") or "").split(",")
    return candidates[-1].split()[0] if candidates[-1].split() else None


def _too_small(element: Element) -> bool:
    # A proportion, for browsers to keep the place free.
    if (element.get("width"), element.get("height")) in _PROPORTIONS:
        return False
    for name in ("width", "height"):
        digits = re.match(r"\s*(\d+)(?:px|\s*$)", element.get(name) or "")
        if digits and int(digits[1]) <= 48:
            return True
    style = element.get("style") or ""
    sizes = re.findall(r"(?<![\w-])(?:width|height)\s*:\s*(\d+)px", style)
    return any(int(size) <= 48 for size in sizes)


def images_of(blocks: list[Block], captions: dict[int, str], base: Base) -> tuple[Image, ...]:
    """The photos among ``blocks`` with their captions (by the block's number), in reading order.

    A photo that is printed twice (NukeViet's above the text and again in it) is one, with the
    caption it has anywhere; where two captions differ, each is kept, at its own place.
    """
    images: list[Image] = []
    places: dict[str, int] = {}
    printed: set[tuple[str, str | None]] = set()
    for number, block in enumerate(blocks):
        if block.kind != "image" or block.role != "body":
            continue
        photo = block.photo or photo_of(block.element, base)
        caption = captions.get(number)
        if photo is None or (photo.url, caption) in printed:
            continue
        printed.add((photo.url, caption))
        first = places.setdefault(photo.url, len(images))
        if first == len(images) or (caption and images[first].caption):
            images.append(replace(photo, caption=caption))
        elif caption:
            images[first] = replace(images[first], caption=caption)
    return tuple(images)


class _Setting:
    """How the text is set as a whole; asked once, since pages may hold thousands of photos."""

    def __init__(self, blocks: list[Block]) -> None:
        long = [block for block in blocks if block.kind == "text" and len(block.text) > 200]
        self.italic = sum(block.italic for block in long) * 2 > len(long)
        self.centred = sum(block.centred for block in long) * 2 > len(long)
        self.last_text = max(
            (
                number
                for number, block in enumerate(blocks)
                if block.role == "body" and block.kind != "image"
            ),
            default=-1,
        )
        self.photos = Counter(block.frame for block in blocks if block.kind == "image")


def assign_captions(blocks: list[Block]) -> dict[int, str]:
    """Mark the blocks that are captions (``role``) and return captions by the image block's number.

    Explicit ones first (``figcaption``, a caption class, a cell of the photo's table); then the
    block after a photo where it is set apart (italic, centred) or is a short line that does not
    end like a sentence.
    """
    captions: dict[int, str] = {}
    setting = _Setting(blocks)
    for number, block in enumerate(blocks):
        if block.kind != "image" or block.role != "body":
            continue
        chosen = (
            _framed(blocks, number, setting)
            or _following(blocks, number, setting)
            or _preceding(blocks, number, setting)
        )
        if chosen is None:
            continue
        for part in chosen:
            part.role = "caption"
        captions[number] = clean(" ".join(part.text for part in chosen))
        _share(blocks, number, captions)
        _share_below(blocks, number, chosen[0], captions)
    return captions


def _share(blocks: list[Block], number: int, captions: dict[int, str]) -> None:
    """Give a photo's caption to those before it that stand with it, or that it speaks of."""
    caption = captions[number]
    for before in range(number - 1, -1, -1):
        block = blocks[before]
        if block.kind != "image" or block.role != "body" or before in captions:
            return
        both = before == number - 1 and _BOTH.search(caption) is not None
        if not both and not _stand_together(block, blocks[before + 1]):
            return
        captions[before] = caption


def _share_below(
    blocks: list[Block], number: int, caption: Block, captions: dict[int, str]
) -> None:
    """Give a caption above two photos that speaks of both to the second of them, too."""
    above = number > 0 and caption is blocks[number - 1]
    second = blocks[number + 1].kind if number + 1 < len(blocks) else None
    if above and second == "image" and _BOTH.search(captions[number]):
        captions[number + 1] = captions[number]


def _stand_together(first: Block, second: Block) -> bool:
    """Whether two photos stand in one figure, row or paragraph, and so share its caption."""
    frame, shared = first.frame, first.frame is second.frame
    if frame is not None and shared and frame.tag != "table":
        return True
    if frame is not None and second.frame is not None and not shared:
        # A gallery of WordPress: figures in a figure, which has the caption.
        gallery = frame.getparent()
        return gallery is second.frame.getparent() and gallery.tag == "figure"
    one, other = block_of(first.element), block_of(second.element)
    if one is other:
        return str(one.tag) in ("p", "td") or (one.tag == "div" and not text_of(one))
    # Cells of one row: the caption of both stands in the row below.
    return one.tag == other.tag == "td" and one.getparent() is other.getparent()


def _framed(blocks: list[Block], number: int, setting: _Setting) -> list[Block] | None:
    """Captions by their own mark-up, in the photo's figure or table or right after it."""
    frame = blocks[number].frame
    if frame is not None:
        inside = [
            block
            for block in blocks[max(0, number - 2) : number + 8]
            if block.frame is frame and block.role == "body"
        ]
        texts = [block for block in inside if block.kind in ("text", "heading")]
        marked = [block for block in texts if block.caption]
        if frame.tag != "table":
            short = sum(len(block.text) for block in texts) <= _MARKED
            return _between(blocks, number, marked or (texts if short else []), setting)
        if texts and sum(len(block.text) for block in texts) <= _MARKED * 2:
            return _between(blocks, number, texts, setting)
    after = blocks[number + 1] if number + 1 < len(blocks) else None
    return (
        [after]
        if after is not None and after.caption and after.role == "body" and after.kind == "text"
        else None
    )


def _between(
    blocks: list[Block], number: int, texts: list[Block], setting: _Setting
) -> list[Block] | None:
    """Of a frame's texts, those that follow this photo and precede the next one in the frame."""
    frame = blocks[number].frame
    if setting.photos[frame] == 1:
        return texts or None
    after = []
    for block in islice(blocks, number + 1, None):
        if block.kind == "image" or block.frame is not frame:
            break
        if block in texts:
            after.append(block)
    return after or None


def _following(blocks: list[Block], number: int, setting: _Setting) -> list[Block] | None:
    if number + 1 >= len(blocks):
        return None
    image, after = blocks[number], blocks[number + 1]
    if (
        after.kind != "text"
        or after.role != "body"
        or after.linked > 0.5
        or (image.frame is not None and after.frame is None and image.frame.tag == "figure")
    ):
        return None
    text = after.text
    if is_labelled(text) and not text.lower().startswith(("ảnh:", "(ảnh")):
        return None
    if setting.last_text <= number + 1 and is_bare_signature(text):
        return None
    same = (
        after.element is image.element.getparent()
        or image.element in after.element.iterdescendants("img")
    )
    apart = (after.italic and not setting.italic) or (
        after.centred and not after.italic and not setting.centred
    )
    if apart and len(text) <= _MARKED and (len(text) <= 160 or not _several_sentences(text)):
        return [after]
    if after.right or (after.bold and not same):
        return None
    if not _END.search(text) and len(text) <= _PLAIN and "\n" not in text:
        return [after]
    return [after] if same and len(text) <= 120 else None


def _preceding(blocks: list[Block], number: int, setting: _Setting) -> list[Block] | None:
    """A caption above its photo: centred and in italics, or set apart and labelled ``Ảnh:``.

    Verses, leads and lines below another photo look alike: what follows one of their kind, begins
    the text or ends like a sentence is none.
    """
    if number < 2 or blocks[number].frame is not None:
        return None
    earlier, before = blocks[number - 2], blocks[number - 1]
    text = before.text
    if before.kind != "text" or before.role != "body" or len(text) > 160 or "\n" in text:
        return None
    if earlier.kind != "text" or earlier.role != "body" or (earlier.centred and earlier.italic):
        return None
    centred = before.centred and not setting.centred
    italic = before.italic and not setting.italic
    if _ABOVE.match(text):
        return [before] if centred or italic else None
    set_apart = centred and italic and not before.bold and before.linked < 0.5
    return [before] if set_apart and not _END.search(text) and not is_labelled(text) else None


def _several_sentences(text: str) -> bool:
    return len(re.findall(r"[.!?]\s+[A-ZÀ-ỸĐ]", text)) >= 1 and len(text) > 160
