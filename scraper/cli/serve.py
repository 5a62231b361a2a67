"""``district-archive serve``: Datasette over the archive."""

from __future__ import annotations

from pathlib import Path

import click

from scraper.cli.options import db_option


@click.command()
@db_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8001, show_default=True)
@click.option("--open", "open_browser", is_flag=True, help="Open a browser.")
def serve(db: Path, host: str, port: int, open_browser: bool) -> None:
    """Browse the archive in Datasette."""
    from scraper.web.server import serve as serve_archive  # Datasette is slow to load

    if not db.exists():
        raise click.UsageError(f"there is no archive at {db}")
    serve_archive(db, host, port, open_browser=open_browser)
