"""Find the next page of a listing where its address does not say that it is one.

``parse_page`` names the next links that are known by their address. Here are the others: "load
more" buttons with an address in their attributes, ASP.NET post-backs (``__doPostBack``, buttons of
a form), and links that only their place in a pager or their words give away.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha1
from urllib.parse import urljoin

from lxml import html

POST_BACK = re.compile(
    r"(?:__doPostBack|WebForm_PostBackOptions)\(\s*['\"]([^'\"]*)['\"]\s*,\s*['\"]([^'\"]*)['\"]"
)
NEXT_WORDS = re.compile(
    r"^(?:[›»>]+|(?:trang )?(?:tiếp(?: theo)?|sau|kế(?: tiếp)?)|next(?: page)?|older(?: posts)?"
    r"|cũ hơn|xem thêm|tải thêm)[\s›»>→]*$",
    re.I,
)
ARROWS = re.compile(r"^[\s›»>→]+$")
MORE_WORDS = re.compile(r"thêm", re.I)
MORE_MARK = re.compile(r"load-?more|xem-?them|view-?more|btn-?more", re.I)
MORE_ADDRESS = ("data-url", "data-href", "data-next", "data-next-url", "data-ajax-url")
PAGER_MARK = re.compile(r"pag(?:e|ing|inat)|phan-?trang", re.I)
CURRENT_MARK = re.compile(r"current|active|select", re.I)
CALENDAR_MARK = re.compile(r"calendar|datepick|\blich", re.I)
NOWHERE = ("#", "javascript:", "mailto:", "tel:")
LARGEST_FORM = 4 * 1024 * 1024
ABOVE = 5


@dataclass(frozen=True, slots=True)
class NextPage:
    """The request for a listing's next page; ``form`` makes it a POST.

    ``mark`` tells one page of a post-back from another: their address is the same.
    """

    url: str
    form: tuple[tuple[str, str], ...] | None = None
    mark: str = ""


def next_page(tree: html.HtmlElement, url: str) -> NextPage | None:
    """Return the next page of a listing by "load more", post-back or a pager's link, or ``None``.

    ``tree`` is the page's tree and ``url`` its address.
    """
    return _load_more(tree, url) or _post_back(tree, url) or _plain(tree, url)


def _load_more(tree: html.HtmlElement, url: str) -> NextPage | None:
    for element in tree.iter("a", "button", "div", "span"):
        if not MORE_MARK.search(f"{element.get('class', '')} {element.get('id', '')}"):
            continue
        for name in MORE_ADDRESS:
            if address := element.get(name):
                return NextPage(urljoin(url, address))
    return None


def _post_back(tree: html.HtmlElement, url: str) -> NextPage | None:
    form = next((each for each in tree.iter("form") if _is_aspnet(each)), None)
    if form is None:
        return None
    link = _posting_link(tree)
    if link is not None:
        event = [("__EVENTTARGET", link[0]), ("__EVENTARGUMENT", link[1])]
    elif (button := _button(form)) is not None:
        event = [("__EVENTTARGET", ""), ("__EVENTARGUMENT", ""), button]
    else:
        return None
    fields = [
        (name, value)
        for name, value in form.fields.items()
        if name and value is not None and name not in ("__EVENTTARGET", "__EVENTARGUMENT")
        and _is_hidden(form, name)
    ]  # fmt: skip
    if sum(len(name) + len(value) for name, value in fields) > LARGEST_FORM:
        return None
    # A button is the same on each page: what tells the pages apart is the state that is posted.
    mark = ":".join(link) if link else f"{event[-1][0]}:{_fingerprint(fields)}"
    return NextPage(urljoin(url, form.get("action") or url), (*event, *fields), mark)


def _fingerprint(fields: list[tuple[str, str]]) -> str:
    return sha1(repr(fields).encode(), usedforsecurity=False).hexdigest()[:16]


def _posting_link(tree: html.HtmlElement) -> tuple[str, str] | None:
    """Return target and argument of the next page's link: by its words, or by its number."""
    links = []
    for link in tree.iter("a"):
        script = link.get("href", "").replace("%20", " ") + link.get("onclick", "")
        if match := POST_BACK.search(script):
            links.append((link, (match[1], match[2])))
    for link, event in links:
        if NEXT_WORDS.match(_text(link)):
            return event
    for link, event in links:
        if _follows_current(link):
            return event
    return None


def _button(form: html.HtmlElement) -> tuple[str, str] | None:
    """Return name and value of the form's button to the next page."""
    for element in form.iter("input", "button"):
        if element.get("type", "submit").lower() != "submit" or element.get("disabled") is not None:
            continue
        label = element.get("value") or _text(element)
        if element.get("name") and NEXT_WORDS.match(" ".join(label.split())):
            return element.get("name"), element.get("value", "")
    return None


def _plain(tree: html.HtmlElement, url: str) -> NextPage | None:
    """Return the page that a pager's plain link leads to.

    Its number follows the one that is shown as the present one, or its words say so. Arrows count
    in a pager only: galleries and calendars have them, too.
    """
    worded = None
    for link in tree.iter("a"):
        address = link.get("href", "").strip()
        if not address or address.lower().startswith(NOWHERE):
            continue
        text = _text(link)
        if text.isdigit() or text in ("...", "…"):
            if _follows_current(link, marked=True):
                return NextPage(urljoin(url, address))
        elif worded is None and NEXT_WORDS.match(text) and not MORE_WORDS.search(text):
            above = _marks_above(link)
            if CALENDAR_MARK.search(above) or (ARROWS.match(text) and not PAGER_MARK.search(above)):
                continue
            worded = NextPage(urljoin(url, address))
    return worded


def _follows_current(link: html.HtmlElement, *, marked: bool = False) -> bool:
    """Say whether the link stands right after the number of the present page, and is the next one.

    The present page's number is no link, or is marked as the present one; ``marked`` asks for such
    a mark, or for a pager around it.
    """
    text = _text(link)
    cell = link if link.getprevious() is not None else link.getparent()
    before = cell.getprevious() if cell is not None else None
    while before is not None and not isinstance(before.tag, str):
        before = before.getprevious()
    if before is None:
        return False
    shown = _text(before)
    if not shown.isdigit() or (text.isdigit() and int(text) != int(shown) + 1):
        return False
    marks = " ".join(each.get("class", "") for each in before.iter() if isinstance(each.tag, str))
    if CURRENT_MARK.search(marks):
        return True
    if before.tag == "a" or before.find(".//a") is not None:
        return False
    return not marked or PAGER_MARK.search(_marks_above(link)) is not None


def _marks_above(element: html.HtmlElement) -> str:
    names = []
    for _ in range(ABOVE):
        names.append(f"{element.get('class', '')} {element.get('id', '')}")
        element = element.getparent()
        if element is None:
            break
    return " ".join(names)


def _text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _is_aspnet(form: html.HtmlElement) -> bool:
    return bool(form.xpath(".//input[@name='__VIEWSTATE']"))


def _is_hidden(form: html.HtmlElement, name: str) -> bool:
    return bool(form.xpath(".//input[@type='hidden' and @name=$name]", name=name))
