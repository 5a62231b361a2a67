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
    r"^(?:utm_\w+|fbclid|gclid|dclid|msclkid|zarsrc|gidzl|_ga|_gl|igshid|mc_[ce]id|ref_src|yclid)$",
    re.I,
)
# The last two: Liferay's token, and where "back" leads.
SESSION = re.compile(
    r"^(?:jsessionid|phpsessid|aspsessionid\w*|asp\.net_sessionid|sessionid|session_id|nv_?sid"
    r"|p_p?_?auth|_\w+_(?:redirect|backurl))$",
    re.I,
)
# "sid" may be a section; a session's is 32 hexadecimal digits. "_" is there to pass by caches.
SESSION_VALUE = re.compile(r"^(?:sid|s)=[0-9a-f]{32}$|^_=\d+$", re.I)
# Oracle WebCenter's state of the window. It answers what lacks it with a script that adds it, so
# it is left out of keys only.
WINDOW = re.compile(r"(?<![^&])(?:_afr\w+|_adf\.ctrl-state)=[^&]*&?", re.I)
SESSION_PATH = re.compile(r";jsessionid=[^/?#]*", re.I)
ASP_SESSION_PATH = re.compile(r"/\([A-Z]\([0-9a-zA-Z]{24}\)\)(?=/)")
# Windows answers to any case, and SharePoint writes one article's day as 2023-3-9 and 2023-03-09.
WINDOWS_PATH = re.compile(r"\.(?:aspx?|ashx)$", re.I)
SHAREPOINT_PATH = re.compile(r"\.aspx$|/portal/", re.I)
SHAREPOINT_DAY = re.compile(r"/(\d{4})-(\d{1,2})-(\d{1,2})/")
DEFAULT_PAGE = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?|jsp)$", re.I)
SLASHES = re.compile(r"//+")
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
    # An address that was escaped twice has "&amp;" where "&" was meant.
    kept = [
        part
        for part in query.replace("&amp;", "&").split("&")
        if part and not _noise(unquote(part.partition("=")[0].replace("+", " ")), part)
    ]
    return "&".join(kept)


def _noise(name: str, part: str) -> bool:
    return bool(TRACKING.match(name) or SESSION.match(name) or SESSION_VALUE.match(part))


def url_key(url: str, platform: str | None = None) -> str:
    """Return what two spellings of one page have in common. ``platform`` is the site's family.

    Raises:
        UrlError: As ``clean_url``.
    """
    return key_of_clean(clean_url(url), platform)


def key_of_clean(clean: str, platform: str | None = None) -> str:
    """Return the ``url_key`` of an address that ``clean_url`` gave."""
    parts = urlsplit(canonicalize_url(clean))
    path = quote(unquote(parts.path), safe="/:@!$&'()*+,;=-._~")
    pairs = parse_qsl(WINDOW.sub("", parts.query), keep_blank_values=True)
    query = urlencode(sorted(pairs))
    if _is_sharepoint(path, platform):
        path = SHAREPOINT_DAY.sub(_padded_day, path.lower())
        query = query.lower()
    elif WINDOWS_PATH.search(path):
        path = path.lower()
        query = "&".join(sorted(_lower_name(part) for part in query.split("&")))
    path = DEFAULT_PAGE.sub("", SLASHES.sub("/", path)).rstrip("/") or "/"
    return WWW.sub("", parts.netloc.lower()) + path + (f"?{query}" if query else "")


def _lower_name(part: str) -> str:
    name, equals, value = part.partition("=")
    return name.lower() + equals + value


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
