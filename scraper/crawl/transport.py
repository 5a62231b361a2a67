"""What carries requests to a host: urllib3's connections, taped, guarded and within TLS's rules.

requests is left out on the way: for every request it prepares, merges and copies what is the same
each time, which took longer than the request itself.
"""

from __future__ import annotations

import os
import ssl
import threading
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from requests.utils import DEFAULT_CA_BUNDLE_PATH
from urllib3 import BaseHTTPResponse, PoolManager, ProxyManager, Retry, Timeout, make_headers
from urllib3.util.ssl_ import create_urllib3_context

from scraper.crawl.options import FetchLimits
from scraper.crawl.tls import TlsRelaxation, tls_context
from scraper.crawl.wire import Tape, taped_pools

_contexts: dict[str, ssl.SSLContext] = {}
_making = threading.Lock()


class Transport:
    """One host's connections, kept open from request to request; redirects are not followed."""

    def __init__(self, tape: Tape, limits: FetchLimits, relaxation: TlsRelaxation | None) -> None:
        self._pools = taped_pools(tape)
        # Only connecting is retried here: what was answered is kept and judged by the run.
        self._retry = Retry(
            total=None,
            connect=limits.connect_tries - 1,
            read=False,
            redirect=False,
            status=False,
            other=False,
            backoff_factor=limits.connect_backoff,
        )
        self._timeout = Timeout(connect=limits.connect_timeout, read=limits.read_timeout)
        self._context = tls_context(relaxation) if relaxation else None
        if self._context is not None:
            _trust(self._context, _bundle())  # beside the one that the server's chain lacks
        self._managers: dict[tuple[str | None, bool], PoolManager] = {}

    def send(
        self, method: str, url: str, headers: dict[str, str], body: bytes | None, proxy: str | None
    ) -> BaseHTTPResponse:
        """Send a request; gives the answer once its head is read, whatever its status.

        ``proxy`` is the address of an HTTP proxy to go through.

        Raises:
            urllib3.exceptions.HTTPError: No answer came.
            OSError: Likewise, from below urllib3.
            ValueError: ``url`` cannot be asked for.
        """
        return self._manager(url, proxy).urlopen(
            method,
            url,
            body=body,
            headers=headers,
            redirect=False,
            retries=self._retry,
            timeout=self._timeout,
            preload_content=False,
            decode_content=False,
        )

    def close(self) -> None:
        """Close the connections."""
        for manager in self._managers.values():
            manager.clear()

    def _manager(self, url: str, proxy: str | None) -> PoolManager:
        secure = any(each.lower().startswith("https:") for each in (url, proxy or ""))
        if (proxy, secure) not in self._managers:
            self._managers[proxy, secure] = self._new_manager(proxy, secure=secure)
        return self._managers[proxy, secure]

    def _new_manager(self, proxy: str | None, *, secure: bool) -> PoolManager:
        options: dict[str, Any] = {"num_pools": 2, "maxsize": 1}
        if secure:
            options["cert_reqs"] = "CERT_REQUIRED"
            options["ssl_context"] = self._context or common_context(_bundle())
        if proxy is None:
            manager = PoolManager(**options)
        else:
            if secure:
                options["proxy_ssl_context"] = common_context(_bundle())
            manager = ProxyManager(proxy, proxy_headers=_proxy_headers(proxy), **options)
        manager.pool_classes_by_scheme = self._pools
        return manager


def _bundle() -> str:
    """Return the file or folder of certificates that are trusted, as requests finds it."""
    named = os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("CURL_CA_BUNDLE")
    return named or DEFAULT_CA_BUNDLE_PATH


def common_context(bundle: str) -> ssl.SSLContext:
    """Return the context of all hosts without relaxations, made once: reading takes a while."""
    with _making:
        if bundle not in _contexts:
            _contexts[bundle] = create_urllib3_context()
            _trust(_contexts[bundle], bundle)
        return _contexts[bundle]


def _trust(context: ssl.SSLContext, bundle: str) -> None:
    if Path(bundle).is_dir():
        context.load_verify_locations(capath=bundle)
    else:
        context.load_verify_locations(cafile=bundle)


def _proxy_headers(proxy: str) -> dict[str, str]:
    """Return how the proxy is told name and password, where its address has them."""
    parts = urlsplit(proxy)
    if not parts.username:
        return {}
    known = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
    return dict(make_headers(proxy_basic_auth=known))
