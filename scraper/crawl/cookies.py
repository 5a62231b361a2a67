"""Carry a host's cookies from its session to the archive and back.

They are kept because portals count by them: NukeViet's visit counter rises with every request that
brings no cookie, so a crawl without them would count itself, page by page.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from requests.cookies import RequestsCookieJar, create_cookie

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


def fill(jar: RequestsCookieJar, cookies: Iterable[Cookie]) -> None:
    """Put cookies of an earlier run into a session's jar."""
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
