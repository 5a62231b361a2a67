"""``district-archive demo``: scrape the bundled portal, then browse what was kept."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path

import click

from scraper.archive import Archive, open_archive
from scraper.cli.options import db_option
from scraper.cli.progress import reporter, summary_lines
from scraper.crawl import RunSummary, ScrapeOptions, run_scrape
from scraper.crawl.counting import run_counters
from scraper.crawl.reporter import Silent
from scraper.crawl.timetable import Appointment
from scraper.demo import DEFAULT_TODAY, DEMO_PORTS, DemoPortal, PortalError, demo_sites
from scraper.demo.days import SimulatedClock, last_visit, reading_days, remind

_ONCE = "(another demo, perhaps: its portals always use the same two ports)"
"""Addresses in the archive stay the same from demo to demo, so no other port is taken instead."""


def _visit(archive: Archive, portals: dict[str, DemoPortal]) -> RunSummary:
    """Read the portals' boxes on simulated days, unless that was done before; then scrape them."""
    for site in demo_sites(*(portal.base_url for portal in portals.values())):
        archive.save_site(site)
    chosen = archive.sites(list(portals))
    today = DEFAULT_TODAY
    last = last_visit(archive, chosen)
    if last is None:
        for moment in reading_days():
            _set_today(portals, moment)
            clock = SimulatedClock(moment)
            appointments = [Appointment(moment, site) for site in chosen]
            run_counters(archive, appointments, ScrapeOptions(clock=clock), Silent())
    else:
        today = max(today, last + timedelta(minutes=1))
        for site in chosen:
            remind(archive, site, portals[site.id])
    _set_today(portals, today)
    with reporter() as shown:
        return run_scrape(archive, chosen, ScrapeOptions(clock=SimulatedClock(today)), shown)


def _set_today(portals: dict[str, DemoPortal], moment: datetime) -> None:
    for portal in portals.values():
        portal.set_today(moment)


@click.command()
@db_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Where Datasette listens.")
@click.option("--port", type=click.IntRange(0, 65535), default=8001, show_default=True)
@click.option("--no-serve", is_flag=True, help="Scrape only.")
def demo(db: Path, host: str, port: int, no_serve: bool) -> None:
    """Scrape the bundled portal (two small sites on this machine), then serve the archive.

    It plays days of spring 2024. Nothing leaves this machine.
    """
    with ExitStack() as stack:
        try:
            start = next(reading_days())
            first = stack.enter_context(DemoPortal("sharepoint", start, port=DEMO_PORTS[0]))
            second = stack.enter_context(DemoPortal("modern", start, port=DEMO_PORTS[1]))
        except PortalError as error:
            click.echo(f"Error: {error} {_ONCE}", err=True)
            sys.exit(1)
        archive = stack.enter_context(open_archive(db))
        summary = _visit(archive, {"demo-sharepoint": first, "demo-modern": second})
        archive.close()
        for line in summary_lines(summary):
            click.echo(line)
        click.echo(f"The archive is {db}; its raw bytes are in {archive.warc_folder}.")
        if no_serve:
            sys.exit(summary.exit_code)
        from scraper.web.server import serve as serve_archive  # Datasette is slow to load

        serve_archive(db, host, port)
