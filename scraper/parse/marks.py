"""What designers call things: words in class and id that say what an element holds.

Each class and id is judged once for all questions and remembered, since the pages of a site share
theirs; a page then costs a look-up for each element. A page of a site never seen before has some
hundred names that are new, so a name is first asked for how the words begin, which takes a fifth of
what trying each pattern takes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache

from lxml.etree import _Element as Element

from scraper.parse import mark_words
from scraper.parse.mark_words import Words

(
    NOISE, TITLE, DATE, CLOCK, CRUMB, CATEGORY, TAGS, SUMMARY, AUTHOR, VIEWS, CAPTION, HEADER,
    PAYWALL, LEAD, FILES, ASIDE,
) = (1 << bit for bit in range(16))  # fmt: skip
_WORDS: dict[int, Words] = {
    NOISE: mark_words.NOISE,
    TITLE: mark_words.TITLE,
    DATE: mark_words.DATE,
    CLOCK: mark_words.CLOCK,
    CRUMB: mark_words.CRUMB,
    CATEGORY: mark_words.CATEGORY,
    TAGS: mark_words.TAGS,
    SUMMARY: mark_words.SUMMARY,
    AUTHOR: mark_words.AUTHOR,
    VIEWS: mark_words.VIEWS,
    CAPTION: mark_words.CAPTION,
    HEADER: mark_words.HEADER,
    PAYWALL: mark_words.PAYWALL,
    LEAD: mark_words.LEAD,
    FILES: mark_words.FILES,
    ASIDE: mark_words.ASIDE,
}
# The letters with which a word begins in any case: one before "?" may be missing.
_HEAD = re.compile(r"[a-z]+(?![?*])")


def _pattern(words: Words) -> re.Pattern[str]:
    choices = list(words.anywhere)
    if words.begins:
        choices.append(rf"(?:^|[\s_-])(?:{'|'.join(words.begins)}){words.end}")
    return re.compile("|".join(choices))


def _head(word: str, longest: int) -> str:
    found = _HEAD.match(word)
    if found is None:
        raise ValueError(f"{word!r} does not begin with a letter")
    return found[0][:longest]


PATTERNS = {flag: _pattern(words) for flag, words in _WORDS.items()}
"""What each flag stands for; the judgement itself, which the quick look only spares."""


def _by_beginning() -> dict[str, int]:
    """The flags that a part with this beginning may mean."""
    found: dict[str, int] = defaultdict(int)
    for flag, words in _WORDS.items():
        for word in words.begins:
            found[_head(word, 3)] |= flag
    return dict(found)


def _by_stem() -> tuple[tuple[str, int], ...]:
    """The flags that a name with this stem anywhere may mean; "date" stands for "dateline", too."""
    stems = {_head(word, 9) for words in _WORDS.values() for word in words.anywhere}
    found: dict[str, int] = defaultdict(int)
    for flag, words in _WORDS.items():
        for word in words.anywhere:
            head = _head(word, 9)
            found[min((stem for stem in stems if stem in head), key=len)] |= flag
    return tuple(found.items())


_BEGINS, _ANYWHERE = _by_beginning(), _by_stem()


@lru_cache(maxsize=1 << 15)
def judge(name: str) -> int:
    """The flags of one class attribute or id."""
    lowered = name.lower()
    possible = 0
    for part in lowered.replace("-", " ").replace("_", " ").split():
        possible |= _BEGINS.get(part[:3], 0) | _BEGINS.get(part[:2], 0)
    for stem, flags in _ANYWHERE:
        if stem in lowered:
            possible |= flags
    flags = 0
    for flag, pattern in _patterns_for(possible) if possible else ():
        if pattern.search(lowered):
            flags |= flag
    return flags


@lru_cache(maxsize=1 << 10)
def _patterns_for(possible: int) -> tuple[tuple[int, re.Pattern[str]], ...]:
    return tuple((flag, pattern) for flag, pattern in PATTERNS.items() if flag & possible)


@lru_cache(maxsize=1 << 14)
def judge_id(ident: str) -> int:
    """The flags of one id; its trailing digits say nothing."""
    return judge(ident.rstrip("0123456789"))


def flags_of(element: Element) -> int:
    """The flags of an element's class and id together."""
    name, ident = element.get("class"), element.get("id")
    return (judge(name) if name else 0) | (judge_id(ident) if ident else 0)
