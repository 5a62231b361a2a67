"""From a region's blocks to the article's text: what is body, what signs it, where it ends."""

from __future__ import annotations

import re
from dataclasses import replace

from lxml import etree

from scraper.parse.addresses import Base
from scraper.parse.blocks import Block
from scraper.parse.byline import is_bare_signature, is_behalf, is_labelled, is_lone_name
from scraper.parse.outline import Element, text_of
from scraper.parse.photos import photo_of
from scraper.parse.sanitise import sanitise
from scraper.parse.text import clean, fold

# Headings of what follows an article; everything after them is not the article.
_AFTER = re.compile(
    r"^(?:(?:các )?(?:tin|bài|bài viết|tin bài|nội dung)(?: tức| bài| viết)? (?:liên quan|khác"
    r"|cùng (?:chuyên )?mục|cùng loại|mới(?: hơn| nhất)?|cũ hơn|đã đưa|đọc nhiều)"
    r"|các tin khác.*|tin khác.*|tin cùng.*|có thể bạn quan tâm"
    r"|những tin (?:mới|cũ) hơn.*|bạn đọc quan tâm|xem nhiều.*|ý kiến (?:bạn đọc|của bạn).*"
    r"|bình luận.*|gửi bình luận.*|phản hồi|đánh giá bài viết.*|related (?:articles|news|posts"
    r"|stories|content)|read more|more (?:news|stories)|you may also like.*"
    r"|comments?(?: \(\d+\))?|keep reading|read next|(?:more|latest) (?:from|on|about|in) .{2,30}"
    r"|you might (?:also )?like.*|recommended.*|auch interessant|mehr zum thema|lesen sie auch"
    r"|das könnte sie auch interessieren|zum thema|weitere artikel|lire aussi|à lire aussi"
    r"|sur le même sujet|te puede interesar|más noticias|leia (?:também|mais)|leggi anche"
    r"|lees ook|関連記事|【関連記事】|관련\s?기사|читайте также|похожие (?:статьи|новости)"
    r"|czytaj także"
    r"|leave a (?:reply|comment).*|see also|tổng số điểm.*)\s*:?$",
    re.IGNORECASE,
)
_FURNITURE = re.compile(
    r"^(?:chia sẻ.*|xem thêm\s*:?|trang\s*:\s*[\d\s]+(?:trang sau.*)?|in (?:bài viết|trang|tin này)"
    r"|bản in|gửi (?:email|mail|bài viết|cho bạn).*|(?:quay )?(?:lại|về) (?:đầu )?trang.*"
    r"|trở (?:về|lại).*|lên đầu trang|đầu trang|về trang trước|print|email|share|tweet"
    r"|facebook|zalo|twitter|cỡ chữ.*|nghe (?:đọc )?(?:bài|tin).*|đọc bài viết|\[?\s*(?:in"
    r"|trở về|quay lại)\s*\]?|a[-+]\s*a?|font.?size.*"
    r"|advert|advertisement\b.{0,40}|caption|close|(?:image|photo|bild|foto|source|video|watch|listen)\s*:?"
    r"|\d+ min(?:ute)?s? (?:read|lesezeit)|tải về|xem trước|lưu bài viết|quảng cáo|advertisement"
    r"|(?:tags?|từ khóa|từ khoá|thẻ"
    r"|keywords?)\s*:.*|(?:số )?(?:lượt xem|lượt đọc|đã xem)\s*:?.{0,14}|view count.{0,12}"
    r"|views?\s*:.{0,12}|[\d.,]+\s*/\s*\d+\s*-?\s*\(\d+ (?:bình chọn|votes?|đánh giá)\)"
    r"|theo dõi .{0,30}trên google news.*|null)$",
    re.IGNORECASE,
)
# NukeViet's notice under every article, and others' of the kind.
_RIGHTS = re.compile(
    r"^(?:\W*(?:chú ý|lưu ý|ghi chú)\s*:)?\W*(?:việc đăng lại (?:bài viết|thông tin)\b.*"
    r"|(?:yêu cầu|đề nghị) ghi rõ nguồn\b.*"
    r"|(?:vui lòng )?ghi rõ nguồn .{0,40}khi (?:đăng|phát|trích).*"
    r"|nghiêm cấm sao chép.*|bản quyền (?:bài viết )?thuộc về.*|all rights reserved.*)$",
    re.IGNORECASE,
)
# "Công chức VHXH: Nguyễn Thị Dung", set to the right: an office and who holds it.
_OFFICE_HOLDER = re.compile(r"^[A-ZÀ-ỸĐ][^:.!?]{2,40}:\s*(?:[A-ZÀ-ỸĐ][\wÀ-ỹ]*\s?){2,5}$")
# "Read more: <a>…</a>" between paragraphs, in the languages met so far.
_PROMO = re.compile(
    r"^(?:[>»›*-]{1,3}\s*)?"
    r"(?:xem thêm|đọc thêm|tin liên quan|read (?:more|also|next)|see also|also read|more"
    r"|related|lire aussi|à lire|lesen sie(?: auch)?|mehr zum thema|lea también|lee también"
    r"|leia (?:também|mais)|leggi anche|lees ook|les også|läs (?:också|även|mer)"
    r"|czytaj (?:też|także)|читайте также|okuyun)\s*[:：].*",
    re.IGNORECASE,
)
# A name or a source in brackets behind the last sentence's end.
_BRACKETED = re.compile(r"[.!?…”\"]\s+(\([^()\n]{2,60}\))$")
_ATTACHED = re.compile(
    r"^(?:file|tệp|tập tin|tài liệu|văn bản)(?: tin)? đính kèm.{0,20}$|^đính kèm\s*:?$"
    r"|^tải (?:file|văn bản|tài liệu).{0,30}$|^attachments?\s*:?$",
    re.IGNORECASE,
)


