"""How a run is shown: a bar for a person, plain lines for a log or a pipe, a summary for both."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Self

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from scraper.crawl.counts import Tally
from scraper.crawl.run import RunSummary

EVERY = 100


class LineReporter:
    """Tells a log what happens: a line for each failure, and one each hundred addresses."""

    def __init__(self) -> None:
        self._visited = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        sys.stdout.flush()

    def visited(self, site: str, url: str, what: str, tally: Tally, waiting: int) -> None:
        """Print a line now and then."""
        self._visited += 1
        if self._visited % EVERY == 0:
            click.echo(f"{site}: {self._visited} visited, {tally.new} new, {waiting} waiting")

    def failed(self, site: str, url: str, kind: str, message: str) -> None:
        """Print the failure."""
        click.echo(f"{site}: {kind}: {message}")

    def note(self, text: str) -> None:
        """Print the note."""
        click.echo(text)


class BarReporter:
    """Shows a person a bar that grows as addresses are found and visited."""

    def __init__(self) -> None:
        self._console = Console()
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=self._console,
        )
        self._task = self._progress.add_task("scraping", total=None)
        self._visited = 0

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._progress.stop()

    def visited(self, site: str, url: str, what: str, tally: Tally, waiting: int) -> None:
        """Move the bar on."""
        self._visited += 1
        self._progress.update(
            self._task,
            completed=self._visited,
            total=self._visited + waiting,
            description=f"{site}: {tally.new} new, {tally.changed} changed",
        )

    def failed(self, site: str, url: str, kind: str, message: str) -> None:
        """Print the failure above the bar."""
        self._console.print(f"{site}: {kind}: {message}", markup=False, highlight=False)

    def note(self, text: str) -> None:
        """Print the note above the bar."""
        self._console.print(text, markup=False, highlight=False)


def reporter() -> LineReporter | BarReporter:
    """Return what suits the output: a bar on a terminal, lines elsewhere."""
    return BarReporter() if sys.stdout.isatty() else LineReporter()


def summary_lines(summary: RunSummary) -> list[str]:
    """Say how a run ended."""
    tally = summary.tally
    lines = [
        f"Run {summary.run}: {tally.new} new, {tally.changed} changed, "
        f"{tally.unchanged} unchanged, {tally.gone} gone; {tally.files} photos and files.",
        f"{tally.fetched} answers kept ({tally.bytes / 2**20:.1f} MiB), {tally.failed} failures.",
    ]
    if summary.stopped:
        lines.append(f"It stopped early: {summary.error or summary.stopped}.")
    lines += [f"Left alone for now: {host}" for host in summary.resting]
    lines += [
        f"{host} is reached without what is relaxed of its TLS; take it back with: "
        f"district-archive sites relax {host} --drop"
        for host in summary.relaxed_in_vain
    ]
    if summary.waiting:
        lines.append(f"{summary.waiting} addresses wait for the next run.")
    if tally.failed:
        lines.append("See the failures with: district-archive status")
    return lines
