"""An independent program (pywb) replays what we wrote, byte for byte."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.e2e.replay import Replay, payload, wrongly_replayed
from tests.e2e.test_scrape_demo import visit

pytestmark = pytest.mark.e2e
SEED = "Hội nghị triển khai nhiệm vụ diễn tập khu vực phòng thủ huyện năm 2024."


@pytest.fixture
def replay(archive, portals, tmp_path) -> Iterator[Replay]:
    visit(archive, portals)
    visit(archive, portals, 1)
    replay = Replay(archive, tmp_path / "replay")
    yield replay
    replay.close()


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


def test_a_hundred_random_captures_replay(archive, portals, tmp_path):
    """All that a 304 confirmed, and a hundred others."""
    visit(archive, portals)
    visit(archive, portals, 1)
    assert archive.db.table("captures").count_where("status = 304")
    assert wrongly_replayed(archive, tmp_path / "replay", 100) == []
