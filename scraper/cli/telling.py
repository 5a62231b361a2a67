"""Sites, proposals and checks, told to people and to machines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from scraper.cli.profile_notes import recognised
from scraper.crawl.check import FieldCheck, PageCheck
from scraper.crawl.proposal import Proposal
from scraper.sites import Site

SHOWN = (
    *("id", "name", "base_url", "platform", "province", "timezone", "listings", "feeds"),
    *("sitemaps", "contact", "pause", "private_network", "browser"),
)
# A body is shown by its beginning; JSON has it whole.
LONGEST = 100


def site_facts(site: Site) -> dict[str, Any]:
    """What is known of a site, for JSON."""
    values = {name: getattr(site, name) for name in SHOWN}
    return {
        name: list(value) if isinstance(value, tuple) else value for name, value in values.items()
    }


def proposal_facts(proposal: Proposal) -> dict[str, Any]:
    """What a look at a portal found, for JSON."""
    relaxation = proposal.relaxation
    return {
        "site": site_facts(proposal.site),
        "articles": proposal.articles,
        "encoding": proposal.encoding,
        "counters": asdict(proposal.counters) if proposal.counters else None,
        "shared_blocks": len(proposal.site.boilerplate),
        "pages": [asdict(page) for page in proposal.checks],
        "notes": list(proposal.notes),
        "tls_relaxed": relaxation.summary if relaxation else None,
    }


def print_site(site: Site) -> None:
    """Print what is known of a site."""
    click.echo(f"{site.id}: {site.name}")
    for name, value in site_facts(site).items():
        if name in ("id", "name"):
            continue
        if isinstance(value, list):
            click.echo(f"  {name}: {len(value)}")
            for each in value:
                click.echo(f"    {each}")
        else:
            click.echo(f"  {name}: {value if value is not None else 'not known'}")


def tell(text: str) -> None:
    """Print a line that is no part of the result: to stderr."""
    click.echo(text, err=True)


def preview(proposal: Proposal, profile_folder: Path) -> None:
    """Print what a look at a portal found; ``profile_folder`` holds the user's own profiles."""
    print_site(proposal.site)
    click.echo(f"  profile: {recognised(proposal.site.platform, profile_folder)}")
    click.echo(f"  encoding: {proposal.encoding or 'not known'}")
    counters = asdict(proposal.counters) if proposal.counters else {}
    said = ", ".join(f"{name} {count}" for name, count in counters.items() if count is not None)
    click.echo(f"  counters: {said or 'none on the front page'}")
    click.echo(f"  articles on the front page: {proposal.articles}")
    click.echo(f"  blocks that its pages share, left out of articles: "
               f"{len(proposal.site.boilerplate)}")  # fmt: skip
    for page in proposal.checks:
        print_check(page)
    for note in proposal.notes:
        click.echo(f"  note: {note}")


def print_check(page: PageCheck) -> None:
    """Print what would be read from a page, field by field."""
    click.echo(f"\n{page.url}")
    if page.problem is not None:
        click.echo(f"  problem: {page.problem}")
        return
    click.echo(f"  {page.kind}, in {page.encoding}" if page.encoding else f"  {page.kind}")
    for line in _lines(page.fields):
        click.echo(line)
    for name in page.missing:
        click.echo(f"  missing: {name}")
    for warning in page.warnings:
        click.echo(f"  warning: {warning}")


def _lines(fields: tuple[FieldCheck, ...]) -> Iterator[str]:
    width = max((len(field.name) for field in fields), default=0)
    for field in fields:
        value = " ".join(field.value.split()) if field.value is not None else "-"
        if len(value) > LONGEST:
            value = f"{value[:LONGEST].rstrip()}… ({len(field.value or '')} characters)"
        origin = " at ".join(filter(None, (field.rule, field.path)))
        yield f"  {field.name:{width}}  {value}" + (f"   [{origin}]" if origin else "")
