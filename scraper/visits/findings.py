"""What the numbers gave away besides visits: contradictions, resets, cached boxes, inferences."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Witness(NamedTuple):
    """A snapshot that says something, and in which way.

    ``says`` names the box's lines that were used: ``total``, ``total - today``, ``yesterday``…
    """

    observed_at: str
    capture: int | None
    says: str


class FindingKind(StrEnum):
    """What was found out about a site's box."""

    STALE_COPY = "stale copy"
    OTHER_DAY = "box of another day"
    OTHER_MIDNIGHT = "other midnight"
    UNDATED = "day unclear"
    ZERO_TODAY = "zero not believed"
    SELF_CONTRADICTION = "contradicts itself"
    DISPUTED = "disputed"
    OUTVOTED = "outvoted"
    OUT_OF_ORDER = "out of order"
    OTHER_COUNTER = "other counter"
    BREAK = "break"
    WEEK_START = "week start"


_SENTENCES = {
    FindingKind.STALE_COPY: (
        "The box still showed what it had shown at {since}: a cached page, not counted again."
    ),
    FindingKind.OTHER_DAY: (
        "The numbers are those of {portal_day}: a cached box, or the portal's midnight is not ours."
    ),
    FindingKind.OTHER_MIDNIGHT: (
        "The portal's day begins at about {clock} local time; its days are counted from then."
    ),
    FindingKind.UNDATED: (
        "Whether the numbers are of this day or of the one beside it cannot be told; not used."
    ),
    FindingKind.ZERO_TODAY: (
        "The box says that nobody came today, where about {expected} visits were due; "
        'neither that nor its "yesterday" is believed.'
    ),
    FindingKind.SELF_CONTRADICTION: (
        "The lines of the box contradict one another ({lines}); the snapshot is not used."
    ),
    FindingKind.DISPUTED: (
        "Snapshots disagree about the count at the start of {boundary}: {claims}. "
        "None of them is used."
    ),
    FindingKind.OUTVOTED: (
        "Snapshots disagree about the count at the start of {boundary}: {claims}. "
        "{used} is used: only it is borne out by several."
    ),
    FindingKind.OUT_OF_ORDER: (
        "{what} ({count}) does not fit a count that only rises; "
        "other snapshots contradict it, so it is not used."
    ),
    FindingKind.OTHER_COUNTER: (
        "The total {total} belongs to another counter, or was misread; the snapshot is not used."
    ),
    FindingKind.BREAK: (
        "The total went from {before} ({before_at}) to {after} ({after_at}): the counter was reset "
        "or moved to another system. Counts before and after are not compared."
    ),
    FindingKind.WEEK_START: (
        "The portal's week begins on {weekday}: {votes} snapshots agree only with that, "
        "{against} only with the other."
    ),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that an analyst should know about a site's box on one local day.

    ``facts`` fill the sentence of the kind, here in English (:attr:`message`) or in another
    language elsewhere; ``witnesses`` are the snapshots that it rests on.
    """

    kind: FindingKind
    day: date
    facts: dict[str, str | int] = field(default_factory=dict)
    witnesses: tuple[Witness, ...] = ()

    @property
    def message(self) -> str:
        """The finding as an English sentence."""
        return _SENTENCES[self.kind].format(**self.facts)
