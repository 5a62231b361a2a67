"""Reading boxes only: one request a portal, and nothing else is touched."""

import json
import random
import threading
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from scraper.crawl import ArchiveBusyError, run_scrape
from scraper.crawl.counting import run_counters
from scraper.crawl.lock import run_lock
from scraper.crawl.timetable import Appointment, around_midnight
from scraper.demo import DemoPortal, demo_sites
from scraper.demo.article import HANOI
from scraper.demo.counter import load_public
from scraper.demo.days import SimulatedClock
from scraper.sites.building import rebuild
from tests.crawl.conftest import Killed
from tests.crawl.tiny_portal import Reply, TinyPortal, article, listing

LINES = {"Hôm nay": 40, "Hôm qua": 120, "Tuần này": 200, "Tháng này": 900, "Tất cả": 5000}


def box(**changes):
    numbers = {**LINES, **{name.replace("_", " "): number for name, number in changes.items()}}
    lines = "".join(f"<li>{name}: <b>{number}</b></li>" for name, number in numbers.items())
    return Reply(
        f"<!doctype html><meta charset=utf-8><title>Huyện</title><h3>Truy cập</h3><ul>{lines}</ul>"
        "<a href='/tin-tuc/tin-so-1001.html'>Tin tức thứ nhất của huyện nhà</a>".encode()
    )


@pytest.fixture
def site(archive, portal):
    portal.pages["/"] = box()
    archive.save_site(portal.site())
    return archive.sites()[0]


def read(archive, options, listener, *sites, after=0.0):
    now = options.clock()
    found = [Appointment(now + timedelta(seconds=after), site) for site in sites]
    return run_counters(archive, found, options, listener)


def rows(archive, sql):
    return archive.db.execute(sql).fetchall()


def test_one_request_gives_a_row_and_the_day_before(archive, portal, site, options, listener):
    summary = read(archive, options, listener, site)
    assert (summary.read, summary.missed, summary.exit_code) == (("tiny",), (), 0)
    assert portal.hits() == {"/robots.txt": 1, "/": 1}
    assert rows(archive, "SELECT today, total FROM counters") == [(40, 5000)]
    found = rows(archive, "SELECT day, visits FROM visits WHERE basis = 'exact'")
    assert found == [("2024-03-27", 120)]
    assert rows(archive, "SELECT count(*) FROM frontier") == [(0,)]
    assert rows(archive, "SELECT count(*) FROM articles") == [(0,)]
    assert rows(archive, "SELECT command, outcome, fetched FROM runs") == [
        ("counters", "finished", 2)
    ]


def test_the_hour_after_robots_is_known_and_the_answer_is_kept_whole(
    archive, portal, site, options, listener, clock
):
    read(archive, options, listener, site)
    clock.move(hours=1)
    portal.pages["/"] = box(Hôm_nay=50, Tất_cả=5010, Tuần_này=210, Tháng_này=910)
    read(archive, options, listener, site)
    assert portal.hits() == {"/robots.txt": 1, "/": 2}
    assert rows(archive, "SELECT total FROM counters ORDER BY id") == [(5000,), (5010,)]
    files = sorted(path.name for path in archive.warc_folder.glob("*.warc.gz"))
    assert files == ["counters-r000001-000.warc.gz", "counters-r000002-000.warc.gz"]
    assert not list((archive.warc_folder / ".open").iterdir())


def test_many_hosts_share_one_file(archive, options, listener):
    portals = [TinyPortal(f"127.0.0.{number}") for number in range(2, 24)]
    try:
        for number, portal in enumerate(portals):
            portal.pages["/"] = box(Tất_cả=5000 + number)
            archive.save_site(portal.site(id=f"s{number}"))
        summary = read(archive, options, listener, *archive.sites())
    finally:
        for portal in portals:
            portal.close()
    assert len(summary.read) == 22 and summary.exit_code == 0
    assert {portal.hits()["/"] for portal in portals} == {1}
    assert len(list(archive.warc_folder.glob("*.warc.gz"))) == 1
    found = rows(archive, "SELECT total FROM counters ORDER BY total")
    assert found == [(5000 + number,) for number in range(22)]


def test_what_waits_for_a_scrape_goes_on_waiting(archive, portal, site, options, listener):
    portal.pages["/tin-tuc/tin-so-1001.html"] = article("Tin tức thứ nhất của huyện nhà")
    run_scrape(archive, [site], replace(options, max_requests=2), listener)
    waiting = rows(archive, "SELECT url, state, due_at FROM frontier ORDER BY id")
    assert any(row[1] == "waiting" for row in waiting)
    read(archive, options, listener, site)
    assert rows(archive, "SELECT url, state, due_at FROM frontier ORDER BY id") == waiting


