"""What a page is: an article, a listing, the portal's own "not found", or something else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from scraper.parse.marks import TITLE
from scraper.parse.metadata import Metadata
from scraper.parse.noise import NoiseMap
from scraper.parse.outline import Element, Outline, text_of
from scraper.parse.page import Link, LinkKind
from scraper.parse.text import clean

# A list's teasers have this many letters at least.
_TEASER = 60
_HEADLINES = frozenset(("h2", "h3", "h4", "h5"))
# Folded headings of pages that every portal has beside its news.
NO_NEWS = frozenset(
    ("lien he", "lien he voi chung toi", "contact", "contact us", "gop y", "so do cong",
     "so do website", "sitemap", "dang nhap", "dang ky", "login", "register", "gioi thieu chung")
)  # fmt: skip
# And how the longer ones of these begin ("Đăng nhập thành viên").
_FORMS = ("dang nhap ", "dang ky thanh vien", "dang ky tai khoan", "quen mat khau", "doi mat khau")
# What a record of a legal document states, each beside its value.
_RECORD = re.compile(
    r"số,? (?:ký |kí )?hiệu(?: văn bản)?|số văn bản|ngày (?:ban hành|ký)"
    r"|ngày (?:bắt đầu )?(?:có )?hiệu lực"
    r"|cơ quan (?:ban hành|ký)|người ký|trích yếu(?: nội dung)?|(?:thể )?loại(?: văn bản)?|lĩnh vực"
    r"|đơn vị ban hành|hình thức văn bản|tình trạng(?: hiệu lực)?",
    re.IGNORECASE,
)
_RECORD_WORDS = ("hiệu", "ban hành", "người ký", "trích yếu", "loại", "lĩnh vực", "văn bản")

_NUMBER = re.compile(r"\d+")
_VALUE = re.compile(r"=[^&]*")

_NOT_FOUND = re.compile(
    r"(?:không (?:được )?(?:tìm thấy|tồn tại)(?! (?:trong|những|các em))|đã bị xóa|đã bị xoá"
    r"|đã bị gỡ|page (?:not found|cannot be found|can.t be found)|not found|404(?: error)?"
    r"|trang (?:này |bạn .{0,30})?không (?:có|tồn tại)|nothing found|liên kết không tồn tại"
    r"|bài viết không tồn tại)",
    re.IGNORECASE,
)


_NOT_FOUND_WORDS = ("không", "bị xó", "bị gỡ", "not found", "cannot be", "404", "nothing found")


def says_not_found(outline: Outline, metadata: Metadata, plain_text: int) -> bool:
    """Whether the page's title or a heading or short line of a nearly empty page says so."""
    title = metadata.title or ""
    if plain_text > 600:
        return False
    if re.search(r"\b404\b|not found|không tìm thấy", title, re.IGNORECASE):
        return True
    for at in outline.passages.with_words(_NOT_FOUND_WORDS):
        text = clean(outline.texts[at])
        if (
            2 < len(text) < 240
            and _NOT_FOUND.search(text)
            and outline.owner(at).tag not in ("a", "li")
        ):
            return True
    return False


def is_form(title: str) -> bool:
    """Whether a (folded) heading is that of a page which every portal has beside its news."""
    return title in NO_NEWS or (len(title) <= 40 and title.startswith(_FORMS))


def is_record(outline: Outline, start: int, end: int) -> bool:
    """Whether the strings from ``start`` to ``end`` hold the record of a legal document.

    Four different facts at least (number, date of issue, issuer, ...; the signer or what it is
    about among them), each beside its value: a table of several documents has the labels side by
    side.
    """
    found: dict[str, int] = {}
    signed = outline.passages.with_words(("người ký", "trích yếu"))
    for at in outline.passages.with_words(_RECORD_WORDS) if signed else ():
        label = outline.texts[at].strip().rstrip(":").rstrip() if start <= at < end else ""
        if label and _RECORD.fullmatch(label):
            found.setdefault(label.lower(), at)
    places = sorted(found.values())
    return len(places) >= 4 and all(after - one > 1 for one, after in pairwise(places))


