"""The long run of ``test_faults.py``: as many random histories of each kind as one likes."""

import argparse

from tests.visits.histories import COMBINATIONS
from tests.visits.judge import Tally
from tests.visits.test_faults import judged


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--histories", type=int, default=300, help="of each combination of faults")
    parser.add_argument("--visiting", default="daily", help="hourly, daily, weekly or random")
    parser.add_argument("--partial", type=float, default=0.0, help="share of boxes lacking lines")
    parser.add_argument("--seed", default="long run")
    options = parser.parse_args()
    every = Tally()
    for name in COMBINATIONS:
        tally = judged(options.visiting, name, options.histories, options.partial, options.seed)
        every.update(tally)
        every.avoidable += tally.avoidable
    print(f"all together: {every}")
    print("\n".join(every.avoidable))


if __name__ == "__main__":
    main()
