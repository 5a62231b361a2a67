"""The page's links, with a hint of what each leads to; attachments among them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from scraper.parse.addresses import Base, file_name
from scraper.parse.outline import Element, Outline, text_of
from scraper.parse.page import Attachment, Link, LinkKind
from scraper.parse.text import clean

_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|zip|rar|7z|odt|ods|rtf)(?:$|[?#])", re.IGNORECASE)
_DOWNLOAD = re.compile(
    r"[?&](?:download=1|fileid=|attachment)|/(?:item/)?download/|\.(?:pdf|docx?|xlsx?|zip"
    r"|rar)/[0-9a-f-]{36}",
    re.IGNORECASE,
)
_SCRIPT = re.compile(r"\.(?:html?|aspx?|php|jsp|ashx)$", re.IGNORECASE)
_FEED = re.compile(r"/(?:rss|feed)(?:/|$|\.)|\.(?:rss|xml)$|[?&]format=feed", re.IGNORECASE)
_NEXT_TEXT = re.compile(
    r"^(?:›|»|>|>>|tiếp|trang sau|trang tiếp|next|sau|older posts|\d{1,4})$", re.IGNORECASE
)
_PAGER = re.compile(
    r"[?&](?:pageindex|page|paged|p|start|trang|_cur|\w*_cur)=\d+|/(?:page|trang)[-/]\d+",
    re.IGNORECASE,
)
# What addresses of news items look like (PLATFORMS' families), in lower case.
_SLUG = re.compile(r"[\w%]+(?:-[\w%]+){3,}(?:\.html?|\.aspx|\.chn)?")
_NUMBERED = re.compile(r"-\d{2,}(?:-\d+)?\.html?$")
_PAGES = re.compile(r"/pages/\d{4}-\d{1,2}-\d{1,2}/")
_BY_DAY = re.compile(r"/\d{4}/\d{2}/")
_NO_ARTICLE = re.compile(
    r"/(?:tag|tags|author|topic|print|savefile|search|tim-kiem|login|rss|feed|wp-content"
    r"|wp-admin)(?:/|$)"
)
_HEADLINE_WORDS = 6
# "trang tiếp", "older posts": no label of a next page is longer.
_LONGEST_NEXT = 12


def reads_as_headline(text: str) -> bool:
    """Whether a link's text has so many words that it is a headline, whatever its address."""
    return len(text.split()) >= _HEADLINE_WORDS


def read_links(outline: Outline, base: Base) -> tuple[Link, ...]:
    """All distinct http(s) links in page order, without fragments, each with its longest text."""
    found: dict[str, Link] = {}
    absolute, elements = base.absolute, outline.elements
    for number in outline.by_tag.get("a", ()):
        anchor = elements[number]
        reference = anchor.get("href")
        url = absolute(reference) if reference else None
        if url is None:
            continue
        if "#" in url:
            url = url.split("#", 1)[0]
        text = clean(outline.string_at(number))
        known = found.get(url)
        if known is None:
            found[url] = _link(url, text, anchor.get("rel") == "next")
        elif len(text) > len(known.text):
            found[url] = Link(url, text, known.kind)
    return tuple(found.values())


@lru_cache(maxsize=1 << 14)
def _link(url: str, text: str, is_next: bool) -> Link:
    """A site's menus return on each of its pages: their (frozen) links are made once."""
    return Link(url, text, _kind(url, text, is_next))


def _kind(url: str, text: str, is_next: bool) -> LinkKind:
    if is_next or (len(text) <= _LONGEST_NEXT and _NEXT_TEXT.match(text) and _PAGER.search(url)):
        return LinkKind.NEXT
    lowered = url.lower()
    # Spelt out: a generator over the words would take longer than all else of a link.
    if ("rss" in lowered or "feed" in lowered or ".xml" in lowered) and _FEED.search(lowered):
        return LinkKind.FEED
    if _FILE.search(lowered) or _NO_ARTICLE.search(lowered):
        return LinkKind.OTHER
    return LinkKind.ARTICLE if _is_article(lowered) else LinkKind.OTHER


def _is_article(url: str) -> bool:
    """Whether a (lower-case) address looks like that of one news item."""
    if "?" not in url:
        name = url.rstrip("/").rsplit("/", 1)[-1]
        if name.count("-") >= 3 and _SLUG.fullmatch(name):
            return True
        if "-" in name and _NUMBERED.search(name):
            return True
    if "/-/" in url or "chitiet" in url or "chi-tiet" in url:
        return True
    if "newsid=" in url or "ddocname=" in url:
        return True
    return ("/pages/" in url and _PAGES.search(url) is not None) or _BY_DAY.search(url) is not None


def _name(url: str) -> str | None:
    """The file's name in the address; a script's (``….html?download=1``) is none."""
    name = file_name(url)
    return None if name and _SCRIPT.search(name) else name


def is_file(url: str) -> bool:
    """Whether an address leads to a document rather than a page."""
    return bool(_FILE.search(url) or _DOWNLOAD.search(url))


def read_attachments(scope: Iterable[tuple[Element, bool]], base: Base) -> tuple[Attachment, ...]:
    """The documents that links in ``scope`` offer, in page order, each once.

    With each link comes whether it is known to lead to a file, whatever its address looks like.
    """
    found: dict[str, Attachment] = {}
    for anchor, sure in scope:
        url = base.absolute(anchor.get("href"))
        if url is None or not (sure or is_file(url) or anchor.get("download") is not None):
            continue
        label = clean(text_of(anchor)) or None
        if url not in found or (found[url].label is None and label):
            found[url] = Attachment(url, _name(url), label)
    return tuple(found.values())