def settle_roles(blocks: list[Block], base: Base, printed: dict[str, str]) -> None:
    """Give each block its role: ``body``, ``photo``, ``byline``, ``end`` or what it repeats.

    ``printed`` maps folded text that is known already (title, summary, date line) to its role.
    """
    # A paragraph that is much longer than what is known repeats none of it.
    longest = 2 * max(map(len, printed), default=0) + 60
    for block in blocks:
        if block.kind == "image":
            block.photo = photo_of(block.element, base)
            block.role = "body" if block.photo else "drop"
            continue
        if block.role == "date":
            continue
        long = len(block.text) > longest and block.text[0].isalnum()
        folded = block.text if long else fold(block.text)
        if folded.removeprefix("null ") in printed:
            folded = folded.removeprefix("null ")
        if folded in printed or not folded:
            block.role = printed.get(folded, "drop" if len(block.text) < 4 else "body")
        elif _is_furniture(block.text):
            block.role = "drop"
        elif _is_promo(block):
            block.role = "links"
    _cut_after(blocks)


def is_after_text(line: str) -> bool:
    """Whether a short line heads what follows an article, or is one of the page's tools."""
    return _AFTER.match(line) is not None or _is_furniture(line)


def _is_furniture(text: str) -> bool:
    """Whether a line is a tool, a label of files or the portal's notice of its rights."""
    if len(text) <= 120 and (_FURNITURE.match(text) or _ATTACHED.match(text)):
        return True
    return len(text) <= 300 and _RIGHTS.match(text) is not None


def _is_promo(block: Block) -> bool:
    """Links to other articles between the paragraphs, with or without ``Xem thêm:`` before them."""
    if len(block.text) <= 200 and block.linked > 0.4 and _PROMO.match(block.text):
        return True
    if block.kind == "list":
        return block.linked > 0.7
    if 0.5 < block.linked <= 0.9 and "\n" in block.text and len(block.text) <= 600:
        # A box within the text: its heading, and a link in each line below.
        return _AFTER.match(block.text.split("\n", 1)[0]) is not None
    if block.kind not in ("text", "heading") or block.linked <= 0.9:
        return False
    return len(block.text) <= 200


def drop_captions(blocks: list[Block]) -> None:
    """Take out of the body what is marked as a caption but belongs to no photo that was read."""
    for block in blocks:
        if block.caption and block.role == "body" and len(block.text) <= 420:
            block.role = "caption"


def _cut_after(blocks: list[Block]) -> None:
    """Mark all that follows a heading such as ``Tin liên quan`` as the end, and trim the end."""
    seen_text = False
    for number, block in enumerate(blocks):
        if block.kind == "image" or block.role != "body":
            continue
        if seen_text and len(block.text) <= 60 and _AFTER.match(block.text.strip()):
            plain = [
                after
                for after in blocks[number + 1 :]
                if after.role == "body" and after.kind == "text"
            ]
            if (
                sum(
                    len(after.text)
                    for after in plain
                    if after.linked < 0.3 and len(after.text) > 120
                )
                <= 240
            ):
                for after in blocks[number:]:
                    after.role = "end"
                return
            block.role = "drop"
        seen_text = seen_text or len(block.text) > 30


