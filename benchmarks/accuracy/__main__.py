"""Precision and recall of each field, body token F1 and pages per second, for all readers in one run.

    python -m benchmarks.accuracy [--pages FILE.jsonl …] [--only NAME …] [--misses FIELD]

Without ``--pages`` the articles of ``fixtures/`` are read. The body is compared together with the lead
(sapo), since the other readers do not tell them apart; captions and counters no other reader returns.
"""  # noqa: E501

import argparse
import os
import platform
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import mean
from time import perf_counter

from .readers import Reader, readers
from .score import Answer, Tally
from .truth import Truth, fixtures, from_jsonl

FIELDS = ("title", "day", "minute", "author", "captions", "counters")


def main() -> None:
    """Print the table."""
    options = _options()
    pages = [page for path in options.pages for page in from_jsonl(path)] or fixtures()
    pages = [page for page in pages if options.half in (None, page.half)]
    found, missing = readers(options.only)
    print(_heading(pages))
    for line in missing:
        print(line)
    print(_header(pages))
    for name, reader in found.items():
        tally, seconds, failed = run(reader, pages, options.misses)
        print(_row(name, tally, len(pages) / seconds, pages))
        if failed:
            print(f"\n{name} raised on {failed} pages; they count as unread.\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy")
    parser.add_argument("--pages", type=Path, nargs="*", default=[], help="JSONL files of pages")
    parser.add_argument("--only", nargs="*", help="names of readers")
    parser.add_argument("--half", choices=("tune", "held"), help="only pages marked so")
    parser.add_argument("--misses", help="print what was read wrong of this field")
    # `python -m benchmarks` hands every package the options of all.
    return parser.parse_known_args()[0]


def run(reader: Reader, pages: list[Truth], misses: str | None = None) -> tuple[Tally, float, int]:
    """Read all pages; the tally, the seconds spent in the reader, and how often it raised."""
    tally, seconds, failed = Tally(), 0.0, 0
    for page in pages:
        start = perf_counter()
        try:
            answer = reader(page)
        except Exception:  # a rival's fault is its answer
            answer, failed = Answer(), failed + 1
        seconds += perf_counter() - start
        right = tally.add(page, answer)
        if misses and right.get(misses) is False:
            detail = (
                f"F1 {tally.f1[-1]:.2f}" if misses == "body" else
                f"read {getattr(answer, misses)!r}, wanted {page.fields[misses]!r}"
            )  # fmt: skip
            print(f"{page.name}: {detail}")
    return tally, seconds, failed


def _heading(pages: list[Truth]) -> str:
    versions = []
    for name in ("trafilatura", "newspaper4k", "readability-lxml", "news-please", "goose3"):
        try:
            versions.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}, {', '.join(versions)}; {len(pages)} pages\n"
    )


def _shown(pages: list[Truth]) -> list[str]:
    return [name for name in FIELDS if any(name in page.fields for page in pages)]


def _header(pages: list[Truth]) -> str:
    names = [f"{name} P / R" for name in _shown(pages)]
    names = ["", *names, "body F1", "body ≥ 0.95", "pages/s"]
    return f"| {' | '.join(names)} |\n|---|{'---:|' * (len(names) - 1)}"


def _row(name: str, tally: Tally, speed: float, pages: list[Truth]) -> str:
    cells = []
    for field in _shown(pages):
        precision, recall = tally.precision(field), tally.recall(field)
        cells.append(f"{_percent(precision)} / {_percent(recall)}")
    if tally.f1:
        share = sum(value >= 0.95 for value in tally.f1) / len(tally.f1)
        cells += [f"{mean(tally.f1):.3f}", _percent(share)]
    else:  # a truth without bodies
        cells += ["–", "–"]
    cells.append(f"{speed:.0f}")
    return f"| {name} | {' | '.join(cells)} |"


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.1f}"


if __name__ == "__main__":
    main()
