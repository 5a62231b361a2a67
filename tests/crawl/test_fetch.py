"""One fetcher against a real server: what is asked again at once, and what is not."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from scraper.crawl import FetchLimits
from scraper.crawl.clock import utc_now
from scraper.crawl.exchange import FailureKind, FetchError, FetchRequest
from scraper.crawl.fetch import Fetcher
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
