"""Read one hard page and print what it took, as JSON: ``python -m benchmarks.bounds.one NAME``."""

import json
import sys
from pathlib import Path
from time import process_time

from scraper.parse import parse_page

from .pages import hard_page


def peak_mb() -> float:
    """Return the most memory that this process has held, in MiB.

    ``getrusage`` will not do: its figure begins with that of the process which started this one.
    """
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


if __name__ == "__main__":
    body = hard_page(sys.argv[1])
    start = process_time()
    page = parse_page(body, "https://huyen.example.vn/tin-1.html")
    spent = process_time() - start
    print(json.dumps({"bytes": len(body), "seconds": spent, "peak_mb": peak_mb()}))
