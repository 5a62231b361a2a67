"""The archive's metadata: one file, whatever the database is called."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

# The name under which datasette_metadata.json describes the database.
DESCRIBED_AS = "archive"


def metadata_for(database: str) -> dict[str, Any]:
    """``datasette_metadata.json`` with its database named ``database``.

    Args:
        database: the name Datasette gives the file: its stem.

    Returns:
        A metadata dictionary as ``Datasette(metadata=…)`` takes it.
    """
    text = (files("scraper.web") / "datasette_metadata.json").read_text(encoding="utf-8")
    metadata: dict[str, Any] = json.loads(text)
    metadata["databases"] = {database: metadata["databases"][DESCRIBED_AS]}
    return metadata
