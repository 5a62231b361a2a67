"""What differs between two versions of an article, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

Kind = Literal["same", "removed", "added"]

# The columns that are compared, in the order a reader meets them.
COLUMNS = (
    "title",
    "published_raw",
    "published_at",
    "published_on",
    "summary",
    "body",
    "author",
    "organisation",
    "byline",
    "category",
    "tags",
)
# Comparing takes quadratic time at worst: a paragraph longer than this is shown as replaced whole.
MOST_WORDS = 4000
_WORD = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that both versions have, or one of them only."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """A column that differs, as paragraphs of pieces; unchanged paragraphs are left in."""

    column: str
    paragraphs: tuple[tuple[Piece, ...], ...]


def compare(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Change]:
    """The columns of two rows of ``article_versions`` that differ."""
    return [
        Change(column, compare_texts(old.get(column) or "", new.get(column) or ""))
        for column in COLUMNS
        if (old.get(column) or "") != (new.get(column) or "")
    ]


def compare_texts(old: str, new: str) -> tuple[tuple[Piece, ...], ...]:
    """Compare two texts: first by their paragraphs, then by the words of those that differ."""
    before, after = _paragraphs(old), _paragraphs(new)
    result: list[tuple[Piece, ...]] = []
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            result += [(Piece("same", text),) for text in before[i:j]]
            continue
        pairs = min(j - i, m - k)
        for offset in range(pairs):
            result.append(tuple(_words(before[i + offset], after[k + offset])))
        result += [(Piece("removed", text),) for text in before[i + pairs : j]]
        result += [(Piece("added", text),) for text in after[k + pairs : m]]
    return tuple(result)


def _paragraphs(text: str) -> list[str]:
    return [part for part in text.split("\n\n") if part]


def _words(old: str, new: str) -> Iterator[Piece]:
    before, after = _WORD.findall(old), _WORD.findall(new)
    if max(len(before), len(after)) > MOST_WORDS:
        yield Piece("removed", old)
        yield Piece("added", new)
        return
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece("same", "".join(before[i:j]))
            continue
        yield from _nonempty("removed", before[i:j])
        yield from _nonempty("added", after[k:m])


def _nonempty(kind: Kind, words: Sequence[str]) -> Iterator[Piece]:
    if words:
        yield Piece(kind, "".join(words))
