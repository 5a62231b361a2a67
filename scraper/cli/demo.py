"""``district-archive demo``: scrape the bundled portal, then browse what was kept."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path

import click

from scraper.archive import open_archive
from scraper.cli.options import db_option
from scraper.cli.progress import reporter, summary_lines
from scraper.crawl import ScrapeOptions, run_scrape
from scraper.demo import DEMO_PORTS, DemoPortal, PortalError, demo_sites


@click.command()
@db_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Where Datasette listens.")
@click.option("--port", type=click.IntRange(0, 65535), default=8001, show_default=True)
@click.option("--no-serve", is_flag=True, help="Scrape only.")
def demo(db: Path, host: str, port: int, no_serve: bool) -> None:
    """Scrape the bundled portal (two small sites on this machine), then serve the archive.

    Nothing leaves this machine.
    """
    with ExitStack() as stack:
        try:
            first = stack.enter_context(DemoPortal("sharepoint", port=DEMO_PORTS[0]))
            second = stack.enter_context(DemoPortal("modern", port=DEMO_PORTS[1]))
        except PortalError as error:
            click.echo(f"Error: {error}", err=True)
            sys.exit(1)
        archive = stack.enter_context(open_archive(db))
        sites = demo_sites(first.base_url, second.base_url)
        for site in sites:
            archive.save_site(site)
        with reporter() as shown:
            chosen = archive.sites([site.id for site in sites])
            summary = run_scrape(archive, chosen, ScrapeOptions(), shown)
        archive.close()
        for line in summary_lines(summary):
            click.echo(line)
        click.echo(f"The archive is {db}; its raw bytes are in {archive.warc_folder}.")
        if no_serve:
            sys.exit(summary.exit_code)
        from scraper.web.server import serve as serve_archive  # Datasette is slow to load

        serve_archive(db, host, port)
