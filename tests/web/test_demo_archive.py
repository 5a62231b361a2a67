"""The archive of the bundled portal in the browser's side: what a first visitor sees."""

import re
from datetime import UTC, timedelta
from html import unescape
from unicodedata import normalize
from urllib.parse import quote

import pytest

from scraper.archive import open_archive
from scraper.crawl import ScrapeOptions, run_scrape
from scraper.crawl.reporter import Silent
from scraper.demo import DEFAULT_TODAY, DemoPortal, demo_sites
from scraper.demo.truth import expected_articles

from .conftest import Reader

pytestmark = pytest.mark.e2e
TITLE = "Hội nghị triển khai nhiệm vụ diễn tập khu vực phòng thủ huyện năm 2024."
SPELLINGS = ["dang bo huyen", "Đảng bộ huyện", '"dang bo huyen"', '"Đảng bộ huyện"']


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    path = tmp_path_factory.mktemp("demo") / "archive.db"
    with (
        DemoPortal("sharepoint") as first,
        DemoPortal("modern") as second,
        open_archive(path) as archive,
    ):
        for site in demo_sites(first.base_url, second.base_url):
            archive.save_site(site)
        ticks = iter(range(10**9))

        def clock():
            return DEFAULT_TODAY.astimezone(UTC) + timedelta(milliseconds=next(ticks))

        for portal in (first, second):
            portal.set_today(DEFAULT_TODAY)
        run_scrape(archive, archive.sites(), ScrapeOptions(clock=clock), Silent())
    reader = Reader(path, {})
    yield reader
    reader.loop.close()


@pytest.fixture(params=["demo-sharepoint", "demo-modern"])
def seed(request, reader):
    """The seed article's row, read from Datasette's JSON."""
    query = f"_shape=array&site={request.param}&title={quote(TITLE)}"
    (row,) = reader.json(f"/archive/articles.json?{query}")
    return row


def test_the_seed_articles_row(seed):
    assert seed["published_at"] == "2024-03-27T15:06:52+07:00"
    assert seed["published_on"] == "2024-03-27"
    assert len(seed["body"].split("\n\n")) == 10
    assert (seed["author"], seed["organisation"]) == ("Thanh Qúy", "Trung tâm VHTT TT&DL")


def test_its_photos_and_counters(reader, seed):
    images = reader.json(f"/archive/images.json?_shape=array&article={seed['id']}")
    assert [bool(image["caption"]) for image in images] == [True, True, True, False, True]
    assert all(image["capture"] for image in images)
    (row,) = reader.json(f"/archive/counters.json?_shape=array&capture={seed['capture']}")
    numbers = [row[name] for name in ("today", "yesterday", "this_week", "this_month", "total")]
    assert numbers == [4840, 12008, 59019, 226219, 11718781]


@pytest.mark.parametrize("language", ["en", "vi"])
def test_its_page_has_every_paragraph_and_photo_in_place(reader, seed, language):
    page = reader.html(f"/archive/articles/{seed['id']}", headers={"accept-language": language})
    markup = unescape(page[page.index('class="article-body"') : page.index('class="byline"')])
    body = normalize("NFC", " ".join(markup.split()))
    places = [body.index(paragraph) for paragraph in seed["body"].split("\n\n")]
    assert places == sorted(places)
    figures = [m.start() for m in re.finditer("<figure", body)]
    assert len(figures) == 5 and body.count("<figcaption>") == 4
    assert places[0] < figures[0] < places[1] and places[4] < figures[4] < places[-1]
    for source in re.findall(r'<img src="([^"]+)"', body):
        assert reader.get(source).headers["content-type"] == "image/jpeg"


def test_every_spelling_finds_the_same_articles(reader):
    def found(search):
        address = f"/archive/articles.json?_shape=array&_size=max&_search={quote(search)}"
        return {row["id"] for row in reader.json(address)}

    for words in (SPELLINGS[:2], SPELLINGS[2:]):
        answers = {frozenset(found(normalize(form, w))) for w in words for form in ("NFC", "NFD")}
        assert len(answers) == 1 and answers.pop()


def test_every_article_has_a_page_without_a_photo_missing(reader):
    rows = reader.json("/archive/articles.json?_shape=array&_size=max&_col=title")
    assert len(rows) == 2 * len(expected_articles(DEFAULT_TODAY))
    for row in rows:
        page = reader.html(f"/archive/articles/{row['id']}")
        assert unescape(page).count(f"<h1>{row['title']}</h1>") == 1
        assert "missing-photo" not in page


def test_questions_have_answers(reader):
    for name in ("best_matches?words=le+hoi", "photos_by_caption", "latest_counters", "coverage"):
        path, _, query = name.partition("?")
        assert reader.json(f"/archive/{path}.json?_shape=array&{query}")
