"""Follow a redirect: as a task of its own, within the site, and never in circles."""

from __future__ import annotations

from dataclasses import replace

from scraper.archive.frontier import Priority, Task, TaskKind
from scraper.crawl.canonical import UrlError, clean_url
from scraper.crawl.exchange import FailureKind
from scraper.crawl.ledger import Ledger


def follow(ledger: Ledger, task: Task, status: int, target: str) -> bool:
    """Queue what a redirect leads to, and end the task.

    Returns:
        Whether an article's address leads to the front page, which portals do with what is gone;
        the task is then still open.
    """
    scope = ledger.scopes[task.site]
    try:
        clean = clean_url(target)
        key = scope.key(clean)
    except UrlError as error:
        ledger.fail(
            task, FailureKind.REDIRECT, f"{task.url} redirects wrongly: {error}", status=status
        )
        return False
    if task.kind is TaskKind.ARTICLE and key == scope.front and task.key != key:
        return True
    if task.hops >= ledger.options.max_hops or _circles(ledger, task, key):
        text = f"{task.url} redirects in a circle (last to {clean})"
        ledger.fail(task, FailureKind.REDIRECT, text, status=status)
    elif task.kind is not TaskKind.FILE and not scope.holds(clean):
        text = f"{task.url} redirects off the site to {clean}, which was not followed"
        ledger.fail(task, FailureKind.REDIRECT, text, status=status)
    elif key == task.key or (task.posted is not None and _is_posted_on(task, key, status, clean)):
        _respell(ledger, task, clean, status)
    else:
        _queue(ledger, task, clean, key, status)
    return False


def _is_posted_on(task: Task, key: str, status: int, clean: str) -> bool:
    """Say whether what was posted is posted there again (RFC 9110, 15.4), as to ``https``."""
    return status in (307, 308) or (key == task.key.partition("#")[0] and clean != task.url)


def _respell(ledger: Ledger, task: Task, clean: str, status: int) -> None:
    if clean == task.url and task.posted is None:
        text = f"{task.url} redirects to itself"
        ledger.fail(task, FailureKind.REDIRECT, text, status=status)
    else:
        ledger.frontier.move(task, clean, ledger.now)


def _queue(ledger: Ledger, task: Task, clean: str, key: str, status: int) -> None:
    found = ledger.scopes[task.site].task(
        clean, task.kind, via=task.url, page=task.page, priority=Priority.REDIRECT
    )
    if found is None:
        text = f"{task.url} redirects to {clean}, which is not visited"
        ledger.fail(task, FailureKind.REDIRECT, text, status=status)
        return
    again = task.kind is not TaskKind.FILE
    ledger.add(
        replace(found, hops=task.hops + 1, listed=ledger.frontier.listed(task)),
        task.round,
        again=again,
    )
    ledger.done(task, status, redirects_to=key)
    ledger.visited(task, f"leads to {clean}")


def _circles(ledger: Ledger, task: Task, key: str) -> bool:
    """Say whether the chain of redirects that begins at ``key`` comes back to the task."""
    if key == task.key:
        return False  # another spelling of the same page, such as https
    for _ in range(ledger.options.max_hops):
        known = ledger.frontier.find(task.site, key)
        if known is None or known[2] is None:
            return False
        key = known[2]
        if key == task.key:
            return True
    return True
