"""What the text's region prints above its first paragraph and below its last, beside the text.

A region is often the wrapper of the whole article, or, where nothing wraps the text alone, of boxes
below it as well.
"""

from __future__ import annotations

import re

from scraper.parse.blocks import Block
from scraper.parse.byline import is_bare_signature, is_by_label, is_labelled
from scraper.parse.links import is_file
from scraper.parse.marks import AUTHOR, CATEGORY, CRUMB, DATE, SUMMARY, VIEWS
from scraper.parse.outline import Outline
from scraper.parse.text import fold
from scraper.parse.timestamp import HAS_DATE

# "Sáng 27/3/2024, huyện khởi công cầu Bến Đá." has a date and is no date line.
_SENTENCE = re.compile(r"[\w%)][.!?…:;]['\"”»)]*$")
_LINE, _HEADING = 120, 80
# "… (12/03/2024)", "… 2 giờ trước": what follows the headline in a list of other articles.
_DATED_END = re.compile(
    r"\d\s?[/.-]\s?\d{1,4}\D{0,12}$|\b(?:19|20)\d\d\W{0,2}$|\btrước\W*$|\bago\W*$", re.IGNORECASE
)
# "vừa xong", "5 phút trước" beside the title.
_AGO = re.compile(r"vừa xong|vừa đăng|\d{1,3} (?:phút|giờ|ngày) trước", re.IGNORECASE)
_EDITED = re.compile(
    r"(?:cập nhật|sửa|đăng(?: tin)?|xuất bản|updated|modified|posted|published)\b[^.\d]{0,30}$",
    re.IGNORECASE,
)
# So many links in a row are a list, whatever their mark-up; no date is longer.
_LIST, _DATED = 3, 30
# What ends a page, and the line above it; it has so many lines at most.
_COLOPHON = re.compile(
    r"(?:bản quyền (?:thuộc|©)|giấy phép (?:số|thiết lập)|trưởng ban biên tập\s*:)",
    re.IGNORECASE,
)
_PORTAL = re.compile(r"(?:cổng|trang) (?:thông tin|tin)\b.{0,60}$", re.IGNORECASE)
_COLOPHON_LINES = 6
# A heading and so many lines less one invite to a form.
_INVITING = 3


def drop_head(blocks: list[Block], outline: Outline, heading: int, printed: set[str]) -> None:
    """Take out what stands above the first paragraph and is none: section, date, author, tools.

    That is what precedes the title (element ``heading``), what says in ``printed`` (folded) texts
    that are known, and short lines with a date (sentences are none), a signature's label or a class
    that says so.
    """
    for block in blocks:
        if block.kind == "image" or block.role != "body":
            continue
        short = len(block.text) <= _LINE
        sentence = _SENTENCE.search(block.text) is not None
        if short and (
            block.at < heading
            or fold(block.text) in printed
            or (HAS_DATE.search(block.text[:60]) and not sentence)
            or is_by_label(block.text.split(" ")[0])
            or _AGO.fullmatch(block.text)
            or (_is_meta(outline, block.at) and not (sentence and len(block.text) > 40))
        ):
            block.role = "head"
        elif not block.text.isupper() or len(block.text) > 40:
            return


def _is_meta(outline: Outline, number: int) -> bool:
    marks, parents = outline.marks, outline.parents
    around = (number, parents[number])
    return any(
        node > 0
        and marks[node] & (AUTHOR | DATE | CRUMB | CATEGORY | VIEWS)
        and not marks[node] & SUMMARY
        for node in around
    )


def drop_tail(blocks: list[Block], outline: Outline) -> None:
    """Take out what stands below the last paragraph and is none: lists of other articles, files.

    Three links in a row with their dates are such a list, whatever encloses them; a short line
    above a list is its heading. A line of files and the date of the last edit are no text, either.
    """
    _drop_colophon(blocks)
    listed = 0
    waiting: list[Block] = []
    dropped: list[Block] = []
    for block in reversed(blocks):
        if block.role != "body":
            if block.role in ("links", "end"):
                listed += _LIST if block.kind == "list" else 1
        elif _is_teaser(block):
            waiting.append(block)
            listed += _LIST if block.kind == "list" else 1
        elif listed >= _LIST and _heads(block):
            # Above the heading of a list another list may end.
            dropped += [*waiting, block]
            listed, waiting = 0, []
        elif _offers_files(block, outline) or _tells_of_an_edit(block.text):
            block.role = "drop"
        else:
            break
    for block in (*dropped, *(waiting if listed >= _LIST else ())):
        block.role = "end"


def _drop_colophon(blocks: list[Block]) -> None:
    """End the text where a portal's licence, rights or editor are named, and its name above."""
    texts = [block for block in blocks if block.role == "body" and block.kind != "image"]
    for number, block in enumerate(texts):
        if number < len(texts) - _COLOPHON_LINES or not is_colophon(block.text):
            continue
        named = number > 0 and _PORTAL.match(texts[number - 1].text) is not None
        for line in texts[number - named :]:
            line.role = "end"
        return


def is_colophon(line: str) -> bool:
    """Whether a line names a portal's licence, its rights or who answers for it."""
    return len(line) <= 250 and _COLOPHON.match(line) is not None


def drop_invitations(blocks: list[Block], outline: Outline) -> None:
    """Take out the heading and the lines above a form that asks for an e-mail address.

    So newsletters are offered between two paragraphs; the form's own wrapper need not say so.
    """
    for form in outline.by_tag.get("form", ()):
        if not _asks_for_mail(outline, form):
            continue
        above: list[Block] = []
        for block in reversed([block for block in blocks if block.at < form]):
            beside = outline.parents[block.at] == outline.parents[form]
            if len(above) == _INVITING or not beside or len(block.text) > _LINE:
                break
            above.append(block)
            if block.kind == "heading":
                for line in above:
                    line.role = "drop"
                break


def _asks_for_mail(outline: Outline, form: int) -> bool:
    inputs = (
        outline.elements[number]
        for number in range(form + 1, outline.ends[form])
        if outline.tags[number] == "input"
    )
    return any("mail" in f"{field.get('type')} {field.get('name')}".lower() for field in inputs)


def _is_teaser(block: Block) -> bool:
    """Whether a block is links to other articles, with nothing beside but their dates."""
    if block.linked > 0.9:
        return True
    return block.linked > 0.3 and all(
        len(line) <= 250 and _DATED_END.search(line[-_DATED:]) for line in block.text.split("\n")
    )


def _heads(block: Block) -> bool:
    """Whether a block may be the heading of the list below it: short, no sentence, no signature."""
    text = block.text
    return (
        block.kind in ("text", "heading")
        and len(text) <= _HEADING
        and (text.endswith(":") or not _SENTENCE.search(text))
        and not (is_labelled(text) or is_bare_signature(text))
        and not block.caption
    )


def _offers_files(block: Block, outline: Outline) -> bool:
    """Whether a line is a label (``Tệp tin:``) and links to files, and nothing else."""
    label, colon, _ = block.text.partition(":")
    if not colon or len(label) > 30 or block.linked < 0.5 or block.kind != "text":
        return False
    links = [link.get("href") or "" for link in outline.elements[block.at].iter("a")]
    return bool(links) and all(is_file(href) for href in links)


def _tells_of_an_edit(line: str) -> bool:
    """Whether a line (``Cập nhật lần cuối: 21/11/2013 07:40``) says when the page was changed."""
    date = HAS_DATE.search(line) if len(line) <= _LINE and not _SENTENCE.search(line) else None
    if date is None:
        return False
    return _EDITED.search(line[: date.start()].rstrip("0123456789")) is not None
