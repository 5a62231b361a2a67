"""The proxies of the environment (``https_proxy``, ``no_proxy`` and so on), used with care."""

from __future__ import annotations

from urllib.parse import urlsplit

from requests.utils import get_environ_proxies, prepend_scheme_if_needed, select_proxy

from scraper.crawl.address import AddressRefusedError, resolve
from scraper.crawl.exchange import FailureKind, FetchError


class Proxies:
    """Says which proxy an address goes through; asked of the environment once for each host."""

    def __init__(self, *, private_network: bool) -> None:
        self._private_network = private_network
        self._known: dict[str, str | None] = {}

    def of(self, url: str) -> str | None:
        """Return the address of the proxy for ``url``, ``None`` where it goes through none.

        Raises:
            FetchError: It would go through a proxy to a private address: the proxy makes that
                connection, so the guard of our own connections would not see it. Or the proxy is
                of another kind than HTTP.
        """
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._known:
            self._known[origin] = self._chosen(url, parts.hostname or "", parts.port)
        return self._known[origin]

    def _chosen(self, url: str, host: str, port: int | None) -> str | None:
        chosen = select_proxy(url, get_environ_proxies(url))
        if chosen is None:
            return None
        proxy: str = prepend_scheme_if_needed(chosen, "http")  # type: ignore[no-untyped-call]
        if urlsplit(proxy).scheme.lower() not in ("http", "https"):
            named = proxy.rpartition("@")[2]
            text = f"{url}: the proxy {named} is no HTTP proxy, and no other kind can be used"
            raise FetchError(FailureKind.PROXY, text)
        if not self._private_network:
            _check(host, port, url)
        return proxy


def _check(host: str, port: int | None, url: str) -> None:
    try:
        resolve(host, port or 80, private_network=False)
    except AddressRefusedError as error:
        raise FetchError(FailureKind.ADDRESS, f"{url} was not fetched: {error}") from error
    except (OSError, UnicodeError):
        return  # a name that only the proxy can resolve
