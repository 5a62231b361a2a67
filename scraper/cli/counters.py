"""``district-archive counters``: one request a portal, for an hourly timer."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import click

from scraper.archive import UnknownSite, open_archive
from scraper.cli.options import contact_option, db_option
from scraper.cli.profile_notes import warn_of_missing
from scraper.cli.progress import reporter
from scraper.crawl.counting import CountersSummary, run_counters
from scraper.crawl.options import ScrapeOptions
from scraper.crawl.timetable import TimetableError, around_midnight, spread


@click.command()
@click.argument("site", nargs=-1)
@db_option
@contact_option
@click.option(
    "--jitter",
    type=click.FloatRange(0, 3600),
    default=0.0,
    show_default=True,
    help="Spread the portals over so many seconds, in random order.",
)
@click.option(
    "--around-midnight",
    "midnight",
    is_flag=True,
    help="Read twice: between 23:50 and midnight of the portal, and soon after it.",
)
def counters(
    site: tuple[str, ...], db: Path, contact: str | None, jitter: float, midnight: bool
) -> None:
    """Read the visit counters of the sites named (all, where none is): one request each.

    Visits per day are brought up to date with them.
    """
    options = ScrapeOptions(contact=contact)
    dice = random.SystemRandom()
    with open_archive(db) as archive:
        try:
            chosen = archive.sites(site)
        except UnknownSite as error:
            raise click.UsageError(str(error)) from error
        if not chosen:
            raise click.UsageError("the archive has no site yet: district-archive sites add URL")
        warn_of_missing(archive, site)
        try:
            rounds = (
                around_midnight(chosen, options.clock(), dice)
                if midnight
                else [spread(chosen, options.clock(), jitter, dice)]
            )
        except TimetableError as error:
            raise click.UsageError(str(error)) from error
        code = 0
        with reporter() as shown:
            for appointments in rounds:
                summary = run_counters(archive, appointments, options, shown)
                for line in _lines(summary):
                    shown.note(line)
                code = max(code, summary.exit_code, key=(0, 3, 1).index)
                if summary.stopped is not None:
                    break
    sys.exit(code)


def _lines(summary: CountersSummary) -> list[str]:
    """Say how a reading went."""
    lines = [f"Run {summary.run}: {len(summary.read)} boxes read, {len(summary.missed)} missed."]
    if summary.missed:
        lines.append(f"Missed: {', '.join(summary.missed)} (see: district-archive status)")
    if summary.without:
        lines.append(
            f"No box at the address that was asked: {', '.join(summary.without)} "
            "(a profile can name another: counters.endpoint)"
        )
    if summary.stopped:
        lines.append(f"It stopped early: {summary.error or summary.stopped}.")
    return lines
