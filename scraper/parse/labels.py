"""Small labelled facts of an article: views, tags, category."""

from __future__ import annotations

import re
from collections.abc import Iterable

from scraper.parse.byline import is_source_label
from scraper.parse.marks import CATEGORY, CRUMB, TAGS, VIEWS
from scraper.parse.noise import NoiseMap
from scraper.parse.outline import Element, Outline, block_of, text_of
from scraper.parse.text import clean, fold

_COUNT = r"(\d{1,3}(?:[.,\s\u00a0]\d{3})+|\d+)"
_VIEWS = re.compile(
    rf"(?:số )?(?:lượt (?:xem|đọc)|đã xem|số lần xem|lần xem|view count|views?|xem"
    rf"|hits)\s*[:：(]?\s*{_COUNT}(?!\d)"
    rf"|{_COUNT}\s*(?:(?:số )?lượt (?:xem|đọc)|views\b)",
    re.IGNORECASE,
)
_VIEWS_LABEL = re.compile(
    r"(?:lượt (?:xem|đọc)|đã xem|số lần xem|view count)(?: bài viết)?\s*[:：(]?\s*$", re.IGNORECASE
)
# K2 prints "Đọc <b>1523</b> lần".
_READ_TIMES = re.compile(rf"^đọc\s+{_COUNT}\s+lần$", re.IGNORECASE)
_BARE = re.compile(rf"^\W*{_COUNT}\W*$")
_TAG_LABEL = re.compile(r"^(?:tags?|từ khóa|từ khoá|thẻ|chủ đề|keywords?)\b.{0,12}$", re.IGNORECASE)
_CATEGORY_LABEL = re.compile(
    r"(?:^\W*|[|•·]\s*)(?:chuyên mục|chuyên đề|danh mục|được đăng trong|mục)"
    r"\s*(?:[:：]\s*(.*)|(?<=mục)|(?<=đề))$",
    re.IGNORECASE,
)
_CATEGORY_LINK = re.compile(r"/(?:category|chuyen-muc|danh-muc)/")
_TAG_LINK = re.compile(r"/(?:tags?|tu-khoa|keywords?|etiquetas?)[/=]|[?&](?:tags?|keywords?)=")
# A list of tags stands so many strings below the text at most.
_TAGS_BELOW = 12
_TAG_LISTS = ("div", "p", "ul", "span", "section", "footer", "td", "dl")
_TAG_WORDS = ("tag", "từ kh", "thẻ", "chủ đề", "keyword")
_HOME = frozenset(
    fold(word)
    for word in (
        "Trang chủ", "Home", "Trang nhất", "", "Startseite", "Accueil", "Inicio", "Inici", "Hjem",
        "Etusivu", "Hem", "Strona główna", "Главная", "トップ", "首页", "홈",
    )
)  # fmt: skip
_PATH = re.compile(r"[»›>＞→/]|bạn đang ở|you are here", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s/»›>＞→|\\-]+")


def read_views(outline: Outline, title_at: int, end: int, date_at: int | None) -> int | None:
    """The article's own count (``Lượt xem: 1.234``), printed from its title to just below its text.

    By label; else by an eye icon or a class that says so; else the bare number right after the
    date line, as some portals print it (``01/11/2024 - 09:50`` and ``310``).
    """
    texts = outline.texts
    for at in range(max(0, title_at - 6), min(len(texts), end + 16)):
        text = texts[at]
        lower = text.lower()
        if len(text) > 160 or not (
            "xem" in lower or "view" in lower or "đọc" in lower or "hits" in lower
        ):
            continue
        line = " ".join(text.split())
        match = _VIEWS.search(line)
        if match:
            return _count(match[1] or match[2])
        times = _READ_TIMES.match(" ".join("".join(texts[at : at + 3]).split()))
        if times:
            return _count(times[1])
        if _VIEWS_LABEL.search(line) and at + 1 < len(texts):
            following = _BARE.match(texts[at + 1])
            if following:
                return _count(following[1])
    marked = _marked_views(outline, max(0, title_at - 6), end + 16)
    if marked is not None or date_at is None or date_at + 1 >= len(texts):
        return marked
    bare = _BARE.match(texts[date_at + 1])
    dated, after = outline.owner_at[date_at], outline.owner_at[date_at + 1]
    beside = outline.parents[after] in (outline.parents[dated], dated)
    return _count(bare[1]) if bare and beside else None


def _marked_views(outline: Outline, start: int, end: int) -> int | None:
    for element in outline.marked(VIEWS):
        if (
            element.tag not in ("i", "span", "div", "em", "li", "b", "small", "p")
            or not element.attrib
        ):
            continue
        at = outline.first_string(element)
        if start <= at <= end and at < len(outline.texts):
            bare = _BARE.match(outline.texts[at])
            if bare:
                return _count(bare[1])
    return None


def _count(printed: str) -> int:
    return int(re.sub(r"\D", "", printed))


