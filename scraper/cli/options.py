"""Options that several commands take."""

from __future__ import annotations

from pathlib import Path

import click

db_option = click.option(
    "--db",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("archive.db"),
    envvar="DISTRICT_ARCHIVE_DB",
    show_default=True,
    show_envvar=True,
    help="The archive's database; its raw bytes lie beside it in a folder ending in .warc.",
)
contact_option = click.option(
    "--contact",
    envvar="DISTRICT_ARCHIVE_CONTACT",
    show_envvar=True,
    help="An e-mail address or web page about your crawl, told to the portals in the User-Agent.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for machines.")
