"""The READMEs are true: their commands, crontab line and systemd units are run against a portal.

What stands in a README is run as it is, in a home folder of its own where the project lies at
``~/district-archive``, but for these substitutions, without which a test would need the Internet
and a person:

- ``https://huyen.example.org`` becomes the address of the bundled portal on loopback;
- ``sites add`` gets ``--private-network`` (loopback), ``--pause 0`` (speed), ``--yes`` (no person);
- ``serve`` gets ``--port 0``, so that it never meets another server, and is stopped once it has
  answered;
- ``make`` targets are looked up (``make -n``), not run: ``make test`` would call itself.
"""

import configparser
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
import requests

from scraper.demo import DemoPortal
from scraper.demo.truth import expected_articles
from tests.readme import ROOT, blocks, commands, links, read, section

EXAMPLE = "https://huyen.example.org"
ADDED = "--private-network --pause 0 --yes"
PROGRAM = ".venv/bin/district-archive"
READMES = ("README.md", "README.vi.md")
TIME_LIMIT = 120


class Reader:
    """Somebody who follows the README from ``~/district-archive``."""

    def __init__(self, home: Path, portal: DemoPortal) -> None:
        self.home = home
        self.portal = portal
        self.exports: list[str] = []
        self.served: list[str] = []
        self.folder = home / "district-archive"
        (self.folder / ".venv").mkdir(parents=True)
        (self.folder / ".venv" / "bin").symlink_to(Path(sys.executable).parent)
        self.environment = {
            name: value for name, value in os.environ.items() if "DISTRICT_ARCHIVE" not in name
        } | {"HOME": str(home)}

    @property
    def database(self) -> Path:
        return self.home / "huyen" / "archive.db"

    def follow(self, line: str) -> None:
        if line.startswith("export "):
            self.exports.append(line)
        elif line.startswith(f"{PROGRAM} serve"):
            self.serve(line)
        elif not line.startswith("make "):
            done = self.sh(self.substituted(line))
            assert done.returncode == 0, f"{line}: {done.stdout}{done.stderr}"

    def substituted(self, line: str) -> str:
        line = line.replace(EXAMPLE, self.portal.base_url)
        return f"{line} {ADDED}" if " sites add " in line else line

    def script(self, line: str) -> list[str]:
        return ["sh", "-ec", "\n".join([*self.exports, line])]

    def sh(self, line: str, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.script(line),
            cwd=folder or self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            timeout=TIME_LIMIT,
        )

    def serve(self, line: str) -> None:
        """Start the server, ask it for its front page, stop it as Ctrl+C does."""
        server = subprocess.Popen(
            self.script(f"exec {line} --port 0"),
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        watch = threading.Timer(TIME_LIMIT, server.kill)
        watch.start()
        try:
            said = server.stdout.readline()
            address = re.search(r"http://[\w.:]+/", said)
            assert address, f"serve printed no address: {said!r}"
            with requests.Session() as session:
                session.trust_env = False
                answer = session.get(address[0], timeout=30)
            assert answer.status_code == 200
            self.served.append(answer.text)
            server.send_signal(signal.SIGINT)
            assert server.wait(TIME_LIMIT) == 0
        finally:
            watch.cancel()
            server.kill()
            server.wait()
            server.stdout.close()


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    """The reader, after all commands of the README."""
    with DemoPortal("modern") as portal:
        reader = Reader(tmp_path_factory.mktemp("home"), portal)
        for line in commands(read("README.md")):
            reader.follow(line)
        yield reader


def count(database: Path, query: str) -> int:
    connection = sqlite3.connect(database)
    try:
        return connection.execute(query).fetchone()[0]
    finally:
        connection.close()


def unit(text: str) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str
    parser.read_string(text)
    return parser


def test_the_commands_leave_a_whole_archive(reader):
    published = expected_articles(reader.portal.today)
    connection = sqlite3.connect(reader.database)
    kept = {url for (url,) in connection.execute("SELECT url FROM articles")}
    connection.close()
    assert published
    assert {reader.portal.article_url(article.slug) for article in published} <= kept
    assert not count(
        reader.database, "SELECT count(*) FROM frontier WHERE state IN ('waiting', 'claimed')"
    )
    assert list((reader.home / "huyen" / "archive.warc").glob("*.warc.gz"))


def test_serve_shows_the_archive(reader):
    assert len(reader.served) == 1
    assert "Đăng" in reader.served[0] or "huyện" in reader.served[0]


def test_the_portal_was_told_the_contact(reader):
    agents = {request.headers["User-Agent"] for request in reader.portal.requests}
    ours = {agent for agent in agents if agent.startswith("district-archive/")}
    assert ours
    assert all("you@example.org" in agent for agent in ours)


@pytest.mark.parametrize("name", READMES)
def test_make_targets_exist_in_the_first_screen(name):
    text = read(name)
    wanted = [line for line in commands(text) if line.startswith("make ")]
    assert wanted == ["make demo", "make test"]
    first_screen = text.splitlines()[:24]
    for line in wanted:
        assert line in first_screen
        done = subprocess.run(
            ["make", "-n", *line.split()[1:]], cwd=ROOT, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr


def test_both_languages_have_the_same_commands():
    english, vietnamese = map(read, READMES)
    assert commands(english)
    for language in ("sh", "cron", "systemd"):
        assert blocks(english, language) == blocks(vietnamese, language)
    assert english.count("\n## ") == vietnamese.count("\n## ")
    # Each README links to the other, and shows the picture of its own language.
    expected = {link.replace("-en.png", "-vi.png") for link in links(english)} - {"README.vi.md"}
    assert expected == set(links(vietnamese)) - {"README.md"}


@pytest.mark.parametrize(
    "name", [*READMES, "docs/commands.md", "docs/crawl.md", "docs/data.md", "docs/scheduling.md"]
)
def test_links_and_pictures_exist(name):
    folder = (ROOT / name).parent
    missing = [target for target in links(read(name)) if not (folder / target).exists()]
    assert not missing


@pytest.mark.parametrize("name", READMES)
def test_a_picture_is_shown_and_described(name):
    shown = re.findall(r"!\[([^\]]*)\]\((docs/screenshot-[\w-]+\.png)\)", read(name))
    assert shown
    for description, path in shown:
        assert len(description) > 20
        assert (ROOT / path).read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(("name", "half"), [("README.md", 0), ("README.vi.md", 1)])
def test_questions_named_are_ready_made(name, half):
    from scraper.web.language import HALVES
    from scraper.web.metadata import metadata_for

    queries = metadata_for("archive")["databases"]["archive"]["queries"].values()
    titles = {query["title"].split(HALVES)[half] for query in queries}
    part = " ".join(section(read(name), 4).split())
    named = re.findall(r"(?<!\*)\*([^*]+)\*(?!\*)", part)
    assert len(named) >= 8
    assert set(named) <= titles


def test_crontab_line_runs(reader):
    (block,) = blocks(read("README.md"), "cron")
    (line,) = block.splitlines()
    *times, command = line.split(maxsplit=5)
    for field, top in zip(times, (59, 23, 31, 12, 7), strict=True):
        assert field == "*" or 0 <= int(field) <= top
    assert "%" not in command, "cron takes % for the end of the line"
    runs = count(reader.database, "SELECT count(*) FROM runs")
    done = reader.sh(command, reader.home)
    log = reader.home / "huyen" / "scrape.log"
    assert done.returncode == 0, done.stderr + log.read_text("utf-8")
    assert not done.stdout, "cron would send a mail each night"
    assert count(reader.database, "SELECT count(*) FROM runs") == runs + 1
    assert "failures" in (reader.home / "huyen" / "scrape.log").read_text("utf-8")


def test_systemd_service_runs(reader):
    service = unit(blocks(read("README.md"), "systemd")[0])["Service"]
    assert service["Type"] == "oneshot"
    assert service["SuccessExitStatus"] == "3"
    runs = count(reader.database, "SELECT count(*) FROM runs")
    name, value = service["Environment"].replace("%h", str(reader.home)).split("=", 1)
    done = subprocess.run(
        service["ExecStart"].replace("%h", str(reader.home)).split(),
        env=reader.environment | {name: value},
        cwd="/",
        capture_output=True,
        text=True,
        timeout=TIME_LIMIT,
    )
    assert done.returncode == 0, done.stderr
    assert count(reader.database, "SELECT count(*) FROM runs") == runs + 1


def test_systemd_timer_starts_the_service():
    text = read("README.md")
    service, timer = map(unit, blocks(text, "systemd"))
    assert set(service.sections()) == {"Unit", "Service"}
    assert timer["Install"]["WantedBy"] == "timers.target"
    assert re.fullmatch(
        r"\*-\*-\* [0-2]\d:[0-5]\d:00 Asia/Ho_Chi_Minh", timer["Timer"]["OnCalendar"]
    )
    # A timer starts the service of its own name unless it has Unit=.
    names = re.findall(r"systemd/user/([\w-]+)\.(service|timer)", text)
    assert names == [("district-archive", "service"), ("district-archive", "timer")]


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not on this machine")
def test_systemd_finds_no_fault(reader):
    folder = reader.home / ".config" / "systemd" / "user"
    folder.mkdir(parents=True)
    kinds = ("service", "timer")
    for kind, text in zip(kinds, blocks(read("README.md"), "systemd"), strict=True):
        (folder / f"district-archive.{kind}").write_text(text, "utf-8")
    runtime = reader.home / "run"
    runtime.mkdir()
    done = subprocess.run(
        ["systemd-analyze", "--user", "verify", *(f"district-archive.{kind}" for kind in kinds)],
        cwd=folder,
        env=reader.environment | {"XDG_RUNTIME_DIR": str(runtime)},
        capture_output=True,
        text=True,
        timeout=TIME_LIMIT,
    )
    assert done.returncode == 0, done.stderr
    assert "district-archive" not in done.stderr
