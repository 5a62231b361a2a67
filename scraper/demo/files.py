"""The portal's files as they lie in the package: photos, documents, styles, icons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from scraper.demo.addresses import Addresses
from scraper.demo.article import HANOI
from scraper.demo.edition import Edition
from scraper.demo.newsdesk import HERE
from scraper.demo.responses import Response, with_validators

_TYPES = {
    "css": "text/css; charset=utf-8",
    "jpg": "image/jpeg",
    "js": "text/javascript; charset=utf-8",
    "pdf": "application/pdf",
    "svg": "image/svg+xml",
}
_STYLED_ON = datetime(2023, 11, 6, 8, 30, tzinfo=HANOI)


@cache
def read_file(folder: str, name: str) -> bytes:
    """The bytes of a file of the package, such as ``photos`` and ``hall-1.jpg``."""
    return HERE.joinpath(folder, name).read_bytes()


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that an address leads to, and when it was put on the portal (aware)."""

    folder: str
    name: str
    since: datetime

    def answer(self) -> Response:
        """The file with its type and the headers that let a visitor ask whether it changed."""
        body = read_file(self.folder, self.name)
        content_type = _TYPES[self.name.rpartition(".")[2]]
        return with_validators(Response(200, body, content_type), self.since)


def files_of(edition: Edition, addresses: Addresses) -> dict[str, StoredFile]:
    """All files on the portal, by path; those of a removed article stay, as they do in practice."""
    found = {
        addresses.static + name: StoredFile("static", name, _STYLED_ON) for name in _static_names()
    }
    found["/favicon.svg"] = StoredFile("static", "favicon.svg", _STYLED_ON)
    for article in (*edition.articles, *edition.removed):
        since = article.online_since
        for photo in article.photos:
            found[addresses.photo(article, photo)] = StoredFile("photos", photo.scene, since)
        for document in article.documents:
            path = addresses.document(article, document)
            found[path] = StoredFile("documents", document.file, since)
    return found


@cache
def _static_names() -> tuple[str, ...]:
    folder = HERE.joinpath("static")
    return tuple(one.name for one in folder.iterdir() if one.name.rpartition(".")[2] in _TYPES)
