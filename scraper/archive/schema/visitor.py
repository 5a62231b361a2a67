"""What a portal told this visitor: its cookies; and what was relaxed to hear it."""

from __future__ import annotations

from sqlite_utils import Database


def create(db: Database) -> None:
    """Add the table of cookies, and to each capture what was relaxed of TLS for it."""
    # A counter that tells visitors apart by a cookie counts one that brings none each time.
    db.create_table(
        "cookies",
        {
            "host": str,
            "domain": str,
            "path": str,
            "name": str,
            "value": str,
            "secure": int,
            "expires": str,
            "received_at": str,
        },
        pk=("host", "domain", "path", "name"),
        not_null=["host", "domain", "path", "name", "value", "secure", "received_at"],
        strict=True,
    )
    db.table("captures").add_column("tls_relaxed", str)
