"""Turn what a page links to into tasks: articles, the listing's next page, feeds."""

from __future__ import annotations

from dataclasses import dataclass, replace

from lxml import etree, html

from scraper.archive.frontier import NewTask, Task, TaskKind
from scraper.archive.rounds import Walk, get_round
from scraper.crawl.feeds import FeedError, feed_links
from scraper.crawl.ledger import Ledger
from scraper.crawl.menus import form_of
from scraper.crawl.pagers import next_page
from scraper.crawl.scope import Scope
from scraper.crawl.script_pages import ScriptPages
from scraper.crawl.silence import Silence
from scraper.crawl.sitemaps import sitemap_entries
from scraper.parse import Link, LinkKind, Page, ParseError, parse_page
from scraper.parse.decode import decode_page
from scraper.parse.links import reads_as_headline
from scraper.parse.listed import listed_links
from scraper.sites.asking import Posted

BARREN_PAGES = 3
DEEPEST_SITEMAP = 4
FEWEST_ALIKE = 5
MOST_FEEDS = 40
DEEPEST_FEED = 2


@dataclass(frozen=True, slots=True)
class _Trail:
    """What the page before showed: how many in a row had no article, and which articles."""

    barren: int = 0
    keys: frozenset[str] = frozenset()


class Discovery:
    """Finds tasks in pages; remembers of each listing only what its last page showed."""

    def __init__(self, ledger: Ledger, silence: Silence) -> None:
        self._ledger = ledger
        self._trails: dict[str, _Trail] = {}
        self._scripts = ScriptPages(ledger)
        self._silence = silence

    def tell(self) -> None:
        """Tell what was noticed of whole sites, at the end of a run."""
        self._ledger.tell_endless()
        self._scripts.tell()
        self._silence.tell()

    def from_article(self, task: Task, page: Page) -> None:
        """Queue the articles that an article links to.

        A page that is none, though its address looks like one's, leads on for a few steps only:
        calendars and the like have endlessly many.
        """
        found = self._articles_of(task, page)
        if page.article is None and task.page >= BARREN_PAGES:
            known = self._ledger.frontier.known(task.site, found)
            if len(known) < len(found):
                text = f"{task.url} is page {task.page} in a row that is no article"
                self._ledger.report_trap(task, f"{text}: what it links to is not followed")
            return
        steps = 1 if page.article is not None else task.page + 1
        for each in found.values():
            self._ledger.add(replace(each, page=steps), task.round)

    def shown(self, task: Task, page: Page) -> int:
        """Count the articles that a page links to, new or not."""
        return len(self._articles_of(task, page, told=False))

    def from_files(self, task: Task, urls: list[str]) -> None:
        """Queue the photos and attachments of an article."""
        scope = self._ledger.scopes[task.site]
        for url in urls:
            self._ledger.add(scope.task(url, TaskKind.FILE, via=task.url), task.round)

    def from_listing(self, task: Task, page: Page, body: bytes) -> int:
        """Queue a listing's articles and its next page; returns how many articles are new.

        The next page is visited while there is news, or always on a full walk. A pager that shows
        the same again, or nothing for some pages, is a trap: it ends, and is told.
        """
        ledger = self._ledger
        scope = ledger.scopes[task.site]
        found = self._articles_of(task, page)
        self._silence.list_showed(task, len(found))
        new = sum(ledger.add(each, task.round) for each in found.values())
        keys = set(found)
        if task.page == 1 and task.key == scope.front:
            for link in page.links:
                if link.kind is LinkKind.LISTING:
                    ledger.add(self._listing(scope, link.url, task), task.round, again=True)
        trail = self._trails.pop(task.key, _Trail())
        barren = 0 if keys else trail.barren + 1
        self._scripts.count(task, barren)
        if not (self._goes_on(task, keys - trail.keys) or self._scripts.fills(scope, task, keys)):
            return new
        if keys and keys == trail.keys:
            self._endless(task, "shows the same articles as the page before")
        elif barren >= BARREN_PAGES:
            self._endless(task, f"is page {barren} in a row without an article")
        elif task.page >= ledger.options.max_listing_pages:
            self._endless(task, f"is page {task.page} of its listing")
        else:
            self._next(task, page, body, _Trail(barren, frozenset(keys)))
        return new

    def ended(self, task: Task) -> None:
        """Note that a list's script was answered with nothing."""
        self._trails.pop(task.key, None)
        self._scripts.count(task, 1)

    def _goes_on(self, task: Task, shown: set[str]) -> bool:
        """Say whether the walk wants the listing's next page.

        A walk for news ends where a page shows nothing that this round found first, be it by this
        listing or by another one. ``shown`` leaves out what stood on the page before, too: a box
        of the latest articles stands on every page.
        """
        round_ = get_round(self._ledger.archive.db, task.round)
        if round_.walk is Walk.FULL:
            return True
        return self._ledger.frontier.any_after(task.site, shown, round_.known_to)

    def _endless(self, task: Task, what: str) -> None:
        # Past its end a listing whose pages are counted up often shows the last one again.
        if task.page > 1 and not self._ledger.scopes[task.site].counts_pages:
            self._ledger.report_trap(task, f"{task.url} {what}: this listing is left there")

    def from_feed(self, task: Task, body: bytes, content_type: str | None) -> int:
        """Queue the articles of a feed; returns how many are new.

        A page that lists feeds (NukeViet's ``/rss/``) is none itself: those of it are queued.

        Raises:
            FeedError: It is no feed, and lists none.
        """
        try:
            found = feed_links(body, task.url, content_type)
        except FeedError:
            if task.page > DEEPEST_FEED or not self._feeds_of(task, body, content_type):
                raise
            return 0
        # A feed that such a page lists speaks for it.
        self._silence.list_showed(replace(task, page=1), len(found))
        return self._urls(task, found)

    def _feeds_of(self, task: Task, body: bytes, content_type: str | None) -> int:
        """Queue the feeds that a page links to; returns how many it names."""
        try:
            page = parse_page(body, task.url, content_type=content_type)
        except ParseError:
            return 0
        scope = self._ledger.scopes[task.site]
        found = [
            scope.task(link.url, TaskKind.FEED, via=task.url, page=task.page + 1)
            for link in page.links
            if link.kind is LinkKind.FEED
        ]
        feeds = [each for each in found if each is not None and each.key != task.key][:MOST_FEEDS]
        for each in feeds:
            self._ledger.add(each, task.round, again=True)
        return len(feeds)

    def from_sitemap(self, task: Task, body: bytes) -> int:
        """Queue what a sitemap names; returns how many addresses are new.

        Raises:
            SitemapError: It is no sitemap; what stood before the fault is queued.
        """
        ledger, new = self._ledger, 0
        scope = ledger.scopes[task.site]
        deep = task.page >= DEEPEST_SITEMAP
        for number, entry in enumerate(sitemap_entries(body)):
            if number == 0:
                self._silence.list_showed(task, 1)
            if entry.is_sitemap and deep:
                text = f"{task.url} is a sitemap in a sitemap, {task.page} deep"
                ledger.report_trap(task, f"{text}: what it names is not followed")
                break
            if entry.is_sitemap:
                kind = TaskKind.SITEMAP
                found = scope.task(entry.url, kind, via=task.url, page=task.page + 1)
                ledger.add(found, task.round, again=True)
            else:
                found = scope.task(entry.url, TaskKind.ARTICLE, via=task.url)
                new += found is not None and ledger.add(found, task.round)
        return new

    def _urls(self, task: Task, urls: list[str]) -> int:
        scope = self._ledger.scopes[task.site]
        found = (scope.task(url, TaskKind.ARTICLE, via=task.url) for url in urls)
        return sum(self._ledger.add(each, task.round) for each in found)

    def _articles_of(self, task: Task, page: Page, *, told: bool = True) -> dict[str, NewTask]:
        """Return the articles that a page links to, by key, as tasks that are not queued yet.

        Links that look endless are counted unless they are not to be ``told``.
        """
        scope = self._ledger.scopes[task.site]
        listed = task.kind is TaskKind.LISTING
        tasks: dict[str, NewTask] = {}
        short = set(told_by_number(scope, page)) if listed else set()
        says = listed_links(page.links) if listed and told else {}
        for link in page.links:
            taken = link.kind is LinkKind.ARTICLE or (listed and is_headline(link))
            if not taken and link.url not in short:
                continue
            found = scope.task(link.url, TaskKind.ARTICLE, via=task.url)
            if found is not None:
                known = says.get(link.url)
                tasks.setdefault(found.key, replace(found, listed=known) if known else found)
            elif told and scope.leads_on_endlessly(link.url):
                self._ledger.note_endless(task.site, link.url)
        return tasks

    def _listing(self, scope: Scope, url: str, task: Task, page: int = 1) -> NewTask | None:
        return scope.task(url, TaskKind.LISTING, via=task.url, page=page)

    def _next(self, task: Task, page: Page, body: bytes, trail: _Trail) -> None:
        ledger = self._ledger
        scope = ledger.scopes[task.site]
        link = _next_link(page, task.page)
        found = self._scripts.after(scope, task, body, trail.barren)
        if found is None and link is not None:
            found = self._listing(scope, link.url, task, task.page + 1)
        elif found is None and task.pager is None:
            found = self._pressed(scope, task, body) or self._counted(scope, task, trail)
        if (
            found is not None
            and found.key != task.key
            and ledger.add(found, task.round, again=True)
        ):
            self._trails[found.key] = trail

    def _counted(self, scope: Scope, task: Task, trail: _Trail) -> NewTask | None:
        """Return the task of the page after this one where a profile says how pages are numbered.

        Nothing on the page says where such a listing ends: it ends with a page without articles.
        """
        profile = scope.site.profile
        if profile is None or trail.barren or task.key == scope.front:
            return None
        following = profile.page_after(task.url)
        return self._listing(scope, following, task, task.page + 1) if following else None

    def _pressed(self, scope: Scope, task: Task, body: bytes) -> NewTask | None:
        """Return the task of a pager that the parser does not know: a button, an odd link."""
        try:
            text, _ = decode_page(body)
            tree = html.document_fromstring(text, parser=html.HTMLParser(encoding="utf-8"))
        except (ParseError, etree.ParserError, ValueError):
            return None
        following = next_page(tree, task.url)
        if following is None:
            return None
        found = self._listing(scope, following.url, task, task.page + 1)
        if found is None or following.form is None:
            return found
        posted = Posted.form(following.form)
        return replace(found, key=f"{found.key}#{following.mark}", posted=posted)