def test_robots_are_obeyed(archive, portal, site, options, listener):
    portal.pages["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /\n")
    summary = read(archive, options, listener, site)
    assert portal.hits() == {"/robots.txt": 1}
    assert (summary.missed, summary.exit_code) == (("tiny",), 3)
    assert [each.kind for each in archive.open_failures()] == ["robots"]


def test_a_redirect_on_the_site_is_followed_and_one_off_it_is_not(
    archive, portal, site, options, listener
):
    portal.pages["/"] = Reply(b"", 302, {"Location": "/trang-chu"})
    portal.pages["/trang-chu"] = box()
    assert read(archive, options, listener, site).read == ("tiny",)
    portal.pages["/trang-chu"] = Reply(b"", 302, {"Location": "https://elsewhere.example/"})
    assert read(archive, options, listener, site).missed == ("tiny",)
    assert "not followed" in archive.open_failures()[0].message


def test_redirects_in_a_circle_end(archive, portal, site, options, listener):
    portal.pages["/"] = Reply(b"", 302, {"Location": "/"})
    assert read(archive, options, listener, site).missed == ("tiny",)
    assert portal.hits()["/"] == 6


def test_a_portal_that_is_down_is_told_and_forgotten_once_it_answers(
    archive, portal, site, options, listener, clock
):
    portal.pages["/"] = Reply(b"", 503)
    assert read(archive, options, listener, site).exit_code == 3
    assert [each.kind for each in archive.open_failures()] == ["http"]
    # It is left alone as long as a scrape would leave it.
    assert read(archive, options, listener, site).exit_code == 3
    assert portal.hits()["/"] == 1
    clock.move(hours=1)
    portal.pages["/"] = box()
    assert read(archive, options, listener, site).exit_code == 0
    assert archive.open_failures() == []


def test_no_box_is_a_note_at_first_and_a_failure_once_there_was_one(
    archive, portal, site, options, listener
):
    portal.pages["/"] = listing([])
    summary = read(archive, options, listener, site)
    assert (summary.without, summary.exit_code) == (("tiny",), 0)
    assert "shows no box" in listener.notes[0]
    portal.pages["/"] = box()
    assert read(archive, options, listener, site).read == ("tiny",)
    portal.pages["/"] = listing([])
    assert read(archive, options, listener, site).missed == ("tiny",)
    assert "shows no box" in archive.open_failures()[0].message


NAMES = {"today": "data.day", "total": "data.all"}
PROFILE = json.dumps({"counters": {"endpoint": "/api/visits", "values": NAMES}})


def test_the_profile_names_an_endpoint(archive, portal, options, listener):
    answer = Reply(b'{"data": {"day": "1.234", "all": 56789}}', content_type="application/json")
    portal.pages["/api/visits"] = answer
    archive.save_site(portal.site())
    site = portal.site(profile=rebuild("made-up", PROFILE))
    assert read(archive, options, listener, site).read == ("tiny",)
    assert portal.hits() == {"/robots.txt": 1, "/api/visits": 1}
    assert rows(archive, "SELECT today, total FROM counters") == [(1234, 56789)]
    for wrong, words in ((b"<html>", "JSON"), (b'{"data": 5}', "data.all, data.day")):
        portal.pages["/api/visits"] = Reply(wrong)
        assert read(archive, options, listener, site).missed == ("tiny",)
        assert words in archive.open_failures()[0].message


POSTED = {
    "form": ({"form": {"loai": "tong", "so": 1}}, b"loai=tong&so=1"),
    "JSON": ({"json": '{"loai": ["tong"]}'}, b'{"loai": ["tong"]}'),
    "nothing": ({"form": {}}, b""),
}


@pytest.mark.parametrize("kind", POSTED)
def test_an_endpoint_is_asked_by_a_post(kind, archive, portal, options, listener):
    facts, body = POSTED[kind]

    def answer(request):
        wanted = (request.method, request.body, request.headers.get("x-requested-with"))
        if wanted != ("POST", body, "XMLHttpRequest"):
            return Reply(b"", 405)
        return Reply(b'{"data": {"day": "1.234", "all": 56789}}', content_type="application/json")

    portal.pages["/api/visits"] = answer
    archive.save_site(portal.site())
    profile = {"counters": {"endpoint": "/api/visits", "values": NAMES, **facts}}
    site = portal.site(profile=rebuild("made-up", json.dumps(profile)))
    assert read(archive, options, listener, site).read == ("tiny",)
    assert rows(archive, "SELECT today, total FROM counters") == [(1234, 56789)]


