"""Front pages that only send their visitors on: by a refresh, a line of script, or a frame."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from lxml import html

REFRESH = re.compile(r"^\s*(\d+)\s*[;,]\s*(?:url\s*=)?\s*['\"]?([^'\"]+)", re.I)
SCRIPT = re.compile(
    r"(?:window|document|self|top)?\.?\blocation(?:\.href)?\s*=\s*['\"]([^'\"]+)['\"]"
    r"|\blocation\.(?:replace|assign)\(\s*['\"]([^'\"]+)['\"]"
)
LONGEST_WAIT = 10


def leads_on_to(tree: html.HtmlElement | None, url: str) -> str | None:
    """Return where a page at ``url`` that has no link of its own sends a browser, or ``None``.

    A page with links is a page to read, even if it is loaded anew every few minutes.
    """
    if tree is None or any(link.get("href", "").strip("# ") for link in tree.iter("a")):
        return None
    target = _refresh(tree) or _script(tree) or _frame(tree)
    return urljoin(url, target.strip()) if target else None


def _refresh(tree: html.HtmlElement) -> str | None:
    for meta in tree.iter("meta"):
        if meta.get("http-equiv", "").strip().lower() == "refresh":
            found = REFRESH.match(meta.get("content", ""))
            if found and int(found[1]) <= LONGEST_WAIT:
                return found[2]
    return None


def _script(tree: html.HtmlElement) -> str | None:
    for script in tree.iter("script"):
        if not script.get("src") and (found := SCRIPT.search(script.text or "")):
            return found[1] or found[2]
    return None


def _frame(tree: html.HtmlElement) -> str | None:
    """Return the page of the largest frame: the last one, below a banner."""
    frames = [each.get("src") for each in tree.iter("frame", "iframe") if each.get("src")]
    return frames[-1] if frames else None
