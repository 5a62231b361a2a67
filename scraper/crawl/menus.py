"""Find the sections of a portal in its menu, by the names that news sections have."""

from __future__ import annotations

import re
import unicodedata

from scraper.parse import Link, LinkKind

LONGEST = 6
SECTIONS = re.compile(
    r"\b(?:tin|tin tuc|su kien|thoi su|chinh tri|kinh te|xa hoi|van hoa|the thao|giao duc|y te|"
    r"an ninh|quoc phong|quoc phong - an ninh|thong bao|hoat dong|chi dao|dieu hanh|nong thon moi|"
    r"doi song|phap luat|du lich|xay dung dang|chuyen muc|news)\b"
)
NO_SECTION = re.compile(r"\b(?:dang nhap|lien he|gioi thieu|so do|van ban|thu tuc|hoi dap)\b")


def section_links(links: tuple[Link, ...]) -> list[Link]:
    """Return the links that lead to lists of news: those with a section's name first.

    The others are known by their address alone (a profile says so); each in the page's order.
    """
    named = [link for link in links if _is_section(link)]
    other = [link for link in links if link.kind is LinkKind.LISTING and link not in named]
    return named + [link for link in other if not NO_SECTION.search(folded(link.text))]


def _is_section(link: Link) -> bool:
    kinds = (LinkKind.OTHER, LinkKind.ARTICLE, LinkKind.LISTING)
    if link.kind not in kinds or len(link.text.split()) > LONGEST:
        return False
    name = folded(link.text)
    return bool(SECTIONS.search(name)) and not NO_SECTION.search(name)


def folded(text: str) -> str:
    """Return ``text`` in lower case without marks, ``đ`` as ``d``."""
    bare = unicodedata.normalize("NFD", text.lower()).replace("đ", "d")
    return "".join(letter for letter in bare if not unicodedata.combining(letter))
