"""What a run waits for, told once: hosts that rest, and pauses that a robots.txt asks for."""

from __future__ import annotations

from time import monotonic

from scraper.crawl.delivery import Delivery
from scraper.crawl.patience import LONG
from scraper.crawl.reporter import Reporter


class Waits:
    """Tells a run's long silences; ``patience`` is how many seconds it waits for a host at most."""

    def __init__(self, reporter: Reporter, patience: float) -> None:
        self._reporter = reporter
        self._patience = patience
        self._until: dict[str, float] = {}
        self._slowed: set[str] = set()

    def heard(self, delivery: Delivery) -> None:
        """Tell what a delivery makes the run wait for: a host's rest, a long Crawl-delay."""
        host, robots = delivery.job.task.host, delivery.robots
        delay = robots.crawl_delay if robots is not None else None
        if delay is not None and delay >= LONG and host not in self._slowed:
            self._slowed.add(host)
            self._reporter.note(
                f"{host}: its robots.txt asks for {delay:g} s between two requests (Crawl-delay); "
                "that is kept."
            )
        if delivery.rest is not None:
            self.waits(host, delivery.rest, _reason(delivery))

    def waits(self, host: str, seconds: float, reason: str) -> None:
        """Tell that ``host`` is waited for, once for each wait; longer ones are not waited for."""
        until = monotonic() + seconds
        if not LONG <= seconds <= self._patience or until <= self._until.get(host, 0.0) + 1.0:
            return
        self._until[host] = until
        self._reporter.note(f"{host} is left alone for {seconds:.0f} s: {reason}.")


def _reason(delivery: Delivery) -> str:
    if delivery.error is not None:
        return str(delivery.error)
    exchange = delivery.kept.exchange if delivery.kept is not None else None
    return f"{exchange.url} answered {exchange.status}" if exchange is not None else "it rests"