def test_readings_around_midnight_fix_the_day_between_them(archive, options, listener):
    midnight = datetime(2024, 3, 21, tzinfo=HANOI)
    with DemoPortal("modern", midnight - timedelta(hours=1)) as portal:
        archive.save_site(demo_sites("http://127.0.0.1:1", portal.base_url)[1])
        (site,) = archive.sites()
        for appointments in around_midnight([site], portal.today, random.Random(5)):
            portal.set_today(appointments[0].at)
            clock = SimulatedClock(appointments[0].at)
            found = run_counters(archive, appointments, replace(options, clock=clock), listener)
            assert found.read == ("demo-modern",)
    read_at = [row[0] for row in rows(archive, "SELECT observed_at FROM counters")]
    assert len(read_at) == 2
    assert read_at[0] < "2024-03-20T17:00:00Z" < read_at[1]
    known = "SELECT visits FROM visits WHERE day = '2024-03-20' AND basis = 'exact'"
    # One visit of it was our own reading.
    assert rows(archive, known) == [(load_public().on(date(2024, 3, 20)) + 1,)]


def test_a_reading_that_was_killed_is_stored_by_the_next_scrape(
    archive, portal, site, options, listener, dies_at
):
    """What it had kept is a reading of its moment, which no later one can make up for."""
    portal.pages["/tin-tuc/tin-so-1001.html"] = article("Tin tức thứ nhất của huyện nhà")
    dies_at("/")
    with pytest.raises(Killed):
        read(archive, options, listener, site)
    dies_at(None)
    assert rows(archive, "SELECT total FROM counters") == []
    portal.pages["/"] = box(Tất_cả=5020, Hôm_nay=60)
    run_scrape(archive, archive.sites(), options, listener)
    assert rows(archive, "SELECT total FROM counters ORDER BY id") == [(5000,), (5020,)]
    ends = rows(archive, "SELECT command, outcome FROM runs ORDER BY id")
    assert ends == [("counters", "killed"), ("scrape", "finished")]
    assert not list((archive.warc_folder / ".open").iterdir())
    assert rows(archive, "SELECT count(*) FROM captures WHERE url LIKE '%/'") == [(2,)]


def test_a_posted_reading_that_was_killed_is_stored_too(
    archive, portal, options, listener, dies_at
):
    portal.pages["/"] = listing([("/tin-tuc/tin-so-1001.html", "Tin tức thứ nhất của huyện nhà")])
    portal.pages["/tin-tuc/tin-so-1001.html"] = article("Tin tức thứ nhất của huyện nhà")
    portal.pages["/api/visits"] = Reply(b'{"data": {"day": "1.234", "all": 56789}}')
    archive.profile_folder.mkdir()
    (archive.profile_folder / "made-up.toml").write_text(
        "[counters]\nendpoint = '/api/visits'\njson = '{}'\n"
        "[counters.values]\ntoday = 'data.day'\ntotal = 'data.all'\n"
    )
    archive.save_site(portal.site(platform="made-up"))
    dies_at("/api/visits", "post")
    with pytest.raises(Killed):
        read(archive, options, listener, *archive.sites())
    dies_at(None)
    run_scrape(archive, archive.sites(), options, listener)
    assert rows(archive, "SELECT today, total FROM counters") == [(1234, 56789)]
    assert listener.failures == []


def test_it_waits_for_its_time(archive, portal, site, options, listener, clock):
    due = clock.moment + timedelta(seconds=0.05)
    assert read(archive, options, listener, site, after=0.05).read == ("tiny",)
    (asked,) = rows(archive, "SELECT observed_at FROM counters")[0]
    assert asked >= due.strftime("%Y-%m-%dT%H:%M:%SZ")


def test_a_scrape_waits_for_a_reading_and_not_the_other_way_round(
    archive, portal, site, options, listener
):
    holding, free = threading.Event(), threading.Event()

    def hold():
        with run_lock(archive.path, "counters", "now"):
            holding.set()
            free.wait(10)

    holder = threading.Thread(target=hold)
    holder.start()
    assert holding.wait(10)
    with (
        pytest.raises(ArchiveBusyError, match="counters"),
        run_lock(archive.path, "x", "", patience=0),
    ):
        pass
    threading.Timer(0.3, free.set).start()
    assert run_scrape(archive, [site], options, listener).exit_code in (0, 3)
    holder.join()
    with run_lock(archive.path, "scrape", "now"), pytest.raises(ArchiveBusyError, match="scrape"):
        read(archive, options, listener, site)