def told_by_number(scope: Scope, page: Page) -> list[str]:
    """Return addresses of a list's articles whose headlines are short: "Khai mạc hè" at ``?id=12``.

    Five links at least that differ in a number or a parameter's value only, most of them of more
    than two words, unlike a section's address and that of the list itself. Where the platform is
    known, its profile knows better.
    """
    if scope.site.profile is not None:
        return []
    known = {form_of(url) for url in (page.url, scope.site.base_url, *scope.site.listings)}
    groups: dict[str, list[Link]] = {}
    for link in page.links:
        form = form_of(link.url) if link.kind is LinkKind.OTHER and scope.holds(link.url) else None
        if form is not None and form not in known and not link.text.isdecimal():
            groups.setdefault(form, []).append(link)
    return [
        link.url
        for links in groups.values()
        if len(links) >= FEWEST_ALIKE
        and 2 * sum(len(link.text.split()) > 2 for link in links) > len(links)
        for link in links
    ]


def is_headline(link: Link) -> bool:
    """Say whether a link of a listing reads like a headline, whatever its address looks like."""
    return link.kind is LinkKind.OTHER and reads_as_headline(link.text)


def _next_link(page: Page, number: int) -> Link | None:
    """Return the link to the page after ``number``: by its number, else by its words.

    The number comes first: an arrow may lead to the last page.
    """
    links = [link for link in page.links if link.kind is LinkKind.NEXT]
    numbered = {int(link.text): link for link in links if link.text.isdecimal()}
    later = sorted(each for each in numbered if each > number)
    if later and later[0] == number + 1:
        return numbered[later[0]]
    worded = [link for link in links if not link.text.isdecimal()]
    return worded[0] if worded else None
