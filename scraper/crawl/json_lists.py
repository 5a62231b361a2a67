"""Read lists of news that a portal's script fetches as JSON.

No two portals name their fields alike, so none is asked for by name: a value that is an address of
its own becomes a link, under the longest text that stands beside it; a value that holds markup is
taken as it is (ASP.NET's ``{"d": "<li>…"}``, also in the XML that its older services wrap a text
in). What comes out is a page that the parser can read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import escape, unescape
from urllib.parse import quote

from scraper.sites.asking import NAME, names_in

LONGEST_ADDRESS = 2000
DEEPEST = 20
# Of these names Liferay's pictures have addresses without an extension.
PICTURE_NAME = re.compile(
    r"image|img|thumb|avatar|photo|picture|icon|^(?:(?:url|link|src|hinh)_?)*anh(?:_?dai_?dien)?$",
    re.I,
)
WRAPPED = re.compile(rb"\s*(?:<\?xml[^>]*\?>\s*)?<string\b[^>]*>(.*)</string>\s*", re.S)
IMAGES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg")


def list_as_page(body: bytes, item: str | None = None) -> bytes:
    """Return a JSON list as a page of links, UTF-8, and markup out of its wrapping.

    ``item`` is the address of entries that name none themselves (``listings.item`` of a profile).
    """
    if wrapped := WRAPPED.fullmatch(body):
        body = unescape(wrapped[1].decode("utf-8", "replace")).encode()
    if body.lstrip()[:1] not in (b"{", b"["):
        return body
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return body
    return f"<meta charset='utf-8'><ul>{''.join(_items(answer, item, 0))}</ul>".encode()


def _items(value: object, item: str | None, depth: int) -> Iterator[str]:
    if depth > DEEPEST:
        return
    if isinstance(value, dict):
        texts = [text for text in value.values() if isinstance(text, str)]
        named = max((text for text in texts if _is_text(text)), key=len, default="")
        addresses = [
            text.strip()
            for name, text in value.items()
            if isinstance(text, str) and _is_address(text) and not PICTURE_NAME.search(name)
        ]
        if not addresses and item is not None and names_in(item) <= value.keys():
            addresses = _composed(item, value)
        for address in addresses:
            yield f"<li><a href='{escape(address)}'>{escape(named)}</a></li>"
    if isinstance(value, str):
        # JSON in JSON is common where ASP.NET wraps an answer; markup is itself.
        if "<a" in value.lower():
            yield value
        elif value.lstrip()[:1] in ("{", "["):
            try:
                yield from _items(json.loads(value), item, depth + 1)
            except (ValueError, RecursionError):
                return
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _items(each, item, depth + 1)


def _composed(item: str, entry: dict[str, object]) -> list[str]:
    """Return the address of an entry, from its values that are texts or whole numbers."""
    values = {
        name: quote(str(value).strip())
        for name, value in entry.items()
        if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip()
    }
    if not names_in(item) <= values.keys():
        return []
    return [NAME.sub(lambda at: values[at[1]], item)]


def _is_address(text: str) -> bool:
    text = text.strip()
    return (
        text.lower().startswith(("/", "http://", "https://"))
        and len(text) <= LONGEST_ADDRESS
        and not any(letter.isspace() for letter in text)
        and not text.lower().partition("?")[0].endswith(IMAGES)
    )


def _is_text(text: str) -> bool:
    return " " in text.strip() and "<" not in text and len(text) < LONGEST_ADDRESS
