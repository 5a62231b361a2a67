"""Where the article's text stands: the element that holds its paragraphs."""

from __future__ import annotations

from scraper.parse.boilerplate import unshared
from scraper.parse.noise import NoiseMap
from scraper.parse.outline import BLOCKS, Element, Outline

# Shorter runs of text are labels and links more often than sentences.
_SENTENCE, _LABEL = 40, 20
_WRAPPERS = frozenset(
    ("div", "td", "article", "section", "main", "body", "center", "form", "font", "span")
)


class Weights:
    """How much plain (unlinked, noise-free) text each block of the page prints itself.

    What the site's pages share (``shared``, fingerprints) is nobody's own.
    """

    def __init__(
        self, outline: Outline, noise: NoiseMap, shared: frozenset[str] = frozenset()
    ) -> None:
        self.outline = outline
        self.own: dict[Element, int] = {}
        self.linked: dict[Element, int] = {}
        self.lines: dict[Element, int] = {}
        for text, owner in zip(outline.texts, outline.owners, strict=True):
            length = len(text)
            if length < 4:
                continue
            block, in_link = _block_and_link(owner)
            if block is None or (owner is not block and not in_link and noise.holds(owner)):
                continue
            if not in_link:
                self.lines[block] = self.lines.get(block, 0) + 1
                if length < _SENTENCE and block.tag in ("td", "th"):
                    table = next(block.iterancestors("table"), block)
                    self.own[table] = self.own.get(table, 0) + length
                    continue
                if length < _LABEL:
                    continue
            target = self.linked if in_link else self.own
            target[block] = target.get(block, 0) + length
        self.own = {
            block: weight
            for block, weight in self.own.items()
            if weight >= _SENTENCE and not noise.holds(block)
        }
        if shared:
            self.own = unshared(self.own, shared)

    def inside(self, element: Element) -> int:
        """The plain text printed inside ``element``."""
        if not self.own:
            return 0
        start, end = self.outline.extent(element)
        order = self.outline.order
        return sum(weight for block, weight in self.own.items() if start <= order[block] < end)


def _block_and_link(owner: Element) -> tuple[Element | None, bool]:
    in_link = False
    node: Element | None = owner
    while node is not None and node.tag not in BLOCKS:
        in_link = in_link or node.tag == "a"
        node = node.getparent()
    if node is not None and not in_link:
        parent = node.getparent()
        in_link = parent is not None and parent.tag == "a"
    return node, in_link


def find_region(
    weights: Weights, body: Element, among: set[Element] | None = None
) -> Element | None:
    """The element that most likely holds the article's paragraphs; ``None`` without any text.

    Each block gives its weight to its parent, half of it to the next, a quarter to the one above
    (the readability rule); a block that is itself a wrapper (text between ``br``) counts as its own
    parent. With ``among`` only those blocks count. The winner then grows
    while what encloses it adds much text of the same kind.
    """
    scores: dict[Element, float] = {}
    for block, weight in weights.own.items():
        if among is not None and block not in among:
            continue
        share = float(weight)
        # Text between ``br`` makes a wrapper its own container; its siblings may hold more.
        many = block.tag in _WRAPPERS and weights.lines.get(block, 0) > 2
        node: Element | None = block if many else block.getparent()
        for _ in range(4):
            if node is None or node.tag == "html":
                break
            scores[node] = scores.get(node, 0.0) + share
            share *= 0.9 if many and node is block else 0.5
            node = node.getparent()
    if not scores:
        return None
    best = max(scores, key=lambda element: scores[element] * _plainness(element, weights))
    return _grow(best, weights, body)


def _plainness(element: Element, weights: Weights) -> float:
    linked = weights.linked.get(element, 0) + sum(weights.linked.get(child, 0) for child in element)
    own = weights.own.get(element, 0) + sum(weights.own.get(child, 0) for child in element)
    return 1.0 if not linked else max(0.1, own / (own + linked))


def _grow(best: Element, weights: Weights, body: Element) -> Element:
    inside = weights.inside(best)
    node = best
    for _ in range(2):
        parent = node.getparent()
        if parent is None or parent is body or node.tag == "article":
            break
        around = weights.inside(parent)
        if around >= 1.35 * inside and _alike(best, parent, weights):
            best, inside = parent, around
        node = parent
    return best


def _alike(best: Element, parent: Element, weights: Weights) -> bool:
    """Whether the text around consists of paragraphs like those inside, not of teasers."""
    order = weights.outline.order
    start, end = weights.outline.extent(parent)
    inner_start, inner_end = weights.outline.extent(best)
    blocks = [
        block
        for block in weights.own
        if start <= order[block] < end and not inner_start <= order[block] < inner_end
    ]
    plain = sum(1 for block in blocks if block.tag == "p" and not weights.linked.get(block))
    linked = sum(weight for block, weight in weights.linked.items() if start <= order[block] < end)
    total = sum(weights.own[block] for block in blocks)
    return bool(blocks) and plain >= 0.8 * len(blocks) and linked < 0.2 * total
