"""SURT keys: addresses as CDX files are sorted by, the way other web archives write them."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote_to_bytes, urlsplit

WWW = re.compile(r"^www\d*\.")
SESSION_QUERY = re.compile(
    r"(?:^|&)(?:jsessionid=[0-9a-z]{32}|phpsessid=[0-9a-z]{32}|sid=[0-9a-z]{32}"
    r"|aspsessionid[a-z]{8}=[a-z]{24}|cfid=[^&]+&cftoken=[^&]+)(?=&|$)"
)
ASP_SESSION_PATH = re.compile(r"/\((?:[a-z]\([0-9a-z]{24}\))+\)(?=/[^?]+\.aspx)")
SLASHES = re.compile(r"//+")
SAFE = "!\"$&'()*+,-./:;<=>?@[\\]^_`{|}~"
DEFAULT_PORTS = {"http": 80, "https": 443}


def _quoted(text: str) -> str:
    # As often as it changes something, as the field's canonicalizers do: "%2541" is "A" as well.
    before, bare = b"", text.encode()
    while bare != before:
        before, bare = bare, unquote_to_bytes(bare)
    return quote(bare, safe=SAFE).lower()


def surt_key(url: str) -> str:
    """Return the key of ``url``: host reversed, all in lower case, without session ids.

    White space around the address is no part of it: a posted form may end with some.
    """
    parts = urlsplit(url.strip(" \t\n\r\f\v"))
    host = WWW.sub("", (parts.hostname or "").rstrip(".").lower())
    labels = [host] if ":" in host else host.split(".")[::-1]
    port = f":{parts.port}" if parts.port not in (None, DEFAULT_PORTS.get(parts.scheme)) else ""
    path = ASP_SESSION_PATH.sub("", _quoted(parts.path))
    path = SLASHES.sub("/", path).rstrip("/") or "/"
    query = SESSION_QUERY.sub("", _quoted(parts.query)).lstrip("&")
    # By name first: "id=1" comes before "id.2=1", though "." comes before "=".
    pairs = "&".join(sorted(query.split("&"), key=lambda pair: pair.split("=", 1)))
    return ",".join(labels) + port + ")" + path + (f"?{pairs}" if pairs else "")
