"""The record of one request and its answer, and of one that failed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from scraper.sites.asking import Posted


class FailureKind(StrEnum):
    """Why something is not in the archive; the ``kind`` column of ``failures``."""

    ADDRESS = "address"
    BLOCKED = "blocked"
    CONNECT = "connect"
    DECODE = "decode"
    DISK = "disk"
    DNS = "dns"
    DRAW = "draw"
    EMPTY = "empty"
    FAULT = "fault"
    HTTP = "http"
    LENGTH = "length"
    MEDIA = "media"
    NOTHING = "nothing there"
    NOT_FOUND = "not found"
    PARSE = "parse"
    PROTOCOL = "protocol"
    PROXY = "proxy"
    REDIRECT = "redirect"
    RESET = "reset"
    ROBOTS = "robots"
    SIZE = "size"
    TIMEOUT = "timeout"
    TLS = "tls"
    TRAP = "trap"
    URL = "url"


@dataclass(frozen=True, slots=True)
class FetchRequest:
    """What to fetch.

    ``etag`` and ``last_modified`` make it conditional; ``posted`` makes it a POST. ``asker`` is the
    address of the page whose script would ask for it: it is asked for as scripts do.
    """

    url: str
    etag: str | None = None
    last_modified: str | None = None
    posted: Posted | None = None
    asker: str | None = None
    max_bytes: int | None = None

    @property
    def method(self) -> str:
        """Return ``POST`` where something is posted, else ``GET``."""
        return "GET" if self.posted is None else "POST"


@dataclass(frozen=True, slots=True)
class Drawing:
    """A page as a browser drew it: ``html`` in UTF-8, ``by`` the browser's name and version."""

    html: bytes
    by: str


@dataclass(frozen=True, slots=True)
class Exchange:
    """One answer as it came.

    ``sent`` is the request as sent; ``head`` the status line and headers as received, with the
    empty line; ``body`` as received, still content-encoded, but without chunk framing.
    ``truncated`` is the WARC-Truncated reason (``length``, ``time``, ``disconnect``) or ``None``.
    ``seconds`` is how long the server took until its head was read. ``tls`` names what was relaxed.
    ``drawing`` is the page that a browser made of it, on sites that need one.
    """

    url: str
    method: str
    started_at: datetime
    seconds: float
    ip: str | None
    sent: bytes
    head: bytes
    status: int
    headers: Mapping[str, str]
    body: bytes
    truncated: str | None = None
    tls: str | None = None
    drawing: Drawing | None = None

    def header(self, name: str) -> str | None:
        """Return a response header (any case), or ``None``."""
        return self.headers.get(name)

    @property
    def posted(self) -> tuple[str | None, bytes]:
        """Return the Content-Type and the body of the request."""
        head, _, body = self.sent.partition(b"\r\n\r\n")
        for line in head.split(b"\r\n")[1:]:
            name, _, value = line.partition(b":")
            if name.strip().lower() == b"content-type":
                return value.strip().decode("latin-1"), body
        return None, body

    @property
    def chunked(self) -> bool:
        """Say whether the body came in chunks (their framing is not kept)."""
        return "chunked" in (self.header("Transfer-Encoding") or "").lower()


class FetchError(Exception):
    """A fetch that gave no whole answer.

    ``exchange`` holds what did arrive, if at least the head of the answer did: it is kept.
    """

    def __init__(self, kind: FailureKind, message: str, exchange: Exchange | None = None) -> None:
        super().__init__(message)
        self.kind = kind
        self.exchange = exchange
