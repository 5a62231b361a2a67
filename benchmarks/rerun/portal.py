"""The portal whose archive is visited again: ``python -m benchmarks.rerun.portal ARTICLES URLS``.

It has first pages that show the latest articles, and nothing new. Its sitemap names ``URLS``
addresses. Prints the port when it listens.
"""

from __future__ import annotations

import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from benchmarks.rerun.build import LISTED, path_of

SITEMAP = 50_000


def listing(articles: int) -> bytes:
    """Return the first page of the listing."""
    items = "".join(
        f"<li><h3><a href='{path_of(number)}'>Hội nghị triển khai nhiệm vụ lần thứ {number}"
        "</a></h3></li>"
        for number in range(articles - 1, articles - 1 - LISTED, -1)
    )
    return (
        "<!DOCTYPE html><meta charset=utf-8><title>Tin tức</title><h1>Tin tức</h1>"
        f"<ul>{items}</ul><div class='pagination'><a href='/tin-tuc/?page=2'>2</a></div>"
    ).encode()


class Portal(ThreadingHTTPServer):
    """Answers with the listing, with 304 for what is known, and counts its requests."""

    daemon_threads = True

    def __init__(self, articles: int, urls: int) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.listing = listing(articles)
        self.urls = urls
        self.asked: list[str] = []
        self.lock = threading.Lock()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Portal

    def do_GET(self) -> None:
        with self.server.lock:
            self.server.asked.append(self.path)
        status, body, kind = self._answer()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _answer(self) -> tuple[int, bytes, str]:
        path = self.path
        if path == "/asked":  # for the benchmark: what was asked for since the last time
            with self.server.lock:
                asked, self.server.asked = self.server.asked[:-1], []
            return 200, "\n".join(asked).encode(), "text/plain"
        if path in ("/", "/tin-tuc/"):
            return 200, self.server.listing, "text/html; charset=utf-8"
        if path.startswith("/sitemap"):
            return 200, self._sitemap(path), "application/xml"
        if path.startswith("/tin-tuc/hoi-nghi") and self.headers.get("If-None-Match"):
            return 304, b"", "text/html"
        return 404, b"", "text/html"

    def _sitemap(self, path: str) -> bytes:
        base = f"http://{self.headers['Host']}"
        urls = self.server.urls
        if path == "/sitemap.xml":
            parts = range(0, urls, SITEMAP)
            names = "".join(
                f"<sitemap><loc>{base}/sitemap-{at}.xml</loc></sitemap>" for at in parts
            )
            return f"<sitemapindex>{names}</sitemapindex>".encode()
        first = int(path.removeprefix("/sitemap-").removesuffix(".xml"))
        numbers = range(first, min(first + SITEMAP, urls))
        return (
            "<urlset>"
            + "".join(f"<url><loc>{base}{path_of(number)}</loc></url>" for number in numbers)
            + "</urlset>"
        ).encode()

    def log_message(self, *_: object) -> None:
        return


if __name__ == "__main__":
    with Portal(int(sys.argv[1]), int(sys.argv[2])) as portal:
        print(portal.server_address[1], flush=True)
        portal.serve_forever()