def read_tags(outline: Outline, title_at: int, end: int) -> tuple[str, ...]:
    """The links of a tag list below the title: one with a class of its own or a label before it.

    Else the links just below the text (which ends at string ``end``) that lead to tags' pages.
    """
    for element in outline.marked(TAGS):
        if element.tag in _TAG_LISTS and outline.first_string(element) >= title_at:
            tags = _tags_in(outline, element)
            if 0 < len(tags) <= 25:
                return tags
    marked = [
        link
        for link in outline.with_tag("a")
        if "tag" in (link.get("rel") or "").split()
        and not _CATEGORY_LINK.search(link.get("href") or "")
        and outline.first_string(link) >= title_at
    ]
    if 0 < len(marked) <= 25:
        return _texts_of(marked)
    for at in outline.passages.with_words(_TAG_WORDS):
        text = outline.texts[at].strip()
        if at < title_at or len(text) >= 20 or not _TAG_LABEL.match(text):
            continue
        box: Element | None = outline.owner(at)
        for _ in range(3):
            tags = _tags_in(outline, box) if box is not None else ()
            if tags:
                return tags if len(tags) <= 25 else ()
            box = box.getparent() if box is not None else None
    return _linked_tags(outline, end)


def _linked_tags(outline: Outline, end: int) -> tuple[str, ...]:
    """The first row of links below the text of which each leads to a tag's page."""
    firsts, elements = outline.firsts, outline.elements
    for number in outline.by_tag.get("a", ()):
        if not end <= firsts[number] <= end + _TAGS_BELOW or not _is_tag(elements[number]):
            continue
        row = block_of(elements[number])
        if row.tag == "li" and row.getparent() is not None:
            row = row.getparent()
        links = list(row.iter("a"))
        if len(links) <= 25 and all(_is_tag(link) for link in links):
            return _texts_of(links)
    return ()


def _is_tag(link: Element) -> bool:
    named = _TAG_LINK.search((link.get("href") or "").lower()) is not None
    return named or (link.text or "").lstrip().startswith("#")


def _tags_in(outline: Outline, element: Element) -> tuple[str, ...]:
    return _texts_of(
        link
        for link in element.iter("a")
        if "category" not in (link.get("rel") or "") and not _is_source(outline, link)
    )


def _is_source(outline: Outline, link: Element) -> bool:
    """Whether a link names the article's source (after ``NGUỒN``), not one of its tags."""
    at = outline.first_string(link)
    return at > 0 and is_source_label(" ".join(outline.texts[at - 1].split()))


def _texts_of(links: Iterable[Element]) -> tuple[str, ...]:
    texts = (clean(text_of(link)).removeprefix("#") for link in links)
    return tuple(dict.fromkeys(text for text in texts if 1 < len(text) <= 60))


def read_category(
    outline: Outline, noise: NoiseMap, title: str | None, title_at: int, end: int
) -> str | None:
    """The article's section, or ``None``.

    By label (also below the text, which ends at string ``end``), by the breadcrumb before the
    title, by a class beside it, or by the links just above it.
    """
    folded = fold(title or "")
    last = len(outline.texts)
    for at in (
        *range(max(0, title_at - 8), min(last, title_at + 12)),
        *range(end, min(last, end + 12)),
    ):
        label = _CATEGORY_LABEL.search(outline.texts[at].strip())
        if label and (label[1] is not None or _is_linked(outline, at + 1)):
            value = clean(label[1] or "") or (clean(outline.texts[at + 1]) if at + 1 < last else "")
            return value if 1 < len(value) <= 60 else None
    return (
        _crumb(outline, folded, title_at)
        or _path_from_home(outline, noise, folded, title_at)
        or _marked_category(outline, noise, folded, title_at)
        or _path_above(outline, folded, title_at)
        or _linked_category(outline, noise, title_at)
    )


def _is_linked(outline: Outline, at: int) -> bool:
    return at < len(outline.texts) and any(
        node.tag == "a" for node in (outline.owner(at), outline.owner(at).getparent())
    )


def _path_above(outline: Outline, title: str, title_at: int) -> str | None:
    """The last of the one to four links that stand in a line of their own just above the title."""
    if not 0 < title_at <= len(outline.texts):
        return None
    row = block_of(outline.owner(title_at - 1))
    if row.tag == "li" and row.getparent() is not None:
        row = row.getparent()
    links = [clean(text_of(link)) for link in row.iter("a") if (link.get("href") or "").strip("# ")]
    if not 1 <= len(links) <= 4 or not _is_all_links(row, links):
        return None
    home = any(fold(text) in _HOME for text in links)
    if not home and not re.search(
        r"cate|path|title|muc", f"{row.get('class')} {row.get('id')}".lower()
    ):
        return None
    kept = [text for text in links if fold(text) not in _HOME and not _is_title(fold(text), title)]
    if len(kept) > 1 and not _is_path(row):
        return None
    return kept[-1] if kept and len(kept[-1]) <= 50 else None


