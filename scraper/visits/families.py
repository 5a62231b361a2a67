"""Readings that are of one counter, as they put the same count at the start of the same day."""

from __future__ import annotations

from scraper.visits.calendar import month_start, same_week, week_starts
from scraper.visits.readings import Reading


def families_of(readings: list[Reading]) -> list[int]:
    """A number for each reading; the same for readings bound by counts that they share."""
    parent = list(range(len(readings)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    holders: dict[tuple[int, int], int] = {}
    anew = set().union(*map(_flat_counts, readings))
    for i, reading in enumerate(readings):
        for day, count in _anchors(reading):
            # One day off is still the same: the box may be cached, or its midnight not ours.
            # But the count at which a system begins anew is shared by all that do, until the
            # total falls.
            for near in (day,) if count in anew else (day, day - 1, day + 1):
                other = holders.get((count, near))
                if other is not None and (count not in anew or reading.low >= readings[other].high):
                    parent[root(other)] = root(i)
            holders[count, day] = i
    return [root(i) for i in range(len(readings))]


def _anchors(reading: Reading) -> list[tuple[int, int]]:
    """The days whose start the reading puts on the curve, and the counts."""
    found = []
    for first, last, count in _starts(reading):
        found.append((first, count))
        if last != first:
            found.append((last, count))
    return found


def _starts(reading: Reading) -> list[tuple[int, int, int]]:
    """The same as first and last day that it can be (of weeks there are two), and count."""
    day, month = reading.day, month_start(reading.day)
    found = []
    if reading.day_start is not None and not reading.zero:
        found.append((day, day, reading.day_start))
        if reading.yesterday is not None:
            found.append((day - 1, day - 1, reading.day_start - reading.yesterday))
    if reading.month_start is not None:
        found.append((month, month, reading.month_start))
    if reading.week_start is not None:
        first, last = week_starts(day)
        found.append((first, last, reading.week_start))
    return found


def _flat_counts(reading: Reading) -> set[int]:
    """Counts that did not grow over days according to the reading: 0, and those of a new system."""
    starts = _starts(reading)
    counts = {count for _, _, count in starts}
    flat = {0}
    if len(counts) < len(starts):
        flat.update(
            count
            for first, last, count in starts
            if any(last < later and count == other for later, _, other in starts)
        )
    return flat


def is_broken(before: Reading, after: Reading) -> bool:
    """Whether neighbours of different families cannot be of one counter."""
    if after.low < before.high:
        return True
    if any(first > before.day and count < before.high for first, _, count in _starts(after)):
        return True
    same_month = month_start(before.day) == month_start(after.day)
    months = (before.month_start, after.month_start)
    if same_month and None not in months and months[0] != months[1]:
        return True
    weeks = (before.week_start, after.week_start)
    if same_week(before.day, after.day) and None not in weeks and weeks[0] != weeks[1]:
        return True
    days = (before.day_start, after.previous_start)
    if before.zero or after.zero or None in days:
        return False
    return after.day == before.day + 1 and days[0] != days[1]
