"""``district-archive sites``: which portals the archive follows."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from urllib.parse import urlsplit

import click

from scraper.archive import UnknownSite, open_archive
from scraper.archive.archive import profile_folder
from scraper.archive.hosts import find_relaxation, save_relaxation
from scraper.cli.check import check
from scraper.cli.options import contact_option, db_option, json_option
from scraper.cli.relax import relax
from scraper.cli.telling import preview, print_site, proposal_facts, site_facts, tell
from scraper.crawl.browser import check_browser
from scraper.crawl.canonical import UrlError
from scraper.crawl.exchange import FetchError
from scraper.crawl.probe import Probe
from scraper.crawl.proposal import Proposal
from scraper.crawl.scope import Scope
from scraper.crawl.tls import TlsRelaxation
from scraper.parse import ParseError
from scraper.sites import ProfileError, Site


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
        click.echo(json.dumps([site_facts(site) for site in found], ensure_ascii=False, indent=2))
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
        click.echo(json.dumps(site_facts(found), ensure_ascii=False, indent=2))
    else:
        print_site(found)


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
@click.option(
    "--browser", is_flag=True, help="Its pages are put together by JavaScript: draw them first."
)
@click.option("--yes", is_flag=True, help="Save without asking.")
@json_option
def add(
    url: str,
    db: Path,
    contact: str | None,
    site_id: str | None,
    private_network: bool,
    pause: float,
    browser: bool,
    yes: bool,
    as_json: bool,
) -> None:
    """Look at a portal's front page and a few articles, and follow it from now on."""
    if contact is None:
        if yes or not sys.stdin.isatty():
            raise click.UsageError("portals are told whom to ask: give --contact ADDRESS")
        contact = click.prompt("Contact (e-mail or web page) that the portal is told", err=True)
    if browser:
        check_browser()
    folder, named = profile_folder(db), url
    url = url if "://" in url else f"https://{url}"
    probe = Probe(
        contact,
        private_network=private_network,
        pause=pause,
        browser=browser,
        profiles=folder,
        relaxation=_relaxation(db, url),
        tell=tell,
    )
    proposal = _look(probe, url, site_id, named)
    _refuse_twin(db, proposal.site)
    if as_json:
        click.echo(json.dumps(proposal_facts(proposal), ensure_ascii=False, indent=2))
    else:
        preview(proposal, folder)
    if not yes:
        click.confirm("Save this site?", abort=True, err=True)
    with open_archive(db) as archive, archive.transaction():
        archive.save_site(proposal.site)
        if proposal.relaxation is not None:
            save_relaxation(archive.db, asdict(proposal.relaxation))
    if not as_json:
        click.echo(f"Saved. Scrape it with: district-archive scrape {proposal.site.id}")


def _refuse_twin(db: Path, site: Site) -> None:
    """End where another site of the archive has the same front page: an article is kept once.

    Raises:
        click.UsageError: There is one.
    """
    if not db.exists():
        return
    with open_archive(db, read_only=True) as archive:
        known = archive.sites()
    for other in known:
        if other.id != site.id and Scope.of(other).front == Scope.of(site).front:
            raise click.UsageError(
                f"the archive follows {other.base_url} already, as {other.id}. "
                f"To look at it anew, give --id {other.id}. Nothing was saved."
            )


def _relaxation(db: Path, url: str) -> TlsRelaxation | None:
    """What ``sites relax`` said of the host before, where the archive is there already."""
    if not db.exists():
        return None
    with open_archive(db, read_only=True) as archive:
        row = find_relaxation(archive.db, urlsplit(url).hostname or "")
    return TlsRelaxation(**row) if row else None


def _look(probe: Probe, url: str, site_id: str | None, named: str) -> Proposal:
    """Look at the portal (``named`` as the user wrote it); where that fails, say so and end."""
    try:
        return probe.look(url, site_id)
    except (UrlError, ProfileError) as error:
        raise click.UsageError(str(error)) from error
    except (FetchError, ParseError) as error:
        hint = "" if "://" in named else f" If it has no https, give its address as http://{named}."
        click.echo(f"Error: {error}. Nothing was saved.{hint}", err=True)
        sys.exit(1)
    finally:
        probe.close()


sites.add_command(relax)
sites.add_command(check)
