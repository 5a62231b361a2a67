"""``district-archive scrape``: one scheduled run."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from scraper.archive import UnknownSite, open_archive
from scraper.cli.options import contact_option, db_option
from scraper.cli.profile_notes import warn_of_missing
from scraper.cli.progress import reporter, summary_lines
from scraper.crawl import ScrapeOptions, run_scrape
from scraper.crawl.options import MIB


@click.command()
@click.argument("site", nargs=-1)
@db_option
@contact_option
@click.option("--max-requests", type=click.IntRange(1), help="End after so many requests.")
@click.option("--max-minutes", type=click.FloatRange(0, min_open=True), help="End after so long.")
@click.option(
    "--recheck-days",
    type=click.IntRange(0),
    default=30,
    show_default=True,
    help="Look again at articles published in the last so many days (0: at none).",
)
@click.option(
    "--min-free-gib",
    type=click.FloatRange(0),
    default=2.0,
    show_default=True,
    help="Stop when less than this is free on the disk.",
)
def scrape(
    site: tuple[str, ...],
    db: Path,
    contact: str | None,
    max_requests: int | None,
    max_minutes: float | None,
    recheck_days: int,
    min_free_gib: float,
) -> None:
    """Visit the sites named (all, where none is): find, fetch, keep, read and store what is new.

    A run that was stopped or killed goes on where it was with the next one.
    """
    options = ScrapeOptions(
        max_requests=max_requests,
        max_minutes=max_minutes,
        recheck_days=recheck_days,
        min_free_bytes=int(min_free_gib * 1024) * MIB,
        contact=contact,
    )
    with open_archive(db) as archive:
        try:
            chosen = archive.sites(site)
        except UnknownSite as error:
            raise click.UsageError(str(error)) from error
        if not chosen:
            raise click.UsageError("the archive has no site yet: district-archive sites add URL")
        warn_of_missing(archive, site)
        with reporter() as shown:
            summary = run_scrape(archive, chosen, options, shown)
    for line in summary_lines(summary):
        click.echo(line)
    sys.exit(summary.exit_code)
