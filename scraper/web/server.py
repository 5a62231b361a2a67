"""``district-archive serve``: Datasette over an archive, in this process."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import socket
import webbrowser
from pathlib import Path

import click
import uvicorn
from datasette.app import Datasette

from scraper.web.metadata import metadata_for
from scraper.web.opening import ServeError, choose_opening

# Measured on an archive of 200,000 articles: without suggested facets the faceted table takes
# 50 ms in place of 1.8 s; facets and searches over all articles need more than the 200 ms and
# the second that Datasette gives them.
SETTINGS = {
    "default_page_size": 50,
    "facet_time_limit_ms": 1000,
    "num_sql_threads": 3,
    "sql_time_limit_ms": 3000,
    "suggest_facets": False,
    "truncate_cells_html": 300,
}


def make_datasette(archive_path: Path) -> Datasette:
    """Datasette over one archive with our metadata and settings; the plugin loads itself.

    Raises:
        ServeError: the file is missing, no archive, or cannot be read.
    """
    opening = choose_opening(archive_path)
    if opening.warning:
        click.secho(opening.warning, fg="yellow", err=True)
    name = str(archive_path)
    return Datasette(
        [] if opening.immutable else [name],
        immutables=[name] if opening.immutable else [],
        metadata=metadata_for(archive_path.stem),
        settings=SETTINGS,
    )


def serve(
    archive_path: Path,
    host: str = "127.0.0.1",
    port: int = 8001,
    *,
    open_browser: bool = False,
) -> None:
    """Serve the archive until Ctrl-C or SIGTERM.

    Args:
        archive_path: the SQLite file; its WARC files lie beside it in ``<stem>.warc/``.
        host: the address to listen on.
        port: the port; 0 takes a free one.
        open_browser: whether to open the archive in the person's browser.

    Raises:
        ServeError: no such archive, or the port is taken.
    """
    datasette = make_datasette(archive_path)
    listener = _listen(host, port)
    address = _address(listener)
    click.echo(f"{archive_path} is at {address} (Ctrl-C ends)")
    config = uvicorn.Config(
        datasette.app(),
        log_level="warning",
        lifespan="on",
        timeout_graceful_shutdown=3,
    )
    if open_browser:
        webbrowser.open(address)
    with contextlib.closing(listener), contextlib.suppress(KeyboardInterrupt):
        asyncio.run(uvicorn.Server(config).serve(sockets=[listener]))
    click.echo("Stopped.")


def _listen(host: str, port: int) -> socket.socket:
    """A listening socket, so that a busy port is known before anything else starts."""
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(place)
        listener.listen(128)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise ServeError(
                f"Port {port} on {host} is taken: another program (perhaps another "
                "district-archive serve) listens there. End it, or choose another with --port."
            ) from error
        raise ServeError(f"Cannot listen on {host}, port {port}: {error.strerror}.") from error
    return listener


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}/"
