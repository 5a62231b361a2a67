"""Faults of TLS, and what is relaxed for one host by name, date and reason."""

from __future__ import annotations

import socket
import threading
from pathlib import Path

import pytest

from scraper.archive.hosts import save_relaxation
from scraper.crawl import FetchLimits, run_scrape
from scraper.crawl.clock import utc_now
from scraper.crawl.exchange import FetchError, FetchRequest
from scraper.crawl.fetch import Fetcher
from scraper.crawl.tls import TlsRelaxation
from tests.crawl.certificates import OLD_HELLO, Issued, issue, server_context
from tests.crawl.tiny_portal import Reply, TinyPortal, article, listing

ROOT = issue("Test root", authority=True)
MIDDLE = issue("Test intermediate", ROOT, authority=True)


@pytest.fixture(autouse=True)
def trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bundle = tmp_path / "roots.pem"
    bundle.write_text(ROOT.pem)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(bundle))


def fetch(portal: TinyPortal, relaxation: TlsRelaxation | None = None):
    fetcher = Fetcher("test", FetchLimits(), utc_now, private_network=True, relaxation=relaxation)
    try:
        return fetcher.fetch(FetchRequest(portal.base_url + "/"))
    finally:
        fetcher.close()


def secure(folder: Path, leaf: Issued, *chain: Issued) -> TinyPortal:
    portal = TinyPortal(context=server_context(folder, leaf, *chain))
    portal.pages["/"] = Reply(b"<p>tin</p>")
    return portal


def test_a_whole_chain_is_accepted(tmp_path: Path) -> None:
    with secure(tmp_path, issue("leaf", MIDDLE), MIDDLE) as portal:
        assert fetch(portal).status == 200


def test_an_incomplete_chain_is_mended_by_a_pinned_intermediate(tmp_path: Path) -> None:
    relaxation = TlsRelaxation("127.0.0.1", "chain", "2024-03-28", intermediate_pem=MIDDLE.pem)
    with secure(tmp_path, issue("leaf", MIDDLE)) as portal:
        exchange = fetch(portal, relaxation)
    assert (exchange.status, exchange.tls) == (200, "pinned-intermediate")


def test_weak_keys_are_accepted_where_they_are_allowed(tmp_path: Path) -> None:
    relaxation = TlsRelaxation("127.0.0.1", "a server of 2009", "2024-03-28", weak_keys=True)
    with secure(tmp_path, issue("leaf", ROOT, weak=True)) as portal:
        exchange = fetch(portal, relaxation)
    assert (exchange.status, exchange.tls) == (200, "weak-keys")
    with secure(tmp_path, issue("leaf", weak=True)) as portal, pytest.raises(FetchError) as caught:
        fetch(portal, relaxation)
    assert "self-signed" in str(caught.value), "verified all the same"


def test_a_pinned_intermediate_does_not_excuse_another_certificate(tmp_path: Path) -> None:
    relaxation = TlsRelaxation("127.0.0.1", "chain", "2024-03-28", intermediate_pem=MIDDLE.pem)
    with secure(tmp_path, issue("leaf")) as portal, pytest.raises(FetchError):
        fetch(portal, relaxation)


@pytest.mark.parametrize("relaxed", [False, True])
def test_legacy_renegotiation_is_refused_unless_relaxed_for_the_host(relaxed: bool) -> None:
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        for _ in range(2):
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                connection.recv(4096)
                connection.sendall(OLD_HELLO)
                connection.settimeout(2)
                connection.recv(4096)

    threading.Thread(target=serve, daemon=True).start()
    relaxation = TlsRelaxation("127.0.0.1", "old", "2024-03-28", legacy_renegotiation=True)
    limits = FetchLimits(connect_tries=1, read_timeout=1.0, connect_timeout=1.0, whole_timeout=3.0)
    fetcher = Fetcher(
        "test", limits, utc_now, private_network=True, relaxation=relaxation if relaxed else None
    )
    with pytest.raises(FetchError) as caught:
        fetcher.fetch(FetchRequest(f"https://127.0.0.1:{listener.getsockname()[1]}/"))
    listener.close()
    refused = "unsafe legacy renegotiation" in str(caught.value).lower().replace("_", " ")
    assert refused is not relaxed, str(caught.value)


def test_a_run_records_what_was_relaxed(archive, options, listener, tmp_path: Path) -> None:
    import gzip

    with secure(tmp_path, issue("leaf", MIDDLE)) as portal:
        title = "Tin tức được lấy qua kết nối cũ"
        portal.pages["/"] = listing([("/tin-tuc/tin-so-1001.html", title)])
        portal.pages["/tin-tuc/tin-so-1001.html"] = article(title)
        archive.save_site(portal.site())
        save_relaxation(
            archive.db,
            {
                "host": "127.0.0.1",
                "reason": "the portal leaves its intermediate certificate out",
                "since": "2024-03-28",
                "legacy_renegotiation": False,
                "weak_keys": False,
                "intermediate_pem": MIDDLE.pem,
            },
        )
        summary = run_scrape(archive, archive.sites(), options, listener)
    assert summary.tally.new == 1
    (file,) = archive.warc_folder.glob("*.warc.gz")
    assert b"tlsRelaxed: pinned-intermediate" in gzip.decompress(file.read_bytes())
    relaxed = archive.db.execute("SELECT DISTINCT tls_relaxed FROM captures").fetchall()
    assert relaxed == [("pinned-intermediate",)]


def test_https_through_a_proxy_is_kept_as_the_site_answered(tmp_path: Path, monkeypatch) -> None:
    """The proxy is asked for a tunnel; what goes through it is the site's."""
    listener = socket.create_server(("127.0.0.2", 0))
    asked: list[bytes] = []

    def relay(source: socket.socket, target: socket.socket) -> None:
        try:
            while data := source.recv(65536):
                target.sendall(data)
        except OSError:
            return
        finally:
            target.close()

    def serve() -> None:
        client, _ = listener.accept()
        asked.append(client.recv(65536))
        server = socket.create_connection(("127.0.0.1", portal.port))
        client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        for pair in ((client, server), (server, client)):
            threading.Thread(target=relay, args=pair, daemon=True).start()

    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("https_proxy", f"http://127.0.0.2:{listener.getsockname()[1]}")
    with listener, secure(tmp_path, issue("leaf", MIDDLE), MIDDLE) as portal:
        threading.Thread(target=serve, daemon=True).start()
        exchange = fetch(portal)
    assert asked[0].startswith(f"CONNECT 127.0.0.1:{portal.port} HTTP/1.".encode())
    assert exchange.sent.startswith(b"GET / HTTP/1.1\r\n")
    assert exchange.head.startswith(b"HTTP/1.1 200 OK\r\nContent-Type: text/html")
    assert exchange.body == b"<p>tin</p>"
    assert portal.hits() == {"/": 1}