def headline_links(outline: Outline, noise: NoiseMap, scope: Element | None = None) -> int:
    """How many headings (or title-like elements) outside boxes are links to different pages."""
    first, end = (0, len(outline.tags)) if scope is None else outline.extent(scope)
    seen = set()
    for number in outline.by_tag.get("a", ()):
        if (
            first <= number < end
            and not noise.held[number]
            and _is_headline(outline, number)
            and len(outline.text_at(number)) >= 20
        ):
            seen.add(outline.elements[number].get("href"))
    return len(seen - {None, ""})


def _is_headline(outline: Outline, link: int) -> bool:
    """Whether a link stands right in a heading, holds one, or is named like one."""
    tags, marks, parents = outline.tags, outline.marks, outline.parents
    parent = parents[link]
    if parent < 0:
        return False
    if tags[parent] in _HEADLINES or (marks[parent] | marks[link]) & TITLE:
        return True
    inside = range(link + 1, outline.ends[link])
    return any(tags[number] in _HEADLINES and parents[number] == link for number in inside)


def plain_headlines(links: Iterable[Link]) -> int:
    """How many different articles the page links to by a headline, wherever the links stand."""
    return sum(1 for link in links if link.kind is LinkKind.ARTICLE and len(link.text) >= 25)


def alike_headlines(outline: Outline, noise: NoiseMap) -> int:
    """How many headlines outside boxes lead to addresses of one form (``/tin/…-12.html``)."""
    forms: dict[str, set[str]] = {}
    for number in outline.by_tag.get("a", ()):
        href = outline.elements[number].get("href") or ""
        if noise.held[number] or href[:1] in ("", "#") or len(outline.text_at(number)) < 25:
            continue
        folder, _, name = href.partition("?")[0].rpartition("/")
        form = f"{folder}/{_NUMBER.sub('0', name)[-5:]}?{_VALUE.sub('=', href.partition('?')[2])}"
        forms.setdefault(_NUMBER.sub("0", form), set()).add(href)
    return max(map(len, forms.values()), default=0)


def stands_among_teasers(region: Element) -> bool:
    """Whether ``region`` is one of several alike items of a list, each with a link of its own."""
    node: Element | None = region
    for _ in range(4):
        if node is None or node.tag == "body":
            return False
        parent = node.getparent()
        if parent is None:
            return False
        name = node.get("class")
        alike = [
            item
            for item in parent.iterchildren(node.tag)
            if item is not node and item.get("class") == name
        ]
        if len(alike) >= 2 and _teases(node):
            linked = 1 + sum(1 for item in alike if _teases(item))
            if linked >= 3 and linked >= 0.7 * (len(alike) + 1):
                return True
        node = parent
    return False


def _teases(item: Element) -> bool:
    """A list's item: a link with a headline's length, and little text beyond a lead."""
    text = text_of(item)
    if not 20 <= len(text) <= 900 or item.tag in ("p", "h2", "h3"):
        return False
    return any(
        20 <= len(text_of(link)) < len(text) + 1 for link in item.iter("a") if link.get("href")
    )


def is_list_of_links(outline: Outline, region: Element, texts: dict[int, int]) -> bool:
    """Whether headlines that lead elsewhere outweigh the plain text between them.

    ``texts`` is the plain text of the page's blocks. What follows the last of them (the related
    articles below a text that nothing wraps) is not between.
    """
    first, end = outline.extent(region)
    inside = {block: length for block, length in texts.items() if first <= block < end}
    last = max((block for block, length in inside.items() if length >= _TEASER), default=end)
    headlines = sum(
        1
        for number in outline.by_tag.get("a", ())
        if first <= number < last
        and (outline.elements[number].get("href") or "").strip("# ")
        and len(outline.text_at(number)) >= 25
    )
    return headlines >= 5 and sum(inside.values()) < 150 * headlines
