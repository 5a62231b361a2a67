"""What is wrong in a profile file, told with file, line and key."""

from __future__ import annotations

import re
from pathlib import Path

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""^\s*([\w."'-]+(?:\s*\.\s*[\w"'-]+)*)\s*=""")


class ProfileError(ValueError):
    """A profile's file is wrong; the message names the file, the line and the key.

    ``line`` counts from 1; it is ``None`` where the whole file is meant (it cannot be read, say).
    """

    def __init__(self, path: Path, line: int | None, message: str) -> None:
        self.path = path
        self.line = line
        where = f"{path}, line {line}" if line else str(path)
        super().__init__(f"{where}: {message}")


class Fault(ValueError):  # noqa: N818 - becomes a ProfileError when file and line are known
    """A key whose value is wrong, before it is known where in the file it stands.

    ``key`` is the whole name (``layouts[2].fields.title``: layouts count from 1), ``item`` the one
    text of a list that is wrong.
    """

    def __init__(self, key: str, message: str, item: str | None = None) -> None:
        self.key = key
        self.item = item
        super().__init__(message)


def line_of(text: str, key: str, item: str | None = None) -> int | None:
    """The line (from 1) where ``key`` stands in a TOML file, or ``item`` within its value.

    tomllib gives no lines, so the headers and keys are looked for as they are written. A key that
    stands in an inline table is found by the table.
    """
    lines = text.splitlines()
    places = dict(_keys(lines))
    name = key
    while name and name not in places:
        name = name.rpartition(".")[0]
    if not name:
        return None
    start = places[name]
    if item is not None:
        for number in range(start, len(lines) + 1):
            if item in lines[number - 1]:
                return number
    return start


def key_at(text: str, line: int) -> str | None:
    """The key that is written on a line, or the last one before it."""
    found = None
    for key, number in _keys(text.splitlines()):
        if number <= line:
            found = key
    return found


def _keys(lines: list[str]) -> list[tuple[str, int]]:
    """Every key with its whole name and its line; of several alike the first."""
    found: dict[str, int] = {}
    counts: dict[str, int] = {}
    table = ""
    for number, line in enumerate(lines, 1):
        if header := _HEADER.match(line):
            name = _plain(header[2])
            if header[1] == "[[":
                counts[name] = counts.get(name, 0) + 1
            first, _, rest = name.partition(".")
            if first in counts:
                first = f"{first}[{counts[first]}]"
            table = f"{first}.{rest}" if rest else first
            found.setdefault(table, number)
        elif key := _KEY.match(line):
            whole = f"{table}.{_plain(key[1])}" if table else _plain(key[1])
            found.setdefault(whole, number)
    return sorted(found.items(), key=lambda pair: pair[1])


def _plain(name: str) -> str:
    return ".".join(part.strip().strip("\"'") for part in name.split("."))
