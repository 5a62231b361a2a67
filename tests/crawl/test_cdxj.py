"""The index beside each WARC file: what a replay program finds by it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from scraper.archive import Archive
from scraper.crawl import run_scrape
from scraper.crawl.salvage import mend
from tests.crawl.tiny_portal import Reply, article, listing

PATH = "/tin-tuc/hoi-nghi-mot-7001.html"
TITLE = "Hội nghị triển khai nhiệm vụ thứ nhất"


def lines(archive: Archive, path: str) -> list[tuple[str, dict[str, str]]]:
    """Return time and fields of what the indexes say of a page, in their order."""
    found = []
    for file in archive.warc_folder.glob("*.cdxj"):
        for line in file.read_text(encoding="utf-8").splitlines():
            _, time, fields = line.split(" ", 2)
            if json.loads(fields)["url"].endswith(path):
                found.append((time, json.loads(fields)))
    return sorted(found, key=lambda each: each[0])


@pytest.fixture
def confirmed(archive, portal, options, listener, clock) -> Archive:
    """An archive of a page that was fetched, confirmed by a 304 a day later, and then edited."""
    portal.pages["/"] = listing([(PATH, TITLE)])
    shown = {"etag": '"v1"', "title": TITLE}

    def page(request):
        if request.headers.get("if-none-match") == shown["etag"]:
            return Reply(b"", 304, {"ETag": shown["etag"]})
        return replace(article(shown["title"]), headers={"ETag": shown["etag"]})

    portal.pages[PATH] = page
    archive.save_site(portal.site())
    run_scrape(archive, archive.sites(), options, listener)
    clock.move(days=2)
    run_scrape(archive, archive.sites(), options, listener)
    shown.update(etag='"v2"', title=TITLE + " năm 2024")
    clock.move(days=1)
    run_scrape(archive, archive.sites(), options, listener)
    return archive


def test_a_304_is_indexed_as_the_record_whose_payload_it_confirms(confirmed: Archive) -> None:
    """Replay programs answer a 304 with a 304, which shows a reader an empty page."""
    rows = list(
        confirmed.db.query(
            "SELECT * FROM captures WHERE url LIKE ? ORDER BY fetched_at", [f"%{PATH}"]
        )
    )
    assert [row["status"] for row in rows] == [200, 304, 200]
    indexed = lines(confirmed, PATH)
    assert [time for time, _ in indexed] == [
        "".join(filter(str.isdigit, row["fetched_at"])) for row in rows
    ]
    fields = indexed[1][1]
    holder = rows[0]
    assert (fields["status"], fields["mime"]) == ("200", "text/html")
    assert (fields["filename"], int(fields["offset"]), int(fields["length"])) == (
        holder["warc_file"],
        holder["warc_offset"],
        holder["warc_length"],
    )
    assert fields["digest"] == holder["digest"]


def test_the_index_is_the_same_when_it_is_made_again_from_the_file(confirmed: Archive) -> None:
    from scraper.crawl.recovery import holders

    for path in sorted(confirmed.warc_folder.glob("*.warc.gz")):
        index = path.with_name(path.name.replace(".warc.gz", ".cdxj"))
        before = index.read_bytes()
        assert mend(path, holders(confirmed)) == 0
        assert index.read_bytes() == before


def test_a_304_that_nobody_asked_for_is_kept_but_not_indexed(
    archive, portal, options, listener
) -> None:
    portal.pages["/"] = listing([(PATH, TITLE)])
    portal.pages[PATH] = Reply(b"", 304)
    archive.save_site(portal.site())
    run_scrape(archive, archive.sites(), options, listener)
    assert archive.db.table("captures").count_where("status = 304") == 1
    assert lines(archive, PATH) == []
