from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from scraper.archive import Archive, open_archive
from scraper.demo import DEFAULT_TODAY, DemoPortal, demo_sites

Command = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def portals() -> Iterator[tuple[DemoPortal, DemoPortal]]:
    with DemoPortal("sharepoint") as first, DemoPortal("modern") as second:
        yield first, second


@pytest.fixture
def archive(tmp_path: Path, portals: tuple[DemoPortal, DemoPortal]) -> Iterator[Archive]:
    with open_archive(tmp_path / "archive.db") as archive:
        for site in demo_sites(portals[0].base_url, portals[1].base_url):
            archive.save_site(site)
        yield archive


@pytest.fixture
def command(tmp_path: Path) -> Command:
    def run(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "scraper", *arguments],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            check=False,
            timeout=120,
            **options,  # type: ignore[call-overload]
        )

    return run


__all__ = ["DEFAULT_TODAY"]
