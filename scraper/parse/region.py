"""Where the article's text stands: the element that holds its paragraphs."""

from __future__ import annotations

import re

from scraper.parse.boilerplate import unshared
from scraper.parse.noise import NoiseMap
from scraper.parse.outline import Element, Outline

# Shorter runs of text are labels and links more often than sentences.
_SENTENCE, _LABEL = 40, 20
# A character of Chinese, Japanese or Korean says what two or three letters say.
_IDEOGRAPHS = "\u2e80"
# The lines in which a portal says who answers for it, often in no ``footer``.
_COLOPHON_LINE = 250
_COLOPHON = re.compile(
    r"\s*(?:©|bản quyền (?:thuộc|©)|giấy phép (?:số|thiết lập|hoạt động|xuất bản)"
    r"|(?:người )?chịu trách nhiệm(?: chính| nội dung| xuất bản)?\s*:|trưởng ban biên tập\b"
    r"|địa chỉ\s*:|điện thoại\s*:|đt\s*:|e?mail\s*:|copyright\b|ghi rõ nguồn)",
    re.IGNORECASE,
)
_WRAPPERS = frozenset(
    ("div", "td", "article", "section", "main", "body", "center", "form", "font", "span")
)


class Weights:
    """How much plain (unlinked, noise-free) text each block of the page prints itself.

    Blocks are numbers of elements (:class:`~scraper.parse.outline.Outline`). What the site's pages
    share (``shared``, fingerprints) is nobody's own; ``printed`` counts it, too.
    """

    def __init__(
        self, outline: Outline, noise: NoiseMap, shared: frozenset[str] = frozenset()
    ) -> None:
        self.outline = outline
        self.own: dict[int, int] = {}
        self.linked: dict[int, int] = {}
        self.lines: dict[int, int] = {}
        tags, parents, held = outline.tags, outline.parents, noise.held
        blocks, links = outline.around
        own, lines = self.own, self.lines
        for text, owner in zip(outline.texts, outline.owner_at, strict=True):
            length = len(text)
            if length < 4:
                continue
            if text[length // 2] >= _IDEOGRAPHS:
                length *= 2
            block = blocks[owner]
            # A link inside the block or right around it; a card's link around a whole list is none.
            link = links[owner]
            if link >= 0 and (link > block or link == parents[block]):
                self.linked[block] = self.linked.get(block, 0) + length
                continue
            if owner != block and held[owner]:
                continue
            if length < _COLOPHON_LINE and _COLOPHON.match(text):
                continue
            lines[block] = lines.get(block, 0) + 1
            if length < _SENTENCE and tags[block] in ("td", "th"):
                table = self._table_of(block)
                own[table] = own.get(table, 0) + length
            elif length >= _LABEL:
                own[block] = own.get(block, 0) + length
        self.own = {
            block: weight
            for block, weight in own.items()
            if weight >= _SENTENCE and not held[block]
        }
        self.printed = sum(self.own.values())
        if shared:
            self.own = unshared(outline, self.own, shared)

    def _table_of(self, cell: int) -> int:
        tags, parents = self.outline.tags, self.outline.parents
        number = parents[cell]
        while number >= 0 and tags[number] != "table":
            number = parents[number]
        return number if number >= 0 else cell

    def inside(self, element: Element) -> int:
        """The plain text printed inside ``element``."""
        return self.inside_at(self.outline.order.get(element, 0))

    def first_string(self, region: Element | None, start: int, title: Element | None = None) -> int:
        """The first string of the region's first paragraph (below the ``title``), or ``start``."""
        first, end = self.outline.extent(region) if region is not None else (0, 0)
        heading, below = self.outline.extent(title) if title is not None else (0, 0)
        first = below if first <= heading < end else first
        tags = self.outline.tags
        # The short cells of a table count for it as a whole: a layout's may hold head and text.
        inside = (block for block in self.own if first <= block < end and tags[block] != "table")
        found = min(inside, default=None)
        return start if found is None else max(start, self.outline.firsts[found])

    def core(self, number: int, after: int) -> int:
        """The innermost element in ``number``, below element ``after``, with most of its text."""
        ends, parents = self.outline.ends, self.outline.parents
        inside = [block for block in self.own if number <= block < ends[number]]
        node = max(inside, key=lambda block: self.own[block], default=number)
        most = 0.6 * self.inside_at(number)
        while node > number and self.inside_at(node) < most:
            node = parents[node]
        return node if node > after else number

    def inside_at(self, number: int) -> int:
        """The plain text printed inside element ``number``."""
        end = self.outline.ends[number]
        return sum(weight for block, weight in self.own.items() if number <= block < end)


def find_region(weights: Weights, among: set[int] | None = None) -> Element | None:
    """The element that most likely holds the article's paragraphs; ``None`` without any text.

    Each block gives its weight to its parent, half of it to the next, a quarter to the one above
    (the readability rule); a block that is itself a wrapper (text between ``br``) counts as its own
    parent. With ``among`` only those blocks count. The winner then grows
    while what encloses it adds much text of the same kind.
    """
    outline = weights.outline
    tags, parents = outline.tags, outline.parents
    scores: dict[int, float] = {}
    for block, weight in weights.own.items():
        if among is not None and block not in among:
            continue
        share = float(weight)
        # Text between ``br`` makes a wrapper its own container; its siblings may hold more.
        many = tags[block] in _WRAPPERS and weights.lines.get(block, 0) > 2
        node = block if many else parents[block]
        for _ in range(4):
            if node < 0:
                break
            scores[node] = scores.get(node, 0.0) + share
            share *= 0.9 if many and node == block else 0.5
            node = parents[node]
    if not scores:
        return None
    own, linked = _with_children(weights.own, parents), _with_children(weights.linked, parents)
    best = max(scores, key=lambda number: scores[number] * _plainness(number, own, linked))
    best = _grow(best, weights)
    if among is None:
        best = _with_its_like(best, weights)
    return outline.elements[best]


def _with_children(texts: dict[int, int], parents: list[int]) -> dict[int, int]:
    """The text of each element itself and of its children."""
    sums = dict(texts)
    for block, length in texts.items():
        sums[parents[block]] = sums.get(parents[block], 0) + length
    return sums


def _plainness(number: int, own: dict[int, int], linked: dict[int, int]) -> float:
    if not linked.get(number):
        return 1.0
    plain = own.get(number, 0)
    return max(0.1, plain / (plain + linked[number]))


def _grow(best: int, weights: Weights) -> int:
    tags, parents = weights.outline.tags, weights.outline.parents
    inside = weights.inside_at(best)
    node = best
    for _ in range(2):
        parent = parents[node]
        if parent <= 0 or tags[node] == "article":
            break
        around = weights.inside_at(parent)
        if around >= 1.35 * inside and _alike(best, parent, weights):
            best, inside = parent, around
        node = parent
    return best


def _alike(best: int, parent: int, weights: Weights) -> bool:
    """Whether the text around consists of paragraphs like those inside, not of teasers."""
    tags, ends = weights.outline.tags, weights.outline.ends
    inner, outer = range(best, ends[best]), range(parent, ends[parent])
    blocks = [block for block in weights.own if block in outer and block not in inner]
    plain = sum(1 for block in blocks if tags[block] == "p" and not weights.linked.get(block))
    linked = sum(weight for block, weight in weights.linked.items() if block in outer)
    total = sum(weights.own[block] for block in blocks)
    return bool(blocks) and plain >= 0.8 * len(blocks) and linked < 0.2 * total


def _with_its_like(best: int, weights: Weights) -> int:
    """What encloses ``best`` and all paragraphs of the same make, where a text comes in pieces.

    Newspapers cut a text into boxes (between advertisements, one for each paragraph) whose elements
    have the same tags and classes. What then encloses them must hold little else.
    """
    total, inside = sum(weights.own.values()), weights.inside_at(best)
    if inside >= 0.8 * total:
        return best
    outline = weights.outline
    ends, headings = outline.ends, outline.by_tag.get("h1", ())
    makes = {block: _make(outline, block) for block in weights.own}
    held: dict[tuple[str, ...], int] = {}
    for block, weight in weights.own.items():
        if best <= block < ends[best]:
            held[makes[block]] = held.get(makes[block], 0) + weight
    if not held:
        return best
    make = max(held, key=lambda key: held[key])
    if make[0] in ("td", "th", "table") and not any(make[2::2]):
        # Every cell of a layout table without classes is of one make.
        return best
    alike = [block for block in weights.own if makes[block] == make]
    node, last = best, max(*alike, ends[best] - 1)
    while node > 0 and not (node <= min(alike) and last < ends[node]):
        node = outline.parents[node]
    around = weights.inside_at(node)
    same = sum(weights.own[block] for block in alike)
    # Where a page shows several articles one below another each has a heading of its own.
    articles = sum(1 for number in headings if node < number < ends[node])
    if node <= 0 or around < 1.2 * inside or same < 0.6 * around or articles > 1:
        return best
    return node


def _make(outline: Outline, block: int) -> tuple[str, ...]:
    """Tags and classes of a block and of two elements above it."""
    parts: list[str] = []
    number = block
    for _ in range(3):
        if number <= 0:
            break
        parts += (outline.tags[number], outline.elements[number].get("class") or "")
        number = outline.parents[number]
    # A paragraph's own class may tell the first, or one with a drop cap.
    del parts[1:2]
    return tuple(parts)
