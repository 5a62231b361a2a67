"""One archive for all tests of the package, and Datasette over it in this process."""

import asyncio
import subprocess
import sys

import pytest

from scraper.archive import open_archive
from scraper.web.server import make_datasette

from .build import build


class Reader:
    """A reader of the archive: asks Datasette in this process and waits for the answer."""

    def __init__(self, path, articles):
        self.path = path
        self.articles = articles
        self.loop = asyncio.new_event_loop()
        self.datasette = self.loop.run_until_complete(self._start())

    async def _start(self):
        datasette = make_datasette(self.path)
        await datasette.invoke_startup()
        return datasette

    def get(self, path, **more):
        return self.loop.run_until_complete(self.datasette.client.get(path, **more))

    def json(self, path):
        response = self.get(path)
        assert response.status_code == 200, response.text[:500]
        return response.json()

    def html(self, path, **more):
        response = self.get(path, **more)
        assert response.status_code == 200, response.text[:500]
        return response.text


PROGRAM = (
    "import sys; from pathlib import Path; from scraper.web.server import serve; "
    "serve(Path(sys.argv[1]), port=0)"
)


@pytest.fixture(scope="module")
def server(archive_path, articles):
    """The server as a process of its own, as ``serve`` runs it."""
    command = [sys.executable, "-c", PROGRAM, str(archive_path)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    yield process
    process.kill()
    process.wait()


@pytest.fixture(scope="module")
def address(server):
    """Where the server can be reached, without a slash at the end."""
    line = server.stdout.readline()
    return line.split(" is at ")[1].split(" ")[0].rstrip("/")


@pytest.fixture(scope="package")
def archive_path(tmp_path_factory):
    """A name with a space and Vietnamese letters: nothing may rest on the file's name."""
    return tmp_path_factory.mktemp("web") / "kho lưu.db"


@pytest.fixture(scope="package")
def articles(archive_path):
    with open_archive(archive_path) as archive:
        return build(archive)


@pytest.fixture(scope="package")
def reader(archive_path, articles):
    reader = Reader(archive_path, articles)
    yield reader
    reader.loop.close()


@pytest.fixture(scope="package")
def base(reader):
    """The path of the database."""
    names = [name for name in reader.datasette.databases if name != "_internal"]
    return str(reader.datasette.urls.database(names[0]))
