"""The sites of the archive: a :class:`~scraper.sites.Site` in, the same out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from scraper.archive.errors import UnknownSite
from scraper.sites import Site, load_profile, profile_file

_LISTS = ("listings", "feeds", "sitemaps")
_FLAGS = ("private_network", "browser")
_PLAIN = ("id", "name", "base_url", "platform", "province", "timezone", "contact", "pause")


def save_site(db: Database, site: Site) -> None:
    """Add the site, or replace what is known of the one with its id.

    What was learnt of the blocks that its pages share stays unless ``site`` knows better.
    """
    row: dict[str, Any] = {name: getattr(site, name) for name in _PLAIN}
    row |= {name: json.dumps(getattr(site, name), ensure_ascii=False) for name in _LISTS}
    row |= {name: int(getattr(site, name)) for name in _FLAGS}
    learnt = db.execute("SELECT boilerplate FROM sites WHERE id = ?", [site.id]).fetchone()
    kept = learnt[0] if learnt and not site.boilerplate else json.dumps(sorted(site.boilerplate))
    row["boilerplate"] = kept
    db.table("sites").upsert(row, pk="id")


def save_boilerplate(db: Database, site_id: str, boilerplate: frozenset[str]) -> None:
    """Keep what the site's pages are known to share: fingerprints of blocks."""
    db.execute(
        "UPDATE sites SET boilerplate = ? WHERE id = ?", [json.dumps(sorted(boilerplate)), site_id]
    )


def load_sites(db: Database, ids: Sequence[str], profile_folder: Path) -> list[Site]:
    """The sites named, in that order (each once); all of them by id where none is named.

    ``profile_folder`` holds the user's own profiles, which are taken in place of ours.

    Raises:
        UnknownSite: one of them is not in the archive.
        ProfileError: the profile of one of them is not valid.
    """
    rows = {row["id"]: row for row in db.query("SELECT * FROM sites ORDER BY id")}
    unknown = [id for id in dict.fromkeys(ids) if id not in rows]
    if unknown:
        raise UnknownSite(unknown, rows)
    return [_site(rows[id], profile_folder) for id in dict.fromkeys(ids or rows)]


@dataclass(frozen=True, slots=True)
class MissingProfile:
    """A site that was added with a profile that is no longer there, and where it was expected."""

    site: str
    profile: str
    expected: str


def missing_profiles(
    db: Database, profile_folder: Path, ids: Sequence[str] = ()
) -> list[MissingProfile]:
    """The sites (those named, else all) whose profile is neither the user's nor one of ours.

    Their pages are read by the generic rules alone until the file is back.
    """
    rows = db.execute("SELECT id, platform FROM sites WHERE platform IS NOT NULL ORDER BY id")
    return [
        MissingProfile(id, platform, str(profile_folder / f"{platform}.toml"))
        for id, platform in rows
        if (not ids or id in ids) and profile_file(platform, profile_folder) is None
    ]


def timezone_of(db: Database, site_id: str) -> str:
    """The IANA name of the site's time zone.

    Raises:
        UnknownSite: the site is not in the archive.
    """
    row = db.execute("SELECT timezone FROM sites WHERE id = ?", [site_id]).fetchone()
    if row is None:
        raise UnknownSite([site_id], (row[0] for row in db.execute("SELECT id FROM sites")))
    return str(row[0])


def check_known(db: Database, site_id: str) -> None:
    """Let the site pass if the archive holds it.

    Raises:
        UnknownSite: it does not.
    """
    timezone_of(db, site_id)


def _site(row: dict[str, Any], profile_folder: Path) -> Site:
    fields: dict[str, Any] = {name: row[name] for name in _PLAIN}
    fields |= {name: bool(row[name]) for name in _FLAGS}
    fields |= {name: tuple(json.loads(row[name])) for name in _LISTS}
    return Site(
        **fields,
        boilerplate=frozenset(json.loads(row["boilerplate"])),
        profile=load_profile(row["platform"], profile_folder),
    )
