"""What a task asks for, as the frontier keeps it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

from scraper.archive.asked import Pager
from scraper.archive.frontier import Frontier, NewTask, TaskKind
from scraper.archive.rounds import Walk, start_round
from scraper.sites.asking import Posted

from .build import SITE

AT = "2024-03-28T02:00:00Z"
TASK = NewTask(SITE.id, "a.vn/x#1", "https://a.vn/x", "a.vn", TaskKind.LISTING, 20)


def claimed(archive, task):
    frontier = Frontier(archive.db)
    archive.save_site(SITE)
    run = archive.start_run("scrape", datetime(2024, 3, 28, 2, tzinfo=UTC))
    with archive.transaction():
        round_ = start_round(archive.db, SITE.id, Walk.FULL, AT, run)
        frontier.add(task, round_.id, AT)
        (claimed,) = frontier.claim("a.vn", [SITE.id], run, AT)
        return claimed


def test_what_is_posted_and_where_the_list_goes_on_come_back(archive):
    posted = Posted("application/json; charset=utf-8", '{"muc": "Tin tức \\"nóng\\"", "trang": 2}')
    pager = Pager("https://a.vn/tin", {"muc": 'Tin tức "nóng"'})
    task = claimed(archive, replace(TASK, posted=posted, pager=pager))
    assert (task.posted, task.pager) == (posted, pager)
    with archive.transaction():
        Frontier(archive.db).done(task, AT, 200)
    (row,) = archive.db.query("SELECT form, pager FROM frontier")
    assert row == {"form": None, "pager": None}, "what was posted is in the WARC file"


def test_a_form_that_an_earlier_version_left_waiting_is_posted(archive):
    """Before 0008_pager forms were kept as lists of pairs."""
    task = claimed(archive, TASK)
    archive.db.execute(
        "UPDATE frontier SET state = 'waiting', form = ?",
        [json.dumps([["__VIEWSTATE", "a+b/ệ="], ["__EVENTTARGET", ""]])],
    )
    (again,) = Frontier(archive.db).waiting_posts(SITE.id, task.url)
    assert again.posted == Posted(
        "application/x-www-form-urlencoded", "__VIEWSTATE=a%2Bb%2F%E1%BB%87%3D&__EVENTTARGET="
    )
