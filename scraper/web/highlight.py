"""Marking what was searched for in a text, whatever its diacritics."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markupsafe import Markup, escape

from scraper.web.search_terms import WORD, fold, fold_marks, phrases

Span = tuple[int, int]
Hit = tuple[int, int, int]


def matches(text: str, search: str) -> list[Span]:
    """Where the phrases of ``search`` stand in ``text``: sorted (start, end), not overlapping.

    A word matches as in the index: tone and vowel marks do not count, and a typed ``d`` also
    matches ``đ``.
    """
    return _merged([(start, end) for start, end, _ in _hits(text, search)])


def _hits(text: str, search: str) -> list[Hit]:
    """Every place of every phrase: sorted (start, end, which phrase)."""
    wanted = phrases(search)
    if not wanted:
        return []
    words = [(m.start(), m.end(), m.group()) for m in WORD.finditer(text)]
    forms = [(fold_marks(word), fold(word)) for _, _, word in words]
    return sorted(
        (words[at][0], words[at + len(phrase) - 1][1], number)
        for number, phrase in enumerate(wanted)
        for at in _starts(forms, phrase)
    )


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
    """About ``length`` characters of ``text`` where most of ``search`` stands together, marked.

    Without a match its beginning. Cut at white space; an ellipsis says that more was there.
    """
    flat = re.sub(r"\s+", " ", text or "").strip()
    start = max(0, _densest(_hits(flat, search), length // 2) - length // 3)
    if start:
        start = flat.rfind(" ", 0, start) + 1
    end = start + length
    if end < len(flat):
        end = max(flat.rfind(" ", start, end), start + length // 2)
    before, after = ("… " if start else ""), (" …" if end < len(flat) else "")
    return Markup("{}{}{}").format(before, highlight(flat[start:end], search), after)


def _densest(hits: list[Hit], width: int) -> int:
    """Where the first stretch of ``width`` characters begins that has the most phrases."""
    best, most = 0, 0
    for at, (start, _, _) in enumerate(hits):
        near = set()
        for other, _, phrase in hits[at : at + width]:
            if other > start + width:
                break
            near.add(phrase)
        if len(near) > most:
            best, most = start, len(near)
    return best
