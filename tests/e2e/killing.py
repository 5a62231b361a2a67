"""Kill crawls of the bundled portal at random moments and compare what the next run makes of it.

    python -m tests.e2e.killing 200

Each trial starts ``scrape`` in a process of its own, sends SIGKILL a while after a random request
(whatever the machine's speed), lets another run finish the work, and compares the archive with that
of an undisturbed run.
"""

from __future__ import annotations

import gzip
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from scraper.archive import Archive, open_archive
from scraper.demo import DemoPortal, demo_sites
from tests.e2e.replay import wrongly_replayed


@dataclass
class Trial:
    """What one trial showed; ``twice`` are addresses that were fetched more than once."""

    killed_at: int
    alive: bool
    requests_before: int
    problems: list[str]
    twice: list[str]


def scrape(
    folder: Path, portal: DemoPortal, output: int = subprocess.DEVNULL
) -> subprocess.Popen[bytes]:
    """Start a run in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "scraper", "scrape", "--min-free-gib", "0"],
        cwd=folder,
        stdout=output,
        stderr=subprocess.STDOUT if output == subprocess.PIPE else subprocess.DEVNULL,
    )


def prepare(folder: Path, portal: DemoPortal) -> None:
    """Make an archive that follows the portal."""
    with open_archive(folder / "archive.db") as archive:
        archive.save_site(demo_sites(portal.base_url, portal.base_url)[0])


def facts(archive: Archive) -> dict[str, list[tuple[object, ...]]]:
    """What two archives of the same portal must have in common."""
    asked = {
        "articles": "SELECT url, title, body, version FROM articles ORDER BY url",
        "versions": "SELECT a.url, v.version, v.content_hash FROM article_versions AS v "
        "JOIN articles AS a ON a.id = v.article ORDER BY 1, 2",
        "images": "SELECT a.url, i.position, i.digest, i.bytes, i.capture IS NOT NULL "
        "FROM images AS i JOIN articles AS a ON a.id = i.article ORDER BY 1, 2",
        "attachments": "SELECT a.url, f.position, f.digest FROM attachments AS f "
        "JOIN articles AS a ON a.id = f.article ORDER BY 1, 2",
        "frontier": "SELECT key, kind, state, status FROM frontier ORDER BY key",
        "failures": "SELECT url, kind FROM failures ORDER BY url",
    }
    return {name: list(archive.db.execute(sql).fetchall()) for name, sql in asked.items()}


def unreadable(archive: Archive) -> list[str]:
    """Captures that are not in their WARC file where the archive says."""
    wrong = []
    for row in archive.db.query("SELECT * FROM captures"):
        data = (archive.warc_folder / row["warc_file"]).read_bytes()
        member = data[row["warc_offset"] :][: row["warc_length"]]
        try:
            whole = f"WARC-Target-URI: {row['url']}\r\n".encode() in gzip.decompress(member)
        except (OSError, EOFError):
            whole = False
        if not whole:
            wrong.append(f"capture {row['id']} of {row['url']} is not readable")
    return wrong


def kill_once(
    expected: dict[str, list[tuple[object, ...]]],
    portal: DemoPortal,
    at: int,
    delay: float,
    replayed: int = 0,
) -> Trial:
    """Run, kill ``delay`` seconds after the request numbered ``at``, finish, compare.

    Then ``replayed`` random captures are replayed by pywb.
    """
    portal.requests.clear()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prepare(folder, portal)
        process = scrape(folder, portal)
        while len(portal.requests) < at and process.poll() is None:
            time.sleep(0.0005)
        time.sleep(delay)
        alive = process.poll() is None
        process.kill()
        process.wait()
        before = len(portal.requests)
        with open_archive(folder / "archive.db") as archive:
            # A run that had only to say good-bye had done its work: the next one is a new visit.
            alive = alive and not archive.db.table("rounds").count_where("closed_at IS NOT NULL")
        next_run = scrape(folder, portal, subprocess.PIPE)
        output, _ = next_run.communicate(timeout=120)
        code = next_run.returncode
        problems = []
        with open_archive(folder / "archive.db") as archive:
            if code != 0:
                rows = [f"{each.kind}: {each.message}" for each in archive.open_failures()]
                problems.append(f"the next run ended with {code}: {rows}; {output[-2000:]!r}")
            problems += [
                f"{name} differ: {set(value) ^ set(expected[name])}"
                for name, value in facts(archive).items()
                if value != expected[name]
            ]
            problems += unreadable(archive)
            if replayed:
                problems += wrongly_replayed(archive, folder / "replay", replayed)
            files = sorted(map(str, archive.warc_folder.glob("*.warc.gz")))
            if list((archive.warc_folder / ".open").iterdir()):
                problems.append("a WARC file is still marked as open")
        check = [sys.executable, "-m", "warcio.cli", "check", *files]
        for command in (["gzip", "-t", *files], check):
            done = subprocess.run(command, capture_output=True, check=False)
            if done.returncode:
                problems.append(f"{command[0]}: {done.stdout!r}{done.stderr!r}")
        hits = Counter(request.path for request in portal.requests)
        twice = [path for path, count in hits.items() if count > 1] if alive else []
        return Trial(at, alive, before, problems, twice)


def trials(number: int, seed: int = 1) -> list[Trial]:
    """Kill ``number`` runs at random moments between their first request and their end."""
    chance = random.Random(seed)
    with DemoPortal("sharepoint") as portal:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            prepare(folder, portal)
            process = scrape(folder, portal)
            process.wait(120)
            last = len(portal.requests)
            with open_archive(folder / "archive.db") as archive:
                expected = facts(archive)
        if len(expected["articles"]) < 10:
            raise RuntimeError("the undisturbed run found too little to compare with")
        moments = [(chance.randint(1, last), chance.uniform(0, 0.05)) for _ in range(number)]
        # Two of them are replayed too; the captures of the others are read as they lie.
        return [
            kill_once(expected, portal, at, delay, replayed=50 if place < 2 else 0)
            for place, (at, delay) in enumerate(moments)
        ]


def main() -> None:
    """Do as many trials as asked for and print what they showed."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    done = trials(number)
    alive = sum(trial.alive for trial in done)
    problems = [problem for trial in done for problem in trial.problems]
    most = max(len(trial.twice) for trial in done)
    print(
        f"{number} runs, {alive} killed while at work, {len(problems)} problems, "
        f"at most {most} addresses fetched twice (the one in flight); "
        "100 captures of two of them replayed by pywb"
    )
    for problem in problems[:20]:
        print(" ", problem)
    sys.exit(1 if problems or most > 1 else 0)


if __name__ == "__main__":
    main()
