"""Run both crawlers against the same portals and compare: ``python -m benchmarks.crawl``."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median

HOSTS, PAGES, PAUSE = 50, 30, 1.0
FAST_PAGES = 1500
WALL_LIMIT, CPU_LIMIT = 1.05, 1.25


@contextmanager
def portals(hosts: int, pages: int) -> Iterator[str]:
    """Serve the portals in a process of their own; gives the port."""
    command = [sys.executable, "-m", "benchmarks.crawl.portals", str(hosts), str(pages)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        yield process.stdout.readline().strip()  # type: ignore[union-attr]
    finally:
        process.terminate()
        process.wait()


def crawl(module: str, port: str, hosts: int, pause: float) -> dict[str, float]:
    """Run one crawler in a process of its own and return what it prints."""
    command = [sys.executable, "-m", f"benchmarks.crawl.{module}", port, str(hosts), str(pause)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def check(found: dict[str, float], wanted: int) -> None:
    """Refuse to compare crawls that did not do the same work."""
    if found["articles"] != wanted:
        raise RuntimeError(f"{wanted} articles were to be read: {found}")


def polite(port: str) -> tuple[float, float]:
    """Crawl all hosts with both; gives our wall by the limit, our CPU by Scrapy's."""
    ours, scrapy = (crawl(each, port, HOSTS, PAUSE) for each in ("ours", "scrapy_rival"))
    for each in (ours, scrapy):
        check(each, HOSTS * (PAGES - 1))
    limit = PAGES * PAUSE  # robots.txt and the pages: as many pauses as there are pages
    per_page = [1000 * each["cpu"] / (HOSTS * PAGES) for each in (ours, scrapy)]
    print(
        f"  wall ours {ours['wall']:.1f} s, Scrapy {scrapy['wall']:.1f} s, limit {limit:.0f} s; "
        f"CPU a page ours {per_page[0]:.1f} ms, Scrapy {per_page[1]:.1f} ms",
        flush=True,
    )
    return ours["wall"] / limit, ours["cpu"] / scrapy["cpu"]  # for the same pages


def hurried(port: str) -> float:
    """Crawl one host without a pause with both; gives our speed by Scrapy's."""
    ours, scrapy = (crawl(each, port, 1, 0.0) for each in ("ours", "scrapy_rival"))
    for each in (ours, scrapy):
        check(each, FAST_PAGES - 1)
    speeds = [FAST_PAGES / each["wall"] for each in (ours, scrapy)]
    print(f"  pages a second ours {speeds[0]:.0f}, Scrapy {speeds[1]:.0f}", flush=True)
    return speeds[0] / speeds[1]


def main() -> int:
    """Print the comparison, by medians of the rounds; 0 where every bound is kept."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.crawl", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="how often each is measured")
    rounds = parser.parse_args().rounds
    print(f"{HOSTS} hosts of {PAGES} pages, pause {PAUSE} s")
    with portals(HOSTS, PAGES) as port:
        walls, cpus = zip(*(polite(port) for _ in range(rounds)), strict=True)
    print(f"one host of {FAST_PAGES} pages, no pause")
    with portals(1, FAST_PAGES) as port:
        speeds = [hurried(port) for _ in range(rounds)]
    bounds = [
        ("wall / limit", median(walls), WALL_LIMIT, median(walls) <= WALL_LIMIT),
        ("CPU per page / Scrapy's", median(cpus), CPU_LIMIT, median(cpus) <= CPU_LIMIT),
        ("speed / Scrapy's", median(speeds), 1.0, median(speeds) >= 1.0),
    ]
    for name, value, bound, kept in bounds:
        print(f"{'ok ' if kept else 'NOT'} {name}: {value:.2f} (bound {bound})")
    return 0 if all(kept for *_, kept in bounds) else 1


if __name__ == "__main__":
    sys.exit(main())