def _is_path(row: Element) -> bool:
    """Whether links that stand in a row are steps of one path, and no menu of equals.

    Signs stand between them, a class says so, or each address lies below the one before.
    """
    if row.tag == "ol" or _PATH.search(text_of(row)):
        return True
    if re.search(r"cate|path|title|muc", f"{row.get('class')} {row.get('id')}".lower()):
        return True
    steps = [re.sub(r"\.\w+$|/$", "", link.get("href") or "") for link in row.iter("a")]
    steps = [step for step in steps if step.strip("# ")][-2:]
    return len(steps) == 2 and steps[1].startswith(steps[0])


def _is_all_links(row: Element, links: list[str]) -> bool:
    """Whether a row prints its links and nothing else but signs between them."""
    return _BETWEEN.sub("", text_of(row)) == _BETWEEN.sub("", "".join(links))


def _linked_category(outline: Outline, noise: NoiseMap, title_at: int) -> str | None:
    """The only link right below the title that leads to a section's page (``/category/…``)."""
    firsts = outline.firsts
    found = [
        number
        for number in outline.by_tag.get("a", ())
        if title_at < firsts[number] <= title_at + 8
        and not noise.held[number]
        and _CATEGORY_LINK.search(outline.elements[number].get("href") or "")
    ]
    text = clean(outline.text_at(found[0])) if len(found) == 1 else ""
    return text if 1 < len(text) <= 50 else None


def _path_from_home(outline: Outline, noise: NoiseMap, title: str, title_at: int) -> str | None:
    """The last step of a row that begins at home and has signs of a path.

    Such are signs between its steps, the title as its last step, or that it is a short row of links
    in the wrapper of the article (a portal's menu stands outside, or is longer; where one wrapper
    holds the whole page it does not, so several steps must lead down one path).
    """
    for at in range(max(0, title_at - 10), min(title_at, len(outline.texts))):
        text = outline.texts[at]
        # "Trang chủ / Tin tức / Văn hóa" may be one string.
        first = text if len(text) <= 24 else _PATH.split(text, maxsplit=1)[0]
        if len(text) > 120 or fold(first) not in _HOME - {""}:
            continue
        row = block_of(outline.owner(at))
        if row.tag == "li" and row.getparent() is not None:
            row = row.getparent()
        steps = _steps(outline, row)
        kept = [
            step for step in steps if fold(step) not in _HOME and not _is_title(fold(step), title)
        ]
        ends_here = bool(steps) and len(kept) < len(steps) - 1
        signed = ends_here or row.tag == "ol" or _PATH.search(text_of(row)) is not None
        if (
            kept
            and len(kept) <= 4
            and (signed or _is_row_of_article(outline, noise, row, title_at))
            and (signed or len(kept) == 1 or _is_path(row))
        ):
            return kept[-1]
    return None


def _is_row_of_article(outline: Outline, noise: NoiseMap, row: Element, title_at: int) -> bool:
    """Whether a row of at most four links stands in an element that encloses the title, too."""
    number = outline.order[row]
    if noise.held[number] or title_at >= len(outline.texts):
        return False
    shared = outline.parents[number]
    links = [clean(text_of(link)) for link in row.iter("a")]
    around = shared > 0 and shared < outline.owner_at[title_at] < outline.ends[shared]
    return around and 2 <= len(links) <= 4 and _is_all_links(row, links)


def _crumb(outline: Outline, title: str, title_at: int) -> str | None:
    for element in outline.marked(CRUMB):
        if outline.first_string(element) > title_at + 4:
            continue
        steps = _steps(outline, element)
        kept = [
            step for step in steps if fold(step) not in _HOME and not _is_title(fold(step), title)
        ]
        if kept:
            return kept[-1]
    return None


def _marked_category(outline: Outline, noise: NoiseMap, title: str, title_at: int) -> str | None:
    for element in outline.marked(CATEGORY):
        if (
            element.tag not in ("a", "div", "span", "p", "h2", "h3", "td", "li")
            or not element.attrib
        ):
            continue
        at = outline.first_string(element)
        if not title_at - 8 <= at <= title_at + 8 or noise.holds(element):
            continue
        links = list(element.iter("a"))
        text = clean(text_of(links[0] if len(links) == 1 else element))
        if 1 < len(text) <= 50 and not _is_title(fold(text), title) and fold(text) not in _HOME:
            return text
    for link in outline.with_tag("a"):
        if "category" in (link.get("rel") or "") and not noise.holds(link):
            return clean(text_of(link)) or None
    return None


def _steps(outline: Outline, element: Element) -> list[str]:
    start, end = outline.span(element)
    parts: list[str] = []
    for text in outline.texts[start:end]:
        for piece in re.split(r"[»›>/|\\→]|&gt;", text):
            step = clean(piece).strip(" -–:")
            if len(step) > 1 and fold(step) and not fold(step).startswith("ban dang o"):
                parts.append(step)
    return parts if len(parts) <= 8 else []


def _is_title(step: str, title: str) -> bool:
    return bool(title) and (
        step == title or (len(step) > 20 and title.startswith(step.rstrip(" ."))) or len(step) > 90
    )
