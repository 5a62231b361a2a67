"""Go on where a killed run was: mend its files, give back its claims, store what it kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from scraper.archive import Archive
from scraper.archive.frontier import Task
from scraper.archive.leftovers import is_stored, mark_killed_runs
from scraper.crawl.box import BoxError, box_question, read_box
from scraper.crawl.canonical import clean_url, host_of
from scraper.crawl.cdxj import Place
from scraper.crawl.clock import stamp
from scraper.crawl.decode import DecodeError, decode_body
from scraper.crawl.delivery import Kept
from scraper.crawl.exchange import Exchange
from scraper.crawl.ingest import Ingest
from scraper.crawl.ledger import LONGEST_WAIT, Ledger
from scraper.crawl.robots import robots_url
from scraper.crawl.salvage import exchanges, mend, read_exchange, torn_files, unmark
from scraper.crawl.warc import place_of
from scraper.sites import Site


def recover(ledger: Ledger, ingest: Ingest) -> None:
    """Bring archive and WARC files into order after a run that was killed.

    It costs nothing after one that ended.

    Raises:
        OSError: A WARC file cannot be read or cut back.
    """
    with ledger.archive.transaction():
        mark_killed_runs(ledger.archive.db, ledger.run)
        ledger.frontier.release_claims()
        # The clock may have been ahead when due times were set: nothing waits longer than a week.
        latest = stamp(ledger.options.clock() + timedelta(seconds=LONGEST_WAIT))
        ledger.frontier.pull_back(ledger.now, latest)
    torn = torn_files(ledger.archive.warc_folder)
    for path in torn:
        cut = mend(path, holders(ledger.archive))
        if cut:
            ledger.reporter.note(
                f"{path.name} was cut back by {cut} bytes to its last whole record"
            )
        if path.exists():
            for kept in exchanges(path):
                if not is_stored(ledger.archive.db, path.name, kept.written.offset):
                    _store(ledger, ingest, kept)
    if torn:
        # Not before: a run that is killed here, too, must find what was kept and not stored.
        ledger.archive.make_durable()
    for path in torn:
        unmark(path)


def holders(archive: Archive) -> Callable[[str], Place | None]:
    """Return the look-up of where a payload lies, by its digest."""

    def holder_of(digest: str) -> Place | None:
        held = archive.payload_of(digest)
        return place_of(held) if held is not None else None

    return holder_of


def _with_payload(ledger: Ledger, kept: Kept) -> Kept | None:
    """Return a kept exchange with its body, which lies elsewhere if the record is a revisit."""
    if not kept.written.revisit or kept.exchange.status == 304:
        return kept
    place = holders(ledger.archive)(kept.written.digest)
    holder = read_exchange(ledger.archive.warc_folder, place) if place is not None else None
    if holder is None:
        return None
    return replace(kept, exchange=replace(kept.exchange, body=holder.body))


def _store(ledger: Ledger, ingest: Ingest, found: Kept) -> None:
    kept = _with_payload(ledger, found)
    if kept is None:
        return  # its payload is not to be had: the address is fetched again
    task = _task_of(ledger, kept)
    if task is not None:
        ingest.take_kept(task, kept)
    elif kept.exchange.url == robots_url(kept.exchange.url) and not kept.exchange.truncated:
        host = host_of(kept.exchange.url)
        for scope in ledger.scopes.values():
            if host in scope.hosts:
                ingest.take_robots(scope.site.id, host, kept)
                return
    else:
        _name_only(ledger, kept)


def _name_only(ledger: Ledger, kept: Kept) -> None:
    """Store the capture of what no task waits for: a reading of counters, a script's data."""
    host = host_of(kept.exchange.url)
    for scope in ledger.scopes.values():
        if host in scope.hosts:
            with ledger.archive.transaction():
                capture = ledger.capture(scope.site.id, kept)
                if capture is not None and kept.exchange.status == 200:
                    _store_box(ledger, scope.site, kept.exchange, capture)
            return


def _store_box(ledger: Ledger, site: Site, exchange: Exchange, capture: int) -> None:
    """Store the numbers of a box that a killed reading of counters had kept."""
    if exchange.url != clean_url(box_question(site).url):
        return
    limit = ledger.options.limits.max_decoded_bytes
    declared = exchange.header("Content-Type")
    try:
        body = decode_body(exchange.body, exchange.header("Content-Encoding"), limit)
        if exchange.drawing is not None:
            body, declared = exchange.drawing.html, "text/html; charset=utf-8"
        numbers = read_box(site, exchange.url, body, declared, exchange.started_at)
    except (DecodeError, BoxError):
        return  # the capture is named; the next reading tells what is wrong with the box
    ledger.archive.store_counters(site.id, capture, numbers, stamp(exchange.started_at))


def _task_of(ledger: Ledger, kept: Kept) -> Task | None:
    """Return the task that an exchange was for, if it still waits."""
    if kept.exchange.truncated:
        return None
    if kept.exchange.method == "POST":
        return _posted_task(ledger, kept)
    for scope in ledger.scopes.values():
        task = ledger.frontier.waiting_task(scope.site.id, scope.key(kept.exchange.url))
        if task is not None and task.url == kept.exchange.url:
            return task
    return None


def _posted_task(ledger: Ledger, kept: Kept) -> Task | None:
    sent = kept.exchange.sent.partition(b"\r\n\r\n")[2]
    for site in ledger.scopes:
        for task in ledger.frontier.waiting_posts(site, kept.exchange.url):
            if task.posted is not None and task.posted.text.encode() == sent:
                return task
    return None
