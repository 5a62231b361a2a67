"""The records that go in and out of the archive; their fields carry the columns' names."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Capture:
    """One response that was kept.

    ``fetched_at`` is UTC with ``Z`` and whole seconds. ``digest`` is the payload's, written as WARC
    writes it (``sha1:…``); ``bytes`` the payload's length. ``source`` is ``live``, ``warc`` or
    ``wayback``. ``warc_file`` is relative to the archive's WARC folder; offset and length are
    those of the whole record in bytes. ``revisit_of`` is the capture that holds the payload where
    this one is a WARC revisit record. ``run`` is the run that fetched it. ``tls_relaxed`` names
    what was relaxed of TLS to fetch it. ``id`` is ``None`` until it is stored.
    """

    site: str
    url: str
    fetched_at: str
    status: int
    content_type: str | None = None
    digest: str | None = None
    bytes: int | None = None
    source: str = "live"
    warc_file: str | None = None
    warc_offset: int | None = None
    warc_length: int | None = None
    etag: str | None = None
    last_modified: str | None = None
    run: int | None = None
    revisit_of: int | None = None
    tls_relaxed: str | None = None
    id: int | None = None


class Outcome(StrEnum):
    """What storing a page did to its article."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    NOT_ARTICLE = "not an article"


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of a page: the outcome and, for an article, its id and the version seen."""

    outcome: Outcome
    article: int | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class RunCounts:
    """What a run did: addresses it meant to visit, responses kept, what became of the articles."""

    requested: int = 0
    fetched: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a command.

    ``finished_at`` and ``outcome`` are ``None`` while it runs, or if it was killed.
    """

    id: int
    command: str
    started_at: str
    finished_at: str | None
    outcome: str | None
    counts: RunCounts


@dataclass(frozen=True, slots=True)
class Failure:
    """An address that could not be had; gone as soon as it can.

    ``kind`` is a short word of the crawl's (``timeout``, ``robots``, ``parse``…), ``message`` a
    sentence for people, ``attempts`` how often it failed in a row, ``at`` when last, ``retry_at``
    when to try again at the earliest (``None``: with the next run). ``run`` is the run of the
    last attempt.
    """

    site: str
    url: str
    kind: str
    message: str
    at: str
    attempts: int = 1
    retry_at: str | None = None
    run: int | None = None
    id: int | None = None


class FileKind(StrEnum):
    """The table a missing file belongs to."""

    IMAGE = "image"
    ATTACHMENT = "attachment"


@dataclass(frozen=True, slots=True)
class MissingFile:
    """A photo or attachment of an article whose bytes the archive does not have yet."""

    url: str
    kind: FileKind
    article: int


@dataclass(frozen=True, slots=True)
class Totals:
    """How much the archive holds; ``gone`` counts articles, ``versions`` those of all articles."""

    sites: int
    articles: int
    versions: int
    gone: int
    captures: int
    images: int
    attachments: int
    counters: int
    failures: int
