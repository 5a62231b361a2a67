from __future__ import annotations

import json
import socket
import sys
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from scraper.archive import open_archive
from scraper.archive.series import Period
from scraper.cli import cli
from scraper.demo import DemoPortal
from scraper.demo.counter import load_public
from tests.crawl.tiny_portal import Reply, TinyPortal, article, listing

ALL = ("counters", "demo", "scrape", "serve", "sites", "status", "visits")


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "archive.db"


def run(*arguments: object, **options: object):
    return CliRunner().invoke(cli, [str(each) for each in arguments], **options)  # type: ignore[arg-type]


def test_help_lists_the_commands_that_are_built() -> None:
    result = run("--help")
    assert result.exit_code == 0
    assert sorted(cli.commands) == sorted(ALL)
    for name in ALL:
        assert run(name, "--help").exit_code == 0


@pytest.fixture
def portal():
    with TinyPortal() as portal:
        links = [(f"/tin-tuc/tin-so-100{n}.html", f"Tin tức thứ {n} của huyện nhà") for n in "123"]
        menu = "<a href='/tin-tuc/'>Tin tức</a><a href='/lien-he'>Liên hệ</a>"
        feed = "<link rel='alternate' type='application/rss+xml' href='/rss'>"
        front = listing(links).body.decode()
        front = front.replace("<body>", f"<body>{menu}").replace("</head>", f"{feed}</head>")
        portal.pages["/"] = Reply(front.encode())
        portal.pages["/tin-tuc/"] = listing(links)
        portal.pages["/rss"] = Reply(b"<rss version='2.0'><channel></channel></rss>")
        for path, title in links:
            portal.pages[path] = article(title)
        yield portal


def add(db: Path, portal: TinyPortal, *more: str):
    return run(
        *("sites", "add", portal.base_url, "--db", db, "--contact", "a@b.vn", "--pause", "0"),
        *("--private-network", "--yes", *more),
    )


def test_sites_add_finds_listings_and_feed_and_saves(db: Path, portal: TinyPortal) -> None:
    result = add(db, portal, "--id", "nha")
    assert result.exit_code == 0, result.output
    facts = json.loads(run("sites", "show", "nha", "--db", db, "--json").output)
    assert facts["listings"] == [portal.base_url + "/tin-tuc/"]
    assert facts["feeds"] == [portal.base_url + "/rss"]
    assert facts["contact"] == "a@b.vn"
    assert "a@b.vn" in portal.requests[0].headers["user-agent"]
    listed = json.loads(run("sites", "list", "--db", db, "--json").output)
    assert [site["id"] for site in listed] == ["nha"]


def test_sites_add_refuses_a_private_address_unless_told(db: Path, portal: TinyPortal) -> None:
    result = run("sites", "add", portal.base_url, "--db", db, "--contact", "a@b.vn", "--yes")
    assert result.exit_code == 1
    assert "--private-network" in result.output
    assert not db.exists()
    assert portal.requests == []


def test_sites_add_wants_a_contact(db: Path) -> None:
    result = run("sites", "add", "http://a.invalid", "--db", db, "--yes")
    assert result.exit_code == 2
    assert "--contact" in result.output


def test_sites_add_obeys_robots(db: Path, portal: TinyPortal) -> None:
    portal.pages["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /\n")
    result = add(db, portal)
    assert result.exit_code == 1
    assert "does not allow" in result.output
    assert portal.hits() == {"/robots.txt": 1}


def test_scrape_and_status(db: Path, portal: TinyPortal) -> None:
    add(db, portal, "--id", "nha")
    result = run("scrape", "--db", db, "--min-free-gib", "0")
    assert result.exit_code == 0, result.output
    assert "3 new" in result.output
    assert "\x1b" not in result.output, "a pipe gets plain lines"
    status = run("status", "--db", db)
    assert status.exit_code == 0
    assert "3 articles" in status.output
    facts = json.loads(run("status", "--db", db, "--json").output)
    assert facts["runs"][0]["counts"]["new"] == 3


def test_failures_give_exit_code_3_and_are_listed(db: Path, portal: TinyPortal) -> None:
    portal.pages["/tin-tuc/tin-so-1001.html"] = Reply(b"", 404)
    add(db, portal, "--id", "nha")
    assert run("scrape", "--db", db, "--min-free-gib", "0").exit_code == 3
    status = run("status", "--db", db)
    assert status.exit_code == 3
    assert "not found" in status.output


