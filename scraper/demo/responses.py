"""What the portal answers: a status, headers and a body; and the rules of HTTP caching."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.message import Message
from email.utils import format_datetime, parsedate_to_datetime

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Response:
    """One answer, before the server adds length, date and connection."""

    status: int
    body: bytes = b""
    content_type: str = HTML
    headers: dict[str, str] = field(default_factory=dict)


def http_date(moment: datetime) -> str:
    """``moment`` (aware) as HTTP writes it, in GMT and whole seconds."""
    return format_datetime(moment.astimezone(UTC).replace(microsecond=0), usegmt=True)


def with_validators(response: Response, modified: datetime) -> Response:
    """Add ETag and Last-Modified (``modified``, aware) to an answer that seldom changes.

    The ETag is weak where the answer comes in several encodings, whose bytes differ.
    """
    digest = hashlib.sha1(response.body, usedforsecurity=False).hexdigest()
    weak = "W/" if "Vary" in response.headers else ""
    headers = {
        **response.headers,
        "ETag": f'{weak}"{digest[:20]}"',
        "Last-Modified": http_date(modified),
    }
    return replace(response, headers=headers)


def conditional(response: Response, request: Message) -> Response:
    """The answer 304 without body where the request's conditions hold, else ``response``.

    RFC 9110, section 13.2.2: If-None-Match decides alone where it is given; ETags compare weakly.
    """
    etag = response.headers.get("ETag")
    if response.status != 200 or etag is None:
        return response
    if "If-None-Match" in request:
        fresh = _matches(request["If-None-Match"], etag)
    else:
        fresh = _not_modified(response.headers["Last-Modified"], request.get("If-Modified-Since"))
    return replace(response, status=304, body=b"") if fresh else response


def _matches(condition: str, etag: str) -> bool:
    known = {one.strip().removeprefix("W/") for one in condition.split(",")}
    return "*" in known or etag.removeprefix("W/") in known


def _not_modified(modified: str, since: str | None) -> bool:
    if since is None:
        return False
    try:
        return parsedate_to_datetime(modified) <= parsedate_to_datetime(since)
    except (TypeError, ValueError):  # RFC 9110, 13.1.3: a date that is none is ignored
        return False
