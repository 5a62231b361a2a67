"""Under which address a POST is indexed: what was posted becomes part of the query.

An index knows addresses only, and all that is posted to one address would be one page. The field's
way, begun by pywb and written down by the IIPC ("CDX for non-GET requests"): ``__wb_method=POST``
and what was posted, as parameters. So pywb and its like find the answer again when the same is
posted to them.
"""

from __future__ import annotations

import json
import math
from base64 import b64encode
from collections.abc import Iterator
from urllib.parse import unquote_plus, urlencode

# Longer ones are cut: two page states of ASP.NET differ long before.
LONGEST = 4096
FORM, JSON, PLAIN = "application/x-www-form-urlencoded", "application/json", "text/plain"


def posted_query(content_type: str | None, body: bytes) -> str:
    """Return the parameters that stand for a posted ``body``; empty where it says nothing."""
    declared = content_type or ""
    if not body:
        return ""
    if declared.startswith(FORM):
        try:
            query = unquote_plus(body.decode("utf-8"))
        except UnicodeDecodeError:
            query = _opaque(body)
    elif declared.startswith(JSON):
        query = _flattened(body) or ""
    elif declared.startswith(PLAIN):
        found = _flattened(body)
        query = _opaque(body) if found is None else found
    else:
        query = _opaque(body)
    return query[:LONGEST]


def with_posted(url: str, query: str) -> str:
    """Return ``url`` with the method and the posted parameters in its query."""
    joint = "&" if "?" in url else "?"
    return f"{url}{joint}__wb_method=POST" + (f"&{query}" if query else "")


def _opaque(body: bytes) -> str:
    return f"__wb_post_data={b64encode(body).decode('ascii')}"


def _flattened(body: bytes) -> str | None:
    """Return the values of a JSON text under their names; ``None`` where it is none."""
    found: dict[str, str] = {}
    times: dict[str, int] = {}
    try:
        for name, value in _values(json.loads(body), ""):
            if name in found:
                times[name] = times.get(name, 1) + 1
                name = f"{name}.{times[name]}_"
            found[name] = value
    except (ValueError, RecursionError):
        return None
    return urlencode(found)


def _values(held: object, name: str) -> Iterator[tuple[str, str]]:
    """Yield names and values in their order; a list's items all have the list's name."""
    if isinstance(held, dict):
        for key, value in held.items():
            yield from _values(value, key)
    elif isinstance(held, list):
        for value in held:
            yield from _values(value, name)
    elif name:
        yield name, _as_script(held)


def _as_script(value: object) -> str:
    """Return a plain value as JavaScript prints it."""
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("JSON has finite numbers only")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
