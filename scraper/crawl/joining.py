"""Join photos and attachments to articles that name them by another address.

A file is fetched once, under its cleaned address, and may have moved since. Articles name it as
their editors wrote it: with Vietnamese letters, spaces, a tracking parameter, at the old place.
What goes by the very address is joined when the file is stored; the rest is joined here, at the end
of a run. So is what was visited as a page before an article offered it.
"""

from __future__ import annotations

from scraper.archive.frontier import TaskKind
from scraper.archive.records import Capture
from scraper.crawl.decode import DecodeError, decode_body
from scraper.crawl.ledger import Ledger
from scraper.crawl.magic import declared_type, media_type
from scraper.crawl.salvage import read_exchange
from scraper.crawl.scope import Scope
from scraper.crawl.warc import place_of
from scraper.sites import Site


def join_files(ledger: Ledger, site: Site) -> int:
    """Join what was fetched to the rows that miss it; returns how many addresses that mended."""
    scope, joined = ledger.scopes[site.id], 0
    with ledger.archive.transaction():
        for missing in ledger.archive.files_missing(site.id):
            capture = _fetched(ledger, scope, missing.url)
            if capture is not None:
                joined += _join(ledger, missing.url, capture)
    return joined


def _fetched(ledger: Ledger, scope: Scope, url: str) -> Capture | None:
    """Return the capture that holds what ``url`` leads to, if it was had."""
    task = scope.task(url, TaskKind.FILE)
    key = task.key if task is not None else None
    for _ in range(ledger.options.max_hops):
        known = ledger.frontier.address(scope.site.id, key) if key is not None else None
        if known is None:
            return None
        state, address, key = known
        if key is None:
            capture = ledger.archive.last_capture(address) if state == "done" else None
            return capture if capture is not None and capture.site == scope.site.id else None
    return None


def _join(ledger: Ledger, url: str, capture: Capture) -> bool:
    body = _body(ledger, capture)
    shown = media_type(body) if body else None
    if not body or capture.digest is None or capture.id is None or shown == "text/html":
        return False
    shown = shown or declared_type(capture.content_type)
    ledger.archive.store_file(url, capture.digest, len(body), shown, capture.id)
    return True


def _body(ledger: Ledger, capture: Capture) -> bytes | None:
    """Return the file's bytes from its WARC record, or from the one that this one refers to."""
    holder = ledger.archive.payload_of(capture.digest) if capture.digest else None
    place = place_of(holder or capture)
    kept = read_exchange(ledger.archive.warc_folder, place) if place is not None else None
    if kept is None:
        return None
    try:
        limit = ledger.options.limits.max_decoded_bytes
        return decode_body(kept.body, kept.header("Content-Encoding"), limit)
    except DecodeError:
        return None
