"""Make the pictures of the chart pages in ``docs/``: ``python -m tests.web.chart_pictures docs``.

They show the archive of ``visits_archive``, whose counters have every fault; nothing depends on the
day on which they are made.
"""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

from scraper.archive import open_archive

from .browser import ARGUMENTS, find_chromium
from .conftest import PROGRAM
from .visits_archive import build_visits

SITE = "/-/archive/visits/visits/site/hoanghoa"
# Page, height of the picture, and a key for the chart (what it rests on is then told below it).
PICTURES = {
    "visits": (f"{SITE}?from=2024-02-26&to=2024-05-31", 860, 18),
    "visits-weeks": (f"{SITE}?by=week", 860, 7),
    "compare": ("/-/archive/visits/visits/compare?scale=indexed&by=week", 960, 2),
    "calendar": (f"{SITE}/calendar", 1240, None),
    "most-viewed": (f"{SITE}/articles", 520, None),
    "readings": (f"{SITE}/readings", 860, 1),
}


def take(folder: Path, address: str) -> None:
    """Take every picture in both languages."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        for language, locale in (("en", "en-GB"), ("vi", "vi-VN")):
            context = browser.new_context(locale=locale)
            page = context.new_page()
            for name, (path, height, presses) in PICTURES.items():
                page.set_viewport_size({"width": 1000, "height": height})
                page.goto(address + path)
                if presses is not None:
                    page.locator(".plot").focus()
                    page.keyboard.press("End")
                    for _ in range(presses - 1):
                        page.keyboard.press("ArrowLeft")
                page.screenshot(path=folder / f"screenshot-{name}-{language}.png")
            context.close()
        browser.close()


def main() -> None:
    """Build the archive, serve it, take the pictures."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "visits.db"
        with open_archive(path) as archive:
            build_visits(archive)
        command = [sys.executable, "-c", PROGRAM, str(path)]
        server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        try:
            line = server.stdout.readline()
            take(Path(sys.argv[1]), line.split(" is at ")[1].split(" ")[0].rstrip("/"))
        finally:
            server.kill()
            server.wait()


if __name__ == "__main__":
    main()
