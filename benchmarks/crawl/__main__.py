"""Run both crawlers against the same portals and compare: ``python -m benchmarks.crawl``."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

HOSTS, PAGES, PAUSE = 50, 30, 1.0
FAST_PAGES = 400
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


def main() -> int:
    """Print the comparison; 0 where every bound is kept."""
    with portals(HOSTS, PAGES) as port:
        ours, scrapy = (crawl(each, port, HOSTS, PAUSE) for each in ("ours", "scrapy_rival"))
    with portals(1, FAST_PAGES) as port:
        fast, rival = (crawl(each, port, 1, 0.0) for each in ("ours", "scrapy_rival"))
    limit = PAGES * PAUSE  # robots.txt and the pages: as many pauses as there are pages
    wall = ours["wall"] / limit
    cpu = ours["cpu"] / scrapy["cpu"]  # for the same pages
    speed = (fast["articles"] / fast["wall"]) / (rival["articles"] / rival["wall"])
    print(f"{HOSTS} hosts of {PAGES} pages, pause {PAUSE} s")
    print(
        f"  wall      ours {ours['wall']:.1f} s, Scrapy {scrapy['wall']:.1f} s, limit {limit:.0f} s"
    )
    per_page = [1000 * each["cpu"] / (HOSTS * PAGES) for each in (ours, scrapy)]
    print(f"  CPU/page  ours {per_page[0]:.1f} ms, Scrapy {per_page[1]:.1f} ms")
    for each in (ours, scrapy):
        if each["articles"] != HOSTS * (PAGES - 1):
            raise RuntimeError(f"not every article was read: {each}")
    print(f"one host of {FAST_PAGES} pages, no pause")
    for name, each in (("ours", fast), ("Scrapy", rival)):
        print(f"  {name}: {each['articles'] / each['wall']:.1f} articles/s ({each['articles']})")
    bounds = [
        ("wall / limit", wall, WALL_LIMIT, wall <= WALL_LIMIT),
        ("CPU per page / Scrapy's", cpu, CPU_LIMIT, cpu <= CPU_LIMIT),
        ("speed / Scrapy's", speed, 1.0, speed >= 1.0),
    ]
    for name, value, bound, kept in bounds:
        print(f"{'ok ' if kept else 'NOT'} {name}: {value:.2f} (bound {bound})")
    return 0 if all(kept for *_, kept in bounds) else 1


if __name__ == "__main__":
    sys.exit(main())
