"""What a page is: an article, a listing, the portal's own "not found", or something else."""

from __future__ import annotations

import re

from scraper.parse.metadata import Metadata
from scraper.parse.noise import NoiseMap
from scraper.parse.outline import Outline, text_of
from scraper.parse.text import clean

_NOT_FOUND = re.compile(
    r"(?:không (?:tìm thấy|tồn tại)(?! (?:trong|những|các em))|đã bị xóa|đã bị xoá|đã bị gỡ|page (?:not found|cannot be found|can.t be found)|not found|404(?: error)?|trang (?:này |bạn .{0,30})?không (?:có|tồn tại)|nothing found|liên kết không tồn tại|bài viết không tồn tại)",
    re.IGNORECASE,
)
_REPEATED = 3


def says_not_found(outline: Outline, metadata: Metadata, plain_text: int) -> bool:
    """Whether the page's title or a heading or short line of a nearly empty page says so."""
    title = metadata.title or ""
    if plain_text > 600:
        return False
    if re.search(r"\b404\b|not found|không tìm thấy", title, re.IGNORECASE):
        return True
    return any(
        len(text) < 240 and _NOT_FOUND.search(text)
        for text, owner in zip(outline.texts, outline.owners, strict=True)
        if owner.tag not in ("a", "li") and len(text.strip()) > 2 and _printed_alone(text)
    )


def _printed_alone(text: str) -> bool:
    return len(clean(text)) < 240


def headline_links(outline: Outline, noise: NoiseMap) -> int:
    """How many headings (or title-like elements) outside boxes are links to different pages."""
    seen = set()
    for element in outline.elements:
        if element.tag != "a" or not element.get("href"):
            continue
        around = element.getparent()
        heading = around is not None and (
            around.tag in ("h2", "h3", "h4", "h5")
            or "title" in (around.get("class") or "").lower()
            or "title" in (element.get("class") or "").lower()
            or any(child.tag in ("h2", "h3", "h4", "h5") for child in element)
        )
        if heading and len(text_of(element)) >= 20 and not noise.holds(element):
            seen.add(element.get("href"))
    return len(seen)
