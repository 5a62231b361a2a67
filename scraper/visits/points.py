"""Points of the curve: what all readings together say of the count at one moment.

A *position* orders moments: ``2 * day`` is the start of a local day, ``2 * day + 1`` lies within
it, where the time of the snapshot orders further.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter, le
from typing import NamedTuple

from scraper.visits.findings import Finding, FindingKind, Witness
from scraper.visits.readings import Reading
from scraper.visits.rising import fitting

# Counts so many visits apart are not made equal, or unequal, by chance.
_FAR = 50
_CROWD = 4


class Voice(NamedTuple):
    """A reading that says so, with which lines, and whether its last snapshot is meant.

    One that contradicts itself is not ``believed``, but still speaks against others.
    """

    reading: Reading
    says: str
    at_end: bool = False
    believed: bool = True

    @property
    def witness(self) -> Witness:
        """The snapshot behind the voice."""
        return self.reading.witness(self.says, at_end=self.at_end)


# What is claimed of one position: a count, and who says so.
Claims = dict[int, dict[int, list[Voice]]]


@dataclass(slots=True, eq=False)
class Point:
    """The count at a ``position`` (within a day: at the time ``at``), and who says so."""

    position: int
    at: str
    count: int
    voices: list[Voice]

    @property
    def place(self) -> tuple[int, str]:
        """What points are ordered by."""
        return self.position, self.at

    def stands_without(self, doubtful: set[Reading]) -> bool:
        """Whether a reading other than the ``doubtful`` ones bears the point out."""
        return any(voice.believed and voice.reading not in doubtful for voice in self.voices)

    def witnesses(self) -> Iterator[Witness]:
        """The snapshots behind the point."""
        return (voice.witness for voice in self.voices)


# The key that sorts points by place.
BY_PLACE = attrgetter("position", "at")


@dataclass(slots=True)
class Frame:
    """Counts of one line of the box with one zero; they compare with one another only.

    ``claims`` are of day starts, ``moments`` what the line showed when it was seen. ``zero`` is the
    position from which the line counts, where that is a day's start: there the count is 0, whatever
    anybody says.
    """

    zero: int | None = None
    claims: Claims = field(default_factory=dict)
    moments: list[Point] = field(default_factory=list)

    def claim(self, position: int, count: int, voice: Voice) -> None:
        """Note what a reading says of a position."""
        counts = self.claims.get(position)
        if counts is None:
            self.claims[position] = {count: [voice]}
        elif count in counts:
            counts[count].append(voice)
        else:
            counts[count] = [voice]


@dataclass(slots=True)
class Settled:
    """The points of a frame, and the readings that may be of another day than was thought."""

    points: dict[int, Point] = field(default_factory=dict)
    doubtful: set[Reading] = field(default_factory=set)


def settle(frame: Frame, findings: list[Finding]) -> Settled:
    """One count for each day start on which the readings of a frame agree.

    Two readings that give one and the same count are believed against a lone one that is far off,
    as chance does not make counts equal; against others that agree, or are near, only a crowd is.
    Contradictions go to ``findings``.
    """
    settled = Settled()
    for position, counts in frame.claims.items():
        count, voices = next(iter(counts.items()))
        if len(counts) > 1:
            believed = 0 if position == frame.zero else _majority(counts)
            findings.append(_disagreement(position, counts, believed))
            settled.doubtful.update(_of_another_day(counts, believed))
            if believed is None:
                continue
            count, voices = believed, counts[believed]
        if position == frame.zero:
            voices = voices[:1]
        if any(voice.believed for voice in voices):
            settled.points[position] = Point(position, "", count, voices)
    return settled


def _majority(counts: dict[int, list[Voice]]) -> int | None:
    """The count that is believed against the others, if any."""
    ranked = sorted(counts, key=lambda count: _support(counts[count]), reverse=True)
    first, second = ranked[:2]
    against = _support(counts[second])
    far = abs(first - second) >= _FAR and against == 1
    enough = 2 if far else max(_CROWD, 3 * against)
    for_it = _support([voice for voice in counts[first] if voice.believed])
    return first if for_it >= enough else None


def _of_another_day(counts: dict[int, list[Voice]], believed: int | None) -> Iterator[Reading]:
    """Readings not believed about the start or the end of the day; they may be of another one."""
    for count, voices in counts.items():
        if count != believed:
            for voice in voices:
                if voice.says.endswith("- today") or voice.says == "yesterday":
                    yield voice.reading


def _support(voices: list[Voice]) -> int:
    """How many different boxes say so; a page shown twice is one box."""
    return len({voice.reading.first[1:6] for voice in voices})


def _disagreement(position: int, counts: dict[int, list[Voice]], believed: int | None) -> Finding:
    day = date.fromordinal(position // 2)
    facts: dict[str, str | int] = {
        "boundary": day.isoformat(),
        "claims": ", ".join(f"{count} ({_support(voices)}×)" for count, voices in counts.items()),
    }
    witnesses = tuple(voice.witness for voices in counts.values() for voice in voices[:2])
    if believed is None:
        return Finding(FindingKind.DISPUTED, day, facts, witnesses)
    return Finding(FindingKind.OUTVOTED, day, {**facts, "used": believed}, witnesses)


def rising_points(points: list[Point], findings: list[Finding]) -> list[Point]:
    """The ``points`` by place without those that do not fit a count that only rises."""
    points.sort(key=BY_PLACE)
    counts = [point.count for point in points]
    if all(map(le, counts, counts[1:])):
        return points
    weights = [1 if point.at else _support(point.voices) for point in points]
    stands = fitting(counts, weights)
    for point, stand in zip(points, stands, strict=True):
        if not stand:
            findings.append(_misfit(point))
    return [point for point, stand in zip(points, stands, strict=True) if stand]


def _misfit(point: Point) -> Finding:
    day = date.fromordinal(point.position // 2)
    what = f"The count at {point.at}" if point.at else f"The count at the start of {day}"
    facts: dict[str, str | int] = {"what": what, "count": point.count}
    return Finding(FindingKind.OUT_OF_ORDER, day, facts, tuple(point.witnesses())[:3])
