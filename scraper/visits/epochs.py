"""Which readings are of one counter: resets, moves to another system, a second box on the page.

Two readings that put the same count at the start of the same day come from one counter: that two
counters agree to the last visit about a day is no accident. Readings bound together like that are
a *family*. A family inside the time of a larger one that it contradicts is another box, or a
misread number, and is set aside. Where the count falls or jumps and never comes back, it was reset:
there one *epoch* ends and the next begins.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

from scraper.visits.families import families_of, is_broken
from scraper.visits.readings import Reading

# A level that other snapshots confirmed this often is believed against one seen once.
_CONFIRMED = 3


@dataclass(slots=True)
class Epochs:
    """Readings of one counter each, by time; what is of no use; and where the breaks are.

    ``before`` has the last reading before the break at which each run begins, used or not.
    """

    runs: list[list[Reading]] = field(default_factory=list)
    before: list[Reading | None] = field(default_factory=list)
    aside: list[Reading] = field(default_factory=list)

    @property
    def breaks(self) -> list[tuple[Reading, Reading]]:
        """The last reading before and the first after each break."""
        return [(run[-1], following[0]) for run, following in pairwise(self.runs)]


def split_epochs(readings: list[Reading]) -> Epochs:
    """Sort ``readings`` (by time, all with a total) into epochs."""
    if not readings:
        return Epochs()
    breaks = [i for i in range(len(readings) - 1) if is_broken(readings[i], readings[i + 1])]
    families = families_of(readings) if breaks else []
    if all(families[i] == families[i + 1] for i in breaks):
        return Epochs([readings], [None])
    kept = _without_intruders(readings, families)
    epochs = Epochs(aside=[readings[i] for i in set(range(len(readings))).difference(kept)])
    runs = _runs(readings, families, kept)
    runs = _peel(runs, readings, families)
    likely = _likely(runs, readings)
    for index, run in enumerate(runs):
        if index in likely:
            epochs.before.append(readings[runs[index - 1][-1]] if index else None)
            epochs.runs.append([readings[i] for i in run])
        else:
            epochs.aside += (readings[i] for i in run)
    epochs.aside.sort(key=lambda reading: reading.first[0])
    return epochs


def _without_intruders(readings: list[Reading], families: list[int]) -> list[int]:
    """Positions of the readings that stay when contradicting families were set aside."""
    kept = list(range(len(readings)))
    while loser := _loser(readings, families, kept):
        kept = [i for i in kept if i not in loser]
    return kept


def _loser(readings: list[Reading], families: list[int], kept: list[int]) -> set[int]:
    """The readings to set aside for the first two families that run into one another."""
    spans = _spans(families, kept)
    sizes = Counter(families[i] for i in kept)
    for i, j in pairwise(kept):
        one, other = families[i], families[j]
        if one == other or not _overlap(spans[one], spans[other]):
            continue
        if is_broken(readings[i], readings[j]):
            small, large = sorted((one, other), key=lambda family: sizes[family])
            if sizes[large] >= 2 * sizes[small] and sizes[large] >= sizes[small] + 2:
                return {k for k in kept if families[k] == small}
            start = max(spans[one][0], spans[other][0])
            end = min(spans[one][1], spans[other][1])
            return {k for k in kept if start <= k <= end and families[k] in (one, other)}
    return set()


def _spans(families: list[int], kept: list[int]) -> dict[int, tuple[int, int]]:
    spans: dict[int, tuple[int, int]] = {}
    for i in kept:
        first, _ = spans.get(families[i], (i, i))
        spans[families[i]] = (first, i)
    return spans


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _runs(readings: list[Reading], families: list[int], kept: list[int]) -> list[list[int]]:
    """What stays, cut where the count breaks."""
    runs = [[kept[0]]] if kept else []
    for i, j in pairwise(kept):
        if families[i] != families[j] and is_broken(readings[i], readings[j]):
            runs.append([])
        runs[-1].append(j)
    return runs


def _peel(runs: list[list[int]], readings: list[Reading], families: list[int]) -> list[list[int]]:
    """Part readings at a break from their run when nothing but the order binds them to it.

    Whether the last one before the break is too high or the first one after it too low cannot be
    told, so neither may stand for its run.
    """
    sizes = Counter(families[i] for run in runs for i in run)
    lone = {i for run in runs for i in run if sizes[families[i]] == 1}
    peeled: list[list[int]] = []
    for at, run in enumerate(runs):
        head = int(at > 0 and len(run) > 1 and run[0] in lone)
        end = len(run)
        if at + 1 < len(runs):
            end -= _doubtful_tail(run[head:], readings, families, readings[runs[at + 1][0]].low)
        peeled += [[i] for i in run[:head]]
        peeled += [run[head:end]]
        peeled += [[i] for i in run[end:]]
    return peeled


def _doubtful_tail(run: list[int], readings: list[Reading], families: list[int], low: int) -> int:
    """How many readings at the end of ``run`` stand above ``low``, the count that follows it.

    If families lie on both sides of that height, they bind the run together. Where all the run is
    above, the count fell below everything: then only a lone last reading is in doubt.
    """
    above = next((at for at, i in enumerate(run) if readings[i].high > low), len(run))
    if 0 < above < len(run):
        below = {families[i] for i in run[:above]}
        if not any(families[i] in below for i in run[above:]):
            return len(run) - above
    last_is_lone = [families[i] for i in run].count(families[run[-1]]) == 1
    return int(last_is_lone and len(run) > 1)


def _likely(runs: list[list[int]], readings: list[Reading]) -> list[int]:
    """The runs that stay when unlikely ones were set aside, and what then is unlikely, too."""
    stay = list(range(len(runs)))
    while True:
        left = [runs[index] for index in stay]
        kept = [index for at, index in enumerate(stay) if not _is_unlikely(left, at, readings)]
        if len(kept) == len(stay):
            return stay
        stay = kept


def _is_unlikely(runs: list[list[int]], index: int, readings: list[Reading]) -> bool:
    """Whether a run is too short to be believed against those beside it.

    A lone reading is not beside a level that was seen again and again; nor are two, where the count
    goes on after them as it was before.
    """
    run = runs[index]
    if len(run) >= _CONFIRMED:
        return False
    beside = runs[max(0, index - 1) : index] + runs[index + 1 : index + 2]
    if len(run) == 1 and any(len(other) >= _CONFIRMED for other in beside):
        return True
    return len(beside) == 2 and _goes_on(
        readings[beside[0][-1]], run, readings[beside[1][0]], readings
    )


def _goes_on(before: Reading, run: list[int], after: Reading, readings: list[Reading]) -> bool:
    low, high = readings[run[0]].low, readings[run[-1]].high
    return before.high <= after.low and (low < before.high or high > after.low)
