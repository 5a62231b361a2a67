"""The index beside a WARC file: CDXJ lines, sorted by key, one per response or revisit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from scraper.crawl.surt import surt_key


class CdxLine(NamedTuple):
    """One indexed record; ``fetched_at`` is its WARC-Date; ``posted`` the body of a POST."""

    url: str
    fetched_at: str
    media_type: str
    status: int
    digest: str
    length: int
    offset: int
    file: str
    posted: bytes | None = None


def cdx_line(entry: CdxLine) -> str:
    """Return the line without its end: key, 14 digits of time, JSON.

    A POST is indexed under its address with the posted fields added, as pywb looks it up.
    """
    url = entry.url
    if entry.posted is not None:
        joint = "&" if "?" in url else "?"
        url += f"{joint}__wb_method=POST&{quote(entry.posted.decode('latin-1'), safe='=&%+')}"
    time = "".join(character for character in entry.fetched_at if character.isdigit())
    fields = {
        "url": entry.url,
        "mime": entry.media_type,
        "status": str(entry.status),
        "digest": entry.digest,
        "length": str(entry.length),
        "offset": str(entry.offset),
        "filename": entry.file,
    }
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
