"""Find the next page of a listing where a link alone does not lead to it.

``parse_page`` names ordinary next links. Here are the pagers that need a request of their own:
ASP.NET post-backs (``__doPostBack``, buttons of a form) and "load more" buttons with an address in
their attributes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urljoin

from lxml import html

POST_BACK = re.compile(r"__doPostBack\(\s*'([^']*)'\s*,\s*'([^']*)'\s*\)")
NEXT_WORDS = re.compile(
    r"^(?:[›»>]+|tiếp(?: theo)?|trang (?:sau|tiếp|kế)|sau|kế tiếp|next|older|xem thêm|tải thêm)"
    r"[\s›»>]*$",
    re.I,
)
MORE_MARK = re.compile(r"load-?more|xem-?them|view-?more|btn-?more", re.I)
MORE_ADDRESS = ("data-url", "data-href", "data-next", "data-next-url", "data-ajax-url")
LARGEST_FORM = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class NextPage:
    """The request for a listing's next page; ``form`` makes it a POST.

    ``mark`` tells one page of a post-back from another: their address is the same.
    """

    url: str
    form: tuple[tuple[str, str], ...] | None = None
    mark: str = ""


def next_page(tree: html.HtmlElement, url: str) -> NextPage | None:
    """Return the next page of a listing by post-back or "load more", or ``None``.

    ``tree`` is the page's tree and ``url`` its address.
    """
    return _load_more(tree, url) or _post_back(tree, url)


def _load_more(tree: html.HtmlElement, url: str) -> NextPage | None:
    for element in tree.iter("a", "button", "div", "span"):
        if not MORE_MARK.search(f"{element.get('class', '')} {element.get('id', '')}"):
            continue
        for name in MORE_ADDRESS:
            if address := element.get(name):
                return NextPage(urljoin(url, address))
    return None


def _post_back(tree: html.HtmlElement, url: str) -> NextPage | None:
    link = _next_link(tree)
    if link is None:
        return None
    target, argument = link
    form = next((each for each in tree.iter("form") if _is_aspnet(each)), None)
    if form is None:
        return None
    fields = [
        (name, value)
        for name, value in form.fields.items()
        if name and value is not None and name not in ("__EVENTTARGET", "__EVENTARGUMENT")
        and _is_hidden(form, name)
    ]  # fmt: skip
    if sum(len(name) + len(value) for name, value in fields) > LARGEST_FORM:
        return None
    posted = (("__EVENTTARGET", target), ("__EVENTARGUMENT", argument), *fields)
    return NextPage(urljoin(url, form.get("action") or url), posted, f"{target}:{argument}")


def _next_link(tree: html.HtmlElement) -> tuple[str, str] | None:
    """Return target and argument of the next page's link: by its words, or by its number."""
    links = []
    for link in tree.iter("a"):
        match = POST_BACK.search(link.get("href", "").replace("%20", " "))
        if match:
            links.append((link, match.groups()))
    for link, (target, argument) in links:
        if NEXT_WORDS.match(" ".join(link.text_content().split())):
            return target, argument
    for link, (target, argument) in links:
        if _follows_current(link):
            return target, argument
    return None


def _follows_current(link: html.HtmlElement) -> bool:
    """Say whether the link is the number after the one that is shown as plain text."""
    text = link.text_content().strip()
    if not text.isdigit():
        return False
    cell = link if link.getprevious() is not None else link.getparent()
    before = cell.getprevious() if cell is not None else None
    if before is None or before.tag == "a" or before.find(".//a") is not None:
        return False
    shown = before.text_content().strip()
    return shown.isdigit() and int(text) == int(shown) + 1


def _is_aspnet(form: html.HtmlElement) -> bool:
    return bool(form.xpath(".//input[@name='__VIEWSTATE']"))


def _is_hidden(form: html.HtmlElement, name: str) -> bool:
    return bool(form.xpath(".//input[@type='hidden' and @name=$name]", name=name))
