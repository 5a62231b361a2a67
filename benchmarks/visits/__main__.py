"""Visits per day of many years of hourly snapshots: all of it, and one more hour.

The snapshots are those of simulated portals (``tests/visits/simulator.py``), in an archive on disk.
Fetching a site's rows through ``sqlite3`` and working out its days (which fetches them again)
alternate, site by site, so that what else the machine does weighs on both alike.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import sqlite3
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

from scraper.archive import open_archive
from scraper.archive.snapshots import CounterSource, all_snapshots
from scraper.archive.visits import refresh_visits
from scraper.sites import Site
from scraper.visits import refresh, site_visits, utc
from tests.visits.simulator import DAY, YOUTH, random_portal

COLUMNS = "observed_at, today, yesterday, this_week, this_month, total, online, capture"
HOUR = timedelta(hours=1)
MOST_TIMES = 5


def fill(path: Path, site: str, years: int, seed: int) -> int:
    """Store hourly snapshots of one portal; gives their number."""
    rng = random.Random(seed)
    portal = random_portal(rng, 365 * years + 1, sizes=(8000, 900, 40))
    start = portal.midnight(portal.first + DAY * YOUTH)
    moments = [
        start + HOUR * i + timedelta(seconds=rng.randrange(3600)) for i in range(8760 * years)
    ]
    rows = [
        (site, utc(at), *portal.box(at).values(), None, seed * 10_000_000 + number)
        for number, at in enumerate(moments)
    ]
    connection = sqlite3.connect(path)
    with connection:
        connection.executemany(
            f"INSERT INTO counters (site, {COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows
        )
    connection.close()
    return len(rows)


def times_of(db, sites: list[str], rounds: int) -> tuple[float, float, int]:
    """Seconds to fetch the rows of all sites, to work out their days, and how many those are."""
    fetched, worked_out, days = 0.0, 0.0, 0
    for site in sites:
        fetching, working = [], []
        for _ in range(rounds):
            start = perf_counter()
            sql = f"SELECT {COLUMNS} FROM counters WHERE site = ? ORDER BY observed_at"
            db.execute(sql, [site]).fetchall()
            fetching.append(perf_counter() - start)
            start = perf_counter()
            found = site_visits(all_snapshots(db, site))
            working.append(perf_counter() - start)
        fetched += min(fetching)
        worked_out += min(working)
        days += len(found.days)
    return fetched, worked_out, days


def time_of_increment(db, site: str, rounds: int = 25) -> float:
    """Seconds (median) to take in a site's last hour."""
    state = site_visits(all_snapshots(db, site)).state
    (last,) = db.execute("SELECT max(observed_at) FROM counters WHERE site = ?", [site]).fetchone()
    source, seconds = CounterSource(db, site), []
    for _ in range(rounds):
        start = perf_counter()
        refresh(source, state, last, last)
        seconds.append(perf_counter() - start)
    return median(seconds)


def time_of_rebuild(archive, sites: list[str]) -> float:
    """Seconds to work out and store everything, as the command ``visits --rebuild`` does."""
    start = perf_counter()
    for site in sites:
        with archive.transaction():
            refresh_visits(archive.db, site, rebuild=True)
    return perf_counter() - start


def report(archive, years: int, sites: list[str], rounds: int) -> None:
    rows = archive.db.execute("SELECT count(*) FROM counters").fetchone()[0]
    fetched, worked_out, days = times_of(archive.db, sites, rounds)
    ratio = worked_out / fetched
    young, old = (time_of_increment(archive.db, site) for site in ("young", sites[0]))
    print(f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {os.cpu_count()} cores,")
    print(f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version},")
    print(f"load average {os.getloadavg()[0]:.1f}; {years} years, {len(sites)} sites, {rows} rows")
    print(f"fetch rows                       {fetched:7.2f} s")
    print(f"fetch and work out {days:6} days {worked_out:7.2f} s, {ratio:.2f} times")
    print(f"the same and store it            {time_of_rebuild(archive, sites):7.2f} s")
    print(f"one more hour after 1 year       {young * 1000:7.1f} ms")
    print(f"one more hour after {years:2} years     {old * 1000:7.1f} ms, {old / young:.2f} times")
    print(f"At most {MOST_TIMES} times the fetch: {'met' if ratio <= MOST_TIMES else 'MISSED'}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--years", type=int, default=10)
    parser.add_argument("--sites", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "archive.db"
        sites = [f"site-{number:02}" for number in range(options.sites)]
        archive = open_archive(path)
        for site in [*sites, "young"]:
            archive.save_site(Site(site, site, f"https://{site}.example.vn/"))
        for number, site in enumerate(sites):
            fill(path, site, options.years, number)
        fill(path, "young", 1, len(sites))
        report(archive, options.years, sites, options.rounds)
        archive.close()


if __name__ == "__main__":
    main()
