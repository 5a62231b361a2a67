"""An archive with one site, in a folder of its own; sound at the end of every test."""

import pytest

from scraper.archive import open_archive
from scraper.archive.integrity import find_problems

from .build import SITE


@pytest.fixture
def archive(tmp_path):
    with open_archive(tmp_path / "archive.db") as opened:
        opened.save_site(SITE)
        yield opened
        assert find_problems(opened.db) == []
