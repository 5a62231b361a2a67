"""The photos of an article as its page shows them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scraper.web.language import gettext
from scraper.web.links import file_path

if TYPE_CHECKING:
    from datasette.app import Datasette


@dataclass(frozen=True, slots=True)
class Photo:
    """One photo: its place among the article's, what it shows, and where its bytes are.

    ``source`` is a path on this server, ``None`` where the archive does not have the bytes.
    ``url`` is the portal's address of it and is never requested.
    """

    position: int
    url: str
    filename: str | None
    caption: str | None
    alt: str
    source: str | None


def photos_of(
    datasette: Datasette, database: str, rows: Iterable[Mapping[str, Any]]
) -> list[Photo]:
    """The photos of the rows of ``images``, in their order."""
    return [_photo(datasette, database, row) for row in rows]


def _photo(datasette: Datasette, database: str, row: Mapping[str, Any]) -> Photo:
    kept = row["digest"] if row["capture"] is not None else None
    unnamed = gettext("Photo %(number)s, without a caption") % {"number": row["position"]}
    return Photo(
        position=row["position"],
        url=row["url"],
        filename=row["filename"],
        caption=row["caption"],
        alt=row["alt"] or row["caption"] or unnamed,
        source=file_path(datasette, database, kept) if kept else None,
    )
