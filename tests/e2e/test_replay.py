"""An independent program (pywb) replays what we wrote, byte for byte."""

from __future__ import annotations

import gzip
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from scraper.archive import Archive
from scraper.crawl.decode import decode_body
from tests.e2e.test_scrape_demo import visit

pytestmark = pytest.mark.e2e
SEED = "Hội nghị triển khai nhiệm vụ diễn tập khu vực phòng thủ huyện năm 2024."


class Replay:
    """pywb over an archive's WARC files and our own CDXJ index."""

    def __init__(self, archive: Archive, folder: Path) -> None:
        from pywb.apps.frontendapp import FrontEndApp
        from werkzeug.test import Client

        folder.mkdir(exist_ok=True)
        lines = sorted(
            line
            for path in archive.warc_folder.glob("*.cdxj")
            for line in path.read_bytes().splitlines(keepends=True)
        )
        (folder / "index.cdxj").write_bytes(b"".join(lines))
        collection = {
            "index_paths": str(folder / "index.cdxj"),
            "archive_paths": str(archive.warc_folder) + "/",
        }
        app = FrontEndApp(custom_config={"collections": {"all": collection}, "debug": True})
        self._client = Client(app)

    def get(self, url: str, time: str) -> tuple[int, bytes]:
        """Return status and body of ``url`` as of ``time`` (14 digits), without rewriting."""
        response = self._client.get(f"/all/{time}id_/{url}")
        body = response.get_data()
        encoding = response.headers.get("Content-Encoding")
        return response.status_code, decode_body(body, encoding, 10**9)


@pytest.fixture
def replay(archive, portals, tmp_path, monkeypatch) -> Iterator[Replay]:
    visit(archive, portals)
    visit(archive, portals, 1)
    monkeypatch.chdir(tmp_path)
    yield Replay(archive, tmp_path / "replay")


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
        time = "".join(filter(str.isdigit, row["fetched_at"]))
        status, body = replay.get(url, time)
        assert status == 200
        assert body == payload(archive, row)
        assert "Đăng lúc: 15:06:52 27/03/2024 (GMT+7)" in body.decode() or b"15:06:52" in body


def test_a_hundred_random_captures_replay(archive, portals, replay):
    captures = list(archive.db.query("SELECT * FROM captures WHERE status IN (200, 304)"))
    chosen = random.Random(7).sample(captures, min(100, len(captures)))
    wrong = []
    for row in chosen:
        time = "".join(filter(str.isdigit, row["fetched_at"]))
        status, body = replay.get(row["url"], time)
        if (status, body) != (200, payload(archive, row)):
            wrong.append((row["url"], row["status"], status, len(body)))
    assert len(chosen) >= 30
    assert wrong == []
