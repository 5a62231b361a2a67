"""Which keys a profile file may have and what each holds.

The one list that reading, error messages and ``docs/profiles.md`` go by.
"""

from __future__ import annotations

from enum import Enum

FIELDS = (
    "title", "published", "summary", "body", "byline", "author", "organisation", "category", "tags",
    "views", "photos", "captions", "attachments",
)  # fmt: skip
COUNTS = ("today", "yesterday", "this_week", "this_month", "total", "online")


class Kind(Enum):
    """What a key holds; the value is how an error says it."""

    TEXT = "a text"
    FLAG = "true or false"
    NUMBER = "a whole number"
    DAY = "a date such as 2019-06-30"
    PATTERNS = "a regular expression, or a list of them"
    SELECTORS = "a CSS selector, or a list of them"
    FORMATS = "a date format such as '%Y.%m.%d %H:%M', or a list of them"
    ENCODING = "the name of an encoding, such as windows-1258"
    FORM = "a table of a form's fields, such as page = '{page}'"
    JSON = "a JSON text, such as '{\"page\": {page}}'"
    VALUES = "a table of regular expressions with one group each"


# Keys by their whole name; those of `LAYOUT_TABLES` may stand in a layout, too.
KEYS: dict[str, Kind] = {
    "id": Kind.TEXT,
    "name": Kind.TEXT,
    "about": Kind.TEXT,
    "extends": Kind.TEXT,
    "recognise.generator": Kind.PATTERNS,
    "recognise.marks": Kind.SELECTORS,
    "recognise.addresses": Kind.PATTERNS,
    "recognise.hosts": Kind.PATTERNS,
    "addresses.article": Kind.PATTERNS,
    "addresses.listing": Kind.PATTERNS,
    "listings.articles": Kind.SELECTORS,
    "listings.next": Kind.SELECTORS,
    "listings.page_parameter": Kind.TEXT,
    "listings.first_page": Kind.NUMBER,
    "listings.more": Kind.TEXT,
    "listings.form": Kind.FORM,
    "listings.json": Kind.JSON,
    "listings.values": Kind.VALUES,
    "listings.item": Kind.TEXT,
    **{f"fields.{name}": Kind.SELECTORS for name in FIELDS},
    "dates.formats": Kind.FORMATS,
    "counters.box": Kind.SELECTORS,
    "counters.endpoint": Kind.TEXT,
    "counters.form": Kind.FORM,
    "counters.json": Kind.JSON,
    **{f"counters.values.{name}": Kind.TEXT for name in COUNTS},
    "not_found.marks": Kind.SELECTORS,
    "noise.selectors": Kind.SELECTORS,
    "page.encoding": Kind.ENCODING,
    "tls.hosts": Kind.PATTERNS,
    "tls.weak_keys": Kind.FLAG,
    "tls.legacy_renegotiation": Kind.FLAG,
    "tls.reason": Kind.TEXT,
}
LAYOUT_KEYS: dict[str, Kind] = {
    "name": Kind.TEXT,
    "since": Kind.DAY,
    "until": Kind.DAY,
    "marks": Kind.SELECTORS,
}
LAYOUT_TABLES = ("addresses", "fields", "dates", "counters", "not_found", "noise")
