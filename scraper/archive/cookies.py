"""The cookies that hosts gave us, from run to run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass

from sqlite_utils import Database


@dataclass(frozen=True, slots=True)
class Cookie:
    """One cookie. A ``domain`` that begins with a dot holds for the hosts below it too.

    ``expires`` is UTC with ``Z``, ``None`` for a cookie of the session.
    """

    domain: str
    path: str
    name: str
    value: str
    secure: bool
    expires: str | None


def recall_cookies(db: Database, host: str, now: str, session_since: str) -> list[Cookie]:
    """Return the cookies of ``host`` that hold at ``now``.

    Those of a session hold where they were received after ``session_since``.
    """
    rows = db.conn.execute(
        "SELECT domain, path, name, value, secure, expires FROM cookies WHERE host = ? "
        "AND CASE WHEN expires IS NULL THEN received_at >= ? ELSE expires > ? END ORDER BY rowid",
        (host, session_since, now),
    )
    return [
        Cookie(domain, path, name, value, bool(secure), expires)
        for domain, path, name, value, secure, expires in rows
    ]


def remember_cookies(db: Database, host: str, cookies: Iterable[Cookie], at: str) -> None:
    """Keep what the jar of ``host`` holds now, received or confirmed ``at``; drop all else."""
    db.conn.execute("DELETE FROM cookies WHERE host = ?", (host,))
    db.conn.executemany(
        "INSERT INTO cookies (host, domain, path, name, value, secure, expires, received_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [(host, *astuple(cookie), at) for cookie in cookies],
    )
