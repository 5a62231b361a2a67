"""``district-archive status``: last runs, backlog, failures."""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Any

import click

from scraper.archive import Archive, open_archive
from scraper.archive.backlog import backlog
from scraper.archive.glance import glance
from scraper.archive.hosts import resting_hosts
from scraper.archive.sites import MissingProfile
from scraper.archive.tls_tests import relaxed_hosts
from scraper.cli.options import db_option, json_option
from scraper.cli.profile_notes import told
from scraper.crawl.clock import stamp, utc_now

LAST_RUNS = 10
SHOWN_FAILURES = 20
LONG_AGO = timedelta(days=30)


@click.command()
@db_option
@json_option
def status(db: Path, as_json: bool) -> None:
    """Show the last runs, how each site is doing, what waits, and what could not be had.

    Exit code 3 where there are failures to look at: not for addresses that were given up more than
    30 days ago.
    """
    if not db.exists():
        raise click.UsageError(f"there is no archive at {db}")
    with open_archive(db) as archive:
        facts: dict[str, Any] = {
            "archive": str(db),
            "totals": asdict(archive.totals()),
            "disk": _disk(archive),
            "sites": [asdict(each) for each in glance(archive.db)],
            "profiles_missing": [asdict(each) for each in archive.missing_profiles()],
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
    sys.exit(3 if _to_look_at(facts["failures"]) else 0)


def _disk(archive: Archive) -> dict[str, int]:
    """Bytes that the database and the WARC files take, and that are free beside them."""
    path, folder = archive.path, archive.warc_folder
    files = [each for each in folder.iterdir() if each.is_file()] if folder.is_dir() else []
    return {
        "database": sum(each.stat().st_size for each in path.parent.glob(f"{path.name}*")),
        "warc": sum(each.stat().st_size for each in files),
        "free": shutil.disk_usage(path.parent).free,
    }


def _to_look_at(failures: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leave out what was given up long ago: an alarm that never ends hides the next one."""
    long_ago = stamp(utc_now() - LONG_AGO)
    return [each for each in failures if each["retry_at"] or each["at"] >= long_ago]


def _print(facts: dict[str, Any]) -> None:
    totals = facts["totals"]
    click.echo(
        f"{facts['archive']}: " + ", ".join(f"{value} {name}" for name, value in totals.items())
    )
    disk = {name: f"{size / 2**30:.2f} GiB" for name, size in facts["disk"].items()}
    click.echo(f"Database {disk['database']}, WARC {disk['warc']}; {disk['free']} free.")
    if facts["sites"]:
        click.echo("\nSites:")
    for site in facts["sites"]:
        click.echo(
            f"  {site['site']}: {site['articles']} articles, the last new one "
            f"{site['new_at'] or 'never'}; last good answer {site['answered_at'] or 'never'}"
        )
    for lost in facts["profiles_missing"]:
        click.echo(f"  Warning: {told(MissingProfile(**lost))}")
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
    failures = _to_look_at(facts["failures"])
    click.echo(f"\nFailures: {len(failures)}")
    for failure in failures[:SHOWN_FAILURES]:
        again = f"; again {failure['retry_at']}" if failure["retry_at"] else ""
        click.echo(f"  {failure['site']}: {failure['kind']}: {failure['message']}{again}")
    if len(failures) > SHOWN_FAILURES:
        click.echo(f"  and {len(failures) - SHOWN_FAILURES} more: --json shows all")
    if old := len(facts["failures"]) - len(failures):
        click.echo(f"  besides {old} given up more than {LONG_AGO.days} days ago: --json shows all")


def _tls_test(entry: dict[str, Any]) -> str:
    if entry["needed"] is None:
        return "not tried without yet"
    if entry["needed"]:
        return f"tried without at {entry['tested_at']} and still needed: {entry['said']}"
    return (
        f"no longer needed, as a connection without it at {entry['tested_at']} showed; take it "
        f"back with: district-archive sites relax {entry['host']} --drop"
    )
