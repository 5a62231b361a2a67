"""Which parts of a page are not the article: menus, boxes, related lists, share bars, comments."""

from __future__ import annotations

import re

from scraper.parse.marks import NOISE, PAYWALL, flags_of
from scraper.parse.outline import Element, text_of

_NOISE_TAGS = frozenset(("nav", "footer", "aside", "dialog", "label"))
_NEVER_BY_NAME = frozenset(("body", "html", "p", "h1", "a", "img"))
_NOISE_ROLES = frozenset(("navigation", "complementary", "contentinfo", "search", "dialog"))
# Longer text under a paywall's name is the article itself.
_NOTE = 400
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


class NoiseMap:
    """Remembers which elements are noise by themselves or stand in noise.

    ``kept`` are elements known to hold the article (and what encloses them): these are never noise
    whatever their class says, since themes name wrappers after what stands beside
    (``has-sidebar``, ``content-with-menu``).
    """

    def __init__(self, body: Element) -> None:
        self.body = body
        self._known: dict[Element, bool] = {body: False}

    def keep(self, element: Element) -> None:
        """Declare that ``element`` and all that encloses it hold the article."""
        self._known = {}
        node: Element | None = element
        while node is not None:
            self._known[node] = False
            node = node.getparent()

    def holds(self, element: Element) -> bool:
        """Whether ``element`` is noise, by its own marks or by what encloses it."""
        known = self._known
        path = []
        node = element
        while node not in known:
            path.append(node)
            parent = node.getparent()
            if parent is None:
                known[node] = False
                break
            node = parent
        answer = known[node]
        for step in reversed(path):
            answer = answer or is_noise(step)
            known[step] = answer
        return answer


def is_noise(element: Element) -> bool:
    """Whether the tag, the class or the style of this one element says that it is no content."""
    tag = element.tag
    if tag in _NOISE_TAGS:
        # An article's own footer names its author, date and tags.
        return tag != "footer" or next(element.iterancestors("article"), None) is None
    if tag not in _NEVER_BY_NAME:
        flags = flags_of(element)
        if flags & NOISE or (flags & PAYWALL and len(text_of(element)) < _NOTE):
            return True
    style = element.get("style")
    if style and _HIDDEN.search(style):
        return True
    return element.get("role") in _NOISE_ROLES
