"""Looking for words in all short strings of a page at once."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate

# Labels, dates and notices stand in short strings; paragraphs are passed by.
LONGEST = 300


class Passages:
    """The strings of a page that have at most 300 characters, joined in lower case."""

    def __init__(self, texts: list[str]) -> None:
        short = [text if len(text) <= LONGEST else "" for text in texts]
        # A null never stands in a page's text, so no word or pattern reaches over two strings.
        joined = "\0".join(short)
        lowered = joined.lower()
        if len(lowered) != len(joined):
            # Few letters ("İ") take two places in lower case.
            short = [text.lower() for text in short]
            lowered = "\0".join(short)
        self.lowered = lowered.replace("\n", " ")
        self._starts = list(accumulate(map(len, short), _next_start, initial=0))

    def with_words(self, words: Iterable[str]) -> list[int]:
        """The numbers of the strings that contain any of these (lower-case) words, in order."""
        found: set[int] = set()
        lowered, starts = self.lowered, self._starts
        for word in words:
            at = lowered.find(word)
            while at >= 0:
                place = bisect_right(starts, at) - 1
                found.add(place)
                at = lowered.find(word, starts[place + 1])
        return sorted(found)

    def matching(self, pattern: re.Pattern[str]) -> list[int]:
        """The numbers of the strings in whose lower-case text ``pattern`` matches, in order."""
        starts = self._starts
        return sorted(
            {bisect_right(starts, match.start()) - 1 for match in pattern.finditer(self.lowered)}
        )


def _next_start(start: int, length: int) -> int:
    return start + length + 1
