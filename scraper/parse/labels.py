"""Small labelled facts of an article: views, tags, category."""

from __future__ import annotations

import re

from scraper.parse.noise import NoiseMap
from scraper.parse.outline import Element, Outline, marks_of, text_of
from scraper.parse.text import clean, fold

_VIEWS = re.compile(
    r"(?:số )?(?:lượt (?:xem|đọc)|đã xem|số lần xem|lần xem|view count|views?|xem)\s*[:：(]?\s*(\d[\d.,]*)|(\d[\d.,]*)\s*(?:lượt (?:xem|đọc)|views\b)",
    re.IGNORECASE,
)
_VIEWS_LABEL = re.compile(
    r"(?:lượt (?:xem|đọc)|đã xem|số lần xem|view count)(?: bài viết)?\s*[:：(]?\s*$", re.IGNORECASE
)
_TAG_LABEL = re.compile(r"^(?:tags?|từ khóa|từ khoá|thẻ|chủ đề|keywords?)\b.{0,12}$", re.IGNORECASE)
_TAG_MARKS = re.compile(
    r"(?:^|[\s_-])(?:td-tags|tags?|tag-?list|tagcloud|tags-links|post-tags|keywords?|news_keywords?|tu-?khoa)(?:$|[\s_-])"
)
_CRUMB_MARKS = re.compile(r"breadcrumb|crumb|duong-?dan|pathway|sitemappath|you-are-here|duongdan")
_HOME = frozenset(("trang chu", "home", "trang nhat", "trang nhất", ""))


def read_views(outline: Outline, title_at: int, end: int) -> int | None:
    """The article's own count (``Lượt xem: 1.234``), printed from its title to just below its text."""
    texts = outline.texts
    for at in range(max(0, title_at - 6), min(len(texts), end + 16)):
        text = texts[at]
        if len(text) > 160 or not (
            "xem" in text.lower() or "view" in text.lower() or "đọc" in text.lower()
        ):
            continue
        line = " ".join(text.split())
        match = _VIEWS.search(line)
        if match:
            return _count(match[1] or match[2])
        if _VIEWS_LABEL.search(line) and at + 1 < len(texts):
            following = texts[at + 1].strip(" ():\n\t")
            if re.fullmatch(r"\d[\d.,]*", following):
                return _count(following)
    return None


def _count(printed: str) -> int:
    return int(re.sub(r"\D", "", printed))


def read_tags(outline: Outline, title_at: int) -> tuple[str, ...]:
    """The links of a tag list below the title: one with a class of its own or a label before it."""
    for element in outline.elements:
        if element.tag not in ("div", "p", "ul", "span", "section", "footer", "td", "dl"):
            continue
        marked = bool(element.attrib) and bool(_TAG_MARKS.search(marks_of(element)))
        labelled = bool(element.text) and bool(_TAG_LABEL.match(element.text.strip()))
        if not (marked or labelled) or outline.first_string(element) < title_at:
            continue
        tags = _tags_in(element)
        if tags and len(tags) <= 25:
            return tags
    for at in range(title_at, len(outline.texts)):
        text = outline.texts[at].strip()
        if len(text) < 20 and _TAG_LABEL.match(text):
            box = outline.owners[at]
            for _ in range(3):
                tags = _tags_in(box)
                if tags:
                    return tags if len(tags) <= 25 else ()
                parent = box.getparent()
                if parent is None:
                    break
                box = parent
    return ()


def _tags_in(element: Element) -> tuple[str, ...]:
    links = (clean(text_of(link)).removeprefix("#") for link in element.iter("a"))
    return tuple(dict.fromkeys(text for text in links if 1 < len(text) <= 60))


def read_category(
    outline: Outline, noise: NoiseMap, title: str | None, title_at: int
) -> str | None:
    """The last step of the breadcrumb before the title that is neither home nor the title itself."""
    for element in outline.elements:
        if not element.attrib or not _CRUMB_MARKS.search(marks_of(element)):
            continue
        if outline.first_string(element) > title_at + 4:
            continue
        steps = _steps(outline, element)
        folded = fold(title or "")
        kept = [
            step for step in steps if fold(step) not in _HOME and not _is_title(fold(step), folded)
        ]
        if kept:
            return kept[-1]
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
