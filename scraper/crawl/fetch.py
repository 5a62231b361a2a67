"""Fetch one address and keep every byte of the exchange.

One ``Fetcher`` serves one host, one request at a time: it holds that host's connection and cookies.
Redirects are not followed here: each is an exchange of its own, recorded and judged.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from contextlib import closing
from io import BytesIO
from urllib.parse import urlsplit

import urllib3.exceptions as u3
from urllib3 import BaseHTTPResponse

from scraper.archive.cookies import Cookie
from scraper.crawl.clock import Clock
from scraper.crawl.cookies import cookie_header, cookies_of, new_jar, take_cookies
from scraper.crawl.exchange import Exchange, FailureKind, FetchError, FetchRequest
from scraper.crawl.options import FetchLimits
from scraper.crawl.proxies import Proxies
from scraper.crawl.tls import TlsRelaxation
from scraper.crawl.transport import Transport
from scraper.crawl.trouble import failure_of, root_of
from scraper.crawl.wire import Tape

PIECE = 65536


class Fetcher:
    """Fetches from one host, one request at a time."""

    def __init__(
        self,
        agent: str,
        limits: FetchLimits,
        clock: Clock,
        *,
        private_network: bool = False,
        relaxation: TlsRelaxation | None = None,
        cookies: Iterable[Cookie] = (),
    ) -> None:
        self._limits = limits
        self._clock = clock
        self._relaxation = relaxation
        self._tape = Tape(private_network=private_network, read_timeout=limits.read_timeout)
        self._transport = Transport(self._tape, limits, relaxation)
        self._proxies = Proxies(private_network=private_network)
        self._jar = new_jar(cookies)
        self._headers = {
            "User-Agent": agent,
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "Accept-Language": "vi,en;q=0.5",
            "Accept-Encoding": "gzip, deflate",
            "Connection": "keep-alive",
        }

    def fetch(self, request: FetchRequest) -> Exchange:
        """Send ``request`` and read the whole answer, whatever its status.

        Raises:
            FetchError: No whole answer came; what came is in its ``exchange``.
        """
        self._check(request.url)
        proxy = self._proxies.of(request.url)
        self._tape.rewind(self._limits.whole_timeout)
        started_at = self._clock()
        began = time.monotonic()
        try:
            response = self._send_surely(request, proxy)
        except (u3.HTTPError, ValueError, OSError) as error:
            raise failure_of(error, request.url) from error
        seconds = time.monotonic() - began
        with closing(response):
            body, truncated, problem = self._read(response, request)
            exchange = Exchange(
                url=request.url,
                method=request.method,
                started_at=started_at,
                seconds=seconds,
                ip=self._tape.peer,
                sent=self._tape.request(),
                head=bytes(self._tape.head),
                status=response.status,
                headers=response.headers,
                body=body,
                truncated=truncated,
                tls=self._relaxation.summary if self._relaxation else None,
            )
        if problem is not None:
            raise FetchError(problem.kind, str(problem), exchange)
        return exchange

    def cookies(self) -> tuple[Cookie, ...]:
        """Return the cookies that the host has given so far, those of earlier runs too."""
        return cookies_of(self._jar)

    def close(self) -> None:
        """Close the host's connections."""
        self._transport.close()

    def _check(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise FetchError(FailureKind.URL, f"{url} is not an http or https address")

    def _send_surely(self, request: FetchRequest, proxy: str | None) -> BaseHTTPResponse:
        """Send ``request``, and once more where a kept connection turns out to be closed.

        Servers close idle connections as they like, also while a request is on its way; nothing of
        it was answered then, and a GET may be repeated (RFC 9110, 9.2.2).
        """
        try:
            return self._send(request, proxy)
        except (u3.HTTPError, OSError) as error:
            closed = isinstance(root_of(error), ConnectionError) and not self._tape.head
            if self._tape.connected or not closed or request.posted is not None:
                raise
        return self._send(request, proxy)

    def _send(self, request: FetchRequest, proxy: str | None) -> BaseHTTPResponse:
        headers = dict(self._headers)
        if request.etag:
            headers["If-None-Match"] = request.etag
        if request.last_modified:
            headers["If-Modified-Since"] = request.last_modified
        cookies = cookie_header(self._jar, request.url)
        if cookies is not None:
            headers["Cookie"] = cookies
        body = None
        if request.posted is not None:
            body = request.posted.text.encode()
            headers["Content-Type"] = request.posted.content_type
        if request.asker is not None:
            # Some portals answer their own scripts only, and these send both.
            headers |= {"X-Requested-With": "XMLHttpRequest", "Referer": request.asker}
        response = self._transport.send(request.method, request.url, headers, body, proxy)
        take_cookies(self._jar, response, request.url)
        return response

    def _read(
        self, response: BaseHTTPResponse, request: FetchRequest
    ) -> tuple[bytes, str | None, FetchError | None]:
        """Read the body as received; give it, why it was cut (WARC-Truncated), and the problem."""
        limit = request.max_bytes or self._limits.max_page_bytes
        # Not a list of pieces, which joining them would hold a second time.
        body = BytesIO()
        try:
            while piece := response.read1(PIECE, decode_content=False):
                body.write(piece)
                if body.tell() > limit:
                    problem = FetchError(
                        FailureKind.SIZE, f"{request.url} sends more than {limit} bytes; cut there"
                    )
                    body.truncate(limit)
                    return body.getvalue(), "length", problem
        except (u3.HTTPError, OSError) as error:
            failure = failure_of(error, request.url)
            reason = "time" if failure.kind is FailureKind.TIMEOUT else "disconnect"
            return body.getvalue(), reason, failure
        return body.getvalue(), None, None
