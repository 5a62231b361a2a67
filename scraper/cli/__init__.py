"""The command ``district-archive``: commands only, each a few lines over the packages below."""

from __future__ import annotations

import sys

import click

from scraper.archive import ArchiveError
from scraper.cli.counters import counters
from scraper.cli.demo import demo
from scraper.cli.scrape import scrape
from scraper.cli.serve import serve
from scraper.cli.sites import sites
from scraper.cli.status import status
from scraper.cli.visits import visits
from scraper.crawl import ArchiveBusyError
from scraper.crawl.browser import BrowserMissingError
from scraper.crawl.software import DISTRIBUTION, VERSION
from scraper.sites import ProfileError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, prog_name=DISTRIBUTION)
def cli() -> None:
    """Keep the news of Vietnamese district portals: scrape, archive, browse.

    Exit codes: 0 all well; 1 it could not do its job; 2 wrong usage or configuration; 3 done, with
    failures to look at.
    """


for command in (demo, sites, scrape, counters, visits, status, serve):
    cli.add_command(command)


def main() -> None:
    """Run the command line; failures that are expected are told in words, without a traceback."""
    try:
        cli.main(prog_name=DISTRIBUTION)
    except (ProfileError, BrowserMissingError) as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(2)
    except (ArchiveError, ArchiveBusyError) as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(1)
    except OSError as error:
        click.echo(
            f"Error: {error.strerror or error}: {error.filename or 'no file named'}", err=True
        )
        sys.exit(1)
