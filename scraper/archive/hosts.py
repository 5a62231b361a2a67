"""What is remembered of each host from run to run: its robots.txt, its rest, what TLS it needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database


@dataclass(frozen=True, slots=True)
class HostMemory:
    """One host. Times are UTC with ``Z``; ``failures`` counts failed requests in a row."""

    host: str
    rest_until: str | None = None
    rest_reason: str | None = None
    failures: int = 0
    robots_state: str | None = None
    robots_text: str | None = None
    robots_at: str | None = None


def recall_host(db: Database, host: str) -> HostMemory:
    """Return what is known of ``host``; nothing is known of a new one."""
    row = db.conn.execute(
        "SELECT host, rest_until, rest_reason, coalesce(failures, 0), robots_state, robots_text, "
        "robots_at FROM hosts WHERE host = ?",
        (host,),
    ).fetchone()
    return HostMemory(*row) if row else HostMemory(host)


def remember_robots(db: Database, host: str, state: str, text: str, at: str) -> None:
    """Keep a host's robots.txt verdict as of ``at``."""
    db.conn.execute(
        "INSERT INTO hosts (host, robots_state, robots_text, robots_at) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (host) DO UPDATE SET robots_state = excluded.robots_state, "
        "robots_text = excluded.robots_text, robots_at = excluded.robots_at",
        (host, state, text, at),
    )


def remember_rest(
    db: Database, host: str, failures: int, rest_until: str | None, reason: str | None
) -> None:
    """Keep until when a host is left alone, and why; ``None`` where it answers again."""
    db.conn.execute(
        "INSERT INTO hosts (host, failures, rest_until, rest_reason) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (host) DO UPDATE SET failures = excluded.failures, "
        "rest_until = excluded.rest_until, rest_reason = excluded.rest_reason",
        (host, failures, rest_until, reason),
    )


def resting_hosts(db: Database, now: str) -> list[HostMemory]:
    """Return the hosts that are left alone at ``now``."""
    rows = db.conn.execute(
        "SELECT host, rest_until, rest_reason, coalesce(failures, 0), robots_state, NULL, "
        "robots_at FROM hosts WHERE rest_until > ? ORDER BY host",
        (now,),
    )
    return [HostMemory(*row) for row in rows]


def find_relaxation(db: Database, host: str) -> dict[str, Any] | None:
    """Return what is relaxed of TLS for ``host`` (a name without port), if anything is."""
    sql = (
        "SELECT host, reason, since, legacy_renegotiation, weak_keys, intermediate_pem "
        "FROM tls_relaxations WHERE host = ?"
    )
    row = next(iter(db.query(sql, [host])), None)
    if row is None:
        return None
    flags = {name: bool(row[name]) for name in ("legacy_renegotiation", "weak_keys")}
    return {**row, **flags}


def drop_relaxation(db: Database, host: str) -> bool:
    """Take back what was relaxed for a host; returns whether anything was."""
    return db.conn.execute("DELETE FROM tls_relaxations WHERE host = ?", (host,)).rowcount > 0


def save_relaxation(db: Database, relaxation: dict[str, Any]) -> None:
    """Keep what is relaxed of TLS for a host; the keys are the table's columns.

    What was found out of an earlier relaxation says nothing of this one.
    """
    flags = {name: int(relaxation[name]) for name in ("legacy_renegotiation", "weak_keys")}
    untested = dict.fromkeys(("tested_at", "needed", "said"))
    db.table("tls_relaxations").upsert({**relaxation, **flags, **untested}, pk="host")
