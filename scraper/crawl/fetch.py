"""Fetch one address with requests and keep every byte of the exchange.

One ``Fetcher`` serves one host, one request at a time: its session holds that host's connection and
cookies. Redirects are not followed here: each is an exchange of its own, recorded and judged.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from io import BytesIO
from urllib.parse import urlsplit

import requests
import urllib3.exceptions as u3
from requests.adapters import HTTPAdapter
from urllib3 import ProxyManager, Retry

from scraper.archive.cookies import Cookie
from scraper.crawl.clock import Clock
from scraper.crawl.cookies import cookies_of, fill
from scraper.crawl.exchange import Exchange, FailureKind, FetchError, FetchRequest
from scraper.crawl.options import FetchLimits
from scraper.crawl.proxies import Proxies
from scraper.crawl.tls import TlsRelaxation, tls_context
from scraper.crawl.trouble import failure_of, root_of
from scraper.crawl.wire import Tape, taped_pools

PIECE = 65536


class _TapedAdapter(HTTPAdapter):
    """The transport: connections that write to a tape, with a host's own TLS context if any."""

    def __init__(self, tape: Tape, limits: FetchLimits, relaxation: TlsRelaxation | None) -> None:
        self._pools = taped_pools(tape)
        self._context = tls_context(relaxation) if relaxation else None
        # Only connecting is retried here: what was answered is kept and judged by the run.
        retry = Retry(
            total=None,
            connect=limits.connect_tries - 1,
            read=False,
            redirect=False,
            status=False,
            other=False,
            backoff_factor=limits.connect_backoff,
        )
        super().__init__(pool_connections=2, pool_maxsize=1, max_retries=retry)

    def init_poolmanager(self, *args: object, **kwargs: object) -> None:
        """Make the pools; ``ssl_context`` reaches every connection this way."""
        if self._context is not None:
            kwargs["ssl_context"] = self._context
        super().init_poolmanager(*args, **kwargs)  # type: ignore[arg-type]
        self.poolmanager.pool_classes_by_scheme = self._pools

    def proxy_manager_for(self, proxy: str, **kwargs: object) -> ProxyManager:
        """Make the pools to a proxy, taped likewise."""
        if self._context is not None:
            kwargs["ssl_context"] = self._context
        manager: ProxyManager = super().proxy_manager_for(proxy, **kwargs)
        manager.pool_classes_by_scheme = self._pools
        return manager


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
        self._session = requests.Session()
        # The environment is read once for proxies and certificates; netrc passwords are never sent.
        self._session.trust_env = False
        bundle = os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("CURL_CA_BUNDLE")
        self._session.verify = bundle or True
        self._proxies = Proxies(private_network=private_network)
        fill(self._session.cookies, cookies)
        self._headers = {
            "User-Agent": agent,
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "Accept-Language": "vi,en;q=0.5",
            "Accept-Encoding": "gzip, deflate",
            "Connection": "keep-alive",
        }
        adapter = _TapedAdapter(self._tape, limits, relaxation)
        self._session.mount("http://", adapter)
        self._session.mount("https://", adapter)

    def fetch(self, request: FetchRequest) -> Exchange:
        """Send ``request`` and read the whole answer, whatever its status.

        Raises:
            FetchError: No whole answer came; what came is in its ``exchange``.
        """
        self._check(request.url)
        proxies = self._proxies.of(request.url)
        self._tape.rewind(self._limits.whole_timeout)
        started_at = self._clock()
        began = time.monotonic()
        try:
            response = self._send_surely(request, proxies)
        except (requests.RequestException, u3.HTTPError, ValueError, OSError) as error:
            raise failure_of(error, request.url) from error
        seconds = time.monotonic() - began
        with response:
            body, truncated, problem = self._read(response, request)
            exchange = Exchange(
                url=request.url,
                method=request.method,
                started_at=started_at,
                seconds=seconds,
                ip=self._tape.peer,
                sent=bytes(self._tape.sent),
                head=bytes(self._tape.head),
                status=response.status_code,
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
        return cookies_of(self._session.cookies)

    def close(self) -> None:
        """Close the host's connections."""
        self._session.close()

    def _check(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise FetchError(FailureKind.URL, f"{url} is not an http or https address")

    def _send_surely(self, request: FetchRequest, proxies: dict[str, str]) -> requests.Response:
        """Send ``request``, and once more where a kept connection turns out to be closed.

        Servers close idle connections as they like, also while a request is on its way; nothing of
        it was answered then, and a GET may be repeated (RFC 9110, 9.2.2).
        """
        try:
            return self._send(request, proxies)
        except (requests.ConnectionError, u3.ProtocolError) as error:
            closed = isinstance(root_of(error), ConnectionError) and not self._tape.head
            if self._tape.connected or not closed or request.posted is not None:
                raise
        return self._send(request, proxies)

    def _send(self, request: FetchRequest, proxies: dict[str, str]) -> requests.Response:
        headers = dict(self._headers)
        if request.etag:
            headers["If-None-Match"] = request.etag
        if request.last_modified:
            headers["If-Modified-Since"] = request.last_modified
        if request.posted is not None:
            headers["Content-Type"] = request.posted.content_type
        if request.asker is not None:
            # Some portals answer their own scripts only, and these send both.
            headers |= {"X-Requested-With": "XMLHttpRequest", "Referer": request.asker}
        # Prepared here: Session.request would merge settings that are the same each time.
        prepared = requests.PreparedRequest()
        prepared.prepare(
            method=request.method,
            url=request.url,
            headers=headers,
            data=request.posted.text.encode() if request.posted is not None else None,
            cookies=self._session.cookies,
        )
        return self._session.send(
            prepared,
            timeout=(self._limits.connect_timeout, self._limits.read_timeout),
            allow_redirects=False,
            stream=True,
            proxies=proxies,
            verify=self._session.verify,
            cert=None,
        )

    def _read(
        self, response: requests.Response, request: FetchRequest
    ) -> tuple[bytes, str | None, FetchError | None]:
        """Read the body as received; give it, why it was cut (WARC-Truncated), and the problem."""
        limit = request.max_bytes or self._limits.max_page_bytes
        # Not a list of pieces, which joining them would hold a second time.
        body = BytesIO()
        try:
            while piece := response.raw.read1(PIECE, decode_content=False):
                body.write(piece)
                if body.tell() > limit:
                    problem = FetchError(
                        FailureKind.SIZE, f"{request.url} sends more than {limit} bytes; cut there"
                    )
                    body.truncate(limit)
                    return body.getvalue(), "length", problem
        except (u3.HTTPError, OSError, requests.RequestException) as error:
            failure = failure_of(error, request.url)
            reason = "time" if failure.kind is FailureKind.TIMEOUT else "disconnect"
            return body.getvalue(), reason, failure
        return body.getvalue(), None, None
