"""Which profile a site is read by, told to people: recognised, or lost since it was added."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from scraper.archive import Archive
from scraper.archive.sites import MissingProfile
from scraper.sites import is_ours, profile_file


def warn_of_missing(archive: Archive, ids: Sequence[str] = ()) -> None:
    """Say to stderr which of the sites named (all, where none is) lost their profile's file."""
    for missing in archive.missing_profiles(ids):
        click.echo(f"Warning: {told(missing)}", err=True)


def told(missing: MissingProfile) -> str:
    """One line: whose profile is missing, where it was expected, what happens and what to do."""
    return (
        f"{missing.site}: its profile {missing.profile} is missing, {missing.expected} was "
        "expected; the generic reader is used until the file is back"
    )


def recognised(platform: str | None, folder: Path) -> str:
    """Say which profile a new site is read by; ``folder`` holds the user's own."""
    path = profile_file(platform, folder) if platform else None
    if path is None:
        return "none recognised: the generic reader is used (docs/profiles.md: how to write one)"
    return f"{platform} ({'built in' if is_ours(path) else path})"
