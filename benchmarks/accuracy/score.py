"""What counts as right, and how it is counted.

Each field gives hits, what was read and what was to be read: precision is hits by read, recall hits
by wanted. Title, day and minute are one value each; authors and captions are lists of values.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from .truth import Truth

_WORD = re.compile(r"\w+")
# Scripts without spaces between words: each character is a token.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


@dataclass
class Answer:
    """What a reader says of a page; ``None`` and empty lists for what it does not say."""

    title: str | None = None
    day: str | None = None
    minute: str | None = None
    author: list[str] = field(default_factory=list)
    body: str | None = None
    captions: list[str] = field(default_factory=list)
    counters: dict[str, int | None] | None = None


@dataclass
class Tally:
    """Counts over all pages for one reader."""

    hits: Counter = field(default_factory=Counter)
    read: Counter = field(default_factory=Counter)
    wanted: Counter = field(default_factory=Counter)
    f1: list[float] = field(default_factory=list)

    def add(self, truth: Truth, answer: Answer) -> dict[str, bool]:
        """Count one page; returns which of its fields were wholly right."""
        right = {}
        for name, wanted in truth.fields.items():
            if name == "body":
                self.f1.append(token_f1(wanted or "", answer.body or ""))
                right[name] = self.f1[-1] >= 0.95
                continue
            want, got = values(name, wanted), values(name, getattr(answer, name))
            hits = sum((want & got).values())
            self.hits[name] += hits
            self.read[name] += sum(got.values())
            self.wanted[name] += sum(want.values())
            right[name] = want == got
        return right

    def precision(self, name: str) -> float | None:
        """Right among what was read; ``None`` where nothing was read."""
        return self.hits[name] / self.read[name] if self.read[name] else None

    def recall(self, name: str) -> float | None:
        """Right among what was to be read; ``None`` where nothing was."""
        return self.hits[name] / self.wanted[name] if self.wanted[name] else None


def values(name: str, value: Any) -> Counter:
    """A field's values in the form in which they are compared."""
    if value is None:
        return Counter()
    if name == "minute":
        return Counter([_minute(value)])
    if name == "day":
        return Counter([value[:10]])
    if name == "counters":
        return Counter(f"{key}={number}" for key, number in value.items() if number is not None)
    items = value if isinstance(value, list) else [value]
    return Counter(filter(None, (_plain(item) for item in items if item)))


def _plain(text: str) -> str:
    """Case, white space, kinds of quotes and dashes and Unicode forms say nothing."""
    text = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(_WORD.findall(text))


def _minute(value: str) -> str:
    """The moment to the minute, in UTC where the value has an offset."""
    at = datetime.fromisoformat(value)
    return (at.astimezone(tz=None) if at.tzinfo else at).strftime("%Y-%m-%dT%H:%M")


def token_f1(wanted: str, got: str) -> float:
    """The harmonic mean of precision and recall of the tokens, each counted as often as it stands."""  # noqa: E501
    one, other = Counter(tokens(wanted)), Counter(tokens(got))
    if not one and not other:
        return 1.0
    shared = sum((one & other).values())
    return 2 * shared / (sum(one.values()) + sum(other.values()))


def tokens(text: str) -> list[str]:
    """Words in lower case; single characters in scripts that set no spaces."""
    plain = unicodedata.normalize("NFC", text).lower()
    return _WORD.findall(_UNSPACED.sub(r" \g<0> ", plain))
