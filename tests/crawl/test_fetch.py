"""One fetcher against a real server: what is asked again at once, and what is not."""

from __future__ import annotations

import ssl
from base64 import b64encode
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import parse_qsl

import pytest
from requests.utils import DEFAULT_CA_BUNDLE_PATH

from scraper.crawl import FetchLimits
from scraper.crawl.clock import utc_now
from scraper.crawl.exchange import FailureKind, FetchError, FetchRequest
from scraper.crawl.fetch import Fetcher
from scraper.crawl.transport import common_context
from scraper.sites.asking import Posted
from tests.crawl.tiny_portal import Reply, TinyPortal, reset

LIMITS = FetchLimits(connect_timeout=2.0, read_timeout=2.0, whole_timeout=5.0)


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    fetcher = Fetcher("test", LIMITS, utc_now, private_network=True)
    yield fetcher
    fetcher.close()


def first_ends_badly(how: Callable) -> Callable:
    """Answer by ``how`` at first and properly from then on."""
    asked = []

    def handle(connection, request) -> None:
        asked.append(request)
        if len(asked) == 1:
            how(connection)
        else:
            connection.sendall(Reply(b"<p>tin</p>").raw())

    return handle


@pytest.mark.parametrize("how", [lambda connection: connection.close(), reset])
def test_a_kept_connection_that_the_server_had_given_up_is_made_anew(portal, fetcher, how) -> None:
    """Servers close idle connections; a request may meet that on its way (RFC 9112, 9.3.1)."""
    portal.pages["/"] = Reply(b"<p>trang</p>")
    portal.wild["/b"] = first_ends_badly(how)
    fetcher.fetch(FetchRequest(portal.base_url + "/"))
    exchange = fetcher.fetch(FetchRequest(portal.base_url + "/b"))
    assert (exchange.status, exchange.body) == (200, b"<p>tin</p>")
    assert exchange.sent.startswith(b"GET /b HTTP/1.1\r\n")
    assert exchange.head.startswith(b"HTTP/1.1 200 OK\r\n")
    assert portal.hits()["/b"] == 2


def test_a_new_connection_that_breaks_is_a_failure(portal: TinyPortal, fetcher: Fetcher) -> None:
    portal.wild["/b"] = first_ends_badly(reset)
    with pytest.raises(FetchError) as caught:
        fetcher.fetch(FetchRequest(portal.base_url + "/b"))
    assert caught.value.kind is FailureKind.RESET
    assert portal.hits()["/b"] == 1


def test_what_was_answered_in_part_is_not_asked_again(portal: TinyPortal, fetcher: Fetcher) -> None:
    def half(connection) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Le")
        reset(connection)

    portal.pages["/"] = Reply(b"<p>trang</p>")
    portal.wild["/b"] = first_ends_badly(half)
    fetcher.fetch(FetchRequest(portal.base_url + "/"))
    with pytest.raises(FetchError):
        fetcher.fetch(FetchRequest(portal.base_url + "/b"))
    assert portal.hits()["/b"] == 1


def test_a_form_is_not_sent_twice(portal: TinyPortal, fetcher: Fetcher) -> None:
    portal.pages["/"] = Reply(b"<p>trang</p>")
    portal.wild["/b"] = first_ends_badly(lambda connection: connection.close())
    fetcher.fetch(FetchRequest(portal.base_url + "/"))
    posted = Posted.form([("a", "b")])
    with pytest.raises(FetchError):
        fetcher.fetch(FetchRequest(portal.base_url + "/b", posted=posted))
    assert portal.hits()["/b"] == 1


def test_a_form_is_sent_as_browsers_do(portal: TinyPortal, fetcher: Fetcher) -> None:
    portal.wild["/b"] = first_ends_badly(lambda connection: connection.sendall(Reply(b"x").raw()))
    form = [("__EVENTTARGET", "ctl00$pager"), ("từ khoá", "Đại hội & bầu cử")]
    exchange = fetcher.fetch(FetchRequest(portal.base_url + "/b", posted=Posted.form(form)))
    head, _, body = exchange.sent.partition(b"\r\n\r\n")
    assert exchange.method == "POST"
    assert parse_qsl(body.decode("ascii")) == form
    assert b"Content-Type: application/x-www-form-urlencoded\r\n" in head + b"\r\n"
    assert f"Content-Length: {len(body)}\r\n".encode() in head + b"\r\n"


def test_cookies_go_back_to_where_they_are_for(portal: TinyPortal, fetcher: Fetcher) -> None:
    given = ["a=1; Path=/tin", "b=2", "c=3; Secure"]
    portal.pages["/"] = Reply(b"x", headers={"Set-Cookie": "\r\nSet-Cookie: ".join(given)})
    for path in ("/tin", "/khac"):
        portal.pages[path] = Reply(b"x")
    assert b"Cookie:" not in fetcher.fetch(FetchRequest(portal.base_url + "/")).sent
    assert b"Cookie: a=1; b=2\r\n" in fetcher.fetch(FetchRequest(portal.base_url + "/tin")).sent
    assert b"Cookie: b=2\r\n" in fetcher.fetch(FetchRequest(portal.base_url + "/khac")).sent
    assert {each.name for each in fetcher.cookies()} == {"a", "b", "c"}


def test_a_proxy_is_told_name_and_password(
    portal: TinyPortal, fetcher: Fetcher, monkeypatch
) -> None:
    monkeypatch.setenv("http_proxy", portal.base_url.replace("//", "//lan:m%40t@"))
    portal.pages["http://huyen.invalid/tin"] = Reply(b"x")
    exchange = fetcher.fetch(FetchRequest("http://huyen.invalid/tin"))
    assert exchange.body == b"x"
    sent = portal.requests[-1]
    assert sent.headers["proxy-authorization"] == "Basic " + b64encode(b"lan:m@t").decode()


def test_a_proxy_of_another_kind_is_told(fetcher: Fetcher, monkeypatch) -> None:
    monkeypatch.setenv("http_proxy", "socks5://127.0.0.1:1080")
    with pytest.raises(FetchError, match="no HTTP proxy") as caught:
        fetcher.fetch(FetchRequest("http://huyen.invalid/tin"))
    assert caught.value.kind is FailureKind.PROXY


def test_the_trusted_certificates_are_read_once_for_all_hosts() -> None:
    with ThreadPoolExecutor(8) as pool:
        contexts = set(pool.map(common_context, [DEFAULT_CA_BUNDLE_PATH] * 16))
    assert len(contexts) == 1
    (context,) = contexts
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
    assert len(context.get_ca_certs()) > 50
