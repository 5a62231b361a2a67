"""Which parts of a page are not the article: menus, boxes, related lists, share bars, comments."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection
from itertools import accumulate

from scraper.parse.marks import ASIDE, HEADER, NOISE, PAYWALL
from scraper.parse.outline import Element, Outline

_NOISE_TAGS = frozenset(("nav", "footer", "aside", "dialog", "label"))
# Whose class says nothing: by their nature content, or judged by their tag.
_NEVER_BY_NAME = frozenset(("body", "html", "main", "p", "h1", "a", "img")) | _NOISE_TAGS
_BANNERS = frozenset(("div", "table", "form"))
_NOISE_ROLES = frozenset(("navigation", "complementary", "contentinfo", "search", "dialog"))
# Strings of sentences; what holds this share of them is no box, whatever its class says.
_SENTENCES, _MOST, _HEADED = 80, 0.4, 0.25
_IDEOGRAPHS, _SHORTEST = "\u2e80", 27
# Longer text under a paywall's name is the article itself.
_NOTE = 400
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HIDES = {
    b"display": re.compile(rb"display\s*:\s*none"),
    b"visibility": re.compile(rb"visibility\s*:\s*hidden"),
}
_ROLES = re.compile(rb"role\s*=\s*[\"']?(?:" + "|".join(sorted(_NOISE_ROLES)).encode() + rb")\b")


def _weight(text: str) -> int:
    """The length of a text in letters; one of Chinese, Japanese or Korean says as much as three."""
    length = len(text)
    return 3 * length if text[length // 2] >= _IDEOGRAPHS else length


class NoiseMap:
    """Knows which elements are noise by themselves (``own``) or stand in noise."""

    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self.own: list[bool] = [False] * len(outline.tags)
        tags = outline.tags
        for tag in _NOISE_TAGS:
            for number in outline.by_tag.get(tag, ()):
                # An article's own footer names its author, date and tags.
                above = outline.above(number) if tag == "footer" else ()
                self.own[number] = not any(tags[outer] == "article" for outer in above)
        for number, flags in outline.flagged:
            if tags[number] not in _NEVER_BY_NAME and (
                flags & NOISE or (flags & PAYWALL and len(outline.text_at(number)) < _NOTE)
            ):
                self.own[number] = True
        self._pardon()
        self._by_attributes()
        self.held: list[bool] = self._spread((0,))
        self._kept = False
        self._headed: dict[int, bool] = {}

    def _pardon(self) -> None:
        """Take the wrappers of most of the page's sentences for what they hold, not by their names.

        Themes name wrappers after what stands beside (``has-sidebar``, ``ad-container``), and
        WordPress names an article after its tags (``tag-…``). What holds comments stays noise.
        """
        outline, own = self._outline, self.own
        wrappers = [
            number
            for number, flags in outline.flagged
            if own[number] and not flags & ASIDE and outline.tags[number] not in _NOISE_TAGS
        ]
        wrappers += outline.by_tag.get("aside", ())
        if not wrappers:
            return
        _, links = outline.around
        sentences = sorted(
            (owner, weight)
            for text, owner in zip(outline.texts, outline.owner_at, strict=True)
            if len(text) >= _SHORTEST
            and links[owner] < 0
            and (weight := _weight(text)) >= _SENTENCES
        )
        owners = [owner for owner, _ in sentences]
        sums = list(accumulate((length for _, length in sentences), initial=0))
        total = sums[-1]
        headings = outline.by_tag.get("h1", ())
        for number in wrappers:
            end = outline.ends[number]
            held = sums[bisect_left(owners, end)] - sums[bisect_left(owners, number)]
            headed = bisect_left(headings, end) > bisect_left(headings, number)
            if held >= 200 and held >= (_HEADED if headed else _MOST) * total:
                own[number] = False

    def _by_attributes(self) -> None:
        """Hidden elements and roles; where the source has none, no element is asked for them."""
        elements = self._outline.elements
        if any(self._outline.matches(word, pattern) for word, pattern in _HIDES.items()):
            for number, element in enumerate(elements):
                style = element.get("style")
                if style and _HIDDEN.search(style):
                    self.own[number] = True
        if self._outline.matches(b"role", _ROLES):
            for number, element in enumerate(elements):
                if element.get("role") in _NOISE_ROLES:
                    self.own[number] = True

    def _spread(self, kept: Collection[int]) -> list[bool]:
        held = self.own.copy()
        for number in kept:
            held[number] = False
        parents = self._outline.parents
        for number in range(1, len(held)):
            if held[parents[number]] and number not in kept:
                held[number] = True
        return held

    def keep(self, element: Element) -> None:
        """Declare that ``element`` and all that encloses it hold the article.

        These are then no noise whatever their class says, since themes name wrappers after what
        stands beside (``has-sidebar``, ``content-with-menu``).
        """
        number = self._outline.order.get(element, 0)
        if self.held[number] or self._kept:
            self._kept = True
            self.held = self._spread({number, *self._outline.above(number)})

    def holds(self, element: Element) -> bool:
        """Whether ``element`` is noise, by its own marks or by what encloses it."""
        return self.held[self._outline.order.get(element, 0)]

    def in_link(self, element: Element) -> bool:
        """Whether ``element`` is a link or stands in one."""
        return self._outline.around[1][self._outline.order.get(element, 0)] >= 0

    def in_page_header(self, element: Element) -> bool:
        """Whether a ``header`` that is no article's, or what is named a banner, holds ``element``.

        What is found out on the way up is kept, so thousands of headings climb once.
        """
        outline, known = self._outline, self._headed
        passed: list[int] = []
        number = outline.order.get(element, 0)
        while number not in known:
            passed.append(number)
            number, found = outline.parents[number], False
            if number < 0:
                break
            if outline.tags[number] == "header":
                above = outline.above(number)
                found = not any(outline.tags[outer] in ("article", "main") for outer in above)
                break
            found = outline.tags[number] in _BANNERS and bool(outline.marks[number] & HEADER)
            if found:
                break
        else:
            found = known[number]
        known.update(dict.fromkeys(passed, found))
        return found
