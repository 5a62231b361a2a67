"""``sites add`` and ``sites check``: what is found, what would be read and where it comes from."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from scraper.archive import open_archive
from scraper.archive.hosts import find_relaxation
from tests.cli.test_cli import add, run
from tests.crawl.certificates import issue, server_context
from tests.crawl.tiny_portal import Reply, TinyPortal, article, listing

BOX = "<div><p>Truy cập</p><p>Hôm nay: 1.204</p><p>Tất cả: 2.345.678</p></div>"
TITLES = [
    "Nông dân xã Đông Hà thu hoạch dưa",
    "Khởi công cầu Bến Đá qua sông Rào",
    "Trường Tiểu học số 2 đón bằng chuẩn",
]


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "archive.db"


def fill(portal: TinyPortal) -> TinyPortal:
    links = [(f"/tin-tuc/bai-viet-so-{n}01.html", title) for n, title in enumerate(TITLES)]
    front = listing(links).body.decode().replace("</body>", f"{BOX}</body>")
    portal.pages["/"] = Reply(front.encode())
    for path, title in links:
        portal.pages[path] = article(title)
    return portal


@pytest.fixture
def portal():
    with TinyPortal() as portal:
        yield fill(portal)


def test_add_shows_encoding_counters_and_what_articles_say(db: Path, portal: TinyPortal) -> None:
    result = add(db, portal, "--id", "nha")
    assert result.exit_code == 0, result.output
    assert "encoding: utf-8" in result.output
    assert "counters: today 1204, total 2345678" in result.output
    for title in TITLES[:2]:
        assert title in result.output
    assert "2024-03-27T15:06:52+07:00" in result.output


def test_add_as_json(db: Path, portal: TinyPortal) -> None:
    facts = json.loads(add(db, portal, "--json").stdout)
    assert facts["counters"]["total"] == 2345678
    assert facts["encoding"] == "utf-8"
    assert facts["site"]["base_url"] == portal.base_url + "/"
    fields = {field["name"]: field for field in facts["pages"][0]["fields"]}
    assert fields["title"]["value"] == TITLES[0]


def test_add_saves_nothing_when_the_answer_is_no(db: Path, portal: TinyPortal) -> None:
    result = run(
        *("sites", "add", portal.base_url, "--db", db, "--contact", "a@b.vn", "--pause", "0"),
        "--private-network",
        input="n\n",
    )
    assert result.exit_code == 1
    assert not db.exists()


def test_add_learns_what_the_pages_share(db: Path, portal: TinyPortal) -> None:
    shared = "<div><p>Đường dây nóng tiếp nhận phản ánh của người dân: 0237 3865 001</p></div>"
    for path, page in list(portal.pages.items()):
        portal.pages[path] = Reply(page.body.replace(b"</article>", f"{shared}</article>".encode()))
    add(db, portal, "--id", "nha")
    with open_archive(db) as archive:
        assert len(archive.sites(["nha"])[0].boilerplate) == 1


def test_add_reads_the_articles_with_what_it_has_learnt(db: Path, unknown: TinyPortal) -> None:
    for path, page in list(unknown.pages.items()):
        body = page.body.decode().replace("<h1>", "<div>").replace("</h1>", "</div>")
        banner = "<body><h1>Cổng TTĐT huyện nhà</h1>"
        unknown.pages[path] = Reply(body.replace("<body>", banner).encode())
    result = add(db, unknown, "--id", "nha")
    assert f"title          {TITLES[0]}" in result.output


def check(db: Path, *more: str):
    return run("sites", "check", "nha", "--db", db, *more)


def test_check_shows_each_field_and_its_origin_and_writes_nothing(db, portal) -> None:
    add(db, portal, "--id", "nha")
    before = db.read_bytes()
    asked = len(portal.requests)
    result = check(db)
    assert result.exit_code == 0, result.output
    assert TITLES[0] in result.output and "/h1" in result.output
    assert "today 1204" in result.output
    assert db.read_bytes() == before
    assert not db.with_suffix(".warc").exists()
    # robots.txt, the front page and three articles, each once.
    assert len(portal.requests) - asked == 5
    assert "a@b.vn" in portal.requests[-1].headers["user-agent"]


def test_check_as_json_names_rule_and_node(db, portal) -> None:
    add(db, portal, "--id", "nha")
    pages = json.loads(check(db, "--json", "--articles", "1").stdout)
    assert [page["kind"] for page in pages] == ["listing", "article"]
    fields = {field["name"]: field for field in pages[1]["fields"]}
    assert fields["published_at"]["value"] == "2024-03-27T15:06:52+07:00"
    assert fields["published_at"]["rule"] == "label:published"
    assert fields["body"]["path"]
    assert fields["summary"] == {
        "name": "summary", "value": None, "rule": None, "path": None, "confidence": None,
    }  # fmt: skip


def test_check_ends_with_3_where_something_is_missing(db, portal) -> None:
    add(db, portal, "--id", "nha")
    portal.pages["/tin-tuc/bai-viet-so-001.html"] = Reply(b"", 404)
    result = check(db)
    assert result.exit_code == 3
    assert "problem" in result.output and "answered 404" in result.output
    page = article(TITLES[0], day="ngay nao do")
    portal.pages["/tin-tuc/bai-viet-so-001.html"] = page
    front = portal.pages["/"]
    portal.pages["/"] = Reply(front.body.replace(b"27/03/2024", b""))
    result = check(db)
    assert result.exit_code == 3
    assert "missing: published_on" in result.output


def test_check_reads_a_page_with_what_its_list_says(db, portal) -> None:
    add(db, portal, "--id", "nha")
    page = article(TITLES[0], day="ngay nao do")
    portal.pages["/tin-tuc/bai-viet-so-001.html"] = page
    result = check(db, "--json")
    assert result.exit_code == 0, "the list prints the day"
    (read,) = (each for each in json.loads(result.stdout) if each["url"].endswith("so-001.html"))
    fields = {field["name"]: field for field in read["fields"]}
    assert fields["published_on"]["value"] == "2024-03-27"
    assert fields["published_on"]["rule"] == "listing"
    assert fields["published_on"]["confidence"] == 0.5


def test_check_obeys_robots(db, portal) -> None:
    add(db, portal, "--id", "nha")
    portal.pages["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /\n", content_type="text/plain")
    asked = len(portal.requests)
    result = check(db)
    assert result.exit_code == 1
    assert "does not allow" in result.output
    assert len(portal.requests) - asked == 1


def test_a_counter_endpoint_is_asked(db, portal) -> None:
    folder = db.with_suffix(".profiles")
    folder.mkdir()
    (folder / "own.toml").write_text(
        "[recognise]\nhosts = '^127\\.0\\.0\\.1$'\n[counters]\nendpoint = '/api/dem'\n"
        "[counters.values]\ntoday = 'data.day'\ntotal = 'data.all'\n"
    )
    portal.pages["/api/dem"] = Reply(b'{"data": {"day": 7, "all": "1.000.007"}}')
    result = add(db, portal, "--id", "nha")
    assert "counters: today 7, total 1000007" in result.output
    assert "platform: own" in result.output
    assert "profile:counters.endpoint" in check(db).output
    portal.pages["/api/dem"] = Reply(b"", 500)
    assert check(db).exit_code == 3
    result = add(db, portal, "--id", "nha")
    assert result.exit_code == 0
    assert "could not be read" in result.output and "today 1204" in result.output


def test_the_second_page_of_a_list_is_asked_for_as_a_script_does(db, portal) -> None:
    folder = db.with_suffix(".profiles")
    folder.mkdir()
    (folder / "own.toml").write_text(
        "[recognise]\nhosts = '^127\\.0\\.0\\.1$'\n[listings]\nmore = '/api/tin'\n"
        "[listings.form]\nmuc = '{muc}'\ntrang = '{page}'\n"
        "[listings.values]\nmuc = 'muc: (\\d+)'\n"
    )
    news = listing([("/tin-tuc/bai-viet-so-009.html", "Bài viết số chín của huyện nhà")])
    portal.pages["/tin-tuc"] = Reply(news.body + b"<script>load({muc: 77})</script>")
    portal.pages["/api/tin"] = lambda request: (
        Reply(json.dumps({"d": news.body.decode()}).encode())
        if (request.method, request.body) == ("POST", b"muc=77&trang=2")
        else Reply(b"", 400)
    )
    add(db, portal, "--id", "nha")
    with open_archive(db) as archive:
        site = archive.sites(["nha"])[0]
        archive.save_site(replace(site, listings=(f"{portal.base_url}/tin-tuc",)))
    pages = json.loads(check(db, "--json", "--articles", "0").stdout)
    assert [page["kind"] for page in pages] == ["listing", "other", "listing, page 2"]
    (field,) = pages[2]["fields"]
    assert (field["value"], field["rule"]) == ("1", "profile:listings.more")
    assert portal.hits()["/tin-tuc"] == 1
    portal.pages["/tin-tuc"] = news
    result = check(db)
    assert "does not show muc" in result.output and result.exit_code == 0
    portal.pages["/tin-tuc"] = Reply(news.body + b"<script>load({muc: 78})</script>")
    assert check(db).exit_code == 3


def test_the_old_tls_of_a_family_is_allowed_as_its_profile_says(
    db, tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = issue("Test root", authority=True)
    (tmp_path / "roots.pem").write_text(root.pem)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "roots.pem"))
    context = server_context(tmp_path, issue("leaf", root, weak=True))
    with TinyPortal(context=context) as portal:
        fill(portal)
        refused = add(db, portal)
        assert refused.exit_code == 1
        assert "no safe TLS connection" in refused.output
        folder = db.with_suffix(".profiles")
        folder.mkdir()
        (folder / "old.toml").write_text(
            "[tls]\nhosts = '^127\\.0\\.0\\.1$'\nweak_keys = true\nreason = 'Short keys.'\n"
        )
        result = add(db, portal, "--id", "nha")
        assert result.exit_code == 0, result.output
        assert "weak-keys will be allowed for 127.0.0.1" in result.output
        with open_archive(db) as archive:
            assert find_relaxation(archive.db, "127.0.0.1")["reason"] == "Short keys."
        assert check(db).exit_code == 0


def test_sections_by_name_come_before_those_known_by_address(db, portal) -> None:
    folder = db.with_suffix(".profiles")
    folder.mkdir()
    profile = "[recognise]\nhosts = '^127'\n[addresses]\nlisting = '/kenh/'\n"
    (folder / "own.toml").write_text(profile)
    menu = "<a href='/kenh/1'>Thuỷ lợi</a><a href='/kenh/2'>Liên hệ</a><a href='/kt'>Kinh tế</a>"
    front = portal.pages["/"].body.replace(b"<body>", f"<body>{menu}".encode())
    portal.pages["/"] = Reply(front)
    facts = json.loads(add(db, portal, "--json").stdout)
    paths = [url.removeprefix(portal.base_url) for url in facts["site"]["listings"]]
    assert paths == ["/kt", "/kenh/1"]


def test_add_tells_a_wrong_profile(db, portal) -> None:
    folder = db.with_suffix(".profiles")
    folder.mkdir()
    (folder / "own.toml").write_text("[recognise]\nmark = '.x'\n")
    result = add(db, portal)
    assert result.exit_code == 2
    assert "own.toml, line 2: recognise.mark" in result.output
    assert not db.exists()


@pytest.mark.parametrize("arguments", [("sites", "list"), ("scrape",), ("sites", "check", "nha")])
def test_a_wrong_profile_is_told_without_a_traceback(db, portal, arguments) -> None:
    add(db, portal, "--id", "nha")
    with open_archive(db) as archive:
        archive.db.execute("UPDATE sites SET platform = 'own'")
        archive.db.conn.commit()
    folder = db.with_suffix(".profiles")
    folder.mkdir()
    (folder / "own.toml").write_text("name = 'Own'\n\n[fields]\ntitel = 'h1'\n")
    command = [sys.executable, "-m", "scraper", *arguments, "--db", str(db)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 2
    assert "own.toml, line 4: fields.titel" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.fixture
def unknown():
    """A portal whose addresses say nothing: articles are known by their headlines alone."""
    with TinyPortal() as portal:
        links = [(f"/doc.php?nid={n}", title) for n, title in enumerate(TITLES)]
        items = "".join(
            f"<p><a href='{path}'>{title}</a> (27/03/2024)</p>" for path, title in links
        )
        menu = "<a href='/'>Trang chủ</a><a href='/muc.php?m=1'>Tin tức</a>"
        front = f"<html><body>{menu}<div>{items}</div></body></html>".encode()
        section = f"<html><body>{menu}<h2>Chuyên mục</h2><div>{items}</div></body></html>"
        portal.pages["/"] = Reply(front)
        portal.pages["/muc.php?m=1"] = Reply(section.encode())
        for path, title in links:
            portal.pages[path] = article(title)
        yield portal


def test_add_shows_what_a_run_would_take_by_its_headline(db: Path, unknown: TinyPortal) -> None:
    result = add(db, unknown, "--id", "nha")
    assert "articles on the front page: 3" in result.output
    assert "shows no article" not in result.output
    for title in TITLES[:2]:
        assert f"title          {title}" in result.output


def test_check_takes_a_section_for_a_list_as_a_run_does(db: Path, unknown: TinyPortal) -> None:
    add(db, unknown, "--id", "nha")
    result = check(db, "--json")
    pages = json.loads(result.stdout)
    kinds = [page["kind"] for page in pages]
    assert kinds[1:] == ["listing", *["article"] * 3], pages[1]
    assert result.exit_code == 0


@pytest.mark.parametrize(
    "door",
    [
        "<meta http-equiv='Refresh' content='0; URL=/trang-chu/'>",
        "<script>window.location.href = '/trang-chu/';</script>",
        '<script>location.replace("/trang-chu/")</script>',
        "<frameset rows='90,*'><frame src='/dau.html'><frame src='/trang-chu/'></frameset>",
    ],
)
def test_a_front_page_that_sends_on_is_followed(db: Path, portal: TinyPortal, door: str) -> None:
    portal.pages["/trang-chu/"] = portal.pages["/"]
    portal.pages["/"] = Reply(f"<html><head>{door}</head></html>".encode())
    result = add(db, portal, "--id", "nha")
    assert f"base_url: {portal.base_url}/trang-chu/" in result.output
    assert "articles on the front page: 3" in result.output


def test_a_page_with_links_that_is_loaded_anew_is_the_front_page(db, portal) -> None:
    refresh = b"<head><meta http-equiv='refresh' content='5; url=/khac/'>"
    portal.pages["/"] = Reply(portal.pages["/"].body.replace(b"<head>", refresh))
    assert f"base_url: {portal.base_url}/\n" in add(db, portal).output


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b" ", "empty page"),
        (b"<h1>Checking your browser</h1><div class='g-recaptcha'></div>", "CAPTCHA"),
    ],
)
def test_what_is_no_front_page_is_not_saved(db: Path, portal, body: bytes, words: str) -> None:
    portal.pages["/"] = Reply(body)
    result = add(db, portal)
    assert result.exit_code == 1
    assert words in result.output and "Nothing was saved" in result.output
    assert not db.exists()


def test_a_portal_is_not_added_twice_under_two_names(db: Path, portal: TinyPortal) -> None:
    add(db, portal, "--id", "nha")
    result = add(db, portal, "--id", "khac")
    assert result.exit_code == 2
    assert "already, as nha" in result.output
    assert add(db, portal, "--id", "nha").exit_code == 0


def test_a_portal_without_https_is_told_how_to_be_named(db: Path, portal: TinyPortal) -> None:
    host = portal.base_url.removeprefix("http://")
    result = run(
        "sites", "add", host, *("--db", db, "--contact", "a@b.vn", "--yes"), "--private-network"
    )
    assert result.exit_code == 1
    assert f"give its address as http://{host}" in result.output


def test_what_was_relaxed_before_holds_when_a_portal_is_added(db, tmp_path, monkeypatch) -> None:
    root = issue("Test root", authority=True)
    middle = issue("Middle", root, authority=True)
    (tmp_path / "roots.pem").write_text(root.pem)
    (tmp_path / "middle.pem").write_text(middle.pem)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "roots.pem"))
    with TinyPortal(context=server_context(tmp_path, issue("leaf", middle))) as secure:
        refused = add(db, fill(secure), "--id", "nha")
        assert refused.exit_code == 1
        assert "sites relax 127.0.0.1 --intermediate FILE --reason TEXT" in refused.output
        how = ("--intermediate", tmp_path / "middle.pem", "--reason", "It leaves one out.")
        assert run("sites", "relax", "127.0.0.1", "--db", db, *how).exit_code == 0
        result = add(db, secure, "--id", "nha")
        assert result.exit_code == 0, result.output
        with open_archive(db) as archive:
            assert find_relaxation(archive.db, "127.0.0.1")["reason"] == "It leaves one out."


@pytest.mark.parametrize("path", ["/", "/robots.txt"])
def test_add_says_when_to_try_again(db: Path, portal: TinyPortal, path: str) -> None:
    portal.pages[path] = Reply(b"", 503, {"Retry-After": "120"})
    result = add(db, portal)
    assert result.exit_code == 1
    assert "it asks to be tried again in 120 s, at 20" in result.output
    assert "Nothing was saved" in result.output
    portal.pages[path] = Reply(b"", 503)
    assert "tried again" not in add(db, portal).output
