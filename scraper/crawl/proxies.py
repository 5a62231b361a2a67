"""The proxies of the environment (``https_proxy``, ``no_proxy`` and so on), used with care."""

from __future__ import annotations

from urllib.parse import urlsplit

from requests.utils import get_environ_proxies, select_proxy

from scraper.crawl.address import AddressRefusedError, resolve
from scraper.crawl.exchange import FailureKind, FetchError


class Proxies:
    """Says which proxy an address goes through; asked of the environment once for each host."""

    def __init__(self, *, private_network: bool) -> None:
        self._private_network = private_network
        self._known: dict[str, dict[str, str]] = {}

    def of(self, url: str) -> dict[str, str]:
        """Return the proxies for ``url`` as requests takes them.

        Raises:
            FetchError: It would go through a proxy to a private address: the proxy makes that
                connection, so the guard of our own connections would not see it.
        """
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._known:
            found = get_environ_proxies(url)
            if not self._private_network and select_proxy(url, found):
                _check(parts.hostname or "", parts.port, url)
            self._known[origin] = found
        return self._known[origin]


def _check(host: str, port: int | None, url: str) -> None:
    try:
        resolve(host, port or 80, private_network=False)
    except AddressRefusedError as error:
        raise FetchError(FailureKind.ADDRESS, f"{url} was not fetched: {error}") from error
    except (OSError, UnicodeError):
        return  # a name that only the proxy can resolve
