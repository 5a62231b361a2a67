"""The bytes on the wire: connections that remember exactly what was sent and received.

``http.client`` parses headers and forgets them; an archive must keep them as they were. The hooks
used are the ones the libraries offer: ``response_class`` of ``http.client`` and ``ConnectionCls``
of urllib3's pools. The same place bounds the time of a whole answer (a server that drips a byte a
second never trips a socket's time-out) and connects to checked addresses only.
"""

from __future__ import annotations

import functools
import http.client
import io
import re
import socket
import time
from dataclasses import dataclass, field
from typing import Any

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError
from urllib3.util import connection as urllib3_connection

from scraper.crawl.address import AddressRefusedError, is_public, resolve

_PROXY_PASSWORD = re.compile(rb"\r\nProxy-Authorization:[^\r\n]*", re.IGNORECASE)


@dataclass(slots=True)
class Tape:
    """What passes over the wire in one exchange, and the bounds that hold for it.

    ``deadline`` is of ``time.monotonic``; ``read_timeout`` bounds the silence between two arrivals.
    ``connected`` says that the exchange made a connection of its own.
    """

    private_network: bool = False
    read_timeout: float = 30.0
    deadline: float = float("inf")
    sent: bytearray = field(default_factory=bytearray)
    head: bytearray = field(default_factory=bytearray)
    peer: str | None = None
    connected: bool = False

    def request(self) -> bytes:
        """What was sent, without the password that a proxy asks for: that is the operator's own."""
        head, end, body = bytes(self.sent).partition(b"\r\n\r\n")
        return _PROXY_PASSWORD.sub(b"", head) + end + body

    def rewind(self, seconds: float) -> None:
        """Forget the last exchange; the next one must end within ``seconds``."""
        self.sent = bytearray()
        self.head = bytearray()
        self.connected = False
        self.deadline = time.monotonic() + seconds


class _BoundedReader(io.RawIOBase):
    """The raw side of a socket, with a time limit for everything that is read through it."""

    def __init__(self, sock: socket.socket, tape: Tape) -> None:
        self._sock = sock
        # makefile holds the socket open: http.client closes its own end while the body is unread.
        self._raw = sock.makefile("rb", buffering=0)
        self._tape = tape

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:  # noqa: ANN401 - the buffer protocol
        remaining = self._tape.deadline - time.monotonic()
        if remaining <= 0:
            raise TimeoutError("the whole answer took too long")
        self._sock.settimeout(min(self._tape.read_timeout, remaining))
        return self._raw.readinto(buffer)

    def close(self) -> None:
        if not self.closed:
            self._raw.close()
        super().close()


class _HeadTape:
    """Stands in for the response's file while its head is read, and copies every line."""

    def __init__(self, file: io.BufferedReader, tape: Tape) -> None:
        self._file = file
        self._tape = tape

    def readline(self, limit: int = -1) -> bytes:
        line = self._file.readline(limit)
        head = self._tape.head
        if line.startswith(b"HTTP/") and head.endswith((b"\r\n\r\n", b"\n\n")):
            head.clear()  # an interim answer (100 Continue, 103) came first; the final one counts
        head += line
        return line

    def close(self) -> None:
        self._file.close()


class TapedResponse(http.client.HTTPResponse):
    """A response whose head is on tape as it was received, byte for byte."""

    def __init__(self, sock: socket.socket, *args: Any, tape: Tape, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(sock, *args, **kwargs)
        self._tape = tape
        self.fp.close()
        self.fp = io.BufferedReader(_BoundedReader(sock, tape), 65536)

    def begin(self) -> None:
        """Read status line and headers, copying them to the tape."""
        file = self.fp
        taped = _HeadTape(file, self._tape)
        self.fp = taped  # type: ignore[assignment]
        try:
            super().begin()
        finally:
            if self.fp is taped:  # type: ignore[comparison-overlap]
                # otherwise it was closed: there is no head, or no body
                self.fp = file


def _connect(conn: HTTPConnection, tape: Tape) -> socket.socket:
    """Connect to a checked address; raises what urllib3's own ``_new_conn`` raises."""
    try:
        addresses = resolve(conn.host, conn.port, private_network=tape.private_network)
    except (socket.gaierror, UnicodeError) as error:
        reason = error if isinstance(error, socket.gaierror) else socket.gaierror(str(error))
        raise NameResolutionError(conn.host, conn, reason) from error
    problem: OSError | None = None
    for address in addresses:
        try:
            return _connect_to(conn, address, tape)
        except OSError as error:
            problem = error
    if isinstance(problem, TimeoutError):
        raise ConnectTimeoutError(conn, f"{conn.host} did not answer in {conn.timeout} s")
    raise NewConnectionError(conn, (problem and problem.strerror) or str(problem))


def _connect_to(conn: HTTPConnection, address: str, tape: Tape) -> socket.socket:
    sock = urllib3_connection.create_connection(
        (address, conn.port),
        conn.timeout,
        source_address=conn.source_address,
        socket_options=conn.socket_options,
    )
    peer = str(sock.getpeername()[0])
    if not (tape.private_network or is_public(peer)):
        sock.close()
        raise AddressRefusedError(f"{conn.host} answered from the private address {peer}")
    tape.peer = peer
    return sock


def taped_pools(tape: Tape) -> dict[str, type[HTTPConnectionPool]]:
    """Make urllib3 pool classes whose connections write to ``tape``.

    Returns:
        A value for ``PoolManager.pool_classes_by_scheme``.
    """

    class _Taped(HTTPConnection):
        # A proxy is the operator's own choice and often private; the guard is for the sites' side.
        def _new_conn(self) -> socket.socket:
            tape.connected = True
            sock = super()._new_conn() if self.proxy else _connect(self, tape)
            self.response_class = functools.partial(TapedResponse, tape=tape)  # type: ignore[assignment]
            return sock

        def putrequest(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
            tape.sent.clear()
            super().putrequest(*args, **kwargs)

        def send(self, data: Any) -> None:  # noqa: ANN401
            super().send(data)
            if isinstance(data, bytes | bytearray):
                tape.sent += data

    class _TapedTls(_Taped, HTTPSConnection):
        pass

    class _Pool(HTTPConnectionPool):
        ConnectionCls = _Taped

    class _TlsPool(HTTPSConnectionPool):
        ConnectionCls = _TapedTls

    return {"http": _Pool, "https": _TlsPool}
