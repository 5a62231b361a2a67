"""``district-archive status``: last runs, backlog, failures."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from scraper.archive import open_archive
from scraper.archive.backlog import backlog
from scraper.archive.hosts import resting_hosts
from scraper.archive.tls_tests import relaxed_hosts
from scraper.cli.options import db_option, json_option
from scraper.crawl.clock import stamp, utc_now

LAST_RUNS = 10
SHOWN_FAILURES = 20


@click.command()
@db_option
@json_option
def status(db: Path, as_json: bool) -> None:
    """Show the last runs, what waits to be visited, and what could not be had.

    Exit code 3 where there are failures to look at.
    """
    if not db.exists():
        raise click.UsageError(f"there is no archive at {db}")
    with open_archive(db) as archive:
        facts: dict[str, Any] = {
            "archive": str(db),
            "totals": asdict(archive.totals()),
            "runs": [asdict(run) for run in archive.recent_runs(LAST_RUNS)],
            "backlog": backlog(archive.db, stamp(utc_now())),
            "resting": [
                {"host": each.host, "until": each.rest_until, "reason": each.rest_reason}
                for each in resting_hosts(archive.db, stamp(utc_now()))
            ],
            "tls_relaxed": [asdict(each) for each in relaxed_hosts(archive.db)],
            "failures": [asdict(failure) for failure in archive.open_failures()],
        }
    if as_json:
        click.echo(json.dumps(facts, ensure_ascii=False, indent=2))
    else:
        _print(facts)
    sys.exit(3 if facts["failures"] else 0)


def _print(facts: dict[str, Any]) -> None:
    totals = facts["totals"]
    click.echo(
        f"{facts['archive']}: " + ", ".join(f"{value} {name}" for name, value in totals.items())
    )
    click.echo("\nRuns, latest first:" if facts["runs"] else "\nNo run yet.")
    for run in facts["runs"]:
        counts = run["counts"]
        click.echo(
            f"  {run['id']:>5}  {run['started_at']}  {run['outcome'] or 'running'}: "
            f"{counts['fetched']} fetched, {counts['new']} new, {counts['changed']} changed, "
            f"{counts['gone']} gone, {counts['failed']} failed"
        )
    for entry in facts["backlog"]:
        click.echo(f"\nBacklog of {entry['site']}: {entry['due']} due, {entry['later']} later")
    for entry in facts["resting"]:
        click.echo(f"\n{entry['host']} is left alone until {entry['until']}: {entry['reason']}")
    for entry in facts["tls_relaxed"]:
        click.echo(
            f"\nTLS of {entry['host']}: {', '.join(entry['relaxed'])} since {entry['since']} "
            f"({entry['reason']}); {_tls_test(entry)}"
        )
    failures = facts["failures"]
    click.echo(f"\nFailures: {len(failures)}")
    for failure in failures[:SHOWN_FAILURES]:
        again = f"; again {failure['retry_at']}" if failure["retry_at"] else ""
        click.echo(f"  {failure['site']}: {failure['kind']}: {failure['message']}{again}")
    if len(failures) > SHOWN_FAILURES:
        click.echo(f"  and {len(failures) - SHOWN_FAILURES} more: --json shows all")


def _tls_test(entry: dict[str, Any]) -> str:
    if entry["needed"] is None:
        return "not tried without yet"
    if entry["needed"]:
        return f"tried without at {entry['tested_at']} and still needed: {entry['said']}"
    return (
        f"no longer needed, as a connection without it at {entry['tested_at']} showed; take it "
        f"back with: district-archive sites relax {entry['host']} --drop"
    )
