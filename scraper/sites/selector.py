"""One CSS selector, compiled, with a cheap question that spares most pages the search."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import TypeAlias

from cssselect import HTMLTranslator
from lxml import etree

Element: TypeAlias = etree._Element
# Whether the page's source has a word (lower case).
Mentions: TypeAlias = Callable[[bytes], bool]

_NEGATED = re.compile(r":not\([^)]*\)|:contains\([^)]*\)")
_WORD = re.compile(r"""[.#]([\w-]+)|=\s*(?:"([^"]*)"|'([^']*)'|([\w-]+))""")


class Selector:
    """A compiled selector; ``words`` are what a page's source must have for it to find anything.

    Raises:
        cssselect.SelectorError: the text is no CSS selector.
        lxml.etree.XPathError: it cannot be looked for.
    """

    __slots__ = ("_path", "words")

    def __init__(self, text: str) -> None:
        self._path = etree.XPath(HTMLTranslator().css_to_xpath(text, prefix="descendant-or-self::"))
        self.words = _words(text)

    def __call__(self, scope: Element) -> list[Element]:
        """The elements at or below ``scope`` that are selected, in document order."""
        found: list[Element] = self._path(scope)
        return found

    def may_find(self, mentions: Mentions) -> bool:
        """Whether a page whose source is asked by ``mentions`` can have what is selected."""
        return all(map(mentions, self.words))


def _words(text: str) -> tuple[bytes, ...]:
    """Class names, ids and attribute values that every element selected must bear.

    Values that a page may write in another way (``&amp;``, letters beyond ASCII) do not count.
    """
    if "," in text or "\\" in text or "&" in text:
        return ()
    values = ("".join(match.groups(default="")) for match in _WORD.finditer(_NEGATED.sub("", text)))
    return tuple(value.lower().encode() for value in values if value.isascii() and len(value) > 1)


@lru_cache(maxsize=1024)
def selector(text: str) -> Selector:
    """The selector of a text, compiled once."""
    return Selector(text)
