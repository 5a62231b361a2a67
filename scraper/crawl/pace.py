"""How fast one host may be asked: pause, slowing down, Retry-After, and the circuit breaker.

Pure: times are seconds of any monotonic clock that the caller passes in.
"""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from scraper.crawl.options import Politeness

# Answers after which a server is left alone for a while.
REFUSALS = frozenset({429, 500, 502, 503, 504})
SMOOTHING = 0.3
LONGEST_RETRY_AFTER = 7 * 24 * 3600.0


def retry_after_seconds(value: str | None, now: datetime) -> float | None:
    """Read a Retry-After header: seconds, or a date that is compared with ``now`` (aware).

    Returns:
        Seconds from now (0 for the past, a week at most), or ``None`` where there is none.
    """
    if not value or not value.strip():
        return None
    text = value.strip()
    if text.isascii() and text.isdigit():
        return min(float(text), LONGEST_RETRY_AFTER)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return min(max(0.0, (moment - now).total_seconds()), LONGEST_RETRY_AFTER)


class Pace:
    """The pace of one host. The pause runs from the start of a request to the start of the next."""

    def __init__(self, politeness: Politeness, pause: float) -> None:
        self._politeness = politeness
        self._base = pause
        self._latency: float | None = None
        self._next_start = float("-inf")
        self.failures = 0

    @property
    def pause(self) -> float:
        """Return the present pause: what is configured, or more where the server has slowed."""
        polite, latency = self._politeness, self._latency or 0.0
        slow = latency * polite.slow_factor if latency > polite.slow_after else 0.0
        return max(self._base, min(slow, polite.longest_pause))

    def ask_for(self, delay: float) -> None:
        """Heed a Crawl-delay: the pause is at least ``delay`` from now on."""
        self._base = max(self._base, delay)

    def wait(self, now: float) -> float:
        """Return the seconds until the next request may start."""
        return max(0.0, self._next_start - now)

    def started(self, now: float) -> None:
        """Note that a request starts now."""
        self._next_start = now + self.pause

    def answered(self, now: float, seconds: float) -> None:
        """Note an answer whose head took ``seconds``; a slow server gets a longer pause."""
        if self._latency is None:
            self._latency = seconds
        else:
            self._latency += SMOOTHING * (seconds - self._latency)
        self._next_start = max(self._next_start, now - seconds + self.pause)
        self.failures = 0

    def refused(self, now: float, retry_after: float | None) -> float:
        """Note a refusal or no answer, and return the seconds that the host is left alone.

        What the server asks for counts; without it the rest doubles with each failure in a row,
        and the breaker's rest comes on top once there were too many.
        """
        self.failures += 1
        polite = self._politeness
        rest = min(polite.backoff * 2 ** (self.failures - 1), polite.longest_backoff)
        if self.failures >= polite.breaker_after:
            rest = max(rest, polite.breaker_rest)
        rest = retry_after if retry_after is not None else rest
        self._next_start = max(self._next_start, now + rest)
        return rest
