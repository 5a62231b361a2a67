"""The addresses of our own pages and files."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from datasette.utils import tilde_encode

if TYPE_CHECKING:
    from datasette.app import Datasette


def safe_link(url: str | None) -> str | None:
    """``url`` if it is http or https, else ``None``: what a portal wrote may be ``javascript:``."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme.lower() in ("http", "https") and parts.netloc else None


def article_path(datasette: Datasette, database: str, article: int | str) -> str:
    """The page of an article: Datasette's own row page."""
    return str(datasette.urls.row(database, "articles", str(article)))


def file_path(datasette: Datasette, database: str, digest: str) -> str:
    """The bytes with this digest."""
    return own_path(datasette, database, f"file/{tilde_encode(digest)}")


def capture_path(datasette: Datasette, database: str, capture: int, form: str) -> str:
    """One capture's bytes as a download; ``form`` is ``bin``, ``txt`` or ``warc.gz``."""
    return own_path(datasette, database, f"capture/{capture}.{form}")


def changes_path(datasette: Datasette, database: str, article: int) -> str:
    """The page that compares versions of an article."""
    return own_path(datasette, database, f"article/{article}/changes")


def citation_path(datasette: Datasette, database: str, article: int, form: str) -> str:
    """The citation of an article as a file; ``form`` is ``bib`` or ``ris``."""
    return own_path(datasette, database, f"article/{article}/citation.{form}")


def own_path(datasette: Datasette, database: str, rest: str) -> str:
    """An address of this plugin: ``rest`` below those of the archive ``database``."""
    route = datasette.databases[database].route
    return str(datasette.urls.path(f"/-/archive/{tilde_encode(route)}/{rest}"))
