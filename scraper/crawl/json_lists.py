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

LONGEST_ADDRESS = 2000
DEEPEST = 20
# Of these names Liferay's pictures have addresses without an extension.
PICTURE_NAME = re.compile(
    r"image|img|thumb|avatar|photo|picture|icon|^(?:(?:url|link|src|hinh)_?)*anh(?:_?dai_?dien)?$",
    re.I,
)
WRAPPED = re.compile(rb"\s*(?:<\?xml[^>]*\?>\s*)?<string\b[^>]*>(.*)</string>\s*", re.S)
IMAGES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg")


def list_as_page(body: bytes) -> bytes:
    """Return a JSON list as a page of links, UTF-8, and markup out of its wrapping."""
    if wrapped := WRAPPED.fullmatch(body):
        body = unescape(wrapped[1].decode("utf-8", "replace")).encode()
    if body.lstrip()[:1] not in (b"{", b"["):
        return body
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return body
    return f"<meta charset='utf-8'><ul>{''.join(_items(answer, 0))}</ul>".encode()


def _items(value: object, depth: int) -> Iterator[str]:
    if depth > DEEPEST:
        return
    if isinstance(value, dict):
        texts = [text for text in value.values() if isinstance(text, str)]
        named = max((text for text in texts if _is_text(text)), key=len, default="")
        for name, text in value.items():
            if isinstance(text, str) and _is_address(text) and not PICTURE_NAME.search(name):
                yield f"<li><a href='{escape(text.strip())}'>{escape(named)}</a></li>"
    if isinstance(value, str):
        # JSON in JSON is common where ASP.NET wraps an answer; markup is itself.
        if "<a" in value.lower():
            yield value
        elif value.lstrip()[:1] in ("{", "["):
            try:
                yield from _items(json.loads(value), depth + 1)
            except (ValueError, RecursionError):
                return
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _items(each, depth + 1)


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
