"""``district-archive sites relax``: live with the old TLS of one host, by name, date and reason."""

from __future__ import annotations

import ssl
from dataclasses import asdict
from pathlib import Path

import click

from scraper.archive import open_archive
from scraper.archive.hosts import drop_relaxation, save_relaxation
from scraper.cli.options import db_option
from scraper.crawl.clock import utc_now
from scraper.crawl.tls import TlsRelaxation, tls_context


@click.command()
@click.argument("host")
@db_option
@click.option("--reason", help="Why, in a sentence; kept with the date.")
@click.option(
    "--legacy-renegotiation", is_flag=True, help="The server lacks safe renegotiation (RFC 5746)."
)
@click.option("--weak-keys", is_flag=True, help="Its keys or signatures are short or old.")
@click.option(
    "--intermediate",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The certificate (PEM) that its chain leaves out; it is trusted for this host only.",
)
@click.option("--drop", is_flag=True, help="Take back what was relaxed for the host.")
def relax(
    host: str,
    db: Path,
    reason: str | None,
    legacy_renegotiation: bool,
    weak_keys: bool,
    intermediate: Path | None,
    drop: bool,
) -> None:
    """Say what the old TLS of one host needs; certificates are verified all the same.

    Each capture that was made so says what was relaxed for it. HOST is a name without port.
    """
    if drop:
        _drop(host, db)
        return
    if not (legacy_renegotiation or weak_keys or intermediate):
        raise click.UsageError("say what: --legacy-renegotiation, --weak-keys or --intermediate")
    if not reason:
        raise click.UsageError("say why: --reason TEXT; whoever reads the archive will ask")
    pem = intermediate.read_bytes().decode("ascii", "ignore") if intermediate else None
    since = utc_now().date().isoformat()
    relaxation = TlsRelaxation(host, reason, since, legacy_renegotiation, weak_keys, pem)
    try:
        tls_context(relaxation)
    except ssl.SSLError as error:
        raise click.UsageError(f"{intermediate} is no certificate in PEM: {error}") from error
    with open_archive(db) as archive, archive.transaction():
        save_relaxation(archive.db, asdict(relaxation))
    click.echo(f"{host} since {since}: {relaxation.summary}. Take it back with --drop.")


def _drop(host: str, db: Path) -> None:
    with open_archive(db) as archive, archive.transaction():
        dropped = drop_relaxation(archive.db, host)
    if not dropped:
        raise click.UsageError(f"nothing is relaxed for {host}")
    click.echo(f"Nothing is relaxed for {host} any more.")
