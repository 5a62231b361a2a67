"""Seconds of processor time and peak memory of the hardest pages; memory over 10,000 pages.

    python -m benchmarks.bounds [--pages 10000]

Each hard page is read once, in a process of its own. The 10,000 pages are the fixtures, over and over.
"""  # noqa: E501

import argparse
import json
import resource
import subprocess
import sys

from scraper.parse import ParseError
from tests.parse.fixtures import cases

from .pages import NAMES


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bounds")
    parser.add_argument("--pages", type=int, default=10_000)
    count = parser.parse_known_args()[0].pages
    print("| page | MB | seconds | peak MB |\n|---|---:|---:|---:|")
    for name in NAMES:
        command = [sys.executable, "-m", "benchmarks.bounds.one", name]
        done = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
        print(
            f"| {name} | {done['bytes'] / 1e6:.1f} | {done['seconds']:.2f} "
            f"| {done['peak_mb']:.0f} |"
        )
    print("\n| pages read | peak MB |\n|---:|---:|")
    pages = cases()
    for number in range(count):
        try:
            pages[number % len(pages)].read(with_profile=False)
        except ParseError:
            continue
        finally:
            if number + 1 in (count // 10, count // 2, count):
                peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
                print(f"| {number + 1} | {peak:.0f} |")


if __name__ == "__main__":
    main()
