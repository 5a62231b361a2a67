"""How what a task asks for is written in the frontier: what it posts, and where its list goes on.

Both are JSON. Forms of earlier versions stand there as lists of pairs and are read as well.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from scraper.sites.asking import Posted


@dataclass(frozen=True, slots=True)
class Pager:
    """What a list that a script goes on with is asked for by.

    ``base`` is the address of the list's own page, ``values`` what was found there, by name.
    """

    base: str
    values: Mapping[str, str] = field(default_factory=dict)


def posted_as_text(posted: Posted | None) -> str | None:
    """Return what the column ``form`` holds."""
    if posted is None:
        return None
    return json.dumps({"type": posted.content_type, "text": posted.text}, ensure_ascii=False)


def posted_from(text: str | None) -> Posted | None:
    """Read the column ``form``."""
    if not text:
        return None
    held = json.loads(text)
    if isinstance(held, list):  # as versions before 0008_pager wrote it
        return Posted.form([(name, value) for name, value in held])
    return Posted(held["type"], held["text"])


def pager_as_text(pager: Pager | None) -> str | None:
    """Return what the column ``pager`` holds."""
    if pager is None:
        return None
    return json.dumps({"base": pager.base, "values": dict(pager.values)}, ensure_ascii=False)


def pager_from(text: str | None) -> Pager | None:
    """Read the column ``pager``."""
    if not text:
        return None
    held = json.loads(text)
    return Pager(held["base"], held["values"])
