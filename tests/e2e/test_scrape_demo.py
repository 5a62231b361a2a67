"""The whole way of the data over the bundled portal, in both markups."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from scraper.archive import Archive
from scraper.crawl import RunSummary, ScrapeOptions, run_scrape
from scraper.crawl.reporter import Silent
from scraper.demo import DEFAULT_TODAY, DemoPortal
from scraper.demo.truth import expected_articles, expected_removed

pytestmark = pytest.mark.e2e
FIELDS = (
    *("title", "summary", "author", "organisation", "byline", "published_at", "published_on"),
    "published_raw",
)
SITES = ("demo-sharepoint", "demo-modern")


def visit(archive: Archive, portals: tuple[DemoPortal, DemoPortal], day: int = 0) -> RunSummary:
    """Scrape on a simulated day, portal and clock alike."""
    today = DEFAULT_TODAY + timedelta(days=day)
    for portal in portals:
        portal.set_today(today)
    ticks = iter(range(10**9))

    def clock() -> datetime:
        return today.astimezone(UTC) + timedelta(milliseconds=next(ticks))

    return run_scrape(archive, archive.sites(), ScrapeOptions(clock=clock), Silent())


def rows(archive: Archive, site: str) -> dict[str, dict[str, object]]:
    found = archive.db.query("SELECT * FROM articles WHERE site = ?", [site])
    return {str(row["url"]): row for row in found}


def test_everything_that_is_true_is_in_the_archive(archive, portals):
    summary = visit(archive, portals)
    assert [each.message for each in archive.open_failures()] == []
    assert summary.exit_code == 0
    wrong = []
    for site, portal in zip(SITES, portals, strict=True):
        stored = rows(archive, site)
        truth = expected_articles(DEFAULT_TODAY)
        assert len(truth) > 3
        assert len(stored) == len(truth)
        for article in truth:
            row = stored[portal.article_url(article.slug)]
            for name in FIELDS:
                if row[name] != getattr(article, name):
                    wrong.append((site, article.slug, name, row[name], getattr(article, name)))
            body = "\n\n".join(article.body)
            if row["body"] != body:
                wrong.append((site, article.slug, "body", row["body"], body))
            if json.loads(str(row["tags"])) != list(article.tags):
                wrong.append((site, article.slug, "tags", row["tags"], article.tags))
            images = list(
                archive.db.query(
                    "SELECT * FROM images WHERE article = ? ORDER BY position", [row["id"]]
                )
            )
            shown = [(image["filename"], image["caption"]) for image in images]
            if shown != [(image.filename, image.caption) for image in article.images]:
                wrong.append((site, article.slug, "images", shown, article.images))
            assert all(image["media_type"] == "image/jpeg" for image in images)
            files = archive.db.query("SELECT * FROM attachments WHERE article = ?", [row["id"]])
            shown = [(each["filename"], each["bytes"] is not None) for each in files]
            if shown != [(each.filename, True) for each in article.attachments]:
                wrong.append((site, article.slug, "attachments", shown, article.attachments))
    assert wrong == []


def test_a_second_run_on_the_same_day_changes_nothing(archive, portals):
    visit(archive, portals)
    before = archive.totals()
    summary = visit(archive, portals)
    after = archive.totals()
    assert (summary.tally.new, summary.tally.changed) == (0, 0)
    assert (before.articles, before.versions, before.images) == (
        after.articles,
        after.versions,
        after.images,
    )


def test_edit_and_removal_over_several_days(archive, portals):
    visit(archive, portals)
    last = 14
    for day in range(1, last + 1):
        visit(archive, portals, day)
    later = DEFAULT_TODAY + timedelta(days=last)
    removed = {article.slug for article in expected_removed(later)}
    assert removed
    for site, portal in zip(SITES, portals, strict=True):
        stored = rows(archive, site)
        gone = {url for url, row in stored.items() if row["gone_at"]}
        assert gone == {portal.article_url(slug) for slug in removed}
        changed = [row for row in stored.values() if int(str(row["version"])) > 1]
        assert changed, "the article that is edited has a second version"
        for article in expected_articles(later):
            assert stored[portal.article_url(article.slug)]["title"] == article.title


def test_warcio_and_gzip_accept_every_file(archive, portals):
    visit(archive, portals)
    visit(archive, portals, 1)
    files = sorted(map(str, archive.warc_folder.glob("*.warc.gz")))
    assert len(files) == 4
    subprocess.run(["gzip", "-t", *files], check=True)
    check = [sys.executable, "-m", "warcio.cli", "check", *files]
    result = subprocess.run(check, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout) == (0, "")


def test_the_command_line_end_to_end(archive, portals, command):
    archive.close()
    scrape = command("scrape")
    assert scrape.returncode == 0, scrape.stdout + scrape.stderr
    assert "0 failures" in scrape.stdout
    status = command("status", "--json")
    facts = json.loads(status.stdout)
    assert facts["totals"]["articles"] == 2 * len(expected_articles(DEFAULT_TODAY))
    assert facts["runs"][0]["outcome"] == "finished"
    assert command("scrape", "khong-co").returncode == 2
    listed = command("sites", "list")
    assert [line.split("\t")[0] for line in listed.stdout.splitlines()] == sorted(SITES)
