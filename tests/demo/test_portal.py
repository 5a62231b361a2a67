import http.client
import socket
import threading
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import pytest
import requests

from scraper.demo import DEFAULT_TODAY, DemoPortal, PortalError
from scraper.demo.article import HANOI
from scraper.demo.edition import edition_at
from tests.demo.reading import box

SEED = "hoi-nghi-trien-khai-nhiem-vu-dien-tap-khu-vuc-phong-thu-huyen-nam-2024"
EDITED = "kiem-tra-an-toan-thuc-pham-bep-an-ban-tru"
REMOVED = "thong-bao-tam-dung-ben-do-ngang-van-khe"


def hanoi(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=HANOI)


def connection(portal: DemoPortal) -> http.client.HTTPConnection:
    return http.client.HTTPConnection(urlsplit(portal.base_url).netloc, timeout=10)


def test_pages_are_html_in_utf8(get):
    answer = get("/")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.headers["Date"] == "Thu, 28 Mar 2024 02:00:00 GMT"
    assert "Kiểm tra an toàn thực phẩm" in answer.content.decode("utf-8")


def test_the_same_requests_get_the_same_answers():
    def visit() -> list[tuple[dict[str, str], bytes]]:
        with DemoPortal("modern") as portal, requests.Session() as session:
            paths = ("/", "/robots.txt", "/web/trang-chu/tin-tuc?page=2", "/nothing", "/")
            answers = [session.get(portal.base_url + path, timeout=10) for path in paths]
            port = str(portal.base_url.rpartition(":")[2]).encode()
            return [(dict(a.headers), a.content.replace(port, b"PORT")) for a in answers]

    first, second = visit(), visit()
    # Compressed lengths depend on the port's digits; all else is the same.
    for headers, _ in first + second:
        headers.pop("Content-Length", None)
    assert first == second
    assert first[0][1] != first[-1][1]


def test_every_page_counts_and_files_do_not(portal, at, get):
    start = portal.counters.total
    article = edition_at(DEFAULT_TODAY).articles[0]
    for path in ("/", at.home, at.article(article), "/nothing"):
        get(path)
    assert portal.counters.total == start + 4
    photo = at.photo(article, article.photos[0])
    for path in (photo, "/robots.txt", "/sitemap.xml", at.feed, "/favicon.svg"):
        assert get(path).status_code == 200
    assert portal.counters.total == start + 4


def test_the_box_shows_the_visit_that_asks(portal, get):
    before = portal.counters
    first, second = box(get("/").text), box(get("/").text)
    assert first["total"] == before.total + 1
    assert second["total"] == before.total + 2
    assert second["today"] == first["today"] + 1
    assert first["yesterday"] == second["yesterday"] == before.yesterday
    assert ("online" in first) == (portal.markup == "modern")


def test_the_box_rolls_over_at_midnight_in_hanoi(portal, get):
    portal.set_today(hanoi(2024, 3, 28, 23, 59, 30))
    evening = box(get("/").text)
    portal.set_today(hanoi(2024, 3, 29, 0, 0, 30))
    morning = box(get("/").text)
    assert evening["today"] > 7000
    assert morning["today"] < 10
    assert morning["yesterday"] >= evening["today"]
    assert morning["total"] - evening["total"] == (
        morning["today"] + morning["yesterday"] - evening["today"]
    )


