"""Read a few pages of a portal and tell of each field what is read and where it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from urllib.parse import urljoin

from scraper.archive.frontier import TaskKind
from scraper.crawl.box import BoxError, box_question, box_url, read_box
from scraper.crawl.discover import is_headline, told_by_number
from scraper.crawl.exchange import Exchange, FetchError
from scraper.crawl.json_lists import list_as_page
from scraper.crawl.scope import Scope
from scraper.crawl.visitor import Visitor
from scraper.parse import (
    Article,
    Counters,
    LinkKind,
    Listed,
    Page,
    PageKind,
    ParseError,
    parse_page,
)
from scraper.parse.decode import decode_page
from scraper.parse.links import reads_as_headline
from scraper.parse.listed import listed_links
from scraper.parse.page import Provenance
from scraper.sites import Site
from scraper.sites.asking import Asking

# What every article has: a page without one of these is worth a look.
NEEDED = ("title", "published_on", "body")
# Fields whose value is read out of another field's place.
_FROM = {
    "published_on": "published_at",
    "published_raw": "published_at",
    "author": "byline",
    "organisation": "byline",
    "images": "body",
    "attachments": "body",
}
FIELDS = (
    *("title", "published_at", "published_on", "published_raw", "summary", "body", "byline"),
    *("author", "organisation", "category", "tags", "views", "images", "attachments"),
)


@dataclass(frozen=True, slots=True)
class FieldCheck:
    """One field: the value as text (``None``: missing), the rule and the node it came from."""

    name: str
    value: str | None
    rule: str | None = None
    path: str | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class PageCheck:
    """What would be read from a page; ``problem`` says why it could not be had or read.

    ``missing`` are fields that every article has and this one lacks.
    """

    url: str
    kind: str | None = None
    encoding: str | None = None
    fields: tuple[FieldCheck, ...] = ()
    missing: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    problem: str | None = None


def check_site(visitor: Visitor, site: Site, articles: int) -> Iterator[PageCheck]:
    """Fetch the front page, the first listing, the counters' own address and some articles.

    Where a script goes on with the listing, its second page as well.
    """
    scope = Scope.of(site)
    found: dict[str, str] = {}
    said: dict[str, Listed] = {}
    page = None
    for url in (site.base_url, *site.listings[:1]):
        page, check = look(visitor, site, url, listed=True)
        yield check
        if page is not None:
            found |= articles_of(scope, page)
            said = listed_by_key(scope, page) | said
    if site.listings and page is not None and site.profile is not None and site.profile.more:
        yield _check_script(visitor, site, site.profile.more)
    if box_url(site) != site.base_url:
        yield _check_box(visitor, site)
    for key, url in list(found.items())[:articles]:
        yield look(visitor, site, url, said=said.get(key))[1]


def look(
    visitor: Visitor,
    site: Site,
    url: str,
    *,
    listed: bool = False,
    said: Listed | None = None,
) -> tuple[Page | None, PageCheck]:
    """Fetch and read one page; what goes wrong is told in the check.

    A page that a run takes for a list (``listed``) is no article, even if it reads like one.
    ``said`` is what a list that was read says of the address.
    """
    try:
        exchange = visitor.page(url)
        page = read(visitor, site, exchange, said)
    except FetchError as error:
        return None, PageCheck(url, problem=str(error))
    except ParseError as error:
        return None, PageCheck(url, problem=f"cannot be read: {error}")
    if listed and page.article is not None:
        page = replace(page, kind=PageKind.LISTING, article=None)
    return page, checked(page, len(articles_of(Scope.of(site), page)))


def read(visitor: Visitor, site: Site, exchange: Exchange, said: Listed | None = None) -> Page:
    """Read a fetched page as a run would.

    Raises:
        ParseError: It is no page.
        FetchError: Its Content-Encoding is broken.
    """
    return parse_page(
        visitor.plain(exchange),
        exchange.url,
        site=site,
        content_type=visitor.content_type(exchange),
        captured_at=exchange.started_at,
        listed=said,
    )


def listed_by_key(scope: Scope, page: Page) -> dict[str, Listed]:
    """Return what a list says of the addresses that it links to, by canonical key."""
    said = listed_links(page.links)
    return {scope.key(url): listed for url, listed in said.items() if scope.holds(url)}


def articles_of(scope: Scope, page: Page) -> dict[str, str]:
    """Return the articles that a run would take from a list: addresses by their canonical key.

    Links that read like headlines come first: a section's address may look like an article's.
    """
    site = scope.site
    known = {scope.key(url) for url in (site.base_url, *site.listings)}
    headlines: dict[str, str] = {}
    others: dict[str, str] = {}
    short = set(told_by_number(scope, page))
    for link in page.links:
        taken = link.kind is LinkKind.ARTICLE or is_headline(link) or link.url in short
        task = scope.task(link.url, TaskKind.ARTICLE) if taken else None
        if task is not None and task.key not in known:
            (headlines if reads_as_headline(link.text) else others).setdefault(task.key, task.url)
    return headlines | {key: url for key, url in others.items() if key not in headlines}


def ask_box(visitor: Visitor, site: Site) -> Counters:
    """Ask the address that the site's profile names for the counters.

    Raises:
        FetchError: It cannot be had.
        BoxError: No counter is in its answer.
    """
    asked = box_question(site)
    exchange = visitor.page(asked.url, asked.posted, site.base_url if asked.posted else None)
    body, content_type = visitor.plain(exchange), visitor.content_type(exchange)
    return read_box(site, exchange.url, body, content_type, exchange.started_at)


def _check_box(visitor: Visitor, site: Site) -> PageCheck:
    url = box_url(site)
    try:
        counters = ask_box(visitor, site)
    except (FetchError, BoxError) as error:
        return PageCheck(url, problem=str(error))
    field = FieldCheck("counters", _counters(counters), "profile:counters.endpoint")
    return PageCheck(url, "counters", fields=(field,))


def _check_script(visitor: Visitor, site: Site, asking: Asking) -> PageCheck:
    """Ask for the second page of the first listing as the portal's script does."""
    base, url = site.listings[0], urljoin(site.base_url, asking.address)
    try:
        source = decode_page(visitor.plain(visitor.again(base)))[0].decode("utf-8", "replace")
        values = asking.find(source)
        if missing := asking.missing(values):
            names = ", ".join(missing)
            text = f"{base} does not show {names}: it has one page, or listings.values is wrong"
            return PageCheck(base, "listing", warnings=(text,))
        question = asking.question(
            base, values, (site.profile.first_page if site.profile else 1) + 1
        )
        url = question.url
        exchange = visitor.page(url, question.posted, base)
        body = list_as_page(visitor.plain(exchange), site.profile.item if site.profile else None)
        page = parse_page(body, base, site=site, captured_at=exchange.started_at)
    except FetchError as error:
        return PageCheck(url, problem=str(error))
    except ParseError as error:
        return PageCheck(url, problem=f"cannot be read: {error}")
    linked = str(sum(link.kind is LinkKind.ARTICLE for link in page.links))
    field = FieldCheck("articles linked", linked, "profile:listings.more")
    return PageCheck(url, "listing, page 2", fields=(field,))


