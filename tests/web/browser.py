"""The system's Chromium, and a page that remembers whatever went wrong on it."""

import os
import shutil
from pathlib import Path
from urllib.parse import urlsplit

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def find_chromium():
    """The binary that ``DISTRICT_ARCHIVE_CHROMIUM`` names, or the system's.

    Without one the tests are skipped, but with ``CI=true`` they fail: there they must run.
    """
    named = os.environ.get("DISTRICT_ARCHIVE_CHROMIUM")
    found = named or next(filter(None, map(shutil.which, NAMES)), None)
    if found and Path(found).exists():
        return found
    reason = f"No Chromium at {named}" if named else "No Chromium on this machine"
    if os.environ.get("CI") == "true":
        pytest.fail(f"{reason}, and CI=true: the browser tests must run")
    pytest.skip(f"{reason}: apt-get install chromium, or name it in DISTRICT_ARCHIVE_CHROMIUM")


class Visit:
    """A page in the browser; ``problems`` are errors, refused content and requests elsewhere."""

    def __init__(self, context, address):
        self.address = address
        self.problems = []
        self.page = context.new_page()
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.problems.append(f"error: {error}"))
        self.page.on("request", self._request)

    def _console(self, message):
        if message.type in ("error", "warning"):
            self.problems.append(f"console: {message.text}")

    def _request(self, request):
        ours = urlsplit(self.address).netloc
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and parts.netloc != ours:
            self.problems.append(f"request elsewhere: {request.url}")

    def go(self, path):
        response = self.page.goto(self.address + path, wait_until="load")
        assert response.status == 200, path
        return self.page
