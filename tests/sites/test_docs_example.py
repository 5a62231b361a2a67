"""A family that nobody has met, by TOML alone: the worked example of ``docs/profiles.md``."""

from __future__ import annotations

import json
import tomllib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from scraper.archive import open_archive
from scraper.cli import cli
from scraper.parse import parse_page
from scraper.sites import Site, detect_platform, load_profile
from scraper.sites.schema import KEYS, LAYOUT_KEYS, LAYOUT_TABLES
from tests.crawl.tiny_portal import TinyPortal
from tests.readme import blocks, read, table_rows
from tests.sites.luavang import INVITATION, NEWS, article, fill, old_article

DOCS = read("docs/profiles.md")
EXAMPLE, EXTENDING, SCRIPTED = blocks(DOCS, "toml")
URL = "https://luavang.example.vn/doc?id=12"


@pytest.fixture
def db(tmp_path: Path) -> Path:
    folder = tmp_path / "archive.profiles"
    folder.mkdir()
    (folder / "luavang.toml").write_text(EXAMPLE, encoding="utf-8")
    return tmp_path / "archive.db"


def run(*arguments: object):
    return CliRunner().invoke(cli, [str(each) for each in arguments])


def site(db: Path) -> Site:
    profile = load_profile("luavang", db.with_suffix(".profiles"))
    return Site("luavang", "Lúa Vàng", "https://luavang.example.vn/", "luavang", profile=profile)


def test_it_is_recognised_walked_and_read_from_the_file_alone(db: Path) -> None:
    with TinyPortal() as portal:
        fill(portal)
        added = run(
            *("sites", "add", portal.base_url, "--db", db, "--contact", "a@b.vn", "--pause", "0"),
            *("--private-network", "--yes", "--id", "luavang"),
        )
        assert added.exit_code == 0, added.output
        assert "platform: luavang" in added.output
        assert "profile:title" in added.output
        assert "counters: today 1204, total 2345678" in added.output
        scraped = run("scrape", "--db", db, "--min-free-gib", "0")
        assert "4 new" in scraped.output, scraped.output
    with open_archive(db) as archive:
        rows = {row["title"]: row for row in archive.db.query("SELECT * FROM articles")}
        assert set(rows) == {title for number, (title, _) in NEWS.items() if number != 8}
        row = rows[NEWS[12][0]]
        assert row["published_at"] == "2024-03-27T15:06:00+07:00"
        assert row["published_raw"] == "2024.03.27 · 15:06"
        assert (row["author"], row["organisation"]) == ("Lê Lài", "Đài Truyền thanh huyện")
        assert row["summary"] == "Bản tin số 12 của huyện."
        assert row["body"].split("\n\n") == [
            f"Sáng 1/1/2001, phóng viên về xã ghi nhận câu chuyện: {NEWS[12][0].lower()}.",
            "Công việc sẽ xong trong tháng.",
        ]
        day = rows[NEWS[10][0]]
        assert (day["published_at"], day["published_on"]) == (None, "2024-03-20")
        captions = archive.db.execute("SELECT caption FROM images ORDER BY caption").fetchall()
        assert captions == [("Ảnh số 10",), ("Ảnh số 11",), ("Ảnh số 12",), ("Ảnh số 9",)]
        views = archive.db.execute("SELECT max(views) FROM article_views").fetchone()
        assert views == (1212,)
        kinds = [row["kind"] for row in archive.db.query("SELECT kind FROM failures")]
        assert kinds == ["not found"], "the portal's own page for what is not there"


def test_without_the_file_it_is_not_read_right() -> None:
    """However much the generic reader finds, it cannot know what this portal means."""
    found = parse_page(article(12), URL).article
    assert found is None or INVITATION in str(found.body)
    assert found is None or found.published_at != "2024-03-27T15:06:00+07:00"


@pytest.mark.parametrize(("year", "title"), [(2018, NEWS[12][0]), (2024, None), (None, None)])
def test_old_captures_are_read_by_the_rules_of_their_day(db: Path, year, title) -> None:
    captured = datetime(year, 12, 31 if year == 2018 else 1, tzinfo=UTC) if year else None
    page = old_article(12).replace(b"2024.03.27", b"2018.03.27")
    read_page = parse_page(page, URL, site=site(db), captured_at=captured)
    found = read_page.provenance.get("layout")
    assert (found and found.rule) == ("tables" if title else None)
    if title:
        assert read_page.article and read_page.article.title == title
        assert read_page.article.published_at == "2018-03-27T15:06:00+07:00"
        assert read_page.provenance["title"].rule == "profile:title"


def test_the_extending_example_is_right(tmp_path: Path) -> None:
    (tmp_path / "nukeviet.toml").write_text(EXTENDING, encoding="utf-8")
    own = load_profile("nukeviet", tmp_path)
    assert own and own.selectors["body"] == load_profile("nukeviet").selectors["body"]
    assert own.selectors["title"] != load_profile("nukeviet").selectors["title"]


def test_the_example_of_a_list_that_a_script_fetches_is_right(tmp_path: Path) -> None:
    (tmp_path / "scripted.toml").write_text(SCRIPTED, encoding="utf-8")
    asking = load_profile("scripted", tmp_path).more
    values = asking.find("<div class='news' data-section=\"12\">")
    asked = asking.question("https://a.vn/tin-tuc", values, 2)
    assert asked.url == "https://a.vn/api/news/page"
    assert json.loads(asked.posted.text) == {"section": "12", "page": 2}


@pytest.mark.parametrize("name", ["README.md", "README.vi.md"])
def test_the_short_example_of_the_readme_works(tmp_path: Path, name: str) -> None:
    (block,) = blocks(read(name), "toml")
    (tmp_path / "lv.toml").write_text(block, encoding="utf-8")
    page = b"<div class='lv-page'>" + article(12).replace(b"2024.03.27", b"27/03/2024") + b"</div>"
    assert detect_platform(URL, page, tmp_path) == "lv"
    portal = replace(site(tmp_path / "archive.db"), profile=load_profile("lv", tmp_path))
    read_page = parse_page(page, URL, site=portal)
    assert read_page.article and read_page.article.title == NEWS[12][0]
    assert read_page.article.published_on == "2024-03-27"
    assert read_page.provenance["body"].rule == "profile:body"


def test_every_key_is_described_and_no_other() -> None:
    keys, layouts = DOCS.split("### Layouts")
    described = [row[0].strip("`") for row in table_rows(keys)]
    assert described == list(KEYS)
    assert [row[0].strip("`") for row in table_rows(layouts)] == list(LAYOUT_KEYS)
    assert all(f"`{table}`" in layouts for table in LAYOUT_TABLES)


def test_the_example_uses_every_table_a_beginner_needs() -> None:
    used = set(tomllib.loads(EXAMPLE))
    assert {key.split(".")[0] for key in KEYS} - used == {"id", "extends", "page", "tls"}
