"""What can go wrong with an archive, told for people."""

from __future__ import annotations

from collections.abc import Iterable


class ArchiveError(Exception):
    """The archive cannot be opened, read or written; the message says why and what to do."""


class UnknownSite(ArchiveError):  # noqa: N818 - reads as what it says: an unknown site
    """Sites were named that the archive does not hold.

    ``unknown`` and ``known`` are slugs, in the order asked and sorted.
    """

    def __init__(self, unknown: Iterable[str], known: Iterable[str]) -> None:
        self.unknown = tuple(unknown)
        self.known = tuple(sorted(known))
        have = (
            f"The archive knows: {', '.join(self.known)}."
            if self.known
            else "The archive has no site yet: add one with `district-archive sites add URL`."
        )
        super().__init__(f"No site called {', '.join(self.unknown)}. {have}")
