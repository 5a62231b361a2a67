"""How much of each site waits to be visited."""

from __future__ import annotations

from typing import Any

from sqlite_utils import Database


def backlog(db: Database, now: str) -> list[dict[str, Any]]:
    """Return for each site with a backlog what is due at ``now`` (UTC with ``Z``), what later."""
    return list(
        db.query(
            "SELECT site, sum(due_at <= :now) AS due, sum(due_at > :now) AS later FROM ("
            "SELECT site, due_at FROM frontier INDEXED BY idx_frontier_waiting "
            "WHERE state = 'waiting' UNION ALL "
            "SELECT site, due_at FROM frontier INDEXED BY idx_frontier_claimed "
            "WHERE state = 'claimed') GROUP BY site ORDER BY site",
            {"now": now},
        )
    )
