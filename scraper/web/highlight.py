"""Marking what was searched for in a text, whatever its diacritics."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markupsafe import Markup, escape

from scraper.web.search_terms import WORD, fold, fold_marks, phrases

Span = tuple[int, int]


def matches(text: str, search: str) -> list[Span]:
    """Where the phrases of ``search`` stand in ``text``: sorted (start, end), not overlapping.

    A word matches as in the index: tone and vowel marks do not count, and a typed ``d`` also
    matches ``đ``.
    """
    wanted = phrases(search)
    if not wanted:
        return []
    words = [(m.start(), m.end(), m.group()) for m in WORD.finditer(text)]
    forms = [(fold_marks(word), fold(word)) for _, _, word in words]
    spans = []
    for phrase in wanted:
        for at in _starts(forms, phrase):
            spans.append((words[at][0], words[at + len(phrase) - 1][1]))
    return _merged(sorted(spans))


def _starts(forms: list[tuple[str, str]], phrase: tuple[str, ...]) -> Iterator[int]:
    for at in range(len(forms) - len(phrase) + 1):
        if all(word in forms[at + i] for i, word in enumerate(phrase)):
            yield at


def _merged(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def highlight(text: str | None, search: str) -> Markup:
    """``text`` escaped for HTML, with every match of ``search`` in ``<mark>``."""
    text = text or ""
    parts: list[Markup] = []
    last = 0
    for start, end in matches(text, search):
        parts += [escape(text[last:start]), Markup("<mark>{}</mark>").format(text[start:end])]
        last = end
    return Markup("").join([*parts, escape(text[last:])])


def snippet(text: str | None, search: str, *, length: int = 280) -> Markup:
    """About ``length`` characters of ``text`` around its first match, which is marked.

    Without a match its beginning. Cut at white space; an ellipsis says that more was there.
    """
    flat = re.sub(r"\s+", " ", text or "").strip()
    found = matches(flat, search)
    start = max(0, found[0][0] - length // 3) if found else 0
    if start:
        start = flat.rfind(" ", 0, start) + 1
    end = start + length
    if end < len(flat):
        end = max(flat.rfind(" ", start, end), start + length // 2)
    before, after = ("… " if start else ""), (" …" if end < len(flat) else "")
    return Markup("{}{}{}").format(before, highlight(flat[start:end], search), after)
