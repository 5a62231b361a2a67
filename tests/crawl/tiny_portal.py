"""A portal of a few pages for the tests: a real server on loopback that can also misbehave."""

from __future__ import annotations

import socket
import ssl
import struct
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus

from scraper.sites import Site

Handler = Callable[[socket.socket, "Request"], None]


@dataclass
class Request:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes = b""


@dataclass
class Reply:
    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    content_type: str = "text/html; charset=utf-8"

    def raw(self, *, length: int | None = None) -> bytes:
        headers = {"Content-Type": self.content_type, **self.headers}
        headers.setdefault("Content-Length", str(len(self.body) if length is None else length))
        head = f"HTTP/1.1 {self.status} {HTTPStatus(self.status).phrase}\r\n"
        head += "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        return head.encode("latin-1") + b"\r\n" + self.body


class TinyPortal:
    """Answers each path with a ``Reply``, a function that gives one, or raw socket work."""

    def __init__(self, host: str = "127.0.0.1", context: ssl.SSLContext | None = None) -> None:
        self._listener = socket.create_server((host, 0))
        self.port = self._listener.getsockname()[1]
        self.context = context
        scheme = "https" if context else "http"
        self.base_url = f"{scheme}://{host}:{self.port}"
        self.pages: dict[str, Reply | Callable[[Request], Reply]] = {}
        self.wild: dict[str, Handler] = {}
        self.requests: list[Request] = []
        self.busy = 0
        self.most_at_once = 0
        self._lock = threading.Lock()
        self._closed = False
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self) -> TinyPortal:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._closed = True
        try:
            self._listener.shutdown(socket.SHUT_RDWR)
        except OSError:
            return
        finally:
            self._listener.close()

    def hits(self) -> Counter[str]:
        return Counter(request.path for request in self.requests)

    def site(self, **changes: object) -> Site:
        facts: dict[str, object] = {
            "id": "tiny",
            "name": "Tiny",
            "base_url": self.base_url + "/",
            "pause": 0.0,
            "private_network": True,
        }
        return Site(**(facts | changes))  # type: ignore[arg-type]

    def _accept(self) -> None:
        while not self._closed:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        try:
            if self.context:
                connection = self.context.wrap_socket(connection, server_side=True)
            with connection, connection.makefile("rb") as file:
                while (request := _read(file)) is not None:
                    self._note(request)
                    with self._lock:
                        self.busy += 1
                        self.most_at_once = max(self.most_at_once, self.busy)
                    try:
                        if not self._answer(connection, request):
                            return
                    finally:
                        with self._lock:
                            self.busy -= 1
        except (OSError, ValueError):
            return

    def _note(self, request: Request) -> None:
        with self._lock:
            self.requests.append(request)

    def _answer(self, connection: socket.socket, request: Request) -> bool:
        if request.path in self.wild:
            self.wild[request.path](connection, request)
            return False
        page = self.pages.get(request.path, Reply(b"<h1>nothing here</h1>", 404))
        reply = page(request) if callable(page) else page
        connection.sendall(reply.raw())
        return True


def _read(file) -> Request | None:  # type: ignore[no-untyped-def]
    line = file.readline()
    if not line.strip():
        return None
    method, path, _ = line.decode("latin-1").split(" ", 2)
    headers = {}
    while (line := file.readline()) not in (b"\r\n", b""):
        name, _, value = line.decode("latin-1").partition(":")
        headers[name.strip().lower()] = value.strip()
    body = file.read(int(headers.get("content-length", 0)))
    return Request(method, path, headers, body)


def reset(connection: socket.socket) -> None:
    """Break the connection as a crashed server does (RST, not FIN)."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def article(
    title: str, *, day: str = "27/03/2024", body: str | None = None, extra: str = ""
) -> Reply:
    text = body or (
        f"Sáng ngày {day}, tại hội trường UBND huyện đã diễn ra {title.lower()} với sự tham dự của "
        "các đồng chí lãnh đạo huyện, các phòng ban, đơn vị và các xã, thị trấn trên địa bàn huyện."
    )
    page = (
        "<!DOCTYPE html><html><head><meta charset='utf-8'>"
        f"<title>{title}</title></head><body><div id='menu'><a href='/'>Trang chủ</a></div>"
        f"<article><h1 class='title'>{title}</h1>"
        f"<p class='date'>Đăng lúc: 15:06:52 {day} (GMT+7)</p>"
        f"<div class='content'><p>{text}</p><p>Hội nghị đã thảo luận và thống nhất nhiều nội dung "
        "quan trọng, giao các ngành triển khai thực hiện trong thời gian tới.</p>"
        f"{extra}<p style='text-align:right'><strong>Lê Lài</strong></p></div></article>"
        "</body></html>"
    )
    return Reply(page.encode())


def listing(links: list[tuple[str, str]], next_page: str | None = None) -> Reply:
    items = "".join(
        f"<li><h3><a href='{url}'>{title}</a></h3><span class='date'>27/03/2024</span>"
        "<p>Tóm tắt nội dung tin tức của huyện.</p></li>"
        for url, title in links
    )
    pager = (
        f"<div class='pagination'><a rel='next' href='{next_page}'>Trang sau</a></div>"
        if next_page
        else ""
    )
    page = (
        "<!DOCTYPE html><html><head><meta charset='utf-8'><title>Tin tức</title></head><body>"
        f"<h1>Tin tức</h1><ul class='news-list'>{items}</ul>{pager}</body></html>"
    )
    return Reply(page.encode())
