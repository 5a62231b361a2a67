"""Redirects that lead nowhere, off the site, or into the archivist's own network."""

from __future__ import annotations

import base64
import gzip
import socket
from dataclasses import replace

import pytest

from scraper.crawl.clock import utc_now
from scraper.crawl.exchange import FailureKind, FetchError, FetchRequest
from scraper.crawl.fetch import Fetcher
from scraper.crawl.options import FetchLimits, Politeness
from scraper.sites import Site
from tests.crawl.bench import BAD, GOOD_TITLE, Bench
from tests.crawl.tiny_portal import Reply, Request, TinyPortal, article
from tests.faults import Told

ELSEWHERE = {
    "redirect to itself": BAD,
    "redirect off the site": "http://bao.example.com/tin.html",
    "redirect to a file address": "file:///etc/passwd",
}


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.fault(name)) for name in ELSEWHERE]
)
def test_where_a_page_may_not_lead(name: str, bench: Bench, fault: Told) -> None:
    bench.portal.pages[BAD] = Reply(b"", 302, {"Location": ELSEWHERE[name]})
    summary = bench.scrape()
    failure = bench.failure()
    fault(failure.kind, failure.message)
    assert failure.kind == "redirect"
    assert bench.titles() == {GOOD_TITLE}
    assert summary.exit_code == 3
    assert bench.archive.db.table("captures").count_where("status = 302") == 1


@pytest.mark.fault("redirect loop")
def test_two_pages_that_lead_to_each_other(bench: Bench, fault: Told) -> None:
    other = "/tin-tuc/trang-loi-b-7011.html"
    bench.portal.pages[BAD] = Reply(b"", 302, {"Location": other})
    bench.portal.pages[other] = Reply(b"", 302, {"Location": BAD})
    bench.scrape()
    failures = bench.archive.open_failures()
    fault(failures[0].kind, failures[0].message)
    assert {each.kind for each in failures} == {"redirect"}
    assert bench.portal.hits()[BAD] + bench.portal.hits()[other] <= 4
    assert bench.titles() == {GOOD_TITLE}


@pytest.mark.fault("redirect without end")
def test_a_chain_without_end(bench: Bench, fault: Told) -> None:
    def onward(request: Request) -> Reply:
        number = int(request.path.rpartition("=")[2]) if "=" in request.path else 0
        return Reply(b"", 302, {"Location": f"{BAD}?n={number + 1}"})

    bench.portal.pages[BAD] = onward
    for number in range(1, 40):
        bench.portal.pages[f"{BAD}?n={number}"] = onward
    bench.scrape()
    (failure,) = bench.archive.open_failures()
    fault(failure.kind, failure.message)
    assert failure.kind == "redirect"
    assert len(bench.portal.requests) < 16
    assert bench.titles() == {GOOD_TITLE}


def test_every_redirect_has_a_capture_of_its_own(bench: Bench) -> None:
    bench.portal.pages[BAD] = Reply(b"", 301, {"Location": "/tin-tuc/moi-7010.html"})
    bench.portal.pages["/tin-tuc/moi-7010.html"] = article("Trang mới của bài viết cũ")
    bench.scrape()
    statuses = {
        row["url"].removeprefix(bench.portal.base_url): row["status"]
        for row in bench.archive.db.query("SELECT url, status FROM captures")
    }
    assert statuses[BAD] == 301
    assert statuses["/tin-tuc/moi-7010.html"] == 200
    assert bench.titles() == {GOOD_TITLE, "Trang mới của bài viết cũ"}


@pytest.mark.fault("redirect to the front page")
def test_an_article_that_leads_to_the_front_page_is_not_there(bench: Bench, fault: Told) -> None:
    bench.portal.pages[BAD] = article("Bài viết sẽ bị gỡ khỏi trang")
    bench.scrape()
    bench.portal.pages[BAD] = Reply(b"", 302, {"Location": "/"})
    for _ in range(2):
        bench.clock.move(days=1, hours=1)
        summary = bench.scrape()
    assert summary.tally.gone == 1
    fault("gone", "counted as not found, gone on the second visit")


# The guard of the archivist's own network. On the test's machine 127.0.0.1 plays the open web, and
# every other address is private.


