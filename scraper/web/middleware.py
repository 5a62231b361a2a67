"""What is done to every request and response, whichever part of Datasette answers."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

from scraper.web.hooks import hook
from scraper.web.language import COOKIE, LANGUAGES, PARAMETER, current_language, negotiate
from scraper.web.phrase_first import prefer_phrase
from scraper.web.search_terms import current_search, is_blank

if TYPE_CHECKING:
    from datasette.app import Datasette

Scope = dict[str, Any]
Message = dict[str, Any]
Send = Callable[[Message], Awaitable[None]]
Receive = Callable[[], Awaitable[Message]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

# Everything comes from this server: no inline script, no inline style, no other host.
# ``data:`` images are the small icons inside style sheets; they fetch nothing.
PAGE_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
# Bytes of a portal get no rights at all, should a browser be talked into rendering them.
BYTES_POLICY = "default-src 'none'; style-src 'none'; sandbox; frame-ancestors 'none'"
# The box of a table, and the parameter by which our questions take words.
SEARCHES = ("_search", "words")
BYTES_PATH = re.compile(r"/-/archive/[^/]+/(file|capture)/")
# Our style sheets and scripts are asked for with a fingerprint of what is in them.
ASSET_PATH = "/-/static-plugins/district-archive/"
FOR_EVER = b"private, max-age=31536000, immutable"

COMMON_HEADERS = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
]


@hook
def asgi_wrapper(datasette: Datasette) -> Callable[[App], App]:
    """Settle the language, tidy the query string, add the security headers to all responses."""

    def wrap(app: App) -> App:
        async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != "http":
                await app(scope, receive, send)
                return
            scope, chosen = _prepared(scope)
            scope = await prefer_phrase(datasette, scope)

            async def send_with_headers(message: Message) -> None:
                if message["type"] == "http.response.start":
                    message = {**message, "headers": _headers(scope, message, chosen)}
                await send(message)

            await app(scope, receive, send_with_headers)

        return wrapped

    return wrap


def _prepared(scope: Scope) -> tuple[Scope, str | None]:
    """The scope with a tidy query string, and the language that the reader chose just now."""
    headers = {key.lower(): value.decode("latin-1") for key, value in scope.get("headers", [])}
    query = parse_qsl(scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True)
    chosen = next((value for key, value in query if _chooses_language(key, value)), None)
    kept = _tidied(query)
    current_language.set(
        negotiate(chosen, _cookie(headers.get(b"cookie", "")), headers.get(b"accept-language"))
    )
    current_search.set(next((value for key, value in kept if key in SEARCHES), ""))
    if kept != query:
        scope = {**scope, "query_string": urlencode(kept).encode("ascii")}
    return scope, chosen


def _tidied(query: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The parameters without what Datasette would trip over.

    It takes a parameter that it does not know for a filter on a column, so ``lang`` must be gone
    before it looks. A blank ``_search`` (the empty box submitted) and a NUL are errors to FTS5.
    """
    plain = [(key, value.replace("\0", "")) for key, value in query]
    return [
        (key, value)
        for key, value in plain
        if not _chooses_language(key, value) and not (_is_search(key) and is_blank(value))
    ]


def _chooses_language(key: str, value: str) -> bool:
    return key == PARAMETER and value in LANGUAGES


def _is_search(key: str) -> bool:
    """``_search`` and ``_search_COLUMN`` are searches; ``_searchmode`` says how to search."""
    return key.startswith("_search") and key != "_searchmode"


def _cookie(header: str) -> str | None:
    try:
        morsel = SimpleCookie(header).get(COOKIE)
    except CookieError:
        return None
    return morsel.value if morsel else None


def _headers(scope: Scope, message: Message, chosen: str | None) -> list[tuple[bytes, bytes]]:
    """The response's headers with ours in place of any of the same name."""
    given = [(name.lower(), value) for name, value in message.get("headers", [])]
    is_bytes = bool(BYTES_PATH.search(scope["path"]))
    policy = BYTES_POLICY if is_bytes else PAGE_POLICY
    ours = [(b"content-security-policy", policy.encode("ascii")), *COMMON_HEADERS]
    if caching := _caching(scope, message["status"], dict(given), chosen):
        ours.append((b"cache-control", caching))
    if chosen:
        cookie = f"{COOKIE}={chosen}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly"
        given.append((b"set-cookie", cookie.encode("ascii")))
    if not is_bytes:
        given.append((b"vary", b"Accept-Language"))
    names = {name for name, _ in ours}
    return [(name, value) for name, value in given if name not in names] + ours


def _caching(
    scope: Scope, status: int, given: dict[bytes, bytes], chosen: str | None
) -> bytes | None:
    """What is said of keeping the response; ``None`` leaves it to Datasette.

    Datasette makes every answer to a request with a cookie (our language's, say) "no-store"; the
    bytes behind a digest or a fingerprint are the same for ever and for everyone.
    """
    if chosen:
        return b"private, no-store"
    is_bytes = BYTES_PATH.search(scope["path"]) and b"etag" in given
    is_asset = ASSET_PATH in scope["path"] and scope.get("query_string")
    return FOR_EVER if status in (200, 304) and (is_bytes or is_asset) else None
