"""Words typed side by side are first looked for side by side.

Vietnamese writes a word of several syllables with spaces between them (``đảng bộ``), so that a
search for the syllables anywhere in an article finds mostly what nobody meant. Where any article
has the typed words as a phrase, the box of the articles searches for the phrase, as if it had been
typed in quotes, and the page offers the search for the words anywhere (``_anywhere=1``). Where none
has, the words are searched as they were typed.
"""

from __future__ import annotations

import re
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

from datasette.database import QueryInterrupted
from datasette.utils import tilde_decode

from scraper.web.archives import is_archive
from scraper.web.search_terms import current_search, phrases

if TYPE_CHECKING:
    from datasette.app import Datasette

ANYWHERE = "_anywhere"
_ARTICLES = re.compile(r"/([^/]+)/articles(?:\.\w+)?$")
_MATCHES = "select 1 from articles_fts where articles_fts match :phrase limit 1"

# The address of the same search for the words anywhere; empty where nothing was narrowed.
words_anywhere: ContextVar[str] = ContextVar("words_anywhere", default="")


async def prefer_phrase(datasette: Datasette, scope: dict[str, Any]) -> dict[str, Any]:
    """The ASGI ``scope`` with ``_search`` in quotes, where the articles have it as a phrase."""
    words_anywhere.set("")
    path = _ARTICLES.search(scope["path"])
    query = parse_qsl(scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True)
    typed = dict(query).get("_search", "")
    if path is None or not _is_plain(typed, dict(query)):
        return scope
    phrase = f'"{typed.strip()}"'
    if not await _has_phrase(datasette, tilde_decode(path[1]), phrase):
        return scope
    words_anywhere.set(f"{scope['path']}?{urlencode([*query, (ANYWHERE, '1')])}")
    current_search.set(phrase)
    quoted = [(key, phrase if key == "_search" else value) for key, value in query]
    return {**scope, "query_string": urlencode(quoted).encode("ascii")}


def _is_plain(typed: str, query: dict[str, str]) -> bool:
    """Several words without quotes, not asked for raw or anywhere."""
    if ANYWHERE in query or query.get("_searchmode") == "raw" or '"' in typed:
        return False
    return len(phrases(typed)) > 1


async def _has_phrase(datasette: Datasette, route: str, phrase: str) -> bool:
    try:
        db = datasette.get_database(route=route)
    except KeyError:
        return False
    if not await is_archive(db):
        return False
    try:
        return bool((await db.execute(_MATCHES, {"phrase": phrase})).rows)
    except QueryInterrupted:  # a phrase of very common words: the search itself may still be told
        return False
