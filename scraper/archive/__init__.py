"""The archive: SQLite tables, their history and the search over them.

The only package that writes SQL. :func:`open_archive` gives an :class:`Archive`, whose methods
group what the crawl and the commands need.
"""

from scraper.archive.archive import Archive, open_archive
from scraper.archive.errors import ArchiveError, UnknownSite
from scraper.archive.folding import folded
from scraper.archive.records import (
    Capture,
    Failure,
    FileKind,
    MissingFile,
    Outcome,
    Run,
    RunCounts,
    Stored,
    Totals,
)

__all__ = [
    "Archive",
    "ArchiveError",
    "Capture",
    "Failure",
    "FileKind",
    "MissingFile",
    "Outcome",
    "Run",
    "RunCounts",
    "Stored",
    "Totals",
    "UnknownSite",
    "folded",
    "open_archive",
]
