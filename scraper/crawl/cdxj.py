"""The index beside a WARC file: CDXJ lines, sorted by key, one for each answer that can be shown.

An index says what to show for an address at a moment. So a 304 is indexed under its own moment, but
as the record that holds the payload it confirms, which may lie in an earlier file: replay programs
answer a 304 with a 304, and their reader would see an empty page. (Other archives leave 304s out;
then the moment is answered with whatever capture is nearest, an edited page perhaps.)
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

from scraper.crawl.magic import declared_type
from scraper.crawl.posted_keys import with_posted
from scraper.crawl.surt import surt_key


class Place(NamedTuple):
    """Where a record lies: file name, offset and length of its gzip member; its media type."""

    file: str
    offset: int
    length: int
    media_type: str


class CdxLine(NamedTuple):
    """One line; ``fetched_at`` is the WARC-Date of the answer.

    ``posted`` are the parameters that stand for what was posted, ``None`` for a GET.
    """

    url: str
    fetched_at: str
    status: int
    digest: str
    place: Place
    posted: str | None = None


def bare_type(content_type: str | None) -> str:
    """Return a Content-Type without its parameters, ``unk`` where there is none."""
    return declared_type(content_type) or "unk"


def cdx_line(entry: CdxLine) -> str:
    """Return the line without its end: key, 14 digits of time, JSON.

    A POST is indexed under its address with what was posted added, as pywb looks it up.
    """
    url = entry.url if entry.posted is None else with_posted(entry.url, entry.posted)
    time = "".join(character for character in entry.fetched_at if character.isdigit())
    place = entry.place
    fields = {
        "url": entry.url,
        "mime": place.media_type,
        "status": str(entry.status),
        "digest": entry.digest,
        "length": str(place.length),
        "offset": str(place.offset),
        "filename": place.file,
    }
    if entry.posted is not None:
        fields |= {"method": "POST", "requestBody": entry.posted}
    return f"{surt_key(url)} {time} {json.dumps(fields, ensure_ascii=False)}"


def write_sorted(lines: list[str], target: Path) -> None:
    """Write lines to ``target`` in one step, in byte order: an unsorted CDX hides pages."""
    draft = target.with_name(target.name + ".part")
    draft.write_bytes(b"".join(sorted(line.encode("utf-8") + b"\n" for line in lines)))
    draft.replace(target)


def sort_spool(spool: Path, folder: Path) -> None:
    """Turn the unsorted lines that a WARC file gathered into its index, and remove them."""
    if spool.exists():
        lines = spool.read_text(encoding="utf-8").splitlines()
        write_sorted(lines, folder / spool.name.replace(".warc.gz.cdxj", ".cdxj"))
        spool.unlink()
