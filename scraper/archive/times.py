"""Times as the archive writes them: UTC, ``Z``, whole seconds, so that text sorts by time."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def utc_text(moment: datetime) -> str:
    """Write an aware moment as ``2024-03-28T02:00:00Z`` (WARC-Date's form).

    Raises:
        ValueError: the moment has no time zone, so nobody knows when it was.
    """
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} has no time zone")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def utc_moment(text: str) -> datetime:
    """Read a time that :func:`utc_text` wrote.

    Raises:
        ValueError: the text is no ISO 8601 time with ``Z``.
    """
    if not text.endswith("Z"):
        raise ValueError(f"{text!r} is not a UTC time that ends in Z")
    return datetime.fromisoformat(text)


def local_day(text: str, timezone: str) -> date:
    """The calendar day at a site (``timezone`` is an IANA name) at a UTC time."""
    return utc_moment(text).astimezone(ZoneInfo(timezone)).date()


def midnight(day: date, timezone: str) -> str:
    """The UTC time at which a local day begins at a site (``timezone`` is an IANA name)."""
    return utc_text(datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(timezone)))
