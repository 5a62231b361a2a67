"""Links of a page made absolute, fast, and file names out of addresses."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote, urljoin, urlsplit

# References that do not lean on the page's own path.
_ROOTED = ("/", "http://", "https://")
_NO_PAGES = ("javascript:", "mailto:", "tel:", "data:")
_FILE = re.compile(r"\.[A-Za-z0-9]{2,5}$")


class Base:
    """Resolves the references of one page against its address or its ``base`` element."""

    def __init__(self, url: str, base_href: str | None = None) -> None:
        self.url = urljoin(url, base_href) if base_href else url
        try:
            parts = urlsplit(self.url)
            self.origin = f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
        except ValueError:
            self.origin = ""
        # What these are joined to does not matter beyond its scheme and host.
        self._full = self.origin or self.url
        self._folder = _folder_of(self.url) if self.origin else ""

    def absolute(self, reference: str | None) -> str | None:
        """The absolute http(s) address of a reference, or ``None`` for any other kind of link."""
        if not reference:
            return None
        reference = reference.strip()
        if not reference or reference[0] == "#":
            return None
        if _is_plain(reference):
            if reference[0] == "/" and reference[1:2] != "/" and self.origin:
                return self.origin + reference
            if reference.startswith(("http://", "https://")):
                return reference
            if self._folder and reference[0].isalnum() and ":" not in reference:
                return self._folder + reference
        if reference.startswith(_ROOTED):
            return _from_root(self._full, reference)
        return None if reference.startswith(_NO_PAGES) else _joined(self.url, reference)


def _is_plain(reference: str) -> bool:
    """Whether joining a reference leaves it as it is: no dot segments, no empty query."""
    return (
        "/." not in reference
        and "?#" not in reference
        and reference[-1] not in "?#;"
        and " " not in reference
        and reference.isprintable()
    )


def _folder_of(url: str) -> str:
    """What a plain relative reference is added to (RFC 3986, 5.2.3); ``""`` where it isn't sure."""
    path = url.split("?", 1)[0].split("#", 1)[0]
    return path[: path.rindex("/") + 1] if path.count("/") > 2 and "/." not in path else ""


@lru_cache(maxsize=1 << 13)
def _from_root(origin: str, reference: str) -> str | None:
    """A site's menus return on each of its pages, so answers are remembered."""
    return _joined(origin, reference)


def _joined(base: str, reference: str) -> str | None:
    try:
        joined = urljoin(base, "".join(reference.splitlines()))
    except ValueError:
        return None
    if not joined.startswith(("http://", "https://")):
        return None
    return joined.replace(" ", "%20")


def file_name(url: str) -> str | None:
    """The percent-decoded last segment of an absolute address, or ``None`` without an extension."""
    path = url.partition("?")[0].partition("#")[0]
    segments = path.rsplit("/", 1)
    # Of "http://host" the last segment is the host.
    if len(segments) < 2 or segments[0].endswith(("http:/", "https:/")):
        return None
    name = unquote(segments[1]) if "%" in segments[1] else segments[1]
    return name if _FILE.search(name) else None