def test_status_shows_each_site_and_the_disk(db: Path, portal: TinyPortal) -> None:
    """A portal that has been dead for months is seen here, whatever the failures say."""
    add(db, portal, "--id", "nha")
    assert "nha: 0 articles, the last new one never" in run("status", "--db", db).output
    run("scrape", "--db", db, "--min-free-gib", "0")
    with open_archive(db) as archive:
        archive.db.execute("UPDATE articles SET first_seen_at = '2023-11-02T00:00:00Z'")
        archive.db.execute("UPDATE captures SET fetched_at = '2023-12-01T00:00:00Z'")
        archive.db.conn.commit()
    shown = run("status", "--db", db).output
    assert "nha: 3 articles, the last new one 2023-11-02T00:00:00Z" in shown
    assert "last good answer 2023-12-01T00:00:00Z" in shown
    facts = json.loads(run("status", "--db", db, "--json").output)
    files = [each for each in db.with_suffix(".warc").iterdir() if each.is_file()]
    assert facts["disk"]["warc"] == sum(each.stat().st_size for each in files) > 0
    assert facts["disk"]["database"] >= db.stat().st_size
    assert facts["disk"]["free"] > 0


def test_what_was_given_up_long_ago_is_no_alarm(db: Path, portal: TinyPortal) -> None:
    """juriscraper#1641: months of false alarms hid a true one."""
    portal.pages["/tin-tuc/tin-so-1001.html"] = Reply(b"", 404)
    add(db, portal, "--id", "nha")
    run("scrape", "--db", db, "--min-free-gib", "0")
    with open_archive(db) as archive:
        archive.db.execute("UPDATE failures SET at = '2023-12-01T00:00:00Z'")
        archive.db.conn.commit()
    status = run("status", "--db", db)
    assert status.exit_code == 0
    assert "Failures: 0" in status.output and "besides 1 given up" in status.output
    assert len(json.loads(run("status", "--db", db, "--json").output)["failures"]) == 1
    with open_archive(db) as archive:
        archive.db.execute("UPDATE failures SET retry_at = '2024-01-01T00:00:00Z'")
        archive.db.conn.commit()
    assert run("status", "--db", db).exit_code == 3, "what is tried still is looked at"


def test_a_full_disk_gives_exit_code_1(db: Path, portal: TinyPortal) -> None:
    add(db, portal)
    result = run("scrape", "--db", db, "--min-free-gib", "1e9")
    assert result.exit_code == 1
    assert "free" in result.output


@pytest.mark.parametrize(
    "arguments",
    [
        *(("scrape",), ("status",), ("sites", "list"), ("sites", "show", "x"), ("serve",)),
        *(("counters",), ("visits",)),
    ],
)
def test_without_an_archive_or_site_the_usage_is_wrong(db: Path, arguments) -> None:
    assert run(*arguments, "--db", db).exit_code == 2


@pytest.fixture
def free_ports(monkeypatch: pytest.MonkeyPatch) -> tuple[int, int]:
    """The demo's portals at two ports that nothing else uses, and not at their usual ones."""
    with (
        socket.create_server(("127.0.0.1", 0)) as one,
        socket.create_server(("127.0.0.1", 0)) as two,
    ):
        ports = one.getsockname()[1], two.getsockname()[1]
    # The package's name "demo" is the command; its module is found by its path.
    monkeypatch.setattr(sys.modules["scraper.cli.demo"], "DEMO_PORTS", ports)
    return ports


@pytest.mark.parametrize("taken", [0, 1])
def test_demo_says_which_port_is_taken(db: Path, free_ports: tuple[int, int], taken: int) -> None:
    with DemoPortal("sharepoint", port=free_ports[taken]):
        result = run("demo", "--db", db, "--no-serve")
    assert result.exit_code == 1
    assert f"127.0.0.1:{free_ports[taken]}" in result.output
    assert "another demo" in result.output
    assert len(result.output.splitlines()) == 1
    assert not db.exists()


@pytest.mark.usefixtures("free_ports")
def test_demo_makes_an_archive_whose_visits_are_those_of_the_portal(db: Path) -> None:
    result = run("demo", "--db", db, "--no-serve")
    assert result.exit_code == 0, result.output
    with open_archive(db) as archive:
        assert archive.totals().sites == 2
        assert archive.totals().articles > 10
        public = load_public()
        for site in ("demo-sharepoint", "demo-modern"):
            rows = list(archive.visits_series([site], Period.DAY))
            exact = [row for row in rows if row["basis"] == "exact"]
            assert len(exact) > 30
            assert sum(row["basis"] == "interval" for row in rows) > 5
            for row in rows:
                # What others brought, and one visit for each reading of ours.
                others = public.on(date.fromisoformat(row["day"]))
                assert row["high"] is None or row["low"] <= others + 1 <= row["high"] + 1
                assert row["visits"] in (None, others, others + 1)
    before = json.loads(run("visits", "--db", db, "--json", "--to", "2024-03-27").output)
    again = run("demo", "--db", db, "--no-serve")
    assert again.exit_code == 0, again.output
    assert "0 new, 0 changed" in again.output
    assert json.loads(run("visits", "--db", db, "--json", "--to", "2024-03-27").output) == before
    assert "reset" not in run("visits", "--db", db).output
