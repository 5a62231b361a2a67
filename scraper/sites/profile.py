"""What is known of a platform family: loaded from the TOML file of its name beside this module."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from cssselect import HTMLTranslator, SelectorError
from lxml import etree

_HERE = Path(__file__).parent
FIELDS = (
    "title", "published", "summary", "body", "byline", "author", "organisation", "category", "tags",
    "attachments", "views", "counters", "photos",
)  # fmt: skip


class ProfileError(ValueError):
    """A profile's file is wrong; the message names the file and the key."""


@dataclass(frozen=True, slots=True)
class Profile:
    """One platform family: how it is recognised and where its fields stand.

    ``selectors`` are compiled XPaths by field name; several are tried in order. ``addresses`` and
    ``listings`` are regular expressions of article and listing addresses; ``not_found`` are
    selectors that only the platform's "not found" page matches; ``noise`` what is never content.
    """

    id: str
    name: str
    addresses: tuple[re.Pattern[str], ...] = ()
    listings: tuple[re.Pattern[str], ...] = ()
    generators: tuple[re.Pattern[str], ...] = ()
    marks: tuple[etree.XPath, ...] = ()
    not_found: tuple[etree.XPath, ...] = ()
    noise: tuple[etree.XPath, ...] = ()
    selectors: dict[str, tuple[etree.XPath, ...]] = field(default_factory=dict)

    def select(self, field_name: str, scope: etree._Element) -> list[etree._Element]:
        """The elements of the first selector of ``field_name`` that finds any."""
        for path in self.selectors.get(field_name, ()):
            found: list[etree._Element] = path(scope)
            if found:
                return found
        return []


def load_profile(platform: str | None) -> Profile | None:
    """The profile of a platform by its id, or ``None`` if there is none of that name."""
    return profiles().get(platform) if platform else None


@lru_cache(maxsize=1)
def profiles() -> dict[str, Profile]:
    """All bundled profiles by id, in the order of their files' names.

    Raises:
        ProfileError: a file is not valid.
    """
    loaded = (read_profile(path) for path in sorted(_HERE.glob("*.toml")))
    return {profile.id: profile for profile in loaded}


def read_profile(path: Path) -> Profile:
    """Read one profile file.

    Raises:
        ProfileError: no valid TOML, an unknown key, or a selector or pattern that does not compile.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ProfileError(f"{path.name}: {error}") from error
    known = {"id", "name", "recognise", "addresses", "fields", "not_found", "noise"}
    if unknown := sorted(set(data) - known):
        raise ProfileError(
            f"{path.name}: unknown key {unknown[0]!r}; known are {', '.join(sorted(known))}"
        )
    recognise, addresses, fields = (
        data.get(name, {}) for name in ("recognise", "addresses", "fields")
    )
    if wrong := sorted(set(fields) - set(FIELDS)):
        raise ProfileError(
            f"{path.name}: fields.{wrong[0]} is no field; known are {', '.join(FIELDS)}"
        )
    return Profile(
        id=data.get("id", path.stem),
        name=data.get("name", path.stem),
        addresses=_patterns(path, "addresses.article", addresses.get("article", [])),
        listings=_patterns(path, "addresses.listing", addresses.get("listing", [])),
        generators=_patterns(path, "recognise.generator", recognise.get("generator", [])),
        marks=_paths(path, "recognise.marks", recognise.get("marks", [])),
        not_found=_paths(path, "not_found.marks", data.get("not_found", {}).get("marks", [])),
        noise=_paths(path, "noise.selectors", data.get("noise", {}).get("selectors", [])),
        selectors={name: _paths(path, f"fields.{name}", value) for name, value in fields.items()},
    )


def _strings(path: Path, key: str, value: object) -> list[str]:
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list) or not all(isinstance(item, str) for item in values):
        raise ProfileError(f"{path.name}: {key} must be a string or a list of strings")
    return values


def _patterns(path: Path, key: str, value: object) -> tuple[re.Pattern[str], ...]:
    try:
        return tuple(re.compile(item, re.IGNORECASE) for item in _strings(path, key, value))
    except re.error as error:
        raise ProfileError(
            f"{path.name}: {key}: {error.pattern!r} is no regular expression: {error}"
        ) from error


def _paths(path: Path, key: str, value: object) -> tuple[etree.XPath, ...]:
    compiled = []
    for selector in _strings(path, key, value):
        try:
            compiled.append(
                etree.XPath(HTMLTranslator().css_to_xpath(selector, prefix="descendant-or-self::"))
            )
        except (SelectorError, etree.XPathError) as error:
            raise ProfileError(
                f"{path.name}: {key}: {selector!r} is no CSS selector: {error}"
            ) from error
    return tuple(compiled)
