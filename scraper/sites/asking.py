"""What a portal's own script asks for: the address, and what it posts, as a profile says it.

Lists that go on only by a script (VNPT's ``LoadArticle``, Hanoi's ``NewsZone``, Liferay's
``loadPage``) and counters that a script fills are asked for the same way: a template with names in
braces, filled with the number of the page and with what stands on the list's own page.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode, urljoin

NAME = re.compile(r"\{(\w+)\}")
PAGE = "page"
OPTIONAL = "?"
LONGEST_VALUE = 2000
FORM_TYPE = "application/x-www-form-urlencoded"
JSON_TYPE = "application/json; charset=utf-8"
_ESCAPED = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|([/\\'\"]))")


@dataclass(frozen=True, slots=True)
class Posted:
    """What a POST sends: the type of its content, and the content as text (sent as UTF-8)."""

    content_type: str
    text: str

    @classmethod
    def form(cls, pairs: list[tuple[str, str]] | tuple[tuple[str, str], ...]) -> Posted:
        """The fields of a form, in their order."""
        return cls(FORM_TYPE, urlencode(pairs))


@dataclass(frozen=True, slots=True)
class Question:
    """One request of a script; without ``posted`` it is a GET."""

    url: str
    posted: Posted | None = None


@dataclass(frozen=True, slots=True)
class Asking:
    """How a script asks: templates with ``{names}``, and where the values of the names stand.

    ``address`` is seen from the page that the script runs on. ``form`` are a form's fields (a name
    that ends in ``?`` is left out where a value of it is not there), ``json`` a JSON text; at most
    one of the two. ``values`` are patterns with one group each, found in the page's source.
    """

    address: str
    form: Mapping[str, str] | None = None
    json: str | None = None
    values: Mapping[str, re.Pattern[str]] = field(default_factory=dict)

    @property
    def needed(self) -> frozenset[str]:
        """The names without whose values nothing can be asked for."""
        required = [text for name, text in (self.form or {}).items() if name[-1:] != OPTIONAL]
        return names_in(self.address, self.json or "", *required) - {PAGE}

    def find(self, source: str) -> dict[str, str]:
        """The values that a page's ``source`` holds, by name, without escapes."""
        found = {}
        for name, pattern in self.values.items():
            match = pattern.search(source)
            value = match[1] if match else None
            if value is not None and len(value) <= LONGEST_VALUE:
                found[name] = _ESCAPED.sub(_unescaped, html.unescape(value))
        return found

    def missing(self, values: Mapping[str, str]) -> list[str]:
        """The names that are needed and have no value, in the order of the profile."""
        return [name for name in self.values if name in self.needed and name not in values]

    def question(self, base: str, values: Mapping[str, str], page: int = 0) -> Question:
        """The request for ``page``; ``base`` is the address of the page that the script runs on."""
        known = {**values, PAGE: str(page)}
        address = NAME.sub(
            # A value that the address begins with is an address; elsewhere it is a part of one.
            lambda at: known[at[1]] if at.start() == 0 else quote(known[at[1]], safe=""),
            self.address,
        )
        return Question(urljoin(base, address), self._posted(known))

    def _posted(self, known: Mapping[str, str]) -> Posted | None:
        if self.json is not None:
            # In a JSON text a value stands as a number, or within quotes as written there.
            text = NAME.sub(lambda at: json.dumps(known[at[1]])[1:-1], self.json)
            return Posted(JSON_TYPE, text)
        if self.form is None:
            return None
        return Posted.form(
            [
                (name.removesuffix(OPTIONAL), NAME.sub(lambda at: known[at[1]], text))
                for name, text in self.form.items()
                if names_in(text) <= known.keys()
            ]
        )


def names_in(*templates: str) -> frozenset[str]:
    """The names in braces that templates have."""
    return frozenset(name for text in templates for name in NAME.findall(text))


def sample(template: str) -> Any:  # noqa: ANN401 - whatever JSON holds
    """The JSON that a template gives when each name stands for 1.

    Raises:
        ValueError: it is no JSON then.
    """
    return json.loads(NAME.sub("1", template))


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else match[3]
