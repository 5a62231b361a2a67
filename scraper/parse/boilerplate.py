"""What the pages of a site share: learnt from a few of them, left out of every article's text.

A page's sample is its blocks of text, grouped as they stand in one element. Learnt is a block that
most of the samples show in a group of which they show every block, so that a sentence which many
notices open or end with ("Trân trọng thông báo") stays where it stands among others. A block is
known by its text and by the make of its element and of what encloses that: the lead of an article
that every page's box of latest news repeats is not lost to the article itself. Everything here is
pure; the site keeps what was learnt (``site.boilerplate``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import TypeAlias

from scraper.parse.blocks import Block, walk_blocks
from scraper.parse.byline import is_bare_signature, is_labelled
from scraper.parse.noise import NoiseMap
from scraper.parse.outline import Outline
from scraper.parse.text import fold

# Shorter blocks (names, "Xem thêm") can be anything; a site learns so many at most.
_SHORTEST, _MOST = 12, 400
_LEAST_LEFT = 60
# Share of the samples that must show a block; two pages at least.
_SHARE = 0.6
# What one page shows: the fingerprints of its blocks, grouped by the element they stand in.
Sample: TypeAlias = frozenset[frozenset[str]]


@lru_cache(maxsize=1 << 13)
def _fingerprint(text: str, make: str) -> str:
    """Twelve hexadecimal digits of folded text and make; ``""`` for what is too short."""
    folded = fold(text)
    if len(folded) < _SHORTEST:
        return ""
    return blake2b(f"{make} {folded}".encode(), digest_size=6).hexdigest()


def fingerprint(outline: Outline, at: int, text: str) -> str:
    """The fingerprint of element ``at`` with its text; ``""`` for one that is too short."""
    if not text:
        return ""
    parent = max(0, outline.parents[at])
    makes = (
        f"{outline.tags[number]}.{outline.elements[number].get('class') or ''}"
        for number in (parent, at)
    )
    return _fingerprint(text, ">".join(makes))


def sample_of(outline: Outline) -> Sample:
    """The sample of a page that is read already; links and lists of links are no blocks of it."""
    groups: dict[int, set[str]] = {}
    for block in walk_blocks(outline, NoiseMap(outline), 0):
        mark = fingerprint(outline, block.at, block.text) if block.linked <= 0.5 else ""
        if mark:
            groups.setdefault(outline.parents[block.at], set()).add(mark)
    return frozenset(frozenset(marks) for marks in groups.values())


def learn(samples: Sequence[Sample]) -> frozenset[str]:
    """The fingerprints that most samples share; none from a single page.

    Equal samples are one page under two addresses. Bounded: those that are seen most often count.
    """
    distinct = set(samples)
    seen = Counter(mark for each in distinct for mark in frozenset().union(*each))
    least = max(2, _SHARE * len(distinct))
    shared = {mark for mark, count in seen.items() if count >= least}
    mixed = {mark for each in distinct for group in each if group - shared for mark in group}
    kept = sorted(shared - mixed, key=lambda mark: (-seen[mark], mark))
    return frozenset(kept[:_MOST])


def drop_shared(outline: Outline, blocks: Iterable[Block], shared: frozenset[str]) -> None:
    """Take the blocks that the site's pages share out of a text, unless no sentence would be left.

    Such a text was learnt by mistake: it is left as it is. So is a line that signs: one office may
    sign all that a portal prints.
    """
    texts = [block for block in blocks if block.role == "body" and block.text]
    repeated = [
        block
        for block in texts
        if fingerprint(outline, block.at, block.text) in shared
        and not (is_labelled(block.text) or is_bare_signature(block.text))
    ]
    left = sum(len(block.text) for block in texts) - sum(len(block.text) for block in repeated)
    if left >= _LEAST_LEFT:
        for block in repeated:
            block.role = "drop"


def unshared(outline: Outline, own: dict[int, int], shared: frozenset[str]) -> dict[int, int]:
    """The blocks (with their weights) that are the page's own; all of them if none is."""
    kept = {
        block: weight
        for block, weight in own.items()
        if fingerprint(outline, block, outline.text_at(block)) not in shared
    }
    return kept or own
