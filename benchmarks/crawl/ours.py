"""Crawl with this program, whole: WARC, database and all. Prints what it cost as JSON."""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from pathlib import Path

from scraper.archive import open_archive
from scraper.crawl import Politeness, ScrapeOptions, run_scrape
from scraper.crawl.reporter import Silent
from scraper.sites import Site


def spent() -> float:
    """Return the CPU seconds of this process and of those it started and saw end."""
    uses = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(use.ru_utime + use.ru_stime for use in uses)


def main() -> None:
    """Arguments: port, hosts, pause in seconds."""
    port, hosts, pause = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
    with tempfile.TemporaryDirectory() as folder:
        archive = open_archive(Path(folder) / "archive.db")
        for number in range(2, hosts + 2):
            address = f"http://127.0.0.{number}:{port}/"
            archive.save_site(Site(f"s{number}", "S", address, pause=pause, private_network=True))
        options = ScrapeOptions(politeness=Politeness(pause=pause), min_free_bytes=0)
        began, before = time.monotonic(), spent()
        summary = run_scrape(archive, archive.sites(), options, Silent())
        wall, cpu = time.monotonic() - began, spent() - before
        articles = archive.totals().articles
        archive.close()
    print(
        json.dumps({"pages": summary.tally.fetched, "articles": articles, "wall": wall, "cpu": cpu})
    )


if __name__ == "__main__":
    main()
