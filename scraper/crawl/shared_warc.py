"""One WARC file for the few answers of many hosts, in place of a file for each of them."""

from __future__ import annotations

import threading

from scraper.crawl.exchange import Exchange
from scraper.crawl.warc import Earlier, WarcFile, Written


class SharedWarcFile:
    """A :class:`WarcFile` that the workers of several hosts write to, one record at a time."""

    def __init__(self, file: WarcFile) -> None:
        self._file = file
        self._lock = threading.Lock()

    def write(
        self,
        exchange: Exchange,
        earlier: Earlier | None = None,
        via: str | None = None,
        digest: str | None = None,
    ) -> Written:
        """As :meth:`WarcFile.write`."""
        with self._lock:
            return self._file.write(exchange, earlier, via, digest)

    def close(self, *, stored: bool = True) -> None:
        """Do nothing: a worker that ends leaves the file to the others."""

    def finish(self, *, stored: bool) -> None:
        """Close the file once no worker is left, as :meth:`WarcFile.close` does."""
        with self._lock:
            self._file.close(stored=stored)
