"""The server as a process: it starts, answers, says what is wrong, and ends."""

import asyncio
import signal
import socket
import sqlite3
import urllib.request

import pytest

from scraper.web.opening import ServeError
from scraper.web.server import SETTINGS, make_datasette, serve


def test_it_serves_until_it_is_stopped(server, address):
    with urllib.request.urlopen(address, timeout=30) as response:
        assert "<html" in response.read().decode()
    server.send_signal(signal.SIGINT)
    out, err = server.communicate(timeout=30)
    assert (server.returncode, out, err) == (0, "Stopped.\n", "")


def test_a_taken_port_is_told(archive_path, articles):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ServeError, match=f"Port {port} on 127.0.0.1 is taken.*--port"):
            serve(archive_path, port=port)


def test_an_address_that_is_not_ours_is_told(archive_path, articles):
    with pytest.raises(ServeError, match=r"Cannot listen on 192\.0\.2\.1"):
        serve(archive_path, host="192.0.2.1", port=0)


def test_a_missing_archive_is_told(tmp_path):
    with pytest.raises(ServeError, match="There is no archive"):
        serve(tmp_path / "archive.db", port=0)


def test_settings_and_connections_are_set(reader):
    for name, value in SETTINGS.items():
        assert reader.datasette.setting(name) == value
    database = next(name for name in reader.datasette.databases if name != "_internal")

    async def pragmas():
        db = reader.datasette.databases[database]
        return [
            (await db.execute(f"pragma {name}")).first()[0] for name in ("cache_size", "mmap_size")
        ]

    cache, mmap = reader.loop.run_until_complete(pragmas())
    assert cache == -64 * 1024
    assert mmap > 100_000_000


def test_new_rows_are_seen_while_it_serves(tmp_path, archive_path, articles):
    path = tmp_path / "archive.db"
    path.write_bytes(archive_path.read_bytes())
    datasette = make_datasette(path)
    loop = asyncio.new_event_loop()

    def names():
        response = loop.run_until_complete(datasette.client.get("/archive/sites.json?_shape=array"))
        return {row["name"] for row in response.json()}

    before = names()
    connection = sqlite3.connect(path)
    connection.execute("update sites set name = 'Tên mới' where id = 'hoanghoa'")
    connection.commit()
    assert names() - before == {"Tên mới"}
    connection.close()
    loop.close()
