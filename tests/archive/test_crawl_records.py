"""Sites, runs, captures and failures: what the crawl tells and asks."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from scraper.archive import Capture, Failure, RunCounts, Totals, UnknownSite
from scraper.sites import ProfileError, Site, profiles

from .build import ARTICLE, SITE, URL, capture, page, rows, see

AT = "2024-03-28T02:00:00Z"
FULL = Site(
    id="bim-son",
    name="Thị xã Bỉm Sơn",
    base_url="https://bimson.example.vn/",
    province="Thanh Hóa",
    timezone="Asia/Bangkok",
    listings=("https://bimson.example.vn/tin-tuc", "https://bimson.example.vn/văn-hóa"),
    feeds=("https://bimson.example.vn/rss",),
    sitemaps=("https://bimson.example.vn/sitemap.xml",),
    contact="archive@example.org",
    pause=0.25,
    private_network=True,
    boilerplate=frozenset({"b2", "a1"}),
)


def test_a_site_comes_back_as_it_was_saved(archive):
    archive.save_site(FULL)
    assert archive.sites(["bim-son"]) == [FULL]


def test_sites_come_as_asked_or_all_by_id(archive):
    archive.save_site(FULL)
    assert [site.id for site in archive.sites()] == ["bim-son", SITE.id]
    assert [site.id for site in archive.sites([SITE.id, "bim-son", SITE.id])] == [
        SITE.id,
        "bim-son",
    ]


def test_saving_a_site_again_replaces_it_and_keeps_its_articles(archive):
    see(archive, AT)
    archive.save_site(replace(SITE, name="Xã Hoằng Hóa", platform=None))
    assert [site.name for site in archive.sites()] == ["Xã Hoằng Hóa"]
    assert archive.totals().articles == 1


def test_what_a_site_learnt_stays_when_it_is_saved_without(archive):
    archive.save_site(FULL)
    archive.save_site(replace(FULL, name="Bỉm Sơn", boilerplate=frozenset()))
    assert archive.sites(["bim-son"]) == [replace(FULL, name="Bỉm Sơn")]
    archive.save_site(replace(FULL, boilerplate=frozenset({"c3"})))
    assert archive.sites(["bim-son"])[0].boilerplate == {"c3"}


def test_a_site_comes_with_the_profile_of_its_platform(archive):
    platform = next(iter(profiles()))
    archive.save_site(replace(SITE, platform=platform))
    assert archive.sites()[0].profile == profiles()[platform]
    archive.save_site(replace(SITE, platform="of-our-own"))
    assert archive.sites()[0].profile is None
    assert archive.sites()[0].platform == "of-our-own"


def test_a_profile_beside_the_archive_is_taken_in_place_of_ours(archive):
    archive.profile_folder.mkdir()
    own = archive.profile_folder / "nukeviet.toml"
    own.write_text("extends = 'nukeviet'\nname = 'Ours'", encoding="utf-8")
    archive.save_site(replace(SITE, platform="nukeviet"))
    assert archive.sites()[0].profile.name == "Ours"
    own.write_text("nonsense = 1", encoding="utf-8")
    with pytest.raises(ProfileError, match=r"nukeviet\.toml, line 1: nonsense"):
        archive.sites()


def test_an_unknown_site_is_named_with_those_that_are_known(archive):
    with pytest.raises(UnknownSite) as caught:
        archive.sites([SITE.id, "hoang-hao", "x"])
    assert caught.value.unknown == ("hoang-hao", "x")
    assert caught.value.known == (SITE.id,)
    assert str(caught.value) == "No site called hoang-hao, x. The archive knows: hoang-hoa."


def test_runs_are_told_latest_first(archive):
    hanoi = timezone(timedelta(hours=7))
    first = archive.start_run("scrape", datetime(2024, 3, 28, 9, 0, 0, 999_999, tzinfo=hanoi))
    second = archive.start_run("counters", datetime(2024, 3, 29, 2, tzinfo=UTC))
    counts = RunCounts(9, 8, 7, 6, 5, 4, 3)
    archive.finish_run(first, "failures", datetime(2024, 3, 28, 3, tzinfo=UTC), counts)
    newest, oldest = archive.recent_runs(5)
    assert (newest.id, newest.command, newest.finished_at) == (second, "counters", None)
    assert (oldest.started_at, oldest.finished_at) == (AT, "2024-03-28T03:00:00Z")
    assert (oldest.outcome, oldest.counts) == ("failures", counts)
    assert archive.recent_runs(1) == [newest]


def test_a_run_wants_to_know_whose_time_it_is(archive):
    with pytest.raises(ValueError, match="no time zone"):
        archive.start_run("scrape", datetime(2024, 3, 28, 9))


def test_a_run_leaves_statistics_for_the_planner(archive):
    see(archive, AT)
    run = archive.start_run("scrape", datetime(2024, 3, 28, tzinfo=UTC))
    archive.finish_run(run, "done", datetime(2024, 3, 28, tzinfo=UTC), RunCounts())
    analysed = {row[0] for row in rows(archive, "SELECT tbl FROM sqlite_stat1")}
    assert {"articles", "captures", "images"} <= analysed


def test_a_capture_is_kept_with_all_its_columns(archive):
    run = archive.start_run("scrape", datetime(2024, 3, 28, tzinfo=UTC))
    told = Capture(
        *(SITE.id, URL, AT, 200, "text/html; charset=utf-8", "sha1:ABC", 4096, "wayback"),
        *("a.warc.gz", 12, 345, '"tag"', "Wed, 27 Mar 2024 08:06:52 GMT", run),
    )
    number = archive.add_capture(told)
    assert archive.last_capture(URL) == replace(told, id=number)


def test_the_same_record_is_one_capture(archive):
    told = Capture(SITE.id, URL, AT, 200, warc_file="a.warc.gz", warc_offset=12)
    assert archive.add_capture(told) == archive.add_capture(told)
    elsewhere = replace(told, warc_offset=13)
    assert archive.add_capture(elsewhere) != archive.add_capture(told)


def test_captures_without_a_record_are_each_one(archive):
    told = Capture(SITE.id, URL, AT, 200)
    assert archive.add_capture(told) != archive.add_capture(told)


def test_the_last_capture_is_one_that_says_what_the_page_is(archive):
    assert archive.last_capture(URL) is None
    capture(archive, "2024-03-28T02:00:00Z", etag='"1"')
    capture(archive, "2024-03-29T02:00:00Z", etag='"2"', status=304)
    capture(archive, "2024-03-27T02:00:00Z", etag='"0"')
    capture(archive, "2024-03-30T02:00:00Z", status=503)
    capture(archive, "2024-03-31T02:00:00Z", url=URL + "?2")
    assert archive.last_capture(URL).etag == '"2"'


def test_the_payload_is_where_no_revisit_is(archive):
    first = capture(archive, AT, digest="sha1:same")
    revisit = capture(archive, AT, digest="sha1:same", revisit_of=first)
    assert archive.payload_of("sha1:same").id == first
    assert archive.payload_of("sha1:none") is None
    assert rows(archive, "SELECT revisit_of FROM captures WHERE id = ?", revisit) == [(first,)]


def test_failures_count_up_and_are_forgotten_on_success(archive):
    run = archive.start_run("scrape", datetime(2024, 3, 28, tzinfo=UTC))
    assert archive.add_failure(SITE.id, URL, "timeout", "No answer in 30 s.", AT, run=run) == 1
    later = "2024-03-29T02:00:00Z"
    retry = "2024-03-29T03:00:00Z"
    assert archive.add_failure(SITE.id, URL, "status", "It said 503.", later, retry_at=retry) == 2
    (failure,) = archive.open_failures()
    assert failure == Failure(
        SITE.id, URL, "status", "It said 503.", later, 2, retry, None, failure.id
    )
    archive.clear_failure(SITE.id, URL)
    assert archive.open_failures() == []
    assert archive.add_failure(SITE.id, URL, "timeout", "No answer in 30 s.", later) == 1


def test_clearing_what_did_not_fail_is_harmless(archive):
    archive.add_failure(SITE.id, URL, "timeout", "No answer.", AT)
    archive.clear_failure(SITE.id, URL + "?2")
    assert len(archive.open_failures()) == 1


def test_known_articles_among_more_than_one_query_takes(archive):
    see(archive, AT)
    urls = [f"{URL}?{number}" for number in range(1200)]
    assert archive.known_articles(SITE.id, [*urls, URL, URL]) == {URL}
    assert archive.known_articles("other", [URL]) == set()
    assert archive.known_articles(SITE.id, []) == set()


@pytest.mark.parametrize(
    ("published_on", "seen_at", "due"),
    [
        ("2024-03-27", "2024-06-01T00:00:00Z", True),
        ("2024-03-26", "2024-06-01T00:00:00Z", False),
        (None, "2024-03-26T17:00:00Z", True),
        (None, "2024-03-26T16:59:59Z", False),
    ],
)
def test_articles_are_due_by_their_day_or_else_by_when_they_were_seen(
    archive, published_on, seen_at, due
):
    """The day begins at midnight in Hanoi, 17:00 UTC."""
    see(archive, seen_at, page(replace(ARTICLE, published_on=published_on)))
    assert archive.articles_due(SITE.id, date(2024, 3, 27)) == ([URL] if due else [])
    archive.save_site(FULL)
    assert archive.articles_due(FULL.id, date(2024, 3, 27)) == []


def test_articles_are_due_latest_first(archive):
    for day in ("2024-03-28", "2024-03-30", "2024-03-29"):
        see(archive, AT, page(replace(ARTICLE, published_on=day), url=f"{URL}?{day}"))
    due = archive.articles_due(SITE.id, date(2024, 3, 1))
    assert [url[-2:] for url in due] == ["30", "29", "28"]


def test_totals(archive):
    see(archive, AT)
    assert archive.totals() == Totals(
        *(1, 1, 1, 0, 1), images=2, attachments=1, counters=0, failures=0
    )
