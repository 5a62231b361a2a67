"""Mutations of all fixtures with fixed seeds: how many leave every field as it was.

    python -m benchmarks.metamorphic [--count 5000] [--all]

The changes are those of ``tests/parse/mutations.py``: boxes shuffled and inserted, classes renamed to
gibberish, wrappers removed, dates printed otherwise. A mutation counts as survived only if every field of the
fixture (and the counters) is read as before.
"""  # noqa: E501

import argparse
from collections import Counter
from time import perf_counter

from tests.parse.mutations import MUTATIONS, trials


def main() -> None:
    """Print the share by kind, and what changed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.metamorphic")
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--all", action="store_true", help="name every mutation that was felt")
    options = parser.parse_known_args()[0]
    total: Counter = Counter()
    felt: Counter = Counter()
    start = perf_counter()
    for trial in trials(options.count):
        total[trial.kind] += 1
        felt[trial.kind] += bool(trial.wrong)
        if trial.wrong and options.all:
            print(f"{trial.seed} {trial.page}: {trial.change}: {', '.join(trial.wrong)}")
    print("| mutation | pages changed | every field as before |\n|---|---:|---:|")
    for kind in MUTATIONS:
        print(f"| {kind} | {total[kind]} | {1 - felt[kind] / total[kind]:.2%} |")
    whole, wrong = total.total(), felt.total()
    print(f"| all | {whole} | {1 - wrong / whole:.2%} |")
    print(f"\n{perf_counter() - start:.0f} s; promised: at least 99.5 %.")


if __name__ == "__main__":
    main()
