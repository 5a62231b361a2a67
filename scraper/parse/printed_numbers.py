"""Numbers as boxes of counters set them: in a column of their own, or each digit in an element."""

from __future__ import annotations

import re
from itertools import pairwise

from scraper.parse.outline import Outline
from scraper.parse.tags import BLOCKS

VALUE = re.compile(r"(?<![\w.,/:-])(\d{1,3}(?:[.,\u00a0 ]\d{3})+|\d+)(?![\w/:°%-]|[.,]\d)")
# So many single digits in a row are a number.
_ROW = 4


def integer(printed: str) -> int:
    """The value of a number with or without separators of thousands."""
    return int(re.sub(r"\D", "", printed))


def is_value(texts: list[str], at: int) -> bool:
    """Whether string ``at`` is a number and nothing else."""
    return at < len(texts) and VALUE.fullmatch(texts[at].strip()) is not None


def is_inline(outline: Outline, at: int) -> bool:
    """Whether string ``at`` stands in an inline element."""
    return outline.tags[outline.owner_at[at]] not in BLOCKS


def same_row(outline: Outline, at: int) -> bool:
    """Whether a digit stands in the same line of inline elements as the string before it."""
    parents, owners = outline.parents, outline.owner_at
    return parents[owners[at]] == parents[owners[at - 1]]


def number_columns(outline: Outline, start: int, end: int) -> list[list[int]]:
    """The columns of numbers (strings of one parent) between two strings."""
    columns: list[list[int]] = []
    for at in range(max(0, start), min(end, len(outline.texts))):
        if not is_value(outline.texts, at):
            continue
        if columns and columns[-1][-1] == at - 1 and are_siblings(outline, [at - 1, at]):
            columns[-1].append(at)
        else:
            columns.append([at])
    return [column for column in columns if not _counts_up(outline, column)]


def _counts_up(outline: Outline, column: list[int]) -> bool:
    """Whether numbers are those of pages, or single digits."""
    numbers = [integer(outline.texts[at]) for at in column]
    return max(numbers) < 10 or all(after == one + 1 for one, after in pairwise(numbers))


def are_siblings(outline: Outline, strings: list[int]) -> bool:
    """Whether strings stand in one element, or in elements of one parent."""
    owners = {outline.owner_at[at] for at in strings}
    return len(owners) == 1 or len({outline.parents[owner] for owner in owners}) == 1


def are_alone(outline: Outline, one: int, other: int) -> bool:
    """Whether an element holds these two strings and nothing else."""
    return outline.span_at(outline.holding(outline.owner_at[one], outline.owner_at[other])) == (
        one,
        other + 1,
    )


def is_row(outline: Outline, labels: list[int]) -> bool:
    """Whether numbers and ``labels`` alternate to the end of the element that holds them all."""
    first, last = labels[0] - 1, labels[-1]
    start, end = outline.span_at(outline.holding(outline.owner_at[first], outline.owner_at[last]))
    even = all(after - one == 2 for one, after in pairwise(labels))
    return (
        even
        and end == last + 1
        and not any(is_value(outline.texts, at) for at in range(start, first))
    )


def row_of_digits(outline: Outline, start: int, end: int) -> int | None:
    """The number that the only row of single digits from string ``start`` to ``end`` shows."""
    rows: list[str] = []
    before = -2
    for at in range(max(0, start), min(end, len(outline.texts))):
        word = outline.texts[at].strip()
        if len(word) != 1 or not word.isdigit() or not is_inline(outline, at):
            continue
        if before == at - 1 and same_row(outline, at):
            rows[-1] += word
        else:
            rows.append(word)
        before = at
    rows = [row for row in rows if len(row) >= _ROW and row not in "123456789"]
    return int(rows[0]) if len(rows) == 1 else None