def find_signature(blocks: list[Block], *, set_apart: bool = False) -> list[Block]:
    """The signature lines: the last texts of the body, by label or as bare names set apart."""
    lines: list[Block] = []
    _split_signatures(blocks)
    texts = [
        block for block in blocks if block.kind in ("text", "heading") and block.role == "body"
    ]
    for place, block in enumerate(reversed(texts[-6:])):
        bare = len(lines) <= 1 and place <= 2 and (block.right or block.bold or not set_apart)
        lone = place == 0 and block.right and (block.bold or block.italic)
        if (
            is_labelled(block.text)
            or (bare and _is_bare(block, blocks))
            or (lone and is_lone_name(block.text))
            or (lines and is_behalf(block.text))
        ):
            lines.insert(0, block)
        elif len(block.text) > 60 or lines:
            break
    for block in lines:
        block.role = "byline"
    return lines


def _split_signatures(blocks: list[Block]) -> None:
    """Make lines of their own of a last block such as ``Bài: A`` ``br`` ``Ảnh: B``."""
    for number in range(len(blocks) - 1, max(-1, len(blocks) - 4), -1):
        block = blocks[number]
        lines = block.text.split("\n")
        signed = all(is_labelled(line) or is_bare_signature(line) for line in lines)
        if block.role == "body" and block.kind == "text" and 1 < len(lines) <= 4 and signed:
            blocks[number : number + 1] = [replace(block, text=line) for line in lines]


def _is_bare(block: Block, blocks: list[Block]) -> bool:
    if block.caption or not (
        is_bare_signature(block.text) or (block.right and _OFFICE_HOLDER.match(block.text))
    ):
        return False
    number = next(place for place, other in enumerate(blocks) if other is block)
    before = blocks[number - 1] if number else None
    follows_photo = before is not None and before.kind == "image" and before.role == "body"
    return block.right or block.bold or not follows_photo or not (block.centred or block.italic)


def split_inline_signature(blocks: list[Block]) -> str | None:
    """A signature printed as the last line of the last paragraph, cut from it and returned."""
    for block in reversed(blocks):
        if block.role == "body" and block.kind == "text":
            lines = block.text.split("\n")
            if len(lines) > 1 and (is_labelled(lines[-1]) or is_bare_signature(lines[-1])):
                block.text = "\n".join(lines[:-1])
                return lines[-1]
            return _bracketed(block)
    return None


def _bracketed(block: Block) -> str | None:
    """A signature in brackets behind the last sentence, cut from it: ``… ngày mai. (Lê Lài)``.

    Names count only where they are set apart from the paragraph (italic, bold); a source that is
    labelled (``(Theo VOV)``) needs nothing more.
    """
    found = _BRACKETED.search(block.text[-90:]) if block.text.endswith(")") else None
    if found is None:
        return None
    line = found[1]
    if not is_labelled(line):
        apart = list(block.element.iter("em", "i", "b", "strong"))
        if block.italic or block.bold or not is_bare_signature(line):
            return None
        if not apart or clean(text_of(apart[-1])).strip("() ") != line.strip("()"):
            return None
    block.text = block.text.removesuffix(line).rstrip()
    return line


def body_text(blocks: list[Block]) -> str | None:
    """The plain body: blocks split by a blank line."""
    return (
        "\n\n".join(
            block.text for block in blocks if block.role == "body" and block.kind != "image"
        )
        or None
    )


def body_html(blocks: list[Block], base: Base, captions: dict[int, str]) -> str | None:
    """The body as sanitised HTML with absolute links; photos as ``figure`` with their captions."""
    pieces: list[str] = []
    done: set[object] = set()
    for number, block in enumerate(blocks):
        if block.role != "body":
            continue
        if block.kind == "image":
            pieces.append(_figure(block, base, captions.get(number)))
        elif block.kind in ("list", "table", "heading") and block.element not in done:
            done.add(block.element)
            pieces.append(_markup(block.element))
        elif block.kind == "text":
            pieces.append(_paragraph(block, done))
    return sanitise("".join(pieces), base.url) if pieces else None


def _markup(element: Element) -> str:
    return str(etree.tostring(element, encoding="unicode", method="html", with_tail=False))


def _figure(block: Block, base: Base, caption: str | None) -> str:
    photo = block.photo or photo_of(block.element, base)
    if photo is None:
        return ""
    figure = etree.Element("figure")
    etree.SubElement(figure, "img", src=photo.url, alt=photo.alt or "")
    if caption:
        etree.SubElement(figure, "figcaption").text = caption
    return _markup(figure)


def _paragraph(block: Block, done: set[object]) -> str:
    """A paragraph's own mark-up where the block is the whole element, else its text."""
    element = block.element
    alone = element.tag == "p" and element not in done and element.find(".//img") is None
    if alone and " ".join(block.text.split()) == " ".join(text_of(element).split()):
        done.add(element)
        return _markup(element)
    paragraph = etree.Element("p")
    lines = block.text.split("\n")
    paragraph.text = lines[0]
    for line in lines[1:]:
        etree.SubElement(paragraph, "br").tail = line
    return _markup(paragraph)
