"""Tables of what is still to be visited: the frontier, its rounds, what is known of hosts."""

from __future__ import annotations

from sqlite_utils import Database


def create(db: Database) -> None:
    """Create the tables and the indexes that claiming needs, however long the frontier is."""
    _create_frontier(db)
    _create_rounds(db)
    _create_hosts(db)
    _create_relaxations(db)


def _create_frontier(db: Database) -> None:
    # `key` is the canonical address that makes two spellings one; `url` is the one that is fetched.
    db.create_table(
        "frontier",
        {
            "id": int,
            "site": str,
            "key": str,
            "url": str,
            "host": str,
            "kind": str,
            "priority": int,
            "state": str,
            "due_at": str,
            "tries": int,
            "claimed_by": int,
            "round": int,
            "hops": int,
            "page": int,
            "via": str,
            "form": str,
            "redirects_to": str,
            "status": int,
            "done_at": str,
        },
        pk="id",
        not_null=[
            *("site", "key", "url", "host", "kind", "priority", "state", "due_at"),
            *("tries", "round", "hops", "page"),
        ],
        foreign_keys=[("site", "sites", "id"), ("claimed_by", "runs", "id")],
        strict=True,
    )
    db.table("frontier").create_index(["site", "key"], unique=True)
    db.table("frontier").create_index(["claimed_by"])
    # Partial: what was visited long ago costs nothing when the next address is claimed.
    db.execute(
        "CREATE INDEX idx_frontier_waiting ON frontier (host, priority, id) WHERE state = 'waiting'"
    )
    db.execute("CREATE INDEX idx_frontier_claimed ON frontier (id) WHERE state = 'claimed'")


def _create_rounds(db: Database) -> None:
    # One pass over a site's listings; it may take several runs, and `walk` tells how far it goes.
    db.create_table(
        "rounds",
        {"id": int, "site": str, "walk": str, "opened_at": str, "closed_at": str, "run": int},
        pk="id",
        not_null=["site", "walk", "opened_at"],
        foreign_keys=[("site", "sites", "id"), ("run", "runs", "id")],
        strict=True,
    )
    db.table("rounds").create_index(["site", "walk", "opened_at"])
    db.table("rounds").create_index(["run"])


def _create_hosts(db: Database) -> None:
    db.create_table(
        "hosts",
        {
            "host": str,
            "rest_until": str,
            "rest_reason": str,
            "failures": int,
            "robots_state": str,
            "robots_text": str,
            "robots_at": str,
        },
        pk="host",
        not_null=["host"],
        strict=True,
    )


def _create_relaxations(db: Database) -> None:
    db.create_table(
        "tls_relaxations",
        {
            "host": str,
            "reason": str,
            "since": str,
            "legacy_renegotiation": int,
            "weak_keys": int,
            "intermediate_pem": str,
        },
        pk="host",
        not_null=["host", "reason", "since", "legacy_renegotiation", "weak_keys"],
        strict=True,
    )


def add_known_to(db: Database) -> None:
    """Let a round remember the last address that was known when it began."""
    # NULL for rounds of earlier versions; those were closed by the end of their last run.
    db.execute("ALTER TABLE rounds ADD COLUMN known_to INTEGER")


def add_pager(db: Database) -> None:
    """Let an address remember how a script asks for the pages of its list after it."""
    # JSON: the list's own address, and what was found on its page. NULL for all other addresses.
    db.execute("ALTER TABLE frontier ADD COLUMN pager TEXT")


def add_tls_tests(db: Database) -> None:
    """Let a relaxation remember when it was last tried without, and what came of it."""
    for column in ("tested_at TEXT", "needed INTEGER", "said TEXT"):
        db.execute(f"ALTER TABLE tls_relaxations ADD COLUMN {column}")


def add_listed(db: Database) -> None:
    """Let an address remember what the list that links to it says of it."""
    # The headline as printed there, the local day, and the day as printed. NULL where no list does.
    for column in ("listed_title TEXT", "listed_on TEXT", "listed_raw TEXT"):
        db.execute(f"ALTER TABLE frontier ADD COLUMN {column}")
