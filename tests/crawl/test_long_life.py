"""What other crawlers' users suffered from over months: changes, noise, and bytes that must last.

The table in docs/crawl.md says which complaint each test answers.
"""

from __future__ import annotations

import gzip
from dataclasses import replace
from itertools import count

from warcio.archiveiterator import ArchiveIterator

from scraper.crawl import ledger, worker
from tests.crawl.conftest import TestClock
from tests.crawl.test_discovery import page_of, path_of, publish, title_of, visit
from tests.crawl.tiny_portal import Reply, article


def versions(archive) -> list[str]:
    sql = "SELECT title FROM article_versions ORDER BY article, version"
    return [row["title"] for row in archive.db.query(sql)]


def test_a_change_back_is_a_change(archive, portal, options, listener, clock: TestClock):
    """A to B to A, though the bytes of the second A are a revisit of the first."""
    portal.pages["/"] = page_of(1)
    for title in (title_of(1), title_of(2), title_of(1)):
        portal.pages[path_of(1)] = article(title)
        summary = visit(archive, portal, options, listener)
        clock.move(days=1, hours=1)
    assert versions(archive) == [title_of(1), title_of(2), title_of(1)]
    assert summary.tally.changed == 1
    (row,) = archive.db.query("SELECT title FROM articles")
    assert row["title"] == title_of(1)
    sql = "SELECT revisit_of FROM captures WHERE url LIKE ? ORDER BY id"
    captures = [row["revisit_of"] for row in archive.db.query(sql, [f"%{path_of(1)}"])]
    assert captures[:2] == [None, None] and captures[2] is not None


def test_what_each_visit_changes_is_no_edit(archive, portal, options, listener, clock: TestClock):
    """Post-back state, the page's own clock, counters, what stands beside: all new each time."""
    portal.pages["/"] = page_of(1)
    number = count(1)

    def page(request) -> Reply:
        each = next(number)
        noise = (
            f"<form><input type='hidden' name='__VIEWSTATE' value='state{each}'></form>"
            f"<span class='current-time'>Thứ năm, 0{each}/04/2024 08:0{each}</span>"
            f"<div class='truycap'><p>Hôm nay: {each}</p><p>Tất cả: {1000 + each}</p></div>"
            f"<div class='other'><a href='{path_of(20 + each)}'>{title_of(20 + each)}</a></div>"
        )
        body = article(title_of(1)).body.decode().replace("</article>", f"</article>{noise}")
        return Reply(body.encode())

    portal.pages[path_of(1)] = page
    for _ in range(3):
        visit(archive, portal, options, listener)
        clock.move(days=1, hours=1)
    assert versions(archive) == [title_of(1)]
    assert archive.db.table("captures").count_where("url LIKE ?", [f"%{path_of(1)}"]) == 3


def test_the_etag_outlives_answers_that_do_not_repeat_it(
    archive, portal, options, listener, clock: TestClock
):
    """A 304 carries no digest and need not carry its ETag: both are known from what it confirms."""
    asked: list[str | None] = []

    def page(request) -> Reply:
        asked.append(request.headers.get("if-none-match"))
        if asked[-1] == '"1"':
            return Reply(b"", 304)
        return replace(article(title_of(1)), headers={"ETag": '"1"'})

    portal.pages["/"] = page_of(1)
    portal.pages[path_of(1)] = page
    for _ in range(4):
        visit(archive, portal, options, listener)
        clock.move(days=1, hours=1)
    assert asked == [None, '"1"', '"1"', '"1"']
    sql = "SELECT DISTINCT digest, etag, bytes FROM captures WHERE url LIKE ?"
    assert len(list(archive.db.query(sql, [f"%{path_of(1)}"]))) == 1


def test_every_record_is_of_warc_1_1_and_names_its_digests(
    archive, portal, options, listener, clock: TestClock
):
    publish(portal, 1)
    portal.pages["/"] = page_of(1)
    for _ in range(2):
        visit(archive, portal, options, listener)
        clock.move(days=1, hours=1)
    kinds = set()
    for path in archive.warc_folder.glob("*.warc.gz"):
        with path.open("rb") as file:
            for record in ArchiveIterator(file):
                kinds.add(record.rec_type)
                assert record.rec_headers.protocol == "WARC/1.1"
                assert record.rec_headers.get_header("WARC-Block-Digest", "").startswith("sha1:")
    assert kinds == {"warcinfo", "request", "response", "revisit", "metadata"}


def test_every_index_is_sorted_by_its_bytes(archive, portal, options, listener):
    """pywb#982: an unsorted CDX hides pages. `~` and letters sort otherwise than people do."""
    paths = [f"/tin-tuc/{name}-cua-huyen-nha-1{n}.html" for n, name in enumerate("zB~a_Z")]
    links = "".join(f"<h3><a href='{path}'>Bản tin của huyện nhà {path}</a></h3>" for path in paths)
    portal.pages["/"] = Reply(f"<html><body>{links}</body></html>".encode())
    for path in paths:
        portal.pages[path] = article(f"Bản tin {path}")
    visit(archive, portal, options, listener)
    (index,) = archive.warc_folder.glob("*.cdxj")
    lines = index.read_bytes().splitlines()
    assert len(lines) >= len(paths) + 1
    assert lines == sorted(lines)


def test_a_file_that_lost_its_end_is_told_by_gzip(archive, portal, options, listener):
    """warcio#138: `warcio check` passes it; our own tests therefore ask gzip of each file, too."""
    publish(portal, 1)
    portal.pages["/"] = page_of(1)
    visit(archive, portal, options, listener)
    (path,) = archive.warc_folder.glob("*.warc.gz")
    path.write_bytes(path.read_bytes()[:-5])
    with path.open("rb") as file:
        kept = sum(record.rec_type == "response" for record in ArchiveIterator(file))
    assert kept == 3, "warcio reads on as if nothing were missing"
    try:
        gzip.decompress(path.read_bytes())
    except EOFError:
        return
    raise AssertionError("gzip must tell")


def test_caches_of_a_run_do_not_grow_with_what_it_visits(
    archive, portal, options, listener, monkeypatch
):
    """scrapy#5307, trafilatura#216: what a run remembers of addresses and files has a bound."""
    publish(portal, *range(1, 40))
    portal.pages["/"] = page_of(*range(1, 40))
    sizes: dict[str, int] = {"addresses": 0, "files": 0}

    def watched(owner, method: str, held: str, name: str) -> None:
        whole = getattr(owner, method)

        def instead(self, *arguments):
            found = whole(self, *arguments)
            sizes[name] = max(sizes[name], len(getattr(self, held)))
            return found

        monkeypatch.setattr(owner, method, instead)

    monkeypatch.setattr(ledger, "REMEMBERED", 8)
    monkeypatch.setattr(worker, "REMEMBERED", 2)
    watched(ledger.Ledger, "_seen_lately", "_lately", "addresses")
    watched(worker.HostWorker, "_remember", "_files", "files")
    for number in range(1, 9):
        photo = f"<p><img src='/anh/{number}.png' width='600'></p>"
        portal.pages[path_of(number)] = article(title_of(number), extra=photo)
        png = b"\x89PNG\r\n\x1a\n" + bytes([number]) * 64
        portal.pages[f"/anh/{number}.png"] = Reply(png, content_type="image/png")
    assert visit(archive, portal, options, listener).tally.new == 39
    assert sizes == {"addresses": 8, "files": 2}
