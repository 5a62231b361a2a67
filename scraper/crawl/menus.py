"""Find the sections of a portal in its menu, by the names that news sections have."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import parse_qsl, urlsplit

from scraper.parse import Link, LinkKind

LONGEST = 6
SECTIONS = re.compile(
    r"\b(?:tin|tin tuc|su kien|thoi su|chinh tri|kinh te|xa hoi|van hoa|the thao|giao duc|y te|"
    r"an ninh|quoc phong|quoc phong - an ninh|thong bao|hoat dong|chi dao|dieu hanh|nong thon moi|"
    r"doi song|phap luat|du lich|xay dung dang|chuyen muc|news|cai cach hanh chinh|chuyen doi so|"
    r"doan the|mat tran|dan van|nong nghiep|moi truong|khoa hoc|lao dong|viec lam|chinh sach|"
    r"nguoi tot|guong|tuyen truyen|phong trao|noi chinh|quoc te|hoi nhap)\b"
)
NO_SECTION = re.compile(r"\b(?:dang nhap|lien he|gioi thieu|so do|van ban|thu tuc|hoi dap)\b")


def section_links(links: tuple[Link, ...]) -> list[Link]:
    """Return the links that lead to lists of news: those with a section's name first.

    The others are known by their address alone: a profile says so, or it differs from a named
    section's in a number or a parameter's value only. Each in the page's order.
    """
    named = [link for link in links if _is_section(link)]
    forms = {form_of(link.url) for link in named} - {None}
    named += [link for link in links if link not in named and _is_like(link, forms)]
    other = [link for link in links if link.kind is LinkKind.LISTING and link not in named]
    return named + [link for link in other if not NO_SECTION.search(folded(link.text))]


def _is_section(link: Link) -> bool:
    kinds = (LinkKind.OTHER, LinkKind.ARTICLE, LinkKind.LISTING)
    if link.kind not in kinds or len(link.text.split()) > LONGEST:
        return False
    name = folded(link.text)
    return bool(SECTIONS.search(name)) and not NO_SECTION.search(name)


def _is_like(link: Link, forms: set[str | None]) -> bool:
    """Say whether a link of the menu leads to an address of the same form as a section's."""
    words = folded(link.text)
    return (
        link.kind is LinkKind.OTHER
        and 0 < len(words.split()) <= LONGEST
        and not words.isdecimal()
        and not NO_SECTION.search(words)
        and form_of(link.url) in forms
    )


def form_of(url: str) -> str | None:
    """Return what addresses that differ in numbers and parameters' values have in common.

    ``None`` for an address that has neither: words in its path may be anything.
    """
    parts = urlsplit(url)
    names = sorted(name for name, _ in parse_qsl(parts.query, keep_blank_values=True))
    path = re.sub(r"\d+", "0", parts.path)
    return f"{path}?{names}" if names or path != parts.path else None


def folded(text: str) -> str:
    """Return ``text`` in lower case without marks, ``đ`` as ``d``."""
    bare = unicodedata.normalize("NFD", text.lower()).replace("đ", "d")
    return "".join(letter for letter in bare if not unicodedata.combining(letter))
