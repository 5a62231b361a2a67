"""Compare a run with nothing new on archives of 1,000 and of 100,000 articles.

``python -m benchmarks.rerun`` builds both through the archive package, visits each several times
and prints the requests, the CPU seconds of the run and the peak memory of its process; then the
same for a first run that finds as many addresses in a sitemap and may visit a few of them.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.rerun.build import DUE, build
from scraper.archive import open_archive
from scraper.sites import Site

SMALL, LARGE = 1_000, 100_000
CPU_LIMIT, MEMORY_LIMIT = 2.0, 1.3
# robots.txt, the front page, the listing's first page, and what is due
REQUESTS = 3 + DUE
VISITED = 100


@dataclass(frozen=True, slots=True)
class Cost:
    """What a run cost: requests, CPU seconds, peak MiB."""

    requests: int
    cpu: float
    peak: float


@contextmanager
def portal(articles: int, urls: int) -> Iterator[str]:
    """Serve the portal in a process of its own; gives its address."""
    command = [sys.executable, "-m", "benchmarks.rerun.portal", str(articles), str(urls)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        yield f"http://127.0.0.1:{process.stdout.readline().strip()}"  # type: ignore[union-attr]
    finally:
        process.terminate()
        process.wait()


def visit(base_url: str, archive: Path, *limit: str) -> Cost:
    """Run once over ``archive`` in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.rerun.visit", str(archive), *limit]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    facts = json.loads(done.stdout)
    with urllib.request.urlopen(f"{base_url}/asked") as answer:
        asked = answer.read().decode().split()
    return Cost(len(asked), facts["cpu"], facts["peak"])


def reruns(folder: Path, articles: int, rounds: int) -> Cost:
    """Build the archive and visit copies of it; gives the median costs."""
    with portal(articles, 0) as base_url:
        original = folder / f"{articles}.db"
        build(original, base_url, articles)
        costs = []
        for number in range(rounds):
            copy = folder / f"{articles}-{number}.db"
            shutil.copy(original, copy)
            os.sync()  # or the run's own fsync would pay for writing the copy
            costs.append(visit(base_url, copy))
            copy.unlink()
    return _median(costs)


def first_runs(folder: Path, urls: int, rounds: int) -> Cost:
    """Let a new archive find ``urls`` addresses and visit a few of them."""
    costs = []
    with portal(1000, urls) as base_url:
        for number in range(rounds):
            path = folder / f"first-{urls}-{number}.db"
            with open_archive(path) as archive:
                archive.save_site(
                    Site(
                        "portal",
                        "Cổng huyện",
                        f"{base_url}/",
                        pause=0.0,
                        private_network=True,
                        sitemaps=(f"{base_url}/sitemap.xml",),
                    )
                )
            costs.append(visit(base_url, path, str(VISITED)))
    return _median(costs)


def _median(costs: list[Cost]) -> Cost:
    for cost in costs:
        print(
            f"    {cost.requests} requests, {cost.cpu:.2f} s CPU, {cost.peak:.0f} MiB", flush=True
        )
    return Cost(
        max(each.requests for each in costs),
        median(each.cpu for each in costs),
        median(each.peak for each in costs),
    )


def main() -> int:
    """Print the comparison; 0 where every bound is kept."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.rerun", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="how often each is measured")
    parser.add_argument("--large", type=int, default=LARGE, help="articles of the large archive")
    arguments = parser.parse_args()
    costs = []
    with tempfile.TemporaryDirectory() as name:
        for what, measure in (
            ("nothing new, archive of", reruns),
            ("first run that finds", first_runs),
        ):
            for size in (SMALL, arguments.large):
                print(f"{what} {size}", flush=True)
                costs.append(measure(Path(name), size, arguments.rounds))
    small, large, few, many = costs
    bounds = [
        ("requests with nothing new", float(large.requests), float(REQUESTS)),
        ("CPU, large / small archive", large.cpu / small.cpu, CPU_LIMIT),
        ("peak memory, large / small archive", large.peak / small.peak, MEMORY_LIMIT),
        ("peak memory, many / few addresses found", many.peak / few.peak, MEMORY_LIMIT),
    ]
    for label, value, bound in bounds:
        print(f"{'ok ' if value <= bound else 'NOT'} {label}: {value:.2f} (bound {bound})")
    return 0 if all(value <= bound for _, value, bound in bounds) else 1


if __name__ == "__main__":
    sys.exit(main())
