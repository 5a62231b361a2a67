"""``district-archive sites check``: what would be read from a portal's pages, and from where."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click

from scraper.archive import Archive, UnknownSite, open_archive
from scraper.archive.hosts import find_relaxation
from scraper.cli.options import contact_option, db_option, json_option
from scraper.cli.profile_notes import warn_of_missing
from scraper.cli.telling import print_check, tell
from scraper.crawl.browser import check_browser
from scraper.crawl.canonical import host_of
from scraper.crawl.check import PageCheck, check_site
from scraper.crawl.tls import TlsRelaxation
from scraper.crawl.visitor import Visitor
from scraper.sites import Site


@click.command()
@click.argument("site")
@db_option
@contact_option
@click.option(
    "--articles",
    type=click.IntRange(0),
    default=3,
    show_default=True,
    help="How many articles to look at beside the front page and the first listing.",
)
@json_option
def check(site: str, db: Path, contact: str | None, articles: int, as_json: bool) -> None:
    """Fetch a few pages of a site and show what is read from each, and where it comes from.

    Nothing is written into the archive. The exit code is 3 where a page cannot be had or an
    article lacks its title, day or text.
    """
    if not db.exists():
        raise click.UsageError(f"there is no archive at {db}")
    with open_archive(db, read_only=True) as archive:
        try:
            (found,) = archive.sites([site])
        except UnknownSite as error:
            raise click.UsageError(str(error)) from error
        warn_of_missing(archive, [found.id])
        if found.browser:
            check_browser()
        visitor = _visitor(archive, found, contact)
    pages: list[PageCheck] = []
    try:
        for page in check_site(visitor, found, articles):
            pages.append(page)
            if not as_json:
                print_check(page)
    finally:
        visitor.close()
    if as_json:
        click.echo(json.dumps([asdict(page) for page in pages], ensure_ascii=False, indent=2))
    sys.exit(_exit_code(pages))


def _visitor(archive: Archive, site: Site, contact: str | None) -> Visitor:
    row = find_relaxation(archive.db, host_of(site.base_url).partition(":")[0])
    return Visitor(
        contact or site.contact,
        private_network=site.private_network,
        pause=site.pause,
        relaxation=TlsRelaxation(**row) if row else None,
        draw=site.browser,
        tell=tell,
    )


def _exit_code(pages: list[PageCheck]) -> int:
    if all(page.problem for page in pages):
        return 1
    return 3 if any(page.problem or page.missing for page in pages) else 0
