"""``district-archive visits``: visits per day, worked out from the counters."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

import click

from scraper.archive import Archive, UnknownSite, open_archive
from scraper.archive.series import Period
from scraper.cli.options import db_option, json_option

DAY = click.DateTime(["%Y-%m-%d"])
Row = dict[str, object]


@click.command()
@click.argument("site", nargs=-1)
@db_option
@click.option("--from", "first", type=DAY, metavar="DAY", help="The first local day to print.")
@click.option("--to", "last", type=DAY, metavar="DAY", help="The last local day to print.")
@click.option(
    "--by",
    "period",
    type=click.Choice([str(each) for each in Period]),
    default=str(Period.DAY),
    show_default=True,
    help="What a row sums up; weeks begin on Monday.",
)
@click.option("--rebuild", is_flag=True, help="Work out all days anew, not only what is due.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV.")
@json_option
def visits(
    site: tuple[str, ...],
    db: Path,
    first: datetime | None,
    last: datetime | None,
    period: str,
    rebuild: bool,
    as_csv: bool,
    as_json: bool,
) -> None:
    """Work out the visits per day of the sites named (all, where none is), and print them."""
    if as_csv and as_json:
        raise click.UsageError("give --csv or --json, not both")
    if not db.exists():
        raise click.UsageError(f"there is no archive at {db}")
    days = (first.date() if first else None, last.date() if last else None)
    with open_archive(db) as archive:
        try:
            chosen = [each.id for each in archive.sites(site)]
        except UnknownSite as error:
            raise click.UsageError(str(error)) from error
        for each in chosen:
            archive.refresh_visits(each, rebuild=rebuild)
        rows = archive.visits_series(chosen, Period(period), *days)
        if as_json:
            click.echo(json.dumps(list(rows), ensure_ascii=False, indent=2))
        elif as_csv:
            _print_csv(rows)
        else:
            _print_text(list(rows), period)
            _print_findings(archive, chosen, *days)


def _print_csv(rows: Iterable[Row]) -> None:
    for number, row in enumerate(rows):
        line = io.StringIO()
        writer = csv.DictWriter(line, list(row), lineterminator="\n")
        if number == 0:
            writer.writeheader()
        writer.writerow(row)
        click.echo(line.getvalue(), nl=False)


def _print_text(rows: list[Row], period: str) -> None:
    if not rows:
        click.echo("Nothing is known of these days: no counter was read that says anything.")
        return
    width = max(len(str(row["site"])) for row in rows)
    click.echo(f"{'site':{width}}  {period:10}  {'visits':>20}  {'own requests':>12}")
    for row in rows:
        own = row["own_requests"] if row["own_requests"] is not None else ""
        click.echo(
            f"{row['site']!s:{width}}  {row[period]!s:10}  {_figure(row):>20}  {own!s:>12}".rstrip()
        )


def _figure(row: Row) -> str:
    """The visits of a row: a number, its bounds, or that nothing is known."""
    if row["visits"] is not None:
        return str(row["visits"])
    if row["low"] is None:
        return "not known"
    return f"{row['low']} or more" if row["high"] is None else f"{row['low']} to {row['high']}"


def _print_findings(
    archive: Archive, sites: list[str], first: date | None, last: date | None
) -> None:
    for site in sites:
        for day, message in archive.visit_findings(site, first, last):
            click.echo(f"{site}  {day}  {message}")
