"""The program's name and version, as servers and WARC files are told."""

from __future__ import annotations

from importlib.metadata import version

DISTRIBUTION = "district-archive"
VERSION = version(DISTRIBUTION)
