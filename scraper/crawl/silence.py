"""Notice when a portal says nothing any more: lists without articles, articles that are none.

A portal that was redesigned, or answers each visitor with an empty shell, gives 200 to everything.
A run that found nothing there looks like one on a quiet day, for months. So what a site's lists and
pages showed is counted, site by site, and told as a failure where it is nothing at all.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from scraper.archive.frontier import Task, TaskKind
from scraper.crawl.exchange import FailureKind
from scraper.crawl.ledger import Ledger

# Fewer pages may all be notices, videos, a contact form.
FEWEST_PAGES = 5


@dataclass(slots=True)
class _Heard:
    """What one site showed in a run: lists and pages that answered, and how many said nothing."""

    lists: int = 0
    empty_lists: int = 0
    pages: int = 0
    unread_pages: int = 0


@dataclass(slots=True)
class Silence:
    """Counts what each site shows."""

    ledger: Ledger
    _heard: dict[str, _Heard] = field(default_factory=dict)

    def list_showed(self, task: Task, articles: int | None) -> None:
        """Note how many articles a list names; ``None`` where it is what it was before."""
        # What a script fetches stands for its list, whose own page may be an empty shell.
        if task.page == 1 or (task.pager is not None and articles):
            heard = self._heard.setdefault(task.site, _Heard())
            heard.lists += 1
            heard.empty_lists += articles == 0

    def page_showed(self, task: Task, *, article: bool) -> None:
        """Note whether a page that should be an article was read as one."""
        if task.kind is TaskKind.ARTICLE:
            heard = self._heard.setdefault(task.site, _Heard())
            heard.pages += 1
            heard.unread_pages += not article

    def emptied(self, task: Task, articles: int) -> bool:
        """Say whether a list led to articles once and shows none now; it is then tried again.

        One answer may be a fault of the moment: what stays empty is tried once a day and told.
        """
        if articles or task.page > 1 or task.pager is not None:
            return False
        if not self.ledger.frontier.led_to_articles(task.site, task.url):
            return False
        text = f"{task.url} led to articles before and shows none now; see what has changed there"
        self.list_showed(task, 0)
        self.ledger.retry(task, FailureKind.NOTHING, text)
        return True

    def lost(self, task: Task) -> bool:
        """Say whether a page was an article when it was last read and is none now; that is told."""
        if task.kind is not TaskKind.ARTICLE:
            return False
        if not self.ledger.archive.known_articles(task.site, [task.url]):
            return False
        text = f"{task.url} is kept, but what was read as an article before is read as none now"
        advice = f"look with: district-archive sites check {task.site}"
        self.ledger.fail(task, FailureKind.NOTHING, f"{text}; {advice}", status=200)
        return True

    def tell(self) -> None:
        """Write down which sites said nothing."""
        for site, heard in self._heard.items():
            if heard.lists and heard.lists == heard.empty_lists:
                self._write(site, f"none of the {heard.lists} lists and feeds of {site} that "
                                  "answered names an article")  # fmt: skip
            elif heard.pages >= FEWEST_PAGES and heard.pages == heard.unread_pages:
                self._write(site, f"none of {heard.pages} pages that lists of {site} lead to is "
                                  "read as an article")  # fmt: skip

    def _write(self, site: str, text: str) -> None:
        advice = f"look with: district-archive sites check {site}"
        url = self.ledger.scopes[site].site.base_url
        self.ledger.report(site, url, FailureKind.NOTHING, f"{text}; {advice}")
