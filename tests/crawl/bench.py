"""A portal with one good and one bad article: what every test of a fault begins with."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from dataclasses import dataclass

from scraper.archive import Archive
from scraper.archive.records import Failure
from scraper.crawl import RunSummary, ScrapeOptions, run_scrape
from tests.crawl.tiny_portal import Request, TinyPortal

BAD = "/tin-tuc/trang-loi-7009.html"
GOOD = "/tin-tuc/tin-tot-7008.html"
GOOD_TITLE = "Tin tốt của huyện vẫn phải được lưu lại"
HEALED = "Trang lỗi nay đã lành trở lại"
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


@dataclass
class Bench:
    """The portal, the archive that scrapes it, and what the run may do."""

    portal: TinyPortal
    archive: Archive
    options: ScrapeOptions
    listener: object
    clock: object

    def scrape(self, **changes: object) -> RunSummary:
        """Do a run over all sites; the portal is the first, with ``changes`` of its site."""
        if not self.archive.db.table("sites").count:
            self.archive.save_site(self.portal.site(**changes))
        return run_scrape(self.archive, self.archive.sites(), self.options, self.listener)

    def titles(self) -> set[str]:
        return {row["title"] for row in self.archive.db.query("SELECT title FROM articles")}

    def failure(self, url: str | None = None) -> Failure:
        """Return the failure of an address: the bad article's if none is named."""
        rows = {each.url: each for each in self.archive.open_failures()}
        return rows[url or self.portal.base_url + BAD]


Wild = Callable[[socket.socket, Request], None]


def bytes_then(data: bytes, then: Callable[[socket.socket], None]) -> Wild:
    """Answer with raw bytes and go on with ``then``."""

    def handle(connection: socket.socket, request: Request) -> None:
        connection.sendall(data)
        then(connection)

    return handle


def stall(connection: socket.socket) -> None:
    """Say nothing more until the client has had enough."""
    connection.settimeout(5)
    try:
        connection.recv(1)
    except OSError:
        return


def drip(connection: socket.socket) -> None:
    """Send a byte now and then: no silence is ever long enough for a socket's time-out."""
    try:
        for _ in range(100):
            connection.sendall(b"x")
            time.sleep(0.05)
    except OSError:
        return


def flood(connection: socket.socket) -> None:
    """Send without end."""
    try:
        while True:
            connection.sendall(b"tin " * 4096)
    except OSError:
        return
