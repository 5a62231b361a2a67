"""Replay of an archive's captures by an independent program: pywb."""

from __future__ import annotations

import gzip
import json
import random
import socket
import subprocess
import sys
import time
from pathlib import Path

import requests

from scraper.archive import Archive
from scraper.crawl.decode import decode_body


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


def wrongly_replayed(archive: Archive, folder: Path, number: int, seed: int = 7) -> list[str]:
    """Replay all captures that a 304 confirmed and ``number`` random others; name what differs.

    Raises:
        ValueError: The archive has not so many captures.
    """
    confirmed = list(archive.db.query("SELECT * FROM captures WHERE status = 304"))
    fetched = list(archive.db.query("SELECT * FROM captures WHERE status = 200"))
    replay, wrong = Replay(archive, folder), []
    try:
        for row in confirmed + random.Random(seed).sample(fetched, number):
            moment = "".join(filter(str.isdigit, row["fetched_at"]))
            status, body = replay.get(row["url"], moment)
            if (status, body) != (200, payload(archive, row)):
                wrong.append(f"{row['url']} of {moment} replays with {status}, {len(body)} bytes")
    finally:
        replay.close()
    return wrong
