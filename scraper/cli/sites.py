"""``district-archive sites``: which portals the archive follows."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from scraper.archive import UnknownSite, open_archive
from scraper.cli.options import contact_option, db_option, json_option
from scraper.cli.relax import relax
from scraper.crawl.canonical import UrlError
from scraper.crawl.exchange import FetchError
from scraper.crawl.probe import Probe, Proposal
from scraper.parse import ParseError
from scraper.sites import Site

SHOWN = (
    *("id", "name", "base_url", "platform", "province", "timezone", "listings", "feeds"),
    *("sitemaps", "contact", "pause", "private_network"),
)


@click.group()
def sites() -> None:
    """Say which portals the archive follows."""


@sites.command("list")
@db_option
@json_option
def list_sites(db: Path, as_json: bool) -> None:
    """List the sites."""
    if not db.exists():
        raise click.UsageError(f"there is no archive at {db}")
    with open_archive(db) as archive:
        found = archive.sites()
    if as_json:
        click.echo(json.dumps([_facts(site) for site in found], ensure_ascii=False, indent=2))
        return
    for site in found:
        click.echo(
            f"{site.id}\t{site.base_url}\t{site.platform or 'unknown platform'}\t{site.name}"
        )


@sites.command()
@click.argument("site")
@db_option
@json_option
def show(site: str, db: Path, as_json: bool) -> None:
    """Show how one site is followed."""
    if not db.exists():
        raise click.UsageError(f"there is no archive at {db}")
    with open_archive(db) as archive:
        try:
            (found,) = archive.sites([site])
        except UnknownSite as error:
            raise click.UsageError(str(error)) from error
    if as_json:
        click.echo(json.dumps(_facts(found), ensure_ascii=False, indent=2))
    else:
        _print(found)


@sites.command()
@click.argument("url")
@db_option
@contact_option
@click.option("--id", "site_id", help="The site's id in the archive (else made of its host).")
@click.option("--private-network", is_flag=True, help="Allow private and loopback addresses.")
@click.option(
    "--pause",
    type=click.FloatRange(0),
    default=1.5,
    show_default=True,
    help="Seconds between two requests to the portal.",
)
@click.option("--yes", is_flag=True, help="Save without asking.")
def add(
    url: str,
    db: Path,
    contact: str | None,
    site_id: str | None,
    private_network: bool,
    pause: float,
    yes: bool,
) -> None:
    """Look at a portal's front page and follow it from now on."""
    if contact is None:
        if yes or not sys.stdin.isatty():
            raise click.UsageError("portals are told whom to ask: give --contact ADDRESS")
        contact = click.prompt("Contact (e-mail or web page) that the portal is told")
    address = url if "://" in url else f"https://{url}"
    probe = Probe(contact, private_network=private_network, pause=pause)
    try:
        proposal = probe.look(address, site_id)
    except UrlError as error:
        raise click.UsageError(str(error)) from error
    except (FetchError, ParseError) as error:
        click.echo(f"Error: {error}. Nothing was saved.", err=True)
        sys.exit(1)
    finally:
        probe.close()
    _preview(proposal)
    if not yes:
        click.confirm("Save this site?", abort=True)
    with open_archive(db) as archive:
        archive.save_site(proposal.site)
    click.echo(f"Saved. Scrape it with: district-archive scrape {proposal.site.id}")


sites.add_command(relax)


def _preview(proposal: Proposal) -> None:
    _print(proposal.site)
    click.echo(f"  articles on the front page: {proposal.articles}")
    for note in proposal.notes:
        click.echo(f"  note: {note}")


def _print(site: Site) -> None:
    click.echo(f"{site.id}: {site.name}")
    for name, value in _facts(site).items():
        if name in ("id", "name"):
            continue
        if isinstance(value, list):
            click.echo(f"  {name}: {len(value)}")
            for each in value:
                click.echo(f"    {each}")
        else:
            click.echo(f"  {name}: {value if value is not None else 'not known'}")


def _facts(site: Site) -> dict[str, Any]:
    values = {name: getattr(site, name) for name in SHOWN}
    return {
        name: list(value) if isinstance(value, tuple) else value for name, value in values.items()
    }
