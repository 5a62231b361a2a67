"""When it was last tried whether a host's relaxed TLS is still needed, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database


@dataclass(frozen=True, slots=True)
class RelaxedHost:
    """What is relaxed for a host (a name without port), since which day and why.

    ``tested_at`` (UTC with ``Z``) is when it was tried without; ``needed`` says what came of it,
    ``said`` in which words the connection failed. All three are ``None`` before the first try.
    """

    host: str
    relaxed: tuple[str, ...]
    since: str
    reason: str
    tested_at: str | None = None
    needed: bool | None = None
    said: str | None = None


def relaxed_hosts(db: Database) -> list[RelaxedHost]:
    """Return every host for which something is relaxed, by name."""
    rows = db.conn.execute(
        "SELECT host, legacy_renegotiation, weak_keys, intermediate_pem IS NOT NULL, since, "
        "reason, tested_at, needed, said FROM tls_relaxations ORDER BY host"
    )
    found = []
    for host, renegotiation, weak, pinned, since, reason, tested_at, needed, said in rows:
        flags = {
            "legacy-renegotiation": renegotiation,
            "weak-keys": weak,
            "pinned-intermediate": pinned,
        }
        relaxed = tuple(name for name, flag in flags.items() if flag)
        known = None if needed is None else bool(needed)
        found.append(RelaxedHost(host, relaxed, since, reason, tested_at, known, said))
    return found


def is_test_due(db: Database, host: str, now: str, before: str) -> bool:
    """Say whether what is relaxed for ``host`` was relaxed and last tried before ``before``.

    A try after ``now`` does not count: the clock was wrong then. (UTC with ``Z``, both.)
    """
    row = db.conn.execute(
        "SELECT 1 FROM tls_relaxations WHERE host = ? AND "
        "(coalesce(tested_at, since) <= ? OR coalesce(tested_at, since) > ?)",
        (host, before, now),
    ).fetchone()
    return row is not None


def note_test(db: Database, host: str, at: str, *, needed: bool, said: str | None) -> None:
    """Write down what a try without what is relaxed for ``host`` showed at ``at``."""
    db.conn.execute(
        "UPDATE tls_relaxations SET tested_at = ?, needed = ?, said = ? WHERE host = ?",
        (at, int(needed), said, host),
    )
