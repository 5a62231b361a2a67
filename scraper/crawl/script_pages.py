"""The further pages of lists that only a script goes on with, as the site's profile describes them.

The list's own page says what the script asks with (the number of its section, say); it is found
there once and goes with the tasks from page to page, since the answers do not repeat it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from hashlib import sha1

from scraper.archive.asked import Pager
from scraper.archive.frontier import NewTask, Task, TaskKind
from scraper.crawl.ledger import Ledger
from scraper.crawl.scope import Scope
from scraper.parse import ParseError
from scraper.parse.decode import decode_page
from scraper.sites.asking import Asking, Question


@dataclass(slots=True)
class _Tried:
    """How many lists of a site were asked for their second page, and how many showed anything."""

    asked: int = 0
    answered: int = 0
    example: str = ""


@dataclass(slots=True)
class ScriptPages:
    """Makes the tasks of such pages, and notices when a site's script answers nothing any more."""

    ledger: Ledger
    _tried: dict[str, _Tried] = field(default_factory=dict)

    def after(self, scope: Scope, task: Task, body: bytes, barren: int) -> NewTask | None:
        """Return the task of the page after the one of ``task``, or ``None``.

        ``body`` is the page, ``barren`` how many pages in a row had no article: nothing says where
        such a list ends, so it ends with the first page that has none.
        """
        asking = scope.site.profile.more if scope.site.profile is not None else None
        if asking is None or task.key == scope.front:
            return None
        if task.pager is not None:
            pager = None if barren else task.pager
        else:
            pager = self._pager(scope, asking, task, body)
        if pager is None:
            return None
        first = scope.site.profile.first_page if scope.site.profile is not None else 1
        question = asking.question(pager.base, pager.values, first + task.page)
        found = scope.task(question.url, TaskKind.LISTING, via=task.url, page=task.page + 1)
        if found is None:
            text = (
                f"{task.url} goes on at {question.url}, which is on another host or looks endless"
            )
            self.ledger.report_trap(task, f"{text}: the list was read up to here")
            return None
        return replace(found, key=_key(found.key, question), posted=question.posted, pager=pager)

    def fills(self, scope: Scope, task: Task, shown: set[str]) -> bool:
        """Say whether a list's own page may be empty because a script fetches its first page, too.

        ``shown`` are the articles on it. Then the page itself never has news.
        """
        asking = scope.site.profile.more if scope.site.profile is not None else None
        return asking is not None and task.pager is None and not shown and task.key != scope.front

    def tell(self) -> None:
        """Tell which sites' scripts were asked and never showed an article."""
        for site, tried in self._tried.items():
            if tried.asked and not tried.answered:
                self.ledger.reporter.note(
                    f"{site}: the script of {tried.asked} list(s) was asked for a second page and "
                    f"showed no article, first for {tried.example}; if those lists go on in a "
                    "browser, look at [listings] of the site's profile"
                )

    def count(self, task: Task, barren: int) -> None:
        """Note what came of asking for a list's second page."""
        if task.pager is not None and task.page == 2:
            tried = self._tried.setdefault(task.site, _Tried(example=task.pager.base))
            tried.asked += 1
            tried.answered += not barren

    def _pager(self, scope: Scope, asking: Asking, task: Task, body: bytes) -> Pager | None:
        if not asking.values:
            return Pager(task.url)
        try:
            source = decode_page(body)[0].decode("utf-8", "replace")
        except ParseError:
            return None
        values = asking.find(source)
        missing = asking.missing(values)
        if not missing:
            return Pager(task.url, values)
        # Most lists that lack them have one page only, and no script. One that names the address
        # has the script: then the portal has changed.
        sign = asking.address.rstrip("/").rsplit("/", 1)[-1].partition("?")[0]
        if sign and "{" not in sign and sign in source:
            names = ", ".join(missing)
            text = f"{task.url} goes on by a script ({sign}), but what it asks with is not there"
            advice = f"look at listings.values ({names}) of the profile {scope.site.platform}"
            self.ledger.report_trap(task, f"{text}: only this page was read; {advice}")
        return None


def _key(key: str, question: Question) -> str:
    """Return the key of a page: all pages that are posted for have the same address."""
    if question.posted is None:
        return key
    digest = sha1(question.posted.text.encode(), usedforsecurity=False).hexdigest()[:16]
    return f"{key}#{digest}"
