"""What a run tells while it goes on."""

from __future__ import annotations

from typing import Protocol

from scraper.crawl.counts import Tally


class Reporter(Protocol):
    """Hears of a run; how it is shown is the command's business."""

    def visited(self, site: str, url: str, what: str, tally: Tally, waiting: int) -> None:
        """One address was visited; ``what`` became of it in a word or two."""

    def failed(self, site: str, url: str, kind: str, message: str) -> None:
        """One address could not be had; ``message`` is a sentence for people."""

    def note(self, text: str) -> None:
        """Something that the operator should know."""


class Silent:
    """Tells nothing."""

    def visited(self, site: str, url: str, what: str, tally: Tally, waiting: int) -> None:
        """Say nothing."""

    def failed(self, site: str, url: str, kind: str, message: str) -> None:
        """Say nothing."""

    def note(self, text: str) -> None:
        """Say nothing."""
