"""Which columns of a table are shown, and what a reader calls them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

from scraper.web.language import gettext

if TYPE_CHECKING:
    from datasette import Request

Facet = dict[str, Any]

# What a person scans the table for; the rest is one click away ("all columns"), in JSON and in CSV.
SHOWN: dict[str, tuple[str, ...]] = {
    "articles": ("title", "published_on", "site", "author", "organisation", "category"),
    "article_versions": ("Link", "article", "version", "seen_at", "reason", "title", "capture"),
    "captures": ("id", "site", "url", "fetched_at", "status", "content_type", "bytes", "source"),
    "images": ("Link", "digest", "caption", "article", "position", "filename", "bytes"),
    "attachments": ("Link", "label", "filename", "article", "position", "media_type", "bytes"),
    "visits": ("Link", "site", "day", "visits", "low", "high", "basis", "own_requests"),
    "visit_findings": ("id", "site", "day", "kind", "message"),
    "sites": ("id", "name", "base_url", "platform", "province"),
}

# Column names as a reader would say them; other columns keep the name that SQL needs.
LABELS = {
    "addresses": "Addresses",
    "article": "Article",
    "articles": "Articles",
    "at": "Last attempt",
    "attempts": "Attempts",
    "basis": "Basis",
    "before": "Before",
    "before_at": "Read before",
    "author": "Author",
    "body": "Text",
    "byline": "Byline",
    "bytes": "Size",
    "caption": "Caption",
    "captures": "Captures",
    "category": "Category",
    "day": "Day",
    "digest": "Photo or file",
    "days_with_news": "Days with news",
    "fetched_at": "Fetched",
    "filename": "File name",
    "first": "First",
    "gone_at": "Gone since",
    "growth": "Growth",
    "high": "At most",
    "hour": "Hour",
    "kind": "Kind",
    "last": "Last",
    "low": "At least",
    "megabytes": "Megabytes",
    "megabytes_in_warc": "Megabytes in WARC",
    "message": "Message",
    "month": "Month",
    "name": "Name",
    "observed_at": "Observed",
    "organisation": "Organisation",
    "own_requests": "Own requests",
    "passage": "Passage",
    "photo": "Photo",
    "portals": "Portals",
    "position": "Place",
    "province": "Province",
    "published_at": "Published at",
    "published_on": "Published",
    "published_raw": "Date as printed",
    "readings": "Readings",
    "reason": "Reason",
    "seen_at": "Seen",
    "since": "From",
    "site": "Portal",
    "step": "Step",
    "summary": "Summary",
    "tags": "Tags",
    "this_month": "This month",
    "this_week": "This week",
    "title": "Title",
    "today": "Today",
    "total": "All",
    "type": "Type",
    "unchanged": "Unchanged",
    "until": "Until",
    "url": "Address",
    "version": "Version",
    "views": "Views",
    "visits": "Visits",
    "with_photo": "With a photo",
    "words": "Words",
    "known_days": "Known days",
    "exact_days": "Exact days",
    "interval_days": "Days within bounds",
    "week": "Week",
    "days": "Days",
    "gained": "Gained",
    "note": "Note",
    "year": "Year",
    "yesterday": "Yesterday",
}


def column_label(name: str) -> str:
    """The name of a column or query parameter in the reader's words."""
    return gettext(LABELS[name]) if name in LABELS else name


def lookup_label(display: str) -> str:
    """One of Datasette's comparisons (``contains``, ``is null`` …) in the reader's language."""
    return gettext(display)


def in_order(facets: list[Facet], wanted: list[str | dict[str, str]] | None) -> list[Facet]:
    """Datasette's facet results in the order in which the metadata names them, others after."""
    names = [name for name in wanted or [] if isinstance(name, str)]
    return sorted(
        facets,
        key=lambda facet: names.index(facet["name"]) if facet["name"] in names else len(names),
    )


def shown_columns(table: str, names: list[str], request: Request) -> list[str]:
    """The columns to show: those of ``SHOWN`` unless the reader chose some (``_col``, ``_nocol``).

    Args:
        table: a table of an archive.
        names: the columns that Datasette would show.
        request: the request; ``?_col=`` and ``?_nocol=`` are Datasette's own parameters.
    """
    chosen = "_col" in request.args or "_nocol" in request.args
    wanted = SHOWN.get(table)
    if chosen or not wanted:
        return names
    return [name for name in wanted if name in names] or names


def all_columns_link(names: list[str], request: Request) -> str:
    """A link to the same rows with every column, relative to the page."""
    query = parse_qsl(request.query_string, keep_blank_values=True)
    return "?" + urlencode([*query, *(("_col", name) for name in names)])
