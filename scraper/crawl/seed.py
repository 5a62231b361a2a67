"""Begin a round: what of a site is visited in this run before anything new is found."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from scraper.archive.frontier import Priority, TaskKind
from scraper.archive.rounds import (
    Round,
    Walk,
    finish_rounds,
    last_full_walk,
    open_round,
    start_round,
    walks_still,
)
from scraper.crawl.clock import from_stamp
from scraper.crawl.ledger import Ledger
from scraper.sites import Site

STALE = timedelta(hours=20)


def seed(ledger: Ledger, site: Site) -> Round:
    """Open a round for ``site`` and queue its listings, feeds and articles that are due.

    A round that an earlier run left unfinished goes on as it is, unless it is nearly a day old:
    then the first pages are looked at again beside it.
    """
    with ledger.archive.transaction():
        db, now = ledger.archive.db, ledger.now
        unfinished = open_round(db, site.id)
        if unfinished is not None:
            age = ledger.options.clock() - from_stamp(unfinished.opened_at)
            if timedelta(0) <= age < STALE:
                return unfinished
        round_ = start_round(db, site.id, _walk(ledger, site), now, ledger.run)
        _queue_sources(ledger, site, round_)
        _queue_rechecks(ledger, site, round_)
        return round_


def close_rounds(ledger: Ledger, site: Site) -> bool:
    """Close the site's rounds if nothing of it waits any more that is due; returns whether."""
    with ledger.archive.transaction():
        if ledger.frontier.waiting(site.id, ledger.now):
            return False
        finish_rounds(ledger.archive.db, site.id, ledger.now)
        return True


def _walk(ledger: Ledger, site: Site) -> Walk:
    db = ledger.archive.db
    last = last_full_walk(db, site.id)
    if last is not None:
        age = ledger.options.clock() - from_stamp(last)
        # A walk in the future means that the clock was wrong then: it does not count.
        if timedelta(0) <= age < timedelta(days=ledger.options.full_walk_days):
            return Walk.NEWS
    return Walk.NEWS if walks_still(db, site.id) else Walk.FULL


def _queue_sources(ledger: Ledger, site: Site, round_: Round) -> None:
    scope = ledger.scopes[site.id]
    full = round_.walk is Walk.FULL
    sources = [(TaskKind.FEED, url) for url in site.feeds]
    sources += [(TaskKind.LISTING, url) for url in (site.base_url, *site.listings)]
    if full or not (site.listings or site.feeds):
        sources += [(TaskKind.SITEMAP, url) for url in site.sitemaps]
    for kind, url in sources:
        ledger.add(scope.task(url, kind), round_.id, again=True)


def _queue_rechecks(ledger: Ledger, site: Site, round_: Round) -> None:
    if ledger.options.recheck_days <= 0:
        return
    today = ledger.options.clock().astimezone(ZoneInfo(site.timezone)).date()
    since = today - timedelta(days=ledger.options.recheck_days)
    scope = ledger.scopes[site.id]
    for url in ledger.archive.articles_due(site.id, since):
        task = scope.task(url, TaskKind.ARTICLE, priority=Priority.RECHECK)
        ledger.add(task, round_.id, again=True)
