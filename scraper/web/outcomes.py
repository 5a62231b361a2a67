"""How a run ended, in the reader's words."""

from __future__ import annotations

from scraper.web.language import gettext

# What the crawl writes into ``runs.outcome``; an early stop has its reason after a colon.
OUTCOMES = ("finished", "stopped", "failed")
REASONS = (
    "the limit of requests was reached",
    "the limit of minutes was reached",
    "it was interrupted",
    "the disk is nearly full",
    "nothing could be written any more",
)


def outcome_text(outcome: str | None) -> str:
    """The outcome of a run in the reader's language; unknown words stay as they are."""
    word, colon, reason = (outcome or "").partition(": ")
    return gettext(word) + colon + gettext(reason) if word else ""
