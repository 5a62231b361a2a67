"""The values of a profile's keys: each checked for what its key holds, and compiled."""

from __future__ import annotations

import codecs
import re
from datetime import date, datetime

from cssselect import SelectorError
from lxml import etree

from scraper.sites.asking import NAME, OPTIONAL, PAGE, sample
from scraper.sites.date_format import DateFormat
from scraper.sites.fault import Fault
from scraper.sites.profile import Paths, Patterns
from scraper.sites.schema import Kind
from scraper.sites.selector import selector

_PLAIN = {Kind.TEXT: str, Kind.FLAG: bool, Kind.NUMBER: int, Kind.ENCODING: str}


def value_of(key: str, kind: Kind, value: object) -> object:
    """What a key holds, compiled where it is a pattern, a selector or a format.

    Raises:
        Fault: it is not what the key holds.
    """
    if kind in _PLAIN:
        # `type`, not `isinstance`: true is an int to Python.
        if type(value) is not _PLAIN[kind]:
            raise _wrong(key, kind)
        return _encoding(key, value) if kind is Kind.ENCODING and isinstance(value, str) else value
    if kind is Kind.DAY:
        return _day(key, value)
    if kind is Kind.FORM:
        return _form(key, value)
    if kind is Kind.JSON:
        return _json(key, value)
    if kind is Kind.VALUES:
        return _values(key, value)
    items = [value] if isinstance(value, str) else value
    if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
        raise _wrong(key, kind)
    if kind is Kind.PATTERNS:
        return _patterns(key, items)
    return _formats(key, items) if kind is Kind.FORMATS else _paths(key, items)


def _wrong(key: str, kind: Kind) -> Fault:
    return Fault(key, f"{key} must be {kind.value}")


def _day(key: str, value: object) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        raise _wrong(key, Kind.DAY) from None


def _form(key: str, value: object) -> dict[str, str]:
    if not isinstance(value, dict):
        raise _wrong(key, Kind.FORM)
    for name, text in value.items():
        # True is an int to Python, and portals differ in how they write it.
        if type(text) not in (str, int) or not name.removesuffix(OPTIONAL):
            raise Fault(f"{key}.{name}", f"{key}.{name} must be a text or a whole number")
    return {name: str(text) for name, text in value.items()}


def _json(key: str, value: object) -> str:
    if not isinstance(value, str):
        raise _wrong(key, Kind.JSON)
    try:
        sample(value)
    except ValueError as error:
        message = f"{key} is no JSON, whatever its names in braces stand for: {error}"
        raise Fault(key, message) from None
    return value


def _values(key: str, value: object) -> dict[str, re.Pattern[str]]:
    if not isinstance(value, dict):
        raise _wrong(key, Kind.VALUES)
    found = {}
    for name, text in value.items():
        own = f"{key}.{name}"
        if name == PAGE or not NAME.fullmatch("{" + name + "}"):
            text_ = "page is the page's number" if name == PAGE else "letters, digits and _ only"
            raise Fault(own, f"{own} is no name for a value ({text_})")
        if not isinstance(text, str):
            raise Fault(own, f"{own} must be a regular expression")
        (pattern,) = _patterns(own, [text])
        if pattern.groups != 1:
            message = f"{own} must have one group, (…), around the value; it has {pattern.groups}"
            raise Fault(own, message)
        found[name] = pattern
    return found


def _encoding(key: str, value: str) -> str:
    try:
        codecs.lookup(value)
    except LookupError:
        raise Fault(key, f"{key}: {value!r} is no encoding that Python knows", value) from None
    return value


def _formats(key: str, items: list[str]) -> tuple[DateFormat, ...]:
    try:
        return tuple(DateFormat(item) for item in items)
    except ValueError as error:
        raise Fault(key, f"{key}: {error}", str(error).split("'")[1]) from None


def _patterns(key: str, items: list[str]) -> Patterns:
    compiled = []
    for item in items:
        try:
            compiled.append(re.compile(item, re.IGNORECASE))
        except re.error as error:
            message = f"{key}: {item!r} is no regular expression: {error}"
            raise Fault(key, message, item) from None
    return tuple(compiled)


def _paths(key: str, items: list[str]) -> Paths:
    compiled = []
    for item in items:
        try:
            compiled.append(selector(item))
        except (SelectorError, etree.XPathError) as error:
            raise Fault(key, f"{key}: {item!r} is no CSS selector: {error}", item) from None
    return tuple(compiled)
