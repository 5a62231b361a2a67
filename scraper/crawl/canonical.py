"""Canonical addresses: many spellings of one page become one key, and one article is one row.

Two forms are made of an address. ``clean_url`` is still fetched and shown: it only loses what never
changes the page (fragment, tracking, session ids, default port). ``url_key`` is only compared: it
also forgets ``http``/``https``, ``www.``, the order of parameters and a platform's own freedoms.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

from w3lib.url import canonicalize_url, safe_url_string

LONGEST = 2000
DEFAULT_PORTS = {"http": 80, "https": 443}
TRACKING = re.compile(
    r"^(?:utm_\w+|fbclid|gclid|dclid|msclkid|zarsrc|_ga|_gl|igshid|mc_[ce]id|ref_src|yclid)$", re.I
)
SESSION = re.compile(
    r"^(?:jsessionid|phpsessid|aspsessionid\w*|asp\.net_sessionid|sessionid|session_id|nv_?sid)$",
    re.I,
)
SESSION_PATH = re.compile(r";jsessionid=[^/?#]*", re.I)
ASP_SESSION_PATH = re.compile(r"/\([A-Z]\([0-9a-zA-Z]{24}\)\)(?=/)")
# SharePoint answers to any case, and writes one article's day both as 2023-3-9 and 2023-03-09.
SHAREPOINT_PATH = re.compile(r"\.aspx$|/portal/", re.I)
SHAREPOINT_DAY = re.compile(r"/(\d{4})-(\d{1,2})-(\d{1,2})/")
WWW = re.compile(r"^www\d*\.")


class UrlError(ValueError):
    """The address is not one that can be fetched."""


def clean_url(url: str) -> str:
    """Return the address to fetch and to show.

    Raises:
        UrlError: Not http or https, no host, or longer than any page's address needs to be.
    """
    try:
        parts = urlsplit(safe_url_string(url.strip()))
        port = parts.port
    except ValueError as error:
        raise UrlError(f"{url[:200]!r} is not an address: {error}") from error
    if parts.scheme.lower() not in DEFAULT_PORTS or not parts.hostname:
        raise UrlError(f"{url[:200]!r} is not an http or https address")
    if len(url) > LONGEST:
        raise UrlError(f"the address {url[:100]}… has {len(url)} characters")
    scheme = parts.scheme.lower()
    host = parts.hostname.lower().rstrip(".")
    host = f"[{host}]" if ":" in host else host
    netloc = host if port in (None, DEFAULT_PORTS[scheme]) else f"{host}:{port}"
    path = ASP_SESSION_PATH.sub("", SESSION_PATH.sub("", parts.path)) or "/"
    return urlunsplit((scheme, netloc, path, _query(parts.query), ""))


def _query(query: str) -> str:
    kept = [
        part
        for part in query.split("&")
        if part and not _noise(unquote(part.partition("=")[0].replace("+", " ")))
    ]
    return "&".join(kept)


def _noise(name: str) -> bool:
    return bool(TRACKING.match(name) or SESSION.match(name))


def url_key(url: str, platform: str | None = None) -> str:
    """Return what two spellings of one page have in common. ``platform`` is the site's family.

    Raises:
        UrlError: As ``clean_url``.
    """
    parts = urlsplit(canonicalize_url(clean_url(url)))
    path = quote(unquote(parts.path), safe="/:@!$&'()*+,;=-._~")
    query = urlencode(sorted(parse_qsl(parts.query, keep_blank_values=True)))
    if _is_sharepoint(path, platform):
        path = SHAREPOINT_DAY.sub(_padded_day, path.lower())
        query = query.lower()
    path = path.rstrip("/") or "/"
    return WWW.sub("", parts.netloc.lower()) + path + (f"?{query}" if query else "")


def _is_sharepoint(path: str, platform: str | None) -> bool:
    if platform is not None:
        return platform.startswith("sharepoint")
    return bool(SHAREPOINT_PATH.search(path))


def _padded_day(match: re.Match[str]) -> str:
    year, month, day = match.groups()
    return f"/{year}-{int(month):02d}-{int(day):02d}/"


def host_of(url: str) -> str:
    """Return the host that politeness is kept towards: name and port, without ``www.``."""
    return WWW.sub("", urlsplit(url).netloc.rpartition("@")[2].lower())
