"""An independent program (pywb) replays what we wrote, byte for byte."""

from __future__ import annotations

import gzip
import json
import random
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from scraper.archive import Archive
from scraper.crawl.decode import decode_body
from tests.e2e.test_scrape_demo import visit

pytestmark = pytest.mark.e2e
SEED = "Hội nghị triển khai nhiệm vụ diễn tập khu vực phòng thủ huyện năm 2024."


class Replay:
    """pywb, in a process of its own, over an archive's WARC files and our own CDXJ index."""

    def __init__(self, archive: Archive, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        lines = sorted(
            line
            for path in archive.warc_folder.glob("*.cdxj")
            for line in path.read_bytes().splitlines(keepends=True)
        )
        (folder / "index.cdxj").write_bytes(b"".join(lines))
        config = {
            "collections": {
                "all": {
                    "index_paths": str(folder / "index.cdxj"),
                    "archive_paths": str(archive.warc_folder) + "/",
                }
            }
        }
        (folder / "config.yaml").write_text(json.dumps(config))
        with socket.create_server(("127.0.0.1", 0)) as probe:
            port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}/all"
        start = "from pywb.apps.cli import wayback; wayback()"
        self._process = subprocess.Popen(
            [sys.executable, "-c", start, "--bind", "127.0.0.1", "--port", str(port)],
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for _ in range(300):
            try:
                requests.get(self.address, timeout=5)
                return
            except requests.ConnectionError:
                time.sleep(0.1)
        raise RuntimeError("pywb did not start")

    def get(self, url: str, moment: str) -> tuple[int, bytes]:
        """Return status and body of ``url`` as of ``moment`` (14 digits), without rewriting."""
        response = requests.get(
            f"{self.address}/{moment}id_/{url}", timeout=30, allow_redirects=False
        )
        return response.status_code, response.content

    def close(self) -> None:
        self._process.terminate()
        self._process.wait(20)


@pytest.fixture
def replay(archive, portals, tmp_path) -> Iterator[Replay]:
    visit(archive, portals)
    visit(archive, portals, 1)
    replay = Replay(archive, tmp_path / "replay")
    yield replay
    replay.close()


def payload(archive: Archive, row: dict[str, object]) -> bytes:
    """Read a capture's payload straight from its gzip member."""
    if row["revisit_of"]:
        row = archive.db.table("captures").get(row["revisit_of"])
    data = (archive.warc_folder / str(row["warc_file"])).read_bytes()
    start, length = int(str(row["warc_offset"])), int(str(row["warc_length"]))
    record = gzip.decompress(data[start : start + length])
    head, _, body = record.partition(b"\r\n\r\n")[2].partition(b"\r\n\r\n")
    coding = [
        line.partition(b":")[2].strip().decode()
        for line in head.split(b"\r\n")
        if line.lower().startswith(b"content-encoding:")
    ]
    return decode_body(body.removesuffix(b"\r\n\r\n"), coding[0] if coding else None, 10**9)


def test_the_seed_article_replays_byte_for_byte(archive, portals, replay):
    found = list(archive.db.query("SELECT capture FROM articles WHERE title = ?", [SEED]))
    assert len(found) == 2, "one in each markup"
    for each in found:
        row = archive.db.table("captures").get(each["capture"])
        url = row["url"]
        moment = "".join(filter(str.isdigit, row["fetched_at"]))
        status, body = replay.get(url, moment)
        assert status == 200
        assert body == payload(archive, row)
        assert b"15:06:52 27/03/2024" in body


def test_a_hundred_random_captures_replay(archive, portals, replay):
    """All that a 304 confirmed, and a hundred others."""
    confirmed = list(archive.db.query("SELECT * FROM captures WHERE status = 304"))
    fetched = list(archive.db.query("SELECT * FROM captures WHERE status = 200"))
    chosen = confirmed + random.Random(7).sample(fetched, 100)
    assert confirmed
    assert any(row["revisit_of"] for row in chosen if row["status"] == 200)
    wrong = []
    for row in chosen:
        moment = "".join(filter(str.isdigit, row["fetched_at"]))
        status, body = replay.get(row["url"], moment)
        if (status, body) != (200, payload(archive, row)):
            wrong.append((row["url"], row["status"], status, len(body)))
    assert wrong == []
