"""The faults that a run must survive, by name, and the table of them that the tests print.

A test says by ``@pytest.mark.fault(NAME)`` which fault it brings about, and by the fixture
``fault`` what the archive told of it. The table stands at the end of each test run that had any.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

FAULTS = (
    *("connection refused", "reset before the head", "reset in the middle"),
    *("stall before the head", "stall in the body"),
    *("slow drip in the head", "slow drip in the body", "wrong length", "no HTTP at all"),
    *("wrong gzip", "cut gzip", "unknown coding", "gzip bomb", "br bomb", "zstd bomb"),
    *("429 with Retry-After in seconds", "429 with Retry-After as a date"),
    *("429 without Retry-After", "503 once", "503 for an hour", "500", "403", "404"),
    *("host that only fails", "redirect to itself", "redirect loop", "redirect without end"),
    *("redirect off the site", "redirect to a private address", "redirect to a file address"),
    *("redirect to the front page", "private address", "name with a private address"),
    *("name that resolves anew to a private address", "private address through a proxy"),
    *("200 with an empty body", "200 with a not-found page", "CAPTCHA page", "login page"),
    *("endless body", "binary instead of a page", "web page instead of a photo", "endless pager"),
    *("expired certificate", "self-signed certificate", "incomplete certificate"),
    *("legacy renegotiation", "weak keys", "DNS failure", "robots.txt 500", "proxy that refuses"),
    *("clock that jumps back", "clock that was ahead", "disk nearly full", "disk full"),
    *("disk full for the database", "database held by a reader", "database locked by a writer"),
    *("WARC folder not writable", "two runs at once", "SIGINT", "SIGTERM", "SIGKILL"),
)

Told = Callable[[str, str], None]


class FaultTable:
    """Gathers what the marked tests told, and prints it in the order of ``FAULTS``."""

    def __init__(self) -> None:
        self._rows: dict[str, tuple[str, str, str]] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item):  # type: ignore[no-untyped-def]
        report = yield
        if report.when == "call" or report.outcome != "passed":
            told = dict(report.user_properties)
            for mark in item.iter_markers("fault"):
                kind, message = told.get("fault", ("", ""))
                self._rows[mark.args[0]] = (report.outcome, kind, message)
        return report

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if not self._rows:
            return
        terminalreporter.section(f"{len(self._rows)} of {len(FAULTS)} faults")
        for name in sorted(self._rows, key=_place):
            outcome, kind, message = self._rows[name]
            terminalreporter.write_line(f"{name:<45} {outcome:<7} {kind:<10} {message[:160]}")


def _place(name: str) -> int:
    return FAULTS.index(name) if name in FAULTS else len(FAULTS)


@pytest.fixture
def fault(record_property: Callable[[str, object], None]) -> Told:
    """Write down what the archive told of the fault: a kind and a sentence."""

    def told(kind: str, message: str) -> None:
        record_property("fault", (str(kind), message))

    return told
