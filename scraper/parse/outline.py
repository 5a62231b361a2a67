"""One walk over the tree: every printed string in reading order, with the element it stands in.

The readers of fields then look at strings and at plain lists with one entry an element (its tag,
its parent's number, where it ends, what its class says) instead of each walking the tree again: a
look at a list costs a tenth of a look at an lxml element.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property
from itertools import count
from typing import TypeAlias

from lxml import etree

from scraper.parse.marks import judge, judge_id
from scraper.parse.passages import Passages
from scraper.parse.tags import BLOCKS

Element: TypeAlias = etree._Element


class Outline:
    """A page as lists.

    ``elements[n]`` is the n-th element in document order (0 is the body), ``tags[n]`` its tag,
    ``parents[n]`` the number of what encloses it (-1 for the body), ``ends[n]`` the number of the
    first element after all that it encloses, ``marks[n]`` the flags of its class and id
    (:mod:`scraper.parse.marks`), ``heads[n]`` and ``tails[n]`` its text and tail as lxml has them.

    ``texts[i]`` is a printed string (white space not folded) that belongs to element
    ``owner_at[i]``, whose text or whose child's tail it is; ``firsts[n]`` is the number of the
    first string at or after the start of element n.
    """

    def __init__(self, body: Element, source: bytes = b"") -> None:
        """Read the page below ``body``.

        ``source`` is the page's text as it was parsed; without it nothing is ruled out by it.
        """
        self.body = body
        self._source = source.lower()
        self.elements: list[Element] = list(body.iter(etree.Element))
        self.tags: list[str] = [element.tag for element in self.elements]
        self.order: dict[Element, int] = dict(
            zip(self.elements, range(len(self.elements)), strict=True)
        )
        order = self.order
        self.parents: list[int] = [-1]
        self.parents += [order[element.getparent()] for element in self.elements[1:]]
        self.ends = _ends(self.parents)
        self.marks: list[int] = [
            (judge(name) if name else 0) | (judge_id(ident) if ident else 0)
            for name, ident in zip(
                [element.get("class") for element in self.elements],
                [element.get("id") for element in self.elements],
                strict=True,
            )
        ]
        self.heads: list[str | None] = [element.text for element in self.elements]
        self.tails: list[str | None] = [element.tail for element in self.elements]
        self.tails[0] = None
        self.texts: list[str] = []
        self.owner_at: list[int] = []
        self.firsts: list[int] = []
        self._read_strings()

    def _read_strings(self) -> None:
        """Put texts and tails in reading order: a tail comes after all that its element holds."""
        texts, owners, firsts = self.texts, self.owner_at, self.firsts
        parents, ends = self.parents, self.ends
        waiting: list[tuple[int, str, int]] = []
        due = -1
        for number, text, tail in zip(count(), self.heads, self.tails, strict=False):
            while number == due:
                _, waited, owner = waiting.pop()
                texts.append(waited)
                owners.append(owner)
                due = waiting[-1][0] if waiting else -1
            firsts.append(len(texts))
            if text and not text.isspace():
                texts.append(text)
                owners.append(number)
            if tail and not tail.isspace():
                end = ends[number]
                if end == number + 1:
                    texts.append(tail)
                    owners.append(parents[number])
                else:
                    waiting.append((end, tail, parents[number]))
                    due = end
        for _, waited, owner in reversed(waiting):
            texts.append(waited)
            owners.append(owner)

    def owner(self, at: int) -> Element:
        """The element that string ``at`` belongs to."""
        return self.elements[self.owner_at[at]]

    @cached_property
    def passages(self) -> Passages:
        """The strings short enough for labels and dates, to be searched for words in one go."""
        return Passages(self.texts)

    @cached_property
    def around(self) -> tuple[list[int], list[int]]:
        """For each element the number of the nearest block, and of the nearest ``a`` (or -1).

        Both at or above the element; the body counts as a block whatever its tag.
        """
        blocks, links = [0], [0 if self.tags[0] == "a" else -1]
        for number in range(1, len(self.tags)):
            tag, parent = self.tags[number], self.parents[number]
            blocks.append(number if tag in BLOCKS else blocks[parent])
            links.append(number if tag == "a" else links[parent])
        return blocks, links

    def mentions(self, word: bytes) -> bool:
        """Whether the page's source has this (lower-case) word: a cheap question to ask first."""
        return not self._source or word in self._source

    def matches(self, word: bytes, pattern: re.Pattern[bytes]) -> bool:
        """Whether ``pattern``, which begins with ``word`` (in lower case), is in the source.

        Finding a word takes a tenth of what searching for a pattern takes.
        """
        source = self._source
        at = source.find(word)
        while at >= 0:
            if pattern.match(source, at):
                return True
            at = source.find(word, at + 1)
        return not source

    def only_match(self, pattern: re.Pattern[bytes]) -> str | None:
        """The first group of ``pattern`` in the source (in lower case), if it has but one day.

        Several matches that agree in their first ten characters are one value, the first.
        """
        found = [match[1].decode("utf-8", "replace") for match in pattern.finditer(self._source)]
        return found[0] if len({value[:10] for value in found}) == 1 else None

    @cached_property
    def by_tag(self) -> dict[str, list[int]]:
        """The numbers of all elements of each tag, in document order."""
        found: dict[str, list[int]] = defaultdict(list)
        for number, tag in enumerate(self.tags):
            found[tag].append(number)
        return dict(found)

    def with_tag(self, tag: str) -> list[Element]:
        """All elements with this tag, in document order."""
        elements = self.elements
        return [elements[number] for number in self.by_tag.get(tag, ())]

    def marked(self, flag: int) -> list[Element]:
        """The elements whose class or id bears ``flag`` (of :mod:`scraper.parse.marks`)."""
        elements = self.elements
        return [elements[number] for number, flags in self.flagged if flags & flag]

    @cached_property
    def flagged(self) -> list[tuple[int, int]]:
        """The elements that bear any mark, each with its marks."""
        return [(number, flags) for number, flags in enumerate(self.marks) if flags]

    def microdata(self, name: str) -> list[Element]:
        """The elements whose ``itemprop`` is ``name``, in document order."""
        return self._microdata.get(name, [])

    @cached_property
    def _microdata(self) -> dict[str, list[Element]]:
        found: dict[str, list[Element]] = {}
        for element in self.elements if self.mentions(b"itemprop") else ():
            name = element.get("itemprop")
            if name is not None:
                found.setdefault(name, []).append(element)
        return found

    def above(self, number: int) -> list[int]:
        """The numbers of what encloses element ``number``, the nearest first."""
        found = []
        parents = self.parents
        parent = parents[number]
        while parent >= 0:
            found.append(parent)
            parent = parents[parent]
        return found

    def holding(self, one: int, other: int) -> int:
        """The number of the innermost element, ``one`` or above it, that holds ``other`` as well.

        Both are numbers of elements; the body holds them all.
        """
        node = one
        while node > 0 and not node <= other < self.ends[node]:
            node = self.parents[node]
        return node

    def extent(self, element: Element) -> tuple[int, int]:
        """The half-open range of document order that ``element`` and what it encloses take."""
        number = self.order[element]
        return number, self.ends[number]

    def span(self, element: Element) -> tuple[int, int]:
        """The half-open range of strings printed inside ``element`` (its tail is not)."""
        return self.span_at(self.order[element])

    def span_at(self, number: int) -> tuple[int, int]:
        """The half-open range of strings printed inside element ``number``."""
        after, owners = self.ends[number], self.owner_at
        start = self.firsts[number]
        end = self.firsts[after] if after < len(self.firsts) else len(self.texts)
        # Tails of the element and of what encloses it are printed before the next element begins.
        while end > start and owners[end - 1] < number:
            end -= 1
        return start, end

    def first_string(self, element: Element) -> int:
        """The number of the first string at or after the start of ``element``."""
        return self.firsts[self.order[element]]

    def string_at(self, number: int) -> str:
        """All that is printed in element ``number``, as it stands in the source."""
        if self.ends[number] == number + 1:
            return self.heads[number] or ""
        start, end = self.span_at(number)
        if end - start < 2:
            return self.texts[start] if end > start else ""
        # Between several strings stands white space that ``texts`` leaves out.
        return "".join(self.elements[number].itertext())

    def text_at(self, number: int) -> str:
        """The printed text of element ``number``, white space folded (not yet NFC)."""
        return " ".join(self.string_at(number).split())


def _ends(parents: list[int]) -> list[int]:
    """For each element the number after its last descendant; an element precedes what it holds."""
    ends = list(range(1, len(parents) + 1))
    for number in range(len(parents) - 1, 0, -1):
        end = ends[number]
        if end > ends[parents[number]]:
            ends[parents[number]] = end
    return ends


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