def test_many_readers_at_once_are_all_counted(portal):
    start = portal.counters.total

    def read() -> None:
        with requests.Session() as session:
            for _ in range(5):
                session.get(portal.base_url + "/", timeout=10)

    readers = [threading.Thread(target=read) for _ in range(6)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert portal.counters.total == start + 30
    assert len(portal.requests) == 30


def test_the_seed_page_stands_still_while_the_others_grow(portal, get):
    first = get(portal.article_url(SEED))
    total = portal.counters.total
    get("/")
    portal.set_today(hanoi(2024, 4, 5, 20))
    second = get(portal.article_url(SEED))
    assert first.content == second.content
    assert box(first.text) == {
        "today": 4840,
        "yesterday": 12008,
        "this_week": 59019,
        "this_month": 226219,
        "total": 11718781,
    }
    assert total >= 11718781
    assert first.headers["X-Cache"] == "HIT"
    assert int(first.headers["Age"]) == 17 * 3600 + 53 * 60 + 8
    assert int(second.headers["Age"]) > int(first.headers["Age"])
    again = get(portal.article_url(SEED), headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_photos_are_asked_for_once(portal, at, get):
    article = edition_at(DEFAULT_TODAY).find(SEED)
    path = at.photo(article, article.photos[0])
    assert path.endswith("/z5288494629873_2f7b303063ad5366437a21947f08cd6b.jpg")
    first = get(path)
    assert first.headers["Content-Type"] == "image/jpeg"
    assert first.content.startswith(b"\xff\xd8")
    assert first.headers["Last-Modified"] == "Wed, 27 Mar 2024 08:06:52 GMT"
    for header, value in (
        ("If-None-Match", first.headers["ETag"]),
        ("If-Modified-Since", first.headers["Last-Modified"]),
    ):
        again = get(path, headers={header: value})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]


def test_names_with_spaces_and_marks_are_percent_encoded(portal, at, get):
    edition = edition_at(DEFAULT_TODAY)
    odd = [
        (one, photo) for one in edition.articles for photo in one.photos if not photo.file.isascii()
    ]
    assert len(odd) == 2
    for article, photo in odd:
        path = at.photo(article, photo)
        assert path.isascii()
        assert get(path).headers["Content-Type"] == "image/jpeg"


def test_the_attachment_is_served(portal, at, get):
    article = edition_at(DEFAULT_TODAY).find("ban-hanh-ke-hoach-cai-cach-hanh-chinh-nam-2024")
    answer = get(at.document(article, article.documents[0]))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_head_tells_the_length_and_sends_nothing(portal, at):
    article = edition_at(DEFAULT_TODAY).articles[0]
    before = portal.counters
    link = connection(portal)
    for path in (at.photo(article, article.photos[0]), "/robots.txt", "/"):
        link.request("HEAD", path)
        head = link.getresponse()
        assert (head.status, head.read()) == (200, b"")
        link.request("GET", path)
        body = link.getresponse().read()
        # The page grows by a digit now and then, never the files.
        assert path == "/" or int(head.headers["Content-Length"]) == len(body)
    link.close()
    assert portal.counters.total == before.total + 1


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PROPFIND", "BREW"])
def test_other_methods_are_refused(portal, method):
    link = connection(portal)
    link.request(method, "/", body=b"x" * 1000)
    answer = link.getresponse()
    assert answer.status == 405
    assert answer.headers["Allow"] == "GET, HEAD"
    assert answer.headers["Connection"] == "close"
    assert "không được hỗ trợ" in answer.read().decode()
    assert portal.requests == []


def test_what_is_not_there_gets_the_portals_own_page(portal, get):
    for path in ("/nothing", "/portal/Pages/2024-3-27/x.aspx", "/%2e%2e/portal.toml", "/web//"):
        answer = get(path)
        assert answer.status_code == (404 if portal.markup == "sharepoint" else 200)
        assert "Không tìm thấy" in answer.text
        assert "Truy cập" in answer.text


def test_the_modern_portal_compresses_and_the_old_one_does_not(portal, get):
    packed = get("/", headers={"Accept-Encoding": "gzip"})
    plain = get("/", headers={"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in plain.headers
    if portal.markup == "modern":
        assert packed.headers["Content-Encoding"] == "gzip"
        assert int(packed.headers["Content-Length"]) < int(plain.headers["Content-Length"]) / 2
    else:
        assert "Content-Encoding" not in packed.headers
    assert "Truy cập" in packed.text


def test_an_edit_shows_from_its_day_on(portal, get):
    url = portal.article_url(EDITED)
    before = get(url).text
    portal.set_today(hanoi(2024, 3, 29, 12))
    after = get(url).text
    assert "24 bếp ăn" in before
    assert "26 bếp ăn" not in before
    assert "26 bếp ăn" in after
    assert "24 bếp ăn" not in after


def test_a_removed_article_is_gone_in_the_manner_of_the_platform(portal, at, get):
    url = portal.article_url(REMOVED)
    assert "bến đò ngang" in get(url).text
    assert REMOVED in get("/sitemap-tin-tuc.xml").text or portal.markup == "sharepoint"
    portal.set_today(hanoi(2024, 4, 1, 8))
    gone = get(url)
    assert gone.status_code == (404 if portal.markup == "sharepoint" else 200)
    assert "bến đò ngang" not in gone.text.lower()
    assert "Không tìm thấy" in gone.text


def test_photos_of_an_article_to_come_are_not_there_yet(portal, at, get):
    later = edition_at(hanoi(2024, 3, 31)).find("hon-800-nguoi-don-rac-bai-bien-hai-sung")
    path = at.photo(later, later.photos[0])
    assert get(path).headers["Content-Type"].startswith("text/html")
    portal.set_today(hanoi(2024, 3, 31))
    assert get(path).headers["Content-Type"] == "image/jpeg"


def test_the_sharepoint_kind_takes_both_spellings_of_an_address():
    with DemoPortal("sharepoint") as portal:
        url = portal.article_url(SEED)
        other = url.replace("/Pages/2024-3-27/", "/pages/2024-03-27/").replace("Hoi-", "hoi-")
        assert requests.get(url, timeout=10).content == requests.get(other, timeout=10).content
        assert "/Pages/2024-3-27/Hoi-nghi-" in url


def test_the_modern_kind_minds_every_letter():
    with DemoPortal("modern") as portal:
        answer = requests.get(portal.article_url(SEED).replace("hoi-", "Hoi-"), timeout=10)
        assert "Không tìm thấy" in answer.text


def test_requests_are_remembered_with_their_headers(portal, get):
    get("/robots.txt?x=1", headers={"User-Agent": "me/1.0"})
    (request,) = portal.requests
    assert (request.method, request.path) == ("GET", "/robots.txt?x=1")
    assert request.headers["User-Agent"] == "me/1.0"


def test_a_proxys_whole_address_is_understood(portal):
    link = connection(portal)
    link.request("GET", portal.base_url + "/robots.txt")
    assert link.getresponse().read().startswith(b"User-agent: *")
    link.close()


def test_the_clock_does_not_go_back(portal):
    assert portal.today == DEFAULT_TODAY
    portal.set_today(DEFAULT_TODAY + timedelta(hours=1))
    with pytest.raises(PortalError, match="does not go back"):
        portal.set_today(DEFAULT_TODAY)
    with pytest.raises(PortalError, match="no time zone"):
        portal.set_today(datetime(2024, 5, 1))
    assert portal.today == DEFAULT_TODAY + timedelta(hours=1)


def test_a_moment_in_another_zone_is_taken_as_hanois():
    with DemoPortal(today=datetime.fromisoformat("2024-03-28T20:00:00+00:00")) as portal:
        assert portal.today.isoformat() == "2024-03-29T03:00:00+07:00"


def test_what_cannot_be_started_says_why():
    with DemoPortal() as portal, pytest.raises(PortalError, match="cannot listen on 127"):
        DemoPortal(port=int(portal.base_url.rpartition(":")[2]))
    with pytest.raises(PortalError, match="sharepoint, modern"):
        DemoPortal("drupal")
    with pytest.raises(PortalError, match="no time zone"):
        DemoPortal(today=datetime(2024, 3, 28))


def test_closing_ends_connections_that_are_kept_alive():
    portal = DemoPortal()
    link = connection(portal)
    link.request("GET", "/robots.txt")
    assert link.getresponse().read()
    portal.close()
    portal.close()
    with pytest.raises((http.client.HTTPException, OSError)):
        link.request("GET", "/robots.txt")
        link.getresponse()
    with pytest.raises(OSError):
        socket.create_connection((urlsplit(portal.base_url).hostname, link.port), timeout=2)


def test_an_unknown_article_has_no_address(portal):
    assert portal.article_url(REMOVED).startswith(portal.base_url + "/")
    with pytest.raises(KeyError):
        portal.article_url("khong-co")
