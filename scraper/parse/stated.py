"""The text that a page states for machines (``articleBody``), where it prints hardly any."""

from __future__ import annotations

import re
from html import escape, unescape

from scraper.parse.addresses import Base
from scraper.parse.metadata import Metadata
from scraper.parse.sanitise import sanitise
from scraper.parse.text import clean

_BREAK = re.compile(r"</p>|<br\s*/?>|\r?\n|\r", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{1,500}>")
# A page that a script fills prints a line or two; a printed text is never given up for a stated one
# that is only somewhat longer.
_LEAST, _TIMES = 400, 4


def stated_body(metadata: Metadata, printed: str | None) -> str | None:
    """The paragraphs of JSON-LD's ``articleBody``, if ``printed`` has not a quarter of it."""
    value = metadata.article.get("articleBody")
    if not isinstance(value, str) or len(value) < max(_LEAST, _TIMES * len(printed or "")):
        return None
    paragraphs = [clean(unescape(_TAG.sub(" ", part))) for part in _BREAK.split(unescape(value))]
    text = "\n\n".join(filter(None, paragraphs))
    return text if len(text) >= max(_LEAST, _TIMES * len(printed or "")) else None


def stated_html(text: str, base: Base) -> str:
    """The same as HTML that is safe to show."""
    return sanitise(
        "".join(f"<p>{escape(paragraph)}</p>" for paragraph in text.split("\n\n")), base.url
    )
