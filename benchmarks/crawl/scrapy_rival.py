"""Crawl with Scrapy, same politeness, same ``parse_page`` in the callback; nothing is stored."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Iterator
from typing import Any

import scrapy
from scrapy.crawler import CrawlerProcess

from scraper.parse import LinkKind, parse_page

FOUND = {"pages": 0, "articles": 0}


class Portals(scrapy.Spider):
    """Follows the articles of each host's front page."""

    name = "portals"

    def parse(self, response: Any) -> Iterator[Any]:
        """Read a page and follow its articles."""
        FOUND["pages"] += 1
        page = parse_page(
            response.body,
            response.url,
            content_type=response.headers.get("Content-Type", b"").decode(),
        )
        FOUND["articles"] += page.article is not None and not response.url.endswith("/")
        for link in page.links:
            if link.kind is LinkKind.ARTICLE:
                yield response.follow(link.url)


def main() -> None:
    """Arguments: port, hosts, pause in seconds."""
    port, hosts, pause = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
    process = CrawlerProcess(
        {
            "DOWNLOAD_DELAY": pause,
            "RANDOMIZE_DOWNLOAD_DELAY": False,
            "CONCURRENT_REQUESTS": max(hosts, 1),
            "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
            "ROBOTSTXT_OBEY": True,
            "LOG_ENABLED": False,
            "TELNETCONSOLE_ENABLED": False,
        }
    )
    urls = [f"http://127.0.0.{number}:{port}/" for number in range(2, hosts + 2)]
    began, before = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF)
    process.crawl(Portals, start_urls=urls)
    process.start()
    wall, after = time.monotonic() - began, resource.getrusage(resource.RUSAGE_SELF)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(json.dumps({**FOUND, "wall": wall, "cpu": cpu}))


if __name__ == "__main__":
    main()
