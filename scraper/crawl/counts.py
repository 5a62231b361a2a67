"""What a run has done so far."""

from __future__ import annotations

from dataclasses import dataclass

from scraper.archive.records import RunCounts


@dataclass(slots=True)
class Tally:
    """Counts of a run; ``RunCounts`` is what the archive keeps of them."""

    requested: int = 0
    fetched: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: int = 0
    failed: int = 0
    files: int = 0
    bytes: int = 0

    def kept(self) -> RunCounts:
        """Return the counts as the archive keeps them."""
        return RunCounts(
            self.requested,
            self.fetched,
            self.new,
            self.changed,
            self.unchanged,
            self.gone,
            self.failed,
        )