def checked(page: Page, articles: int = 0) -> PageCheck:
    """Tell what was read from a page, field by field; ``articles`` is how many it links to."""
    fields = []
    if page.article is not None:
        fields = [_field(name, page.article, page.provenance) for name in FIELDS]
    if page.counters is not None:
        fields.append(_made("counters", _counters(page.counters), page.provenance))
    if page.kind is not PageKind.ARTICLE:
        fields.append(FieldCheck("articles linked", str(articles)))
    missing = (
        tuple(name for name in NEEDED if not getattr(page.article, name)) if page.article else ()
    )
    return PageCheck(page.url, str(page.kind), page.encoding, tuple(fields), missing, page.warnings)


def _field(name: str, article: Article, provenance: dict[str, Provenance]) -> FieldCheck:
    value = getattr(article, name)
    if name == "images" and value:
        captions = sum(image.caption is not None for image in value)
        return _made(name, f"{len(value)} ({captions} with a caption)", provenance)
    if name == "attachments":
        value = ", ".join(each.filename or each.url for each in value)
    elif name == "tags":
        value = ", ".join(value)
    return _made(name, str(value) if value not in (None, "", ()) else None, provenance)


def _made(name: str, value: str | None, provenance: dict[str, Provenance]) -> FieldCheck:
    origin = provenance.get(name) or provenance.get(_FROM.get(name, name))
    if value is None or origin is None:
        return FieldCheck(name, value)
    return FieldCheck(name, value, origin.rule, origin.path, origin.confidence)


def _counters(counters: Counters) -> str:
    return ", ".join(
        f"{name} {count}" for name, count in asdict(counters).items() if count is not None
    )
