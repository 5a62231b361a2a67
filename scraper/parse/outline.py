"""One walk over the tree: every printed string in reading order, with the element it stands in.

The readers of fields then look at strings and the few elements around them instead of each walking
the tree again: that single walk keeps ``parse_page`` near the cost of the parse itself.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property
from itertools import accumulate
from typing import TypeAlias

from lxml import etree

from scraper.parse.marks import flags_by_name

Element: TypeAlias = etree._Element

# Never printed, or printed only as controls: no text of an article stands in them.
SILENT = (
    "script",
    "style",
    "noscript",
    "template",
    "select",
    "textarea",
    "button",
    "svg",
    "object",
)
BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_KEPT_TAGS = ("a", "img", "time", "span", "input", "h1", "h2", "h3", "h4", "h5")
_MICRODATA = etree.XPath("descendant::*[@itemprop or @rel='author']")
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


class Outline:
    """The strings of a page in reading order.

    ``texts[i]`` is a printed string (white space not folded) that belongs to ``owners[i]``: the
    element whose text or whose child's tail it is. ``order`` gives each element's place in document
    order; :meth:`span` gives the strings of an element as a half-open range.
    """

    def __init__(self, body: Element) -> None:
        self.body = body
        self.texts: list[str] = []
        self.owners: list[Element] = []
        self.elements: list[Element] = []
        self._first: list[int] = []
        self.tagged: dict[str, list[Element]] = {tag: [] for tag in _KEPT_TAGS}
        self.flagged: list[tuple[Element, int]] = []
        self._walk()

    def _walk(self) -> None:
        texts, owners, elements, first = self.texts, self.owners, self.elements, self._first
        waiting: list[tuple[Element | None, str, Element]] = []
        body, tagged, flagged = self.body, self.tagged, self.flagged
        for element in body.iter(etree.Element):
            while waiting and waiting[-1][0] is element:
                _, tail, owner = waiting.pop()
                texts.append(tail)
                owners.append(owner)
            elements.append(element)
            first.append(len(texts))
            kept = tagged.get(element.tag)
            if kept is not None:
                kept.append(element)
            name, ident = element.get("class"), element.get("id")
            flags = flags_by_name(name, ident) if name or ident else 0
            if flags:
                flagged.append((element, flags))
            text = element.text
            if text and not text.isspace():
                texts.append(text)
                owners.append(element)
            tail = element.tail
            if tail and element is not body and not tail.isspace():
                owner = element.getparent()
                if len(element):
                    waiting.append((_after(element, body), tail, owner))
                else:
                    texts.append(tail)
                    owners.append(owner)
        while waiting:
            _, tail, owner = waiting.pop()
            texts.append(tail)
            owners.append(owner)

    def marked(self, flag: int) -> list[Element]:
        """The elements whose class or id bears ``flag`` (of :mod:`scraper.parse.marks`)."""
        return [element for element, flags in self.flagged if flags & flag]

    @cached_property
    def lowered(self) -> str:
        """All strings in lower case, a line break after each: to look for words in one go."""
        return "\n".join([text.lower().replace("\n", " ") for text in self.texts])

    @cached_property
    def _offsets(self) -> list[int]:
        return list(accumulate((len(text.lower()) + 1 for text in self.texts), initial=0))

    def strings_with(self, words: Iterable[str]) -> list[int]:
        """The numbers of the strings that contain any of these (lower-case) words, in order."""
        found: set[int] = set()
        for word in words:
            at = self.lowered.find(word)
            while at >= 0:
                found.add(bisect_right(self._offsets, at) - 1)
                at = self.lowered.find(word, at + 1)
        return sorted(found)

    def strings_matching(self, pattern: re.Pattern[str]) -> list[int]:
        """The numbers of the strings in whose lower-case text ``pattern`` matches, in order."""
        offsets = self._offsets
        places = (
            bisect_right(offsets, match.start()) - 1 for match in pattern.finditer(self.lowered)
        )
        return sorted(set(places))

    @cached_property
    def microdata(self) -> list[Element]:
        """The elements with an ``itemprop`` or ``rel=author``, in document order."""
        found: list[Element] = _MICRODATA(self.body)
        return found

    def extent(self, element: Element) -> tuple[int, int]:
        """The half-open range of document order that ``element`` and what it encloses take."""
        after = _after(element, self.body)
        return self.order[element], len(self.elements) if after is None else self.order[after]

    @cached_property
    def order(self) -> dict[Element, int]:
        """Each element's place in document order."""
        return dict(zip(self.elements, range(len(self.elements)), strict=True))

    def span(self, element: Element) -> tuple[int, int]:
        """The half-open range of strings printed inside ``element`` (its tail is not)."""
        place = self.order[element]
        after = _after(element, self.body)
        start = self._first[place]
        end = len(self.texts) if after is None else self._first[self.order[after]]
        # Tails of the element and of what encloses it are printed before the next element begins.
        while end > start and self.order[self.owners[end - 1]] < place:
            end -= 1
        return start, end

    def first_string(self, element: Element) -> int:
        """The number of the first string at or after the start of ``element``."""
        return self._first[self.order[element]]


def _after(element: Element, body: Element) -> Element | None:
    """The element that comes next in document order after the whole of ``element``."""
    node: Element | None = element
    while node is not None and node is not body:
        following = node.getnext()
        while following is not None and not isinstance(following.tag, str):
            following = following.getnext()
        if following is not None:
            return following
        node = node.getparent()
    return None


def node_path(element: Element) -> str:
    """A short XPath of the element: down from the nearest id, or from the root."""
    steps: list[str] = []
    node: Element | None = element
    while node is not None:
        name = node.get("id")
        if name and '"' not in name:
            return f'//*[@id="{name}"]' + "".join(reversed(steps))
        same = 1 + sum(1 for _ in node.itersiblings(node.tag, preceding=True))
        steps.append(f"/{node.tag}[{same}]")
        node = node.getparent()
    return "".join(reversed(steps))


def text_of(element: Element) -> str:
    """The printed text of an element, white space folded (not yet NFC)."""
    if len(element) == 0:
        return " ".join(element.text.split()) if element.text else ""
    return " ".join("".join(element.itertext()).split())


def block_of(element: Element) -> Element:
    """The nearest block-level element at or above ``element``."""
    node = element
    while node.tag not in BLOCKS:
        parent = node.getparent()
        if parent is None:
            return node
        node = parent
    return node


def marks_of(element: Element) -> str:
    """Class and id of an element in lower case, for the words that designers put there."""
    return f"{element.get('class') or ''} {element.get('id') or ''}".lower()
