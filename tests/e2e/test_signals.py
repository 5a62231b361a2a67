"""SIGINT and SIGTERM: the run ends in order, says so, and the next one goes on."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scraper.archive import open_archive
from scraper.demo import DemoPortal, demo_sites
from tests.faults import Told

pytestmark = pytest.mark.e2e
ENDS = (signal.SIGINT, signal.SIGTERM)


@pytest.mark.parametrize(
    "number",
    [pytest.param(each, marks=pytest.mark.fault(each.name)) for each in ENDS],
)
def test_a_signal_ends_the_run_in_order(
    tmp_path: Path, number: signal.Signals, fault: Told
) -> None:
    with DemoPortal("sharepoint") as portal:
        with open_archive(tmp_path / "archive.db") as archive:
            archive.save_site(demo_sites(portal.base_url, portal.base_url)[0])
        command = [sys.executable, "-m", "scraper", "scrape", "--min-free-gib", "0"]
        process = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True)
        while len(portal.requests) < 5:
            assert process.poll() is None
            time.sleep(0.005)
        process.send_signal(number)
        output, _ = process.communicate(timeout=60)
        assert "stopping after the requests under way" in output
        fault("stopped", output.splitlines()[-2])
        assert "It stopped early: it was interrupted" in output
        assert "wait for the next run" in output
        with open_archive(tmp_path / "archive.db") as archive:
            assert archive.recent_runs(1)[0].outcome == "stopped: it was interrupted"
            assert not list((archive.warc_folder / ".open").iterdir())
        subprocess.run(command, cwd=tmp_path, check=True, stdout=subprocess.DEVNULL)
        paths = [request.path for request in portal.requests]
        assert len(paths) == len(set(paths)), "nothing was fetched twice"
