"""Pages per second of ``parse_page``, lxml alone and trafilatura, in interleaved rounds.

Each page's time is the processor's, and its best of all rounds, so what else the machine does
weighs little; the rounds alternate between the three, so that it weighs on all of them alike.
Trafilatura gets text that is decoded already; lxml gets the bytes.
"""

import argparse
import json
import os
import platform
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from time import thread_time

import lxml.html
import trafilatura
from lxml import etree

from scraper.parse import ParseError, parse_page
from scraper.parse.decode import decode_page

FIXTURES = Path(__file__).parents[2] / "fixtures"
Task = Callable[[], object]


def tasks(body: bytes, expected: dict) -> dict[str, Task] | None:
    """What is timed of one page; ``None`` for a page that is refused or empty."""
    content_type, url = expected.get("content_type"), expected["url"]
    captured = expected.get("captured_at")
    at = datetime.fromisoformat(captured) if captured else None
    try:
        text = decode_page(body, content_type)[0].decode()
        lxml.html.fromstring(body)
    except (ParseError, etree.ParserError):
        return None
    return {
        "lxml.html.fromstring": lambda: lxml.html.fromstring(body),
        "parse_page": lambda: parse_page(body, url, content_type=content_type, captured_at=at),
        "trafilatura": lambda: trafilatura.bare_extraction(text, url=url, with_metadata=True),
    }


def measure(pages: list[dict[str, Task]], rounds: int) -> dict[str, float]:
    """Seconds for all pages: the sum of each page's best round."""
    best = {name: [float("inf")] * len(pages) for name in pages[0]}
    for _ in range(rounds):
        for at, page in enumerate(pages):
            for name, task in page.items():
                start = thread_time()
                task()
                best[name][at] = min(best[name][at], thread_time() - start)
    return {name: sum(times) for name, times in best.items()}


def main() -> None:
    """Print the table and the two ratios that are promised."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    paths = sorted(FIXTURES.glob("*/*.json"))
    read = [
        tasks(path.with_suffix(".html").read_bytes(), json.loads(path.read_text("utf-8")))
        for path in paths
    ]
    pages = [page for page in read if page is not None]
    seconds = measure(pages, rounds)
    ours = seconds["parse_page"]
    print(
        f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}, lxml {etree.__version__}, "
        f"trafilatura {trafilatura.__version__}; {len(pages)} pages of {len(paths)}, "
        f"best of {rounds} rounds"
    )
    print("| | pages per second | time against parse_page |\n|---|---:|---:|")
    for name, spent in seconds.items():
        print(f"| {name} | {len(pages) / spent:.0f} | {spent / ours:.2f} |")
    print(
        f"parse_page takes {ours / seconds['lxml.html.fromstring']:.2f} times lxml's time (at most 3)"  # noqa: E501
    )
    print(
        f"parse_page is {seconds['trafilatura'] / ours:.2f} times as fast as trafilatura (at least 5)"  # noqa: E501
    )


if __name__ == "__main__":
    main()
