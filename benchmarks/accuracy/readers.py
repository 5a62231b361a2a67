"""The readers that are compared. Those that are not installed are left out, with a line."""

import logging
from collections.abc import Callable
from datetime import datetime

import lxml.html

from scraper.parse import ParseError, parse_page
from scraper.parse.decode import decode_page
from scraper.sites import Site, load_profile

from .score import Answer
from .truth import Truth

Reader = Callable[[Truth], Answer]


def ours(truth: Truth, *, profiles: bool = False) -> Answer:
    """``parse_page``; with ``profiles`` by the profile of the page's platform."""
    profile = load_profile(truth.platform) if profiles else None
    site = Site("page", "page", truth.url, profile.id, profile=profile) if profile else None
    try:
        page = parse_page(
            truth.html, truth.url, site=site,
            content_type=truth.content_type, captured_at=truth.captured_at,
        )  # fmt: skip
    except ParseError:
        return Answer()
    counters = page.counters and {name: getattr(page.counters, name) for name in _COUNTS}
    article = page.article
    if article is None:
        return Answer(counters=counters)
    names = ", ".join(filter(None, (article.author, article.organisation)))
    return Answer(
        article.title, article.published_on, article.published_at,
        names.split(", ") if names else [],
        "\n\n".join(filter(None, (article.summary, article.body))),
        [image.caption for image in article.images if image.caption], counters,
    )  # fmt: skip


_COUNTS = ("today", "yesterday", "this_week", "this_month", "total", "online")


def text_of(truth: Truth) -> str:
    """The decoded page, which readers other than ours get: they decode with what they are told."""
    return decode_page(truth.html, truth.content_type)[0].decode("utf-8", "replace")


def _trafilatura() -> Reader:
    import trafilatura

    def read(truth: Truth) -> Answer:
        found = trafilatura.bare_extraction(text_of(truth), url=truth.url, with_metadata=True)
        if found is None:
            return Answer()
        names = (found.author or "").split("; ")
        return Answer(found.title, found.date, None, list(filter(None, names)), found.text)

    return read


def _newspaper() -> Reader:
    import newspaper

    def read(truth: Truth) -> Answer:
        article = newspaper.Article(truth.url, fetch_images=False)
        article.download(input_html=text_of(truth))
        article.parse()
        day, minute = _dates(article.publish_date)
        return Answer(article.title, day, minute, list(article.authors), article.text)

    return read


def _readability() -> Reader:
    import readability

    def read(truth: Truth) -> Answer:
        document = readability.Document(text_of(truth))
        body = lxml.html.fromstring(document.summary()).text_content()
        return Answer(document.short_title(), body=body)

    return read


def _news_please() -> Reader:
    from newsplease import NewsPlease

    def read(truth: Truth) -> Answer:
        found = NewsPlease.from_html(text_of(truth), url=truth.url)
        day, minute = _dates(found.date_publish)
        return Answer(found.title, day, minute, list(found.authors or []), found.maintext)

    return read


def _goose() -> Reader:
    import goose3

    goose = goose3.Goose({"enable_image_fetching": False})

    def read(truth: Truth) -> Answer:
        found = goose.extract(raw_html=text_of(truth))
        day, minute = _dates(found.publish_datetime_utc)
        return Answer(found.title, day, minute, _flat(found.authors), found.cleaned_text)

    return read


def _flat(names: object) -> list[str]:
    """Goose's authors are now and then lists of lists."""
    if isinstance(names, list | tuple):
        return [name for item in names for name in _flat(item)]
    return [names] if isinstance(names, str) else []


def _dates(value: object) -> tuple[str | None, str | None]:
    if not isinstance(value, datetime):
        return (str(value)[:10], None) if value else (None, None)
    # A midnight of these readers is a day without a time.
    clock = None if (value.hour, value.minute) == (0, 0) else value.isoformat()
    return value.date().isoformat(), clock


_RIVALS: dict[str, Callable[[], Reader]] = {
    "trafilatura": _trafilatura,
    "newspaper4k": _newspaper,
    "readability-lxml": _readability,
    "news-please": _news_please,
    "goose3": _goose,
}


def readers(only: list[str] | None = None) -> tuple[dict[str, Reader], list[str]]:
    """The readers by name that can run here, and a line about each that cannot."""
    logging.disable(logging.CRITICAL)
    found: dict[str, Reader] = {
        "parse_page": ours,
        "parse_page with profiles": lambda truth: ours(truth, profiles=True),
    }
    missing = []
    for name, make in _RIVALS.items():
        try:
            found[name] = make()
        except ImportError as error:
            missing.append(f"{name} is left out: {error}")
    return {name: reader for name, reader in found.items() if not only or name in only}, missing
