"""Reading takes bounded memory: counted in a process of its own, whatever else the machine does."""

import json
import subprocess
import sys

import pytest

from benchmarks.bounds.pages import NAMES

# Reading the bundled fixtures over and over: what is kept after the first rounds must not grow.
ROUNDS = """
import json, resource, sys, tracemalloc
from tests.parse.fixtures import cases
from scraper.parse import ParseError
pages = cases()
def rounds(count):
    for _ in range(count):
        for case in pages:
            try:
                case.read(with_profile=False)
            except ParseError:
                pass
rounds(2)
tracemalloc.start()
rounds(1)
first = tracemalloc.get_traced_memory()[0]
rounds(3)
print(json.dumps({"first": first, "last": tracemalloc.get_traced_memory()[0]}))
"""


def _run(*arguments: str) -> dict:
    command = [sys.executable, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


@pytest.mark.parametrize("page", NAMES)
def test_the_hardest_pages_stay_under_300_megabytes(page):
    done = _run("-m", "benchmarks.bounds.one", page)
    assert done["peak_mb"] < 300, done


def test_memory_stays_flat_over_many_pages():
    done = _run("-c", ROUNDS)
    # The caches for menus and labels are bounded; half a megabyte is their last entries.
    assert done["last"] - done["first"] < 512 * 1024, done
