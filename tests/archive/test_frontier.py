"""Claiming: the most urgent first, as many as asked for, none twice."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.archive import open_archive
from scraper.archive.frontier import Frontier, NewTask, TaskKind
from scraper.archive.rounds import Walk, start_round
from scraper.parse import Listed
from tests.archive.build import SITE

NOW = "2024-03-28T02:00:00Z"


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """A frontier, a run of it and a round."""
    with open_archive(tmp_path_factory.mktemp("archive") / "archive.db") as archive:
        archive.save_site(SITE)
        run = archive.start_run("scrape", datetime(2024, 3, 28, 2, tzinfo=UTC))
        with archive.transaction():
            round_ = start_round(archive.db, SITE.id, Walk.FULL, NOW, run)
        yield archive, run, round_.id


@given(
    st.lists(st.integers(0, 3), min_size=1, max_size=20),
    st.lists(st.integers(1, 7), min_size=1, max_size=12),
)
@settings(max_examples=40, deadline=None)
def test_addresses_are_claimed_by_urgency_then_age(run, urgencies, portions):
    archive, run_id, round_id = run
    frontier = Frontier(archive.db)
    with archive.transaction():
        archive.db.execute("DELETE FROM frontier")
        for number, urgency in enumerate(urgencies):
            url = f"https://a.vn/{number}"
            task = NewTask(SITE.id, url, url, "a.vn", TaskKind.ARTICLE, urgency)
            frontier.add(task, round_id, NOW)
        expected = [number for _, number in sorted((u, n) for n, u in enumerate(urgencies))]
        claimed = []
        for most in portions:
            tasks = frontier.claim("a.vn", [SITE.id], run_id, NOW, most)
            assert len(tasks) == min(most, len(expected) - len(claimed))
            claimed += [int(task.url.rpartition("/")[2]) for task in tasks]
    assert claimed == expected[: sum(portions)]


def test_what_is_not_due_or_of_another_host_stays(run):
    archive, run_id, round_id = run
    frontier = Frontier(archive.db)
    with archive.transaction():
        archive.db.execute("DELETE FROM frontier")
        for host, due in (("a.vn", NOW), ("a.vn", "2024-03-28T02:00:01Z"), ("b.vn", NOW)):
            url = f"https://{host}/{due}"
            task = NewTask(SITE.id, url, url, host, TaskKind.ARTICLE, 30)
            frontier.add(task, round_id, due)
        tasks = frontier.claim("a.vn", [SITE.id], run_id, NOW, 5)
    assert [task.url for task in tasks] == [f"https://a.vn/{NOW}"]


def test_what_lists_say_of_an_address_is_kept_and_completed(run):
    archive, run_id, round_id = run
    frontier = Frontier(archive.db)

    def found(listed: Listed | None) -> bool:
        task = NewTask(SITE.id, "u", "u", "a.vn", TaskKind.ARTICLE, 30, listed=listed)
        return frontier.add(task, round_id, NOW)

    with archive.transaction():
        archive.db.execute("DELETE FROM frontier")
        assert found(None)
        assert not found(Listed("Hội nghị lần thứ nhất"))
        assert not found(Listed("Hội nghị sửa tên", "2024-03-27", "27/03/2024"))
        assert not found(Listed("Một tên khác", "2024-03-28", "28/03/2024"))
        (task,) = frontier.claim("a.vn", [SITE.id], run_id, NOW)
        said = Listed("Hội nghị lần thứ nhất", "2024-03-27", "27/03/2024")
        assert frontier.listed(task) == said
        frontier.done(task, NOW, 200)
        assert frontier.listed(task) == said, "the page is read again with what was said"
