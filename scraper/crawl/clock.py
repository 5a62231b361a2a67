"""The run's clock: UTC, and the spelling of moments in WARC records and in the archive."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Return the present moment as an aware datetime in UTC."""
    return datetime.now(UTC)


def stamp(moment: datetime) -> str:
    """Spell ``moment`` as WARC-Date and the archive do: UTC, whole seconds, ``Z``."""
    # isoformat, not strftime: it takes half the time, and is asked for several times a page.
    return moment.astimezone(UTC).isoformat("T", "seconds")[:19] + "Z"


def from_stamp(text: str) -> datetime:
    """Read back what ``stamp`` wrote, as an aware datetime in UTC."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
