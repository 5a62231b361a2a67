"""The frontier: every address to visit, kept in the database so that a killed run loses none.

An address is known by (site, key), waits until it is due, is claimed by the run that visits it, and
ends as done, given up or dropped. All questions are answered by an index over what is waiting, so
they cost the same however much was visited before.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Any

from sqlite_utils import Database

from scraper.archive.asked import Pager, pager_as_text, pager_from, posted_as_text, posted_from
from scraper.parse.page import Listed
from scraper.sites.asking import Posted


class TaskKind(StrEnum):
    """What an address is expected to hold."""

    LISTING = "listing"
    FEED = "feed"
    SITEMAP = "sitemap"
    ARTICLE = "article"
    FILE = "file"


class Priority(IntEnum):
    """Lower goes first: what may be gone tomorrow before what was kept already."""

    REDIRECT = 0
    FEED = 10
    LISTING = 20
    ARTICLE = 30
    FILE = 40
    SITEMAP = 50
    RECHECK = 60


@dataclass(frozen=True, slots=True)
class NewTask:
    """An address that was found.

    ``page`` counts a listing's pages from 1; ``posted`` makes it a POST; ``pager`` says how a
    script asks for the list's pages after it; ``listed`` is what a list says of an article.
    """

    site: str
    key: str
    url: str
    host: str
    kind: TaskKind
    priority: int
    hops: int = 0
    page: int = 1
    via: str | None = None
    posted: Posted | None = None
    pager: Pager | None = None
    listed: Listed | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """An address that was claimed.

    ``tries`` counts the failed visits in a row; ``done_at`` is when it was last visited.
    """

    id: int
    site: str
    key: str
    url: str
    host: str
    kind: TaskKind
    priority: int
    tries: int
    round: int
    hops: int
    page: int
    via: str | None
    posted: Posted | None = None
    done_at: str | None = None
    pager: Pager | None = None


_CLAIMED = (
    "id, site, key, url, host, kind, priority, tries, round, hops, page, via, form, done_at, pager"
)


class Frontier:
    """Reads and writes of the frontier; the caller groups writes in transactions."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._conn = db.conn

    def release_claims(self) -> int:
        """Give back what a run claimed that did not live to visit it; returns how many."""
        cursor = self._conn.execute(
            "UPDATE frontier SET state = 'waiting', claimed_by = NULL WHERE state = 'claimed'"
        )
        return cursor.rowcount

    def pull_back(self, now: str, latest: str) -> int:
        """Make due now what waits for a time after ``latest``: the clock was once ahead."""
        cursor = self._conn.execute(
            "UPDATE frontier SET due_at = ? WHERE state = 'waiting' AND due_at > ?", (now, latest)
        )
        return cursor.rowcount

    def add(self, task: NewTask, round_id: int, now: str) -> bool:
        """Queue an address unless it is known. Returns whether it is new."""
        cursor = self._conn.execute(
            "INSERT INTO frontier (site, key, url, host, kind, priority, state, due_at, tries, "
            "round, hops, page, via, form, pager, listed_title, listed_on, listed_raw) "
            "VALUES (?, ?, ?, ?, ?, ?, 'waiting', ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (site, key) DO NOTHING",
            (
                *(task.site, task.key, task.url, task.host, task.kind, int(task.priority), now),
                *(round_id, task.hops, task.page, task.via),
                *(posted_as_text(task.posted), pager_as_text(task.pager)),
                *_listed_columns(task.listed),
            ),
        )
        if cursor.rowcount == 1:
            return True
        if task.listed is not None:
            self._learn_listed(task, task.listed)
        return False

    def _learn_listed(self, task: NewTask, listed: Listed) -> None:
        """Note what a list says of a known address; what was said first stays, a day comes after.

        It stays when the address is done: the page is read again in a later year with the same.
        """
        title, on, raw = _listed_columns(listed)
        self._conn.execute(
            "UPDATE frontier SET listed_title = coalesce(listed_title, ?), listed_on = ?, "
            "listed_raw = ? WHERE site = ? AND key = ? AND listed_on IS NULL "
            "AND (? IS NOT NULL OR listed_title IS NULL)",
            (title, on, raw, task.site, task.key, on),
        )

    def listed(self, task: Task) -> Listed | None:
        """Return what lists have said of a task's address so far, or ``None``.

        Asked when its page is read: a list may be read after the address was claimed.
        """
        row = self._conn.execute(
            "SELECT listed_title, listed_on, listed_raw FROM frontier WHERE id = ?", (task.id,)
        ).fetchone()
        return Listed(*row) if row and any(row) else None

    def add_again(self, task: NewTask, round_id: int, now: str) -> bool:
        """Queue an address once a round, known or not. Returns whether it waits because of this."""
        if self.add(task, round_id, now):
            return True
        cursor = self._conn.execute(
            "UPDATE frontier SET state = 'waiting', due_at = ?, tries = 0, round = ?, page = ?, "
            "hops = ?, priority = ?, form = ?, pager = ?, claimed_by = NULL "
            "WHERE site = ? AND key = ? AND round <> ? AND state NOT IN ('waiting', 'claimed')",
            (
                *(now, round_id, task.page, task.hops, int(task.priority)),
                *(posted_as_text(task.posted), pager_as_text(task.pager)),
                *(task.site, task.key, round_id),
            ),
        )
        return cursor.rowcount == 1

    def claim(
        self, host: str, sites: Sequence[str], run: int, now: str, most: int = 1
    ) -> list[Task]:
        """Take the most urgent addresses of ``host`` that are due, for the given sites."""
        rows = self._conn.execute(
            "UPDATE frontier SET state = 'claimed', claimed_by = ? WHERE id IN ("
            "SELECT id FROM frontier INDEXED BY idx_frontier_waiting "
            "WHERE host = ? AND state = 'waiting' AND due_at <= ? "
            "AND site IN (SELECT value FROM json_each(?)) ORDER BY priority, id LIMIT ?) "
            f"RETURNING {_CLAIMED}",
            (run, host, now, json.dumps(list(sites)), most),
        ).fetchall()
        # SQLite gives back what it changed in an order of its own.
        return sorted((_task(row) for row in rows), key=lambda task: (task.priority, task.id))

    def done(
        self, task: Task, now: str, status: int | None, redirects_to: str | None = None
    ) -> None:
        """Note that an address was visited. ``redirects_to`` is the key that it leads to."""
        self._finish(task.id, "done", now, status, redirects_to)

    def give_up(self, task: Task, now: str, status: int | None = None) -> None:
        """Note that an address is not tried again in this round."""
        self._finish(task.id, "given up", now, status, None)

    def _finish(
        self, task: int, state: str, now: str, status: int | None, redirects_to: str | None
    ) -> None:
        self._conn.execute(
            "UPDATE frontier SET state = ?, claimed_by = NULL, form = NULL, pager = NULL, "
            "status = ?, done_at = ?, redirects_to = ? WHERE id = ?",
            (state, status, now, redirects_to, task),
        )

    def move(self, task: Task, url: str, now: str) -> None:
        """Note that a page lies at another spelling of its address (``https``, say)."""
        self._conn.execute(
            "UPDATE frontier SET state = 'waiting', claimed_by = NULL, url = ?, due_at = ?, "
            "hops = hops + 1 WHERE id = ?",
            (url, now, task.id),
        )

    def postpone(self, task: Task, due_at: str, *, tried: bool) -> None:
        """Give an address back until ``due_at``; ``tried`` counts the visit as a failed one."""
        self._conn.execute(
            "UPDATE frontier SET state = 'waiting', claimed_by = NULL, due_at = ?, "
            "tries = tries + ? WHERE id = ?",
            (due_at, int(tried), task.id),
        )

    def find(self, site: str, key: str) -> tuple[str, int, str | None] | None:
        """Return state, round and redirect target of a known address, or ``None``."""
        row = self._conn.execute(
            "SELECT state, round, redirects_to FROM frontier WHERE site = ? AND key = ?",
            (site, key),
        ).fetchone()
        return (row[0], row[1], row[2]) if row else None

    def address(self, site: str, key: str) -> tuple[str, str, str | None] | None:
        """Return state, address and redirect target of what is known by ``key``, or ``None``."""
        row = self._conn.execute(
            "SELECT state, url, redirects_to FROM frontier WHERE site = ? AND key = ?", (site, key)
        ).fetchone()
        return (row[0], row[1], row[2]) if row else None

    def known(self, site: str, keys: Iterable[str]) -> set[str]:
        """Return which of ``keys`` the frontier has seen, whatever became of them."""
        rows = self._conn.execute(
            "SELECT key FROM frontier WHERE site = ? AND key IN (SELECT value FROM json_each(?))",
            (site, json.dumps(list(keys))),
        )
        return {row[0] for row in rows}

    def any_after(self, site: str, keys: Iterable[str], known_to: int) -> bool:
        """Say whether one of ``keys`` was queued for the first time after the id ``known_to``."""
        row = self._conn.execute(
            "SELECT 1 FROM frontier WHERE site = ? AND key IN (SELECT value FROM json_each(?)) "
            "AND id > ? LIMIT 1",
            (site, json.dumps(list(keys)), known_to),
        ).fetchone()
        return row is not None

    def led_to_articles(self, site: str, url: str) -> bool:
        """Say whether an article was found by the list at ``url``; looks through all that is known.

        Asked for lists only that show nothing, which are few.
        """
        row = self._conn.execute(
            "SELECT 1 FROM frontier WHERE site = ? AND via = ? AND kind = 'article' LIMIT 1",
            (site, url),
        ).fetchone()
        return row is not None

    def hosts_waiting(self) -> list[str]:
        """Return the hosts for which anything waits, due or not; a few steps in an index each."""
        rows = self._conn.execute(
            "WITH RECURSIVE found(host) AS ("
            "SELECT min(host) FROM frontier WHERE state = 'waiting' UNION ALL "
            "SELECT (SELECT min(host) FROM frontier WHERE state = 'waiting' AND host > found.host) "
            "FROM found WHERE found.host IS NOT NULL) "
            "SELECT host FROM found WHERE host IS NOT NULL"
        )
        return [row[0] for row in rows]

    def waiting(self, site: str, now: str | None = None) -> int:
        """Count what a site still has to visit; with ``now`` only what is due."""
        # Two partial indexes, each of what is open only: what was visited costs nothing here.
        row = self._conn.execute(
            "SELECT (SELECT count(*) FROM frontier INDEXED BY idx_frontier_waiting "
            "WHERE state = 'waiting' AND site = :site AND due_at <= :latest) + "
            "(SELECT count(*) FROM frontier INDEXED BY idx_frontier_claimed "
            "WHERE state = 'claimed' AND site = :site AND due_at <= :latest)",
            {"site": site, "latest": now or "9999"},
        ).fetchone()
        return int(row[0])

    def next_due(self, sites: Sequence[str]) -> dict[str, str]:
        """Return for each host when the first of its waiting addresses is due."""
        rows = self._conn.execute(
            "SELECT host, min(due_at) FROM frontier WHERE state = 'waiting' "
            "AND site IN (SELECT value FROM json_each(?)) GROUP BY host",
            (json.dumps(list(sites)),),
        )
        return dict(rows)

    def waiting_task(self, site: str, key: str) -> Task | None:
        """Return an address that waits, without claiming it."""
        row = self._conn.execute(
            f"SELECT {_CLAIMED} FROM frontier WHERE site = ? AND key = ? AND state = 'waiting'",
            (site, key),
        ).fetchone()
        return _task(row) if row else None

    def waiting_posts(self, site: str, url: str) -> list[Task]:
        """Return what waits to be asked for by a POST to ``url``, without claiming it."""
        rows = self._conn.execute(
            f"SELECT {_CLAIMED} FROM frontier WHERE site = ? AND url = ? AND state = 'waiting' "
            "AND form IS NOT NULL",
            (site, url),
        )
        return [_task(row) for row in rows]


def _task(row: tuple[Any, ...]) -> Task:
    values = dict(zip(_CLAIMED.split(", "), row, strict=True))
    values["kind"] = TaskKind(values["kind"])
    values["posted"] = posted_from(values.pop("form"))
    values["pager"] = pager_from(values["pager"])
    return Task(**values)


def _listed_columns(listed: Listed | None) -> tuple[str | None, str | None, str | None]:
    if listed is None:
        return None, None, None
    return listed.title, listed.published_on, listed.published_raw
