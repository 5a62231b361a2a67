"""The profiles at hand: ours beside this module, and a user's own beside the archive."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from scraper.sites.building import build, merged
from scraper.sites.fault import Fault, ProfileError, key_at, line_of
from scraper.sites.profile import Profile

_OURS = Path(__file__).parent


def load_profile(platform: str | None, folder: Path | None = None) -> Profile | None:
    """The profile of a platform by its id, or ``None`` if there is none of that name.

    ``folder`` holds a user's own files: one of the same name is taken in place of ours.

    Raises:
        ProfileError: the file is not valid.
    """
    path = profile_file(platform, folder) if platform else None
    return read_profile(path) if path else None


def profile_file(platform: str, folder: Path | None = None) -> Path | None:
    """The file of a platform's profile, a user's own (``folder``) before ours; unread."""
    return _files(folder).get(platform)


def is_ours(path: Path) -> bool:
    """Whether a profile's file is one that comes with the program."""
    return path.parent == _OURS


def profiles(folder: Path | None = None) -> dict[str, Profile]:
    """All profiles by id: a user's own (``folder``), then ours, each in the order of their names.

    Raises:
        ProfileError: a file is not valid.
    """
    paths = sorted(_files(folder).items(), key=lambda item: (is_ours(item[1]), item[0]))
    return {name: read_profile(path) for name, path in paths}


def read_profile(path: Path) -> Profile:
    """Read one profile file.

    Raises:
        ProfileError: it cannot be read, is no TOML, has an unknown key or a value that is not what
            its key holds.
    """
    try:
        state = path.stat()
    except OSError as error:
        raise ProfileError(path, None, f"cannot be read: {error.strerror}") from error
    return _read(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=256)
def _read(path: Path, _changed: int, _size: int) -> Profile:
    """Read a file once for each of its states."""
    text, facts = _facts(path)
    try:
        profile = build(path.stem, facts)  # its own keys first: a fault is in this file
        return build(path.stem, _whole(path, facts)) if "extends" in facts else profile
    except Fault as fault:
        raise ProfileError(path, line_of(text, fault.key, fault.item), str(fault)) from None


def _whole(path: Path, facts: dict[str, Any], below: tuple[Path, ...] = ()) -> dict[str, Any]:
    """The facts of a file that extends another: that one's, with this one's in place.

    A file named like one of ours extends ours; any other name is looked for beside it first.
    """
    if "extends" not in facts:
        return facts
    named = facts["extends"]
    beside = path.with_name(f"{named}.toml")
    other = beside if named != path.stem and beside.is_file() else _OURS / f"{named}.toml"
    if other == path or other in below:
        raise Fault("extends", f"extends: {named!r} extends this profile in turn")
    if not other.is_file():
        raise Fault("extends", f"extends: there is no profile {named!r} to extend")
    base = _whole(other, _facts(other)[1], (*below, path))
    return merged({key: value for key, value in base.items() if key != "id"}, facts)


def _facts(path: Path) -> tuple[str, dict[str, Any]]:
    try:
        text = path.read_text(encoding="utf-8-sig")  # Windows' Notepad begins a file with a BOM
    except OSError as error:
        raise ProfileError(path, None, f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise ProfileError(path, line, "is not written in UTF-8") from error
    try:
        return text, tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"at line (\d+)", str(error))
        line = int(place[1]) if place else len(text.splitlines())
        key = key_at(text, line)
        near = f" (at or after the key {key})" if key else ""
        raise ProfileError(path, line, f"is no valid TOML: {error}{near}") from error


def _files(folder: Path | None) -> dict[str, Path]:
    found = {path.stem: path for path in _OURS.glob("*.toml")}
    if folder is not None and folder.is_dir():
        found |= {path.stem: path for path in folder.glob("*.toml")}
    return found
