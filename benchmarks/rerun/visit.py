"""One run of a portal's archive; prints what it cost as JSON.

``python -m benchmarks.rerun.visit ARCHIVE [MAX_REQUESTS]``
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from benchmarks.rerun.build import NOW
from scraper.archive import open_archive
from scraper.crawl import Politeness, ScrapeOptions, run_scrape
from scraper.crawl.reporter import Silent


def _peak() -> float:
    """Return the most memory that this process held, in MiB.

    Not ru_maxrss, which begins with what the parent held when it started this process.
    """
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


def main() -> None:
    """Open the archive, visit its sites, close it."""
    limit = int(sys.argv[2]) if len(sys.argv) > 2 else None
    options = ScrapeOptions(
        politeness=Politeness(pause=0.0, patience=0.0),
        min_free_bytes=0,
        max_requests=limit,
        clock=lambda: NOW,
    )
    before = time.process_time()
    with open_archive(Path(sys.argv[1])) as archive:
        summary = run_scrape(archive, archive.sites(), options, Silent())
    cpu = time.process_time() - before
    peak = _peak()
    facts = {
        "fetched": summary.tally.fetched,
        "failed": summary.tally.failed,
        "new": summary.tally.new,
    }
    print(json.dumps({**facts, "cpu": cpu, "peak": peak}))


if __name__ == "__main__":
    main()
