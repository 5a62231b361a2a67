"""Read one hard page and print what it took, as JSON: ``python -m benchmarks.bounds.one NAME``."""

import json
import resource
import sys
from time import process_time

from scraper.parse import parse_page

from .pages import hard_page

if __name__ == "__main__":
    body = hard_page(sys.argv[1])
    start = process_time()
    page = parse_page(body, "https://huyen.example.vn/tin-1.html")
    spent = process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"bytes": len(body), "seconds": spent, "peak_mb": peak}))
