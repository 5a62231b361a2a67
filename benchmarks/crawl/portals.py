"""The portals that are crawled: many loopback hosts in a process of their own.

    python -m benchmarks.crawl.portals HOSTS PAGES

Each host has a front page that lists its articles; a page is one of the bundled portal, with a
title of its own (no two pages of any two hosts are the same bytes, or we would keep only
references to most of them) and without photos. Prints the port when it listens.
"""

from __future__ import annotations

import asyncio
import re
import sys
from contextlib import ExitStack

import requests

from scraper.demo import DEFAULT_TODAY, DemoPortal
from scraper.demo.truth import expected_articles

WORDS = "Hội nghị triển khai nhiệm vụ phát triển kinh tế xã hội lần thứ"


def template() -> tuple[str, str]:
    """Return an article page of the bundled portal and its title."""
    article = max(expected_articles(DEFAULT_TODAY), key=lambda each: len(" ".join(each.body)))
    with DemoPortal("modern") as portal:
        page = requests.get(portal.article_url(article.slug), timeout=10).text
    page = re.sub(r"<img\b[^>]*>|<link\b[^>]*>", "", page)
    return re.sub(r'href="[^"]*"', 'href="/"', page), article.title


def pages_of(host: str, pages: int, page: str, title: str) -> dict[str, bytes]:
    """Return the pages of one host by path; the front page counts as one of ``pages``.

    ``page`` and ``title`` are what ``template`` gives.
    """
    paths = {f"/tin-tuc/tin-so-{number:05d}.html": number for number in range(1, pages)}
    links = "".join(f'<li><a href="{path}">{WORDS} {n}</a></li>' for path, n in paths.items())
    site = {
        path: page.replace(title, f"{WORDS} {number} tại {host}").encode()
        for path, number in paths.items()
    }
    front = f"<!DOCTYPE html><meta charset=utf-8><title>Tin</title><h1>Tin tức</h1><ul>{links}</ul>"
    return {"/": front.encode()} | site


class Portals:
    """Answers each host with its pages."""

    def __init__(self, hosts: list[str], pages: int) -> None:
        page, title = template()
        self._pages = {host: pages_of(host, pages, page, title) for host in hosts}

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection until the client is done with it."""
        pages = self._pages[writer.get_extra_info("sockname")[0]]
        with ExitStack() as stack:
            stack.callback(writer.close)
            while True:
                try:
                    head = await reader.readuntil(b"\r\n\r\n")
                except (asyncio.IncompleteReadError, ConnectionError):
                    return
                path = head.split(b" ", 2)[1].decode()
                body = pages.get(path)
                status = "200 OK" if body is not None else "404 Not Found"
                writer.write(
                    f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\n"
                    f"Content-Length: {len(body or b'')}\r\n\r\n".encode()
                    + (body or b"")
                )
                await writer.drain()


async def serve(hosts: int, pages: int) -> None:
    """Listen on 127.0.0.2 and as many addresses after it as there are hosts."""
    first, *others = [f"127.0.0.{number}" for number in range(2, hosts + 2)]
    portals = Portals([first, *others], pages)
    server = await asyncio.start_server(portals.answer, first, 0)
    port = server.sockets[0].getsockname()[1]
    for host in others:
        await asyncio.start_server(portals.answer, host, port)
    print(port, flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), int(sys.argv[2])))
