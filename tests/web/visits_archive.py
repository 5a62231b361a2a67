"""An archive whose counters misbehave in every way, for the tests and pictures of charts.

``python -m tests.web.visits_archive PATH`` makes it as a file, to be looked at with ``serve``.
"""

import random
import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from scraper.archive import Archive, Capture, open_archive
from scraper.parse import Article, Counters, Page, PageKind
from scraper.sites import Site
from tests.visits.simulator import FAULTS, LINES, Portal, Reset, capture

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
DAY = timedelta(days=1)
FIRST, LAST = date(2023, 10, 1), date(2024, 6, 30)
TET = date(2024, 2, 10)
WEEK = (1.2, 1.15, 1.1, 1.08, 1.05, 0.75, 0.67)
NAMES = {
    "hoanghoa": "Cổng thông tin điện tử huyện Hoằng Hóa",
    "quangxuong": "Trang thông tin điện tử huyện Quảng Xương",
    "nhuthanh": "Cổng thông tin điện tử huyện Như Thanh",
}
RESET = Reset(datetime(2024, 5, 14, 10, tzinfo=HANOI), 0, restart=True)


def public(size: int, dice: random.Random) -> tuple[int, ...]:
    """Visits per day from two months before ``FIRST`` on: weekdays, Tết, a festival in March."""
    visits = []
    for number in range((LAST - FIRST).days + 65):
        day = FIRST - 60 * DAY + number * DAY
        share = WEEK[day.weekday()] * dice.lognormvariate(0, 0.09) * (1 + number / 900)
        distance = (day - TET).days
        if -2 <= distance <= 5:
            share *= 0.35
        if day == date(2024, 3, 25):
            share *= 2.2
        visits.append(int(size * share))
    return tuple(visits)


def moments(dice: random.Random):
    """Once a day; weekly for a while; three weeks not at all; hourly for some days."""
    day = FIRST
    while day <= LAST:
        weekly = date(2023, 11, 20) <= day < date(2024, 1, 8)
        off = date(2024, 4, 8) <= day < date(2024, 4, 26)
        often = date(2024, 3, 25) <= day < date(2024, 3, 29)
        start = datetime.combine(day, datetime.min.time(), HANOI)
        if often:
            yield from (start + timedelta(hours=hour, minutes=7) for hour in range(24))
        elif not off and (not weekly or day.weekday() == 2):
            yield start + timedelta(seconds=dice.randrange(7 * 3600, 23 * 3600))
        day += DAY


def build_visits(archive: Archive) -> None:
    """Fill an archive; `hoanghoa` has every fault, the others are read without any."""
    for number, (site, name) in enumerate(NAMES.items()):
        archive.save_site(Site(site, name, f"https://{site}.example.vn/", province="Thanh Hóa"))
        dice = random.Random(site)
        resets = (RESET,) if site == "hoanghoa" else ()
        portal = Portal(FIRST - 60 * DAY, public((9000, 3200, 800)[number], dice), resets=resets)
        with archive.transaction():
            for moment in moments(dice):
                seen = capture(portal, moment, 0)
                if site == "hoanghoa" and dice.random() < 0.04:
                    seen = FAULTS[dice.choice(sorted(FAULTS))](portal, seen, dice)
                store(archive, site, seen.snapshot, dice.randrange(1, 40))
        archive.refresh_visits(site)
    _articles(archive)


def store(archive: Archive, site: str, snapshot, requests: int) -> None:
    """Keep a reading, and captures of so many more requests of that day."""
    at, url = snapshot.observed_at, f"https://{site}.example.vn/"
    number = archive.add_capture(Capture(site, url, at, 200, "text/html", digest=f"sha1:{at}"))
    counters = Counters(**{line: getattr(snapshot, line) for line in LINES})
    archive.store_counters(site, number, counters, at)
    for each in range(requests):
        archive.add_capture(Capture(site, f"{url}{each}.html", at, 200, "text/html"))


def _articles(archive: Archive) -> None:
    """Articles whose own counts rise, are cached, and are reset."""
    titles = ("Lịch các lễ hội làng", "Khai trương du lịch biển", "Thông báo lịch cắt điện")
    counts = ((120, 900, 870, 1400), (300, 310, 330, 2100), (5000, 5100, 40, 160))
    for number, (title, views) in enumerate(zip(titles, counts, strict=True)):
        url = f"https://hoanghoa.example.vn/tin/{number}.html"
        for step, count in enumerate(views):
            at = f"2024-04-{2 + 7 * step:02d}T03:00:00Z"
            article = Article(title=title, published_on="2024-03-30", body="Tin.", views=count)
            seen = archive.add_capture(Capture("hoanghoa", url, at, 200, "text/html"))
            page = Page(url=url, kind=PageKind.ARTICLE, article=article)
            archive.store_page("hoanghoa", seen, page, at)


if __name__ == "__main__":
    with open_archive(Path(sys.argv[1])) as opened:
        build_visits(opened)
