"""Photos and attachments: linked to the articles that show them, tried again on a schedule."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scraper.crawl import Politeness
from tests.crawl.bench import BAD, Bench
from tests.crawl.tiny_portal import Reply, article, listing

JPEG = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 8 + b"\xff\xd9"
PHOTO = Reply(JPEG, content_type="image/jpeg")


def show(bench: Bench, *sources: str) -> None:
    """Let the article show photos."""
    shown = "".join(f"<p><img src='{source}' width='600'></p>" for source in sources)
    bench.portal.pages[BAD] = article("Hội nghị có nhiều ảnh", extra=shown)


def kept(bench: Bench) -> list[tuple[int | None, str | None]]:
    rows = bench.archive.db.query("SELECT bytes, media_type FROM images ORDER BY position")
    return [(row["bytes"], row["media_type"]) for row in rows]


def test_a_photo_whose_address_is_written_as_browsers_forgive_it(bench: Bench) -> None:
    """Vietnamese letters, spaces and a tracking parameter: what is fetched is spelled otherwise."""
    show(bench, "/anh/Hội nghị.jpg?utm_source=zalo")
    bench.portal.pages["/anh/H%E1%BB%99i%20ngh%E1%BB%8B.jpg"] = PHOTO
    assert bench.scrape().exit_code == 0
    assert kept(bench) == [(len(JPEG), "image/jpeg")]


def test_photos_that_have_moved(bench: Bench) -> None:
    """Two addresses lead to one photo: both articles' photos have it."""
    show(bench, "/anh/mot.jpg", "/anh/hai.jpg")
    for old in ("/anh/mot.jpg", "/anh/hai.jpg"):
        bench.portal.pages[old] = Reply(b"", 301, {"Location": "/kho/anh.jpg"})
    bench.portal.pages["/kho/anh.jpg"] = PHOTO
    assert bench.scrape().exit_code == 0
    assert kept(bench) == [(len(JPEG), "image/jpeg")] * 2
    assert bench.portal.hits()["/kho/anh.jpg"] == 1


def test_one_photo_of_two_articles_is_fetched_and_kept_once(bench: Bench) -> None:
    show(bench, "/anh/mot.jpg", "/anh/ban-sao.jpg", "/anh/mot.jpg?utm_source=zalo")
    bench.portal.pages["/anh/mot.jpg"] = bench.portal.pages["/anh/ban-sao.jpg"] = PHOTO
    assert bench.scrape().exit_code == 0
    assert kept(bench) == [(len(JPEG), "image/jpeg")] * 3
    assert bench.portal.hits()["/anh/mot.jpg"] == 1
    whole = bench.archive.db.execute(
        "SELECT count(*) FROM captures WHERE url LIKE '%.jpg' AND revisit_of IS NULL"
    ).fetchone()
    assert whole == (1,)


def test_a_file_that_was_visited_as_a_page_before(bench: Bench) -> None:
    """A listing leads to a bare PDF, which an article offers too."""
    bench.portal.pages["/"] = listing(
        [("/tep/ke-hoach-so-12.pdf", "Kế hoạch số 12 của huyện nhà"), (BAD, "Tin có tệp đính kèm")]
    )
    bench.portal.pages["/tep/ke-hoach-so-12.pdf"] = Reply(
        b"%PDF-1.4\n%%EOF\n", content_type="application/pdf"
    )
    link = "<p><a href='/tep/ke-hoach-so-12.pdf'>Kế hoạch số 12</a></p>"
    bench.portal.pages[BAD] = article("Hội nghị có tệp đính kèm", extra=link)
    assert bench.scrape().exit_code == 0
    row = next(bench.archive.db.query("SELECT * FROM attachments"))
    assert (row["bytes"], row["media_type"]) == (15, "application/pdf")
    assert bench.portal.hits()["/tep/ke-hoach-so-12.pdf"] == 1


MISSING = {
    "404": Reply(b"", 404),
    "403": Reply(b"", 403),
    "500": Reply(b"", 500),
    "a web page": Reply(b"<html><body>Trang chu</body></html>", content_type="image/jpeg"),
    "nothing": Reply(b"", content_type="image/jpeg"),
}


@pytest.mark.parametrize("how", MISSING)
def test_a_photo_that_is_not_there_is_tried_again_for_weeks(bench: Bench, how: str) -> None:
    bench.options = replace(
        bench.options,
        recheck_days=0,
        politeness=Politeness(backoff=0.0, patience=0.0, breaker_after=99),
    )
    show(bench, "/anh/mot.jpg")
    bench.portal.pages["/anh/mot.jpg"] = MISSING[how]
    asked_on = []
    for day in range(30):
        before = bench.portal.hits()["/anh/mot.jpg"]
        bench.scrape()
        if bench.portal.hits()["/anh/mot.jpg"] > before:
            asked_on.append(day)
        bench.clock.move(days=1)
    assert asked_on == [0, 1, 2, 5, 12, 19, 26]
    assert kept(bench) == [(None, None)]
    failure = bench.failure(bench.portal.base_url + "/anh/mot.jpg")
    assert failure.attempts == len(asked_on)
    bench.portal.pages["/anh/mot.jpg"] = PHOTO
    bench.clock.move(days=7)
    assert bench.scrape().exit_code == 0
    assert kept(bench) == [(len(JPEG), "image/jpeg")]
    assert bench.archive.open_failures() == []


def test_a_photo_that_never_comes_is_given_up(bench: Bench) -> None:
    bench.options = replace(bench.options, recheck_days=0)
    show(bench, "/anh/mot.jpg")
    bench.portal.pages["/anh/mot.jpg"] = Reply(b"", 404)
    for _ in range(20):
        bench.scrape()
        bench.clock.move(days=8)
    assert bench.portal.hits()["/anh/mot.jpg"] == 10
    failure = bench.failure(bench.portal.base_url + "/anh/mot.jpg")
    assert failure.retry_at is None
    assert "given up" in failure.message
    assert bench.scrape().exit_code == 0, "what was given up is told by status, not each night"
