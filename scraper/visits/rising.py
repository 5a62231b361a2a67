"""Which of several counts in a row cannot all be right, as a count only rises."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

# Counts are believed against those that contradict them when so many more snapshots bear them out.
_DECISIVE = 2


def fitting(counts: Sequence[int], weights: Sequence[int]) -> list[bool]:
    """For each of ``counts`` (by time), whether it stands in a row that only rises.

    Where counts fall, the heaviest rising selection is compared with the heaviest one that has the
    count in question; ``weights`` say how many snapshots bear a count out. A count stands when
    nothing contradicts it, or when what contradicts it weighs clearly less. So of two lone counts
    that contradict one another neither stands.
    """
    stands = [True] * len(counts)
    for start, end in _tangles(counts):
        through = _heaviest_through(counts[start:end], weights[start:end])
        for i in range(start, end):
            rivals = [
                through[j - start]
                for j in range(start, end)
                if (j - i) * (counts[j] - counts[i]) < 0
            ]
            if rivals and through[i - start] < max(rivals) + _DECISIVE:
                stands[i] = False
    return stands


def _tangles(counts: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Stretches ``start:end`` in which every count is contradicted by another one."""
    highest = list(accumulate(counts, max))
    lowest = list(accumulate(reversed(counts), min))[::-1]
    start = 0
    for end in range(1, len(counts) + 1):
        if end == len(counts) or highest[end - 1] <= lowest[end]:
            if end - start > 1:
                yield start, end
            start = end


def _heaviest_through(counts: Sequence[int], weights: Sequence[int]) -> list[int]:
    """For each count, the weight of the heaviest rising selection that has it."""
    ahead = _heaviest_until(counts, weights)
    behind = _heaviest_until([-count for count in reversed(counts)], weights[::-1])[::-1]
    return [a + b - w for a, b, w in zip(ahead, behind, weights, strict=True)]


def _heaviest_until(counts: Sequence[int], weights: Sequence[int]) -> list[int]:
    best: list[int] = []
    for i, count in enumerate(counts):
        before = (best[j] for j in range(i) if counts[j] <= count)
        best.append(weights[i] + max(before, default=0))
    return best
