"""Citing an archived article: in words, in BibTeX and in RIS."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_ENGLISH_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True)
class Citation:
    """What a citation needs. Unknown parts are ``None`` and are left out, never invented.

    ``authors`` are persons, ``organisation`` whoever signs as a body; ``site`` is the portal's
    name. ``published_on`` and ``captured_at`` are ISO (a local day; a UTC time with ``Z``).
    ``archive_url`` is the page in this archive, ``original_url`` the portal's, ``digest`` that of
    the page's bytes.
    """

    article: int
    title: str | None
    authors: tuple[str, ...]
    organisation: str | None
    site: str
    published_on: str | None
    original_url: str
    archive_url: str
    captured_at: str | None
    digest: str | None


def in_english(citation: Citation) -> str:
    """A bibliography entry in English, in the manner of Chicago's notes for web pages."""
    c = citation
    who = ", ".join(c.authors) or c.organisation
    parts = [
        _stopped(who),
        f"“{(c.title or c.original_url).rstrip('.')}.”",
        _stopped(", ".join(filter(None, [c.site, _english_day(c.published_on)]))),
        f"{c.original_url}.",
        f"Archived {_english_day(c.captured_at) or 'copy'}: {c.archive_url}"
        + (f" ({c.digest})." if c.digest else "."),
    ]
    return " ".join(filter(None, parts))


def in_vietnamese(citation: Citation) -> str:
    """A bibliography entry as Vietnamese theses write it (author, year, title, source, access)."""
    c = citation
    who = ", ".join(c.authors) or c.organisation or c.site
    year = f" ({c.published_on[:4]})" if c.published_on else ""
    parts = [
        f"{who}{year}, “{(c.title or c.original_url).rstrip('.')}”",
        c.site if who != c.site else None,
        f"ngày {_vietnamese_day(c.published_on)}" if c.published_on else None,
        c.original_url,
        "bản lưu trữ"
        + (f" ngày {_vietnamese_day(c.captured_at)}" if c.captured_at else "")
        + f": {c.archive_url}"
        + (f" ({c.digest})" if c.digest else ""),
    ]
    return ", ".join(filter(None, parts)) + "."


def in_bibtex(citation: Citation) -> str:
    """An ``@online`` entry for BibLaTeX; letters stay as they are (UTF-8)."""
    c = citation
    who = [_braced(name) for name in c.authors] or [_braced(c.organisation or c.site)]
    fields = {
        "author": " and ".join(who),
        "title": _tex(c.title or c.original_url),
        "organization": _tex(c.site),
        "date": c.published_on,
        "url": _line(c.original_url),
        "urldate": c.captured_at[:10] if c.captured_at else None,
        "note": _tex("; ".join(filter(None, [f"Archived copy: {c.archive_url}", c.digest]))),
        "langid": "vietnamese",
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    key = re.sub(r"[^a-z0-9]+", "-", c.site.lower().encode("ascii", "ignore").decode()).strip("-")
    return "\n".join([f"@online{{{key or 'article'}-{c.article},", *lines, "}", ""])


def in_ris(citation: Citation) -> str:
    """An ``ELEC`` record in RIS, lines ended as the format asks."""
    c = citation
    lines = [("TY", "ELEC")]
    lines += [("AU", name) for name in c.authors or filter(None, [c.organisation])]
    lines += [("TI", c.title or c.original_url), ("T2", c.site)]
    if c.published_on:
        lines += [("PY", c.published_on[:4]), ("DA", c.published_on.replace("-", "/"))]
    lines += [("UR", c.original_url), ("L2", c.archive_url)]
    if c.captured_at:
        lines.append(("Y2", c.captured_at[:10].replace("-", "/")))
    if c.digest:
        lines.append(("N1", f"Archived copy, digest {c.digest}"))
    lines += [("LA", "vi"), ("ER", "")]
    return "".join(f"{tag}  - {_line(value)}\r\n" for tag, value in lines)


def _stopped(text: str | None) -> str | None:
    return f"{text.rstrip('.')}." if text else None


def _english_day(value: str | None) -> str | None:
    if not value:
        return None
    day = date.fromisoformat(value[:10])
    return f"{_ENGLISH_MONTHS[day.month - 1]} {day.day}, {day.year}"


def _vietnamese_day(value: str | None) -> str:
    day = date.fromisoformat((value or "")[:10])
    return f"{day.day}/{day.month}/{day.year}"


def _line(text: str) -> str:
    """One line: a title with a line break must not start a field of its own."""
    return " ".join(text.split())


def _tex(text: str) -> str:
    """Text with BibTeX's own letters escaped, on one line."""
    return re.sub(r"([&%$#_{}])", r"\\\1", _line(text).replace("\\", ""))


def _braced(name: str) -> str:
    """A name in braces: BibTeX must not split a Vietnamese name or an organisation."""
    return f"{{{_tex(name)}}}"
