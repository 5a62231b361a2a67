"""What is known of a platform family, ready for use: compiled selectors and patterns."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from scraper.sites.asking import Asking
from scraper.sites.date_format import DateFormat
from scraper.sites.selector import Element, Mentions, Selector

Paths: TypeAlias = tuple[Selector, ...]
Patterns: TypeAlias = tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True)
class Tls:
    """What old servers of a family need of TLS; certificates are verified all the same."""

    hosts: Patterns = ()
    weak_keys: bool = False
    legacy_renegotiation: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """One skin that portals of a family had: by which marks or days it is known.

    ``since`` and ``until`` are the first and the last local day on which pages looked so.
    ``profile`` is the whole profile with this layout's rules in place of the family's.
    """

    name: str
    marks: Paths
    since: date | None
    until: date | None
    profile: Profile

    def fits(self, root: Element, day: date | None) -> bool:
        """Whether a page bears a mark of the layout (if it has any) and was captured in its days.

        A page whose day is not known is judged by marks alone; a layout without marks is not its.
        """
        if self.marks and not any(mark(root) for mark in self.marks):
            return False
        if day is None:
            return bool(self.marks)
        return (self.since or date.min) <= day <= (self.until or date.max)


@dataclass(frozen=True, slots=True)
class Profile:
    """One platform family: how it is recognised and where its fields stand.

    ``facts`` is the file as JSON: two profiles with the same id and facts are the same.
    ``selectors`` go by field name; several are tried in order. ``addresses`` and
    ``listings`` are regular expressions of article and listing addresses, ``distinctive`` those
    that no other family has. ``not_found`` are selectors that only the platform's "not found" page
    matches; ``noise`` what is never content. ``more`` says how a script asks for a list's further
    pages, ``item`` at which address an entry of a JSON list lies, ``endpoint`` how one asks for the
    counters, and ``count_names`` under which (dotted) name each count stands in the answer.
    """

    id: str
    facts: str
    name: str = field(default="", compare=False)
    generators: Patterns = field(default=(), compare=False)
    marks: Paths = field(default=(), compare=False)
    distinctive: Patterns = field(default=(), compare=False)
    hosts: Patterns = field(default=(), compare=False)
    addresses: Patterns = field(default=(), compare=False)
    listings: Patterns = field(default=(), compare=False)
    listed: Paths = field(default=(), compare=False)
    next_links: Paths = field(default=(), compare=False)
    page_parameter: str | None = field(default=None, compare=False)
    first_page: int = field(default=1, compare=False)
    more: Asking | None = field(default=None, compare=False)
    item: str | None = field(default=None, compare=False)
    selectors: dict[str, Paths] = field(default_factory=dict, compare=False)
    date_formats: tuple[DateFormat, ...] = field(default=(), compare=False)
    counter_boxes: Paths = field(default=(), compare=False)
    endpoint: Asking | None = field(default=None, compare=False)
    count_names: dict[str, str] = field(default_factory=dict, compare=False)
    not_found: Paths = field(default=(), compare=False)
    noise: Paths = field(default=(), compare=False)
    encoding: str | None = field(default=None, compare=False)
    tls: Tls | None = field(default=None, compare=False)
    layouts: tuple[Layout, ...] = field(default=(), compare=False)

    def __reduce__(self) -> tuple[Callable[[str, str], Profile], tuple[str, str]]:
        # Compiled selectors cannot be pickled; the facts can, and are compiled once a process.
        from scraper.sites.building import rebuild

        return rebuild, (self.id, self.facts)

    def select(
        self, field_name: str, scope: Element, mentions: Mentions | None = None
    ) -> list[Element]:
        """The elements of the first selector of ``field_name`` that finds any."""
        return first_found(self.selectors.get(field_name, ()), scope, mentions)

    def layout_of(self, root: Element, day: date | None) -> Layout | None:
        """The first layout that fits a page captured on the local ``day``, if one does."""
        return next((each for each in self.layouts if each.fits(root, day)), None)

    @property
    def counts_pages(self) -> bool:
        """Whether nothing on a listing's page leads on, so that its pages are counted up."""
        return self.page_parameter is not None or self.more is not None

    def page_after(self, url: str) -> str | None:
        """The address of the listing page after ``url``, where a parameter numbers the pages."""
        if self.page_parameter is None:
            return None
        parts = urlsplit(url)
        query = parse_qsl(parts.query, keep_blank_values=True)
        number = self.first_page
        for name, value in query:
            if name == self.page_parameter and value.isdecimal():
                number = int(value)
        others = [pair for pair in query if pair[0] != self.page_parameter]
        following = urlencode([*others, (self.page_parameter, str(number + 1))])
        return urlunsplit((parts.scheme, parts.netloc, parts.path, following, ""))

    def counts_in(self, answer: object) -> dict[str, int]:
        """The counts that the decoded JSON ``answer`` of ``endpoint`` holds, by our names."""
        found = {}
        for name, path in self.count_names.items():
            value: object = answer
            for step in path.split("."):
                if isinstance(value, list) and step.isdecimal() and int(step) < len(value):
                    value = value[int(step)]
                else:
                    value = value.get(step) if isinstance(value, dict) else None
            number = re.sub(r"[.,\s]", "", str(value)) if value is not None else ""
            if number.isdecimal():
                found[name] = int(number)
        return found


def first_found(paths: Paths, scope: Element, mentions: Mentions | None = None) -> list[Element]:
    """The elements of the first path that finds any; ``mentions`` asks the page's source."""
    for path in paths:
        if mentions is None or path.may_find(mentions):
            found = path(scope)
            if found:
                return found
    return []