@pytest.fixture
def open_web(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("address", "wire"):
        monkeypatch.setattr(
            f"scraper.crawl.{module}.is_public", lambda address: address == "127.0.0.1"
        )


@pytest.fixture
def intranet():
    with TinyPortal("127.0.0.2") as portal:
        portal.pages["/mat.jpg"] = Reply(b"\xff\xd8\xff secret", content_type="image/jpeg")
        yield portal


@pytest.mark.fault("redirect to a private address")
def test_a_redirect_into_the_private_network(bench: Bench, open_web, intranet, fault: Told) -> None:
    bench.portal.pages[BAD] = article(
        "Bài viết có ảnh", extra="<p><img src='/anh/mot.jpg' width='600'></p>"
    )
    secret = intranet.base_url + "/mat.jpg"
    bench.portal.pages["/anh/mot.jpg"] = Reply(b"", 302, {"Location": secret})
    bench.options = replace(bench.options, politeness=Politeness(backoff=0.0, patience=0.0))
    bench.scrape(private_network=False)
    failures = {each.kind: each for each in bench.archive.open_failures()}
    fault(*next((each.kind, each.message) for each in failures.values()))
    assert (
        "private or reserved address"
        in failures["robots" if "robots" in failures else "address"].message
    )
    assert intranet.requests == []
    assert len(bench.titles()) == 2


@pytest.mark.fault("private address")
def test_a_loopback_address_is_refused_for_a_site_of_the_open_web(
    bench: Bench, fault: Told
) -> None:
    bench.scrape(private_network=False)
    assert bench.portal.requests == []
    (failure,) = bench.archive.open_failures()
    fault(failure.kind, failure.message)
    assert failure.kind == "address"


@pytest.mark.fault("name with a private address")
def test_a_name_that_resolves_to_a_private_address_is_refused(bench: Bench, fault: Told) -> None:
    bench.scrape(base_url=f"http://localhost:{bench.portal.port}/", private_network=False)
    assert bench.portal.requests == []
    (failure,) = bench.archive.open_failures()
    fault(failure.kind, failure.message)
    assert failure.kind == "address"


@pytest.mark.fault("name that resolves anew to a private address")
def test_a_name_is_judged_at_each_connection(
    portal, open_web, intranet, monkeypatch, fault: Told
) -> None:
    """A name server may give a public address at first and a private one a moment later."""
    places = iter([("127.0.0.1", portal.port), ("127.0.0.2", intranet.port)])

    def rebinding(host, port, *args, **kwargs):
        return known(*next(places) if host == "huyen.test" else (host, port), *args, **kwargs)

    known = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    portal.pages["/"] = Reply(b"<p>tin</p>", headers={"Connection": "close"})
    fetcher = Fetcher("test", FetchLimits(connect_timeout=2.0), utc_now)
    address = f"http://huyen.test:{portal.port}/"
    assert fetcher.fetch(FetchRequest(address)).status == 200
    with pytest.raises(FetchError) as caught:
        fetcher.fetch(FetchRequest(address))
    fetcher.close()
    fault(caught.value.kind, str(caught.value))
    assert caught.value.kind is FailureKind.ADDRESS
    assert intranet.requests == []


# Proxies


@pytest.fixture
def through(monkeypatch: pytest.MonkeyPatch):
    """Let all requests go through a proxy."""
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    return lambda proxy: monkeypatch.setenv("http_proxy", proxy)


def site_behind(proxy: TinyPortal) -> Site:
    """Return a site that only the proxy can reach."""
    title = "Tin tức lấy qua máy chủ trung gian"
    base = "http://huyen.invalid"
    links = f"<ul><li><h3><a href='/tin-tuc/tin-1001.html'>{title}</a></h3></li></ul>"
    proxy.pages[f"{base}/robots.txt"] = Reply(b"", 404)
    proxy.pages[f"{base}/"] = Reply(f"<html><body>{links}</body></html>".encode())
    proxy.pages[f"{base}/tin-tuc/tin-1001.html"] = article(title)
    return Site("huyen", "Huyện", f"{base}/", pause=0.0)


def test_a_proxy_of_the_environment_is_used(bench: Bench, through) -> None:
    with TinyPortal("127.0.0.2") as proxy:
        through(proxy.base_url)
        bench.archive.save_site(site_behind(proxy))
        summary = bench.scrape()
    assert summary.exit_code == 0
    assert bench.titles() == {"Tin tức lấy qua máy chủ trung gian"}


def test_a_proxys_password_is_in_no_record(bench: Bench, through) -> None:
    with TinyPortal("127.0.0.2") as proxy:
        through(proxy.base_url.replace("http://", "http://thu-kho:mat-khau-rieng@"))
        bench.archive.save_site(site_behind(proxy))
        assert bench.scrape().exit_code == 0
        assert {request.headers.get("proxy-authorization") for request in proxy.requests} == {
            "Basic " + base64.b64encode(b"thu-kho:mat-khau-rieng").decode()
        }
    files = bench.archive.warc_folder.glob("*.warc.gz")
    kept = b"".join(gzip.decompress(path.read_bytes()) for path in files)
    assert b"WARC-Type: request" in kept
    assert b"proxy-authorization" not in kept.lower()


@pytest.mark.fault("private address through a proxy")
def test_a_proxy_is_not_asked_for_private_addresses(bench: Bench, through, fault: Told) -> None:
    with TinyPortal("127.0.0.2") as proxy:
        through(proxy.base_url)
        for number, host in enumerate(("10.0.0.1", "localhost")):
            bench.archive.save_site(Site(f"s{number}", "S", f"http://{host}/", pause=0.0))
        bench.scrape()
        assert proxy.requests == []
    failures = bench.archive.open_failures()
    fault(failures[0].kind, failures[0].message)
    assert [each.kind for each in failures] == ["address"] * 2


@pytest.mark.fault("proxy that refuses")
def test_a_proxy_that_is_not_there(bench: Bench, through, fault: Told) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    through(f"http://127.0.0.1:{port}")
    summary = bench.scrape()
    (failure,) = bench.archive.open_failures()
    fault(failure.kind, failure.message)
    assert "proxy" in failure.message
    assert bench.portal.requests == []
    assert summary.exit_code == 3
