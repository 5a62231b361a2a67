"""The HTTP side of the bundled portal: requests in, answers out, connections closed at the end."""

from __future__ import annotations

import gzip
import socket
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from email.message import Message
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from scraper.demo.responses import Response, conditional

Answer = Callable[[str, str, Message], Response]
"""(method, path with query, request headers) to the answer; headers are looked up in any case."""

Connection = socket.socket | tuple[bytes, socket.socket]
"""What the base class calls a request: with TCP always the first."""

_METHODS = ("GET", "HEAD")


class PortalServer(ThreadingHTTPServer):
    """A threading server that can end: closing it cuts the connections that are kept alive."""

    daemon_threads = True

    def __init__(self, address: tuple[str, int], answer: Answer, clock: Callable[[], str]) -> None:
        self.answer = answer
        self.clock = clock
        self._open: set[Connection] = set()
        self._guard = threading.Lock()
        super().__init__(address, PortalHandler)

    def process_request(self, request: Connection, client_address: tuple[str, int]) -> None:
        """Remember the connection, then handle it in a thread of its own."""
        with self._guard:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Connection) -> None:
        """Forget the connection and close it."""
        with self._guard:
            self._open.discard(request)
        super().shutdown_request(request)

    def cut_connections(self) -> None:
        """End every open connection, so that no client talks on to a portal that is gone."""
        with self._guard:
            waiting = tuple(self._open)
        for connection in waiting:
            if not isinstance(connection, socket.socket):
                continue
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue  # the client was faster

    def handle_error(self, request: Connection, client_address: tuple[str, int]) -> None:
        """Say nothing of clients that hang up; anything else is a fault of ours and is shown."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class PortalHandler(BaseHTTPRequestHandler):
    """Answers the requests of one connection."""

    protocol_version = "HTTP/1.1"
    server_version = "district-archive"
    sys_version = "demo-portal"
    timeout = 30
    disable_nagle_algorithm = True  # else the end of each page waits 40 ms for an acknowledgement
    server: PortalServer

    def __getattr__(self, name: str) -> Callable[[], None]:
        # The base class looks for do_<METHOD> and answers 501 where there is none. The portal knows
        # every method by name, and answers 405 to those it does not serve.
        if name.startswith("do_"):
            return self._serve
        raise AttributeError(name)

    def _serve(self) -> None:
        if self.command not in _METHODS:
            self._refuse()
            return
        response = self.server.answer(self.command, self._target(), self.headers)
        response = conditional(compressed(response, self.headers), self.headers)
        self._send(response)

    def _target(self) -> str:
        """The path with its query; a proxy sends the whole address, which is cut here."""
        if self.path.startswith(("http://", "https://")):
            return "/" + self.path.split("/", 3)[3] if self.path.count("/") > 2 else "/"
        return self.path

    def _refuse(self) -> None:
        self.close_connection = True  # the body of the request is not read
        text = f"Phương thức {self.command} không được hỗ trợ.\n".encode()
        headers = {"Allow": ", ".join(_METHODS), "Connection": "close"}
        self._send(
            Response(HTTPStatus.METHOD_NOT_ALLOWED, text, "text/plain; charset=utf-8", headers)
        )

    def _send(self, response: Response) -> None:
        self.send_response(response.status)
        for name, value in response.headers.items():
            self.send_header(name, value)
        if response.status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Type", response.content_type)
            self.send_header("Content-Length", str(len(response.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(response.body)

    def date_time_string(self, timestamp: float | None = None) -> str:
        """The Date of an answer: the simulated one, so that a day can be replayed exactly."""
        return self.server.clock()

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet: the portal remembers its requests for those who ask."""


def compressed(response: Response, request: Message) -> Response:
    """``response`` in gzip where it is text that asks for it and the client takes it.

    The portal marks such answers by the header ``Vary``; the gzip member carries no time.
    """
    if "Vary" not in response.headers or "gzip" not in request.get("Accept-Encoding", ""):
        return response
    headers = {**response.headers, "Content-Encoding": "gzip"}
    return replace(response, body=gzip.compress(response.body, mtime=0), headers=headers)
