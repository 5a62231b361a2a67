"""Carry a host's cookies from its session to the archive and back.

They are kept because portals count by them: NukeViet's visit counter rises with every request that
brings no cookie, so a crawl without them would count itself, page by page.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from urllib.request import Request

from requests.cookies import RequestsCookieJar, create_cookie
from urllib3 import BaseHTTPResponse

from scraper.archive.cookies import Cookie
from scraper.crawl.clock import from_stamp, stamp

# What browsers keep of one host (RFC 6265, 6.1): a server cannot fill the archive with cookies.
MOST = 50
LARGEST = 4096
# The end of time as far as the archive can write it; expiry dates beyond it are cut to it.
LAST = datetime(9999, 12, 31, tzinfo=UTC).timestamp()


def cookies_of(jar: RequestsCookieJar) -> tuple[Cookie, ...]:
    """Return what a session's jar holds, the latest first where there is too much."""
    kept = [
        Cookie(
            cookie.domain,
            cookie.path,
            cookie.name,
            cookie.value or "",
            cookie.secure,
            stamp(datetime.fromtimestamp(min(cookie.expires, LAST), UTC))
            if cookie.expires is not None
            else None,
        )
        for cookie in jar
        if len(cookie.name) + len(cookie.value or "") <= LARGEST
    ]
    return tuple(kept[-MOST:])


def new_jar(cookies: Iterable[Cookie]) -> RequestsCookieJar:
    """Return a jar with the cookies of an earlier run."""
    jar = RequestsCookieJar()
    for cookie in cookies:
        expires = from_stamp(cookie.expires).timestamp() if cookie.expires else None
        jar.set_cookie(
            create_cookie(  # type: ignore[no-untyped-call]
                cookie.name,
                cookie.value,
                domain=cookie.domain,
                path=cookie.path,
                secure=cookie.secure,
                expires=int(expires) if expires is not None else None,
                discard=expires is None,
            )
        )
    return jar


def cookie_header(jar: RequestsCookieJar, url: str) -> str | None:
    """Return what a request for ``url`` says of cookies, ``None`` where it brings none."""
    if not jar:
        return None
    request = Request(url)  # noqa: S310 - never opened; a jar knows addresses as urllib's requests
    jar.add_cookie_header(request)
    return request.get_header("Cookie")


def take_cookies(jar: RequestsCookieJar, response: BaseHTTPResponse, url: str) -> None:
    """Put the cookies of an answer from ``url`` into the jar."""
    if "Set-Cookie" in response.headers:
        jar.extract_cookies(response, Request(url))  # type: ignore[arg-type] # noqa: S310
