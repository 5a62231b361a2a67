"""The portal's "Truy cập" box: visits today, yesterday, this week, this month, in all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise, takewhile

from scraper.parse.counter_labels import LONGEST, has_label, number_first, read_line
from scraper.parse.outline import Element, Outline
from scraper.parse.page import Counters
from scraper.parse.printed_numbers import (
    VALUE,
    are_alone,
    are_siblings,
    integer,
    is_inline,
    is_row,
    is_value,
    number_columns,
    row_of_digits,
    same_row,
)

_DIGIT_IMAGE = re.compile(r"(?:^|/|_|-)(\d)\.(?:gif|png|jpe?g|webp)$", re.IGNORECASE)
# Something of every box; most text is passed by without looking closer.
_ANCHORS = (
    "hôm nay", "hôm qua", "truy cập", "tháng này", "tuần này", "today", "yesterday", "all days",
    "tổng số", "tổng cộng", "tất cả", "online", "trực tuyến", "đang có", "guests", "bạn là",
    "今日", "今天", "在线", "访问",
)  # fmt: skip
_KEYS = ("today", "yesterday", "this_week", "this_month", "total", "online")
_ONE_DIGIT = frozenset("0123456789.,")
_REACH = 6
# How many strings away from its labels a column of numbers or a row of single digits may stand.
_AWAY = 24
_MOST_LABELS = 250


@dataclass(slots=True)
class _Token:
    """A label (``key``) or a number (``value``) and the string it stands in."""

    at: int
    key: str | None = None
    value: int | None = None


def read_counters(outline: Outline) -> tuple[Counters | None, Element | None]:
    """Find the visits box and read it; the element is one that stands in the box.

    A box is at least two different counts within a few strings of each other (a lone total of at
    least 100 counts, too). With several boxes the fullest counts.
    """
    found = [(box, _values(box, outline)) for box in _boxes(_tokens(outline))]
    boxes = [(box, values) for box, values in found if _is_box(box, values)]
    box, values = max(boxes, key=lambda pair: len(pair[1]), default=([], {}))
    # Joomla says in a box of its own who is online.
    apart = [other["online"] for _, other in found if list(other) == ["online"]]
    if values and len(apart) == 1:
        values.setdefault("online", apart[0])
    hidden = _hidden_total(outline) if not values.get("total") else None
    if hidden is not None:
        values["total"] = hidden
    if not values:
        return None, None
    owner = outline.owner(box[0].at) if box else None
    return Counters(**{key: values.get(key) for key in _KEYS}), owner


def _tokens(outline: Outline) -> list[_Token]:
    """Labels and numbers in reading order, around every string that has a label."""
    texts = outline.texts
    anchors = outline.passages.with_words(_ANCHORS)
    around = _strings_around(anchors, 12, 12, len(texts))
    labelled = [at for at in around if has_label(texts[at])]
    if len(labelled) > 2 * _MOST_LABELS:
        # No box has so many; a page made of labels must not take forever.
        labelled = labelled[:_MOST_LABELS] + labelled[-_MOST_LABELS:]
    near = _strings_around(labelled, 0, 11, len(texts))
    labels = set(labelled)
    pictured = _digit_images(outline) if labels else {}
    tokens: list[_Token] = []
    digits_at = -1
    for at in near:
        text = texts[at]
        word = text.strip()
        if len(word) == 1 and word in _ONE_DIGIT and is_inline(outline, at):
            if (
                digits_at == at - 1
                and same_row(outline, at)
                and tokens
                and tokens[-1].value is not None
            ):
                tokens[-1].value = (
                    int(f"{tokens[-1].value}{word}") if word.isdigit() else tokens[-1].value
                )
                digits_at = at
                continue
            digits_at = at
        if len(word) < LONGEST:
            for key, value in read_line(text, at in labels):
                tokens.append(_Token(at, key, value))
        if pictured and at in labels and not is_value(texts, at + 1):
            drawn = _pictured_number(outline, at, pictured)
            if drawn is not None:
                tokens.append(_Token(at, value=drawn))
    return tokens


def _strings_around(places: list[int], before: int, after: int, count: int) -> list[int]:
    """The numbers (below ``count``) around each of ``places``, in order and each once."""
    found: list[int] = []
    end = 0
    for at in places:
        start, end = max(end, at - before), min(at + after + 1, count)
        found.extend(range(start, end))
    return found


def _digit_images(outline: Outline) -> dict[int, str]:
    """The pictures named after digits (``3.gif``): the digit by the number of its element."""
    found = {}
    for number in outline.by_tag.get("img", ()):
        source = outline.elements[number].get("src")
        match = _DIGIT_IMAGE.search(source.split("?")[0]) if source else None
        if match:
            found[number] = match[1]
    return found


def _pictured_number(outline: Outline, at: int, images: dict[int, str]) -> int | None:
    """Digits drawn as pictures between a string and the next one, or the one before."""
    owners = outline.owner_at
    here = owners[at]
    after = owners[at + 1] if at + 1 < len(owners) else len(outline.elements)
    before = owners[at - 1] if at else 0
    number = _digits_between(images, here, after)
    return number if number is not None else _digits_between(images, before, here)


def _digits_between(images: dict[int, str], start: int, end: int) -> int | None:
    last = max(end, start)
    digits = "".join(digit for number, digit in images.items() if start <= number <= last)
    return int(digits) if digits else None


def _boxes(tokens: list[_Token]) -> list[list[_Token]]:
    groups: list[list[_Token]] = []
    last_key = -100
    for number, token in enumerate(tokens):
        if token.key is not None:
            again = groups and any(other.key == token.key in _KEYS for other in groups[-1])
            headed = token.key == "heading" and _is_heading(tokens, number)
            counted = groups and any(other.value is not None for other in groups[-1])
            if not groups or token.at - last_key > 14 or again or (headed and counted):
                groups.append([])
            last_key = token.at
        if groups:
            groups[-1].append(token)
    return groups


def _is_heading(tokens: list[_Token], number: int) -> bool:
    """Whether another label follows the label ``Truy cập``, so that it heads a box."""
    return number + 1 < len(tokens) and tokens[number + 1].key is not None


def _values(box: list[_Token], outline: Outline) -> dict[str, int]:
    """Each label's number: the next one before another label, or the columns of Vinaora's box.

    A row of single digits in or beside the box is the total, where no label names another.
    """
    values: dict[str, int] = {}
    lone = {
        token.at
        for token, after in zip(box, [*box[1:], None], strict=True)
        if token.key == "heading" and (after is None or after.value is None)
    }
    box = [token for token in box if not (token.key == "heading" and token.at in lone)]
    beside = [
        (token.key, after.value)
        for token, after in pairwise(box)
        if token.key and after.value is not None and after.at - token.at <= _REACH
    ]
    columns = _columns_apart(box, outline) or _labels_last(box, outline) or _columns(box)
    # Below columns "Đang có 15 khách" may stand with its own number.
    pairs = columns + [pair for pair in beside if pair[0] == "online"] if columns else beside
    for key, number in pairs:
        if key in _KEYS and key is not None:
            values.setdefault(key, number)
    counted = values.keys() - {"online"} and "total" not in values
    drawn = row_of_digits(outline, box[0].at - _AWAY, box[-1].at + _AWAY) if counted else None
    if drawn is not None:
        values["total"] = drawn
    for key, number in pairs:
        if key == "heading":
            values.setdefault("total", number)
    return values


def _columns(box: list[_Token]) -> list[tuple[str | None, int]]:
    """All labels first, then all values (Vinaora): the numbers in the order of the labels."""
    for first in range(len(box)):
        run = list(takewhile(lambda token: token.key is not None, box[first:]))
        numbers = [
            token.value
            for token in takewhile(lambda token: token.key is None, box[first + len(run) :])
            if token.value is not None
        ]
        if len(run) >= 3 and len(numbers) >= len(run):
            return [(token.key, number) for token, number in zip(run, numbers, strict=False)]
    return []


def _columns_apart(box: list[_Token], outline: Outline) -> list[tuple[str | None, int]]:
    """Labels in a column whose numbers, as many, stand in a column of their own, before or after.

    Other boxes may have come between the two columns. A pager (1, 2, 3, ...) is no such column.
    """
    for run in _label_columns(box, outline):
        first, last = run[0].at, run[-1].at
        columns = [
            column
            for column in number_columns(outline, first - _AWAY, last + _AWAY)
            if len(column) == last - first + 1
        ]
        if len(columns) == 1:
            texts = outline.texts
            return [(label.key, integer(texts[columns[0][label.at - first]])) for label in run]
    return []


def _labels_last(box: list[_Token], outline: Outline) -> list[tuple[str | None, int]]:
    """Each label's number where it is printed before its label (``3.371`` ``Hôm nay``).

    Every count of the box must be so, of two at least: number and label alone in one string or in
    one element, or the whole box a row that begins with a number and ends with a label.
    """
    labels = [token for token in box if token.key in _KEYS]
    if len(labels) < 2:
        return []
    strings = [token.at for token in labels]
    texts = outline.texts
    if all(number_first(texts[at]) for at in strings):
        lines = [read_line(texts[at], True) for at in dict.fromkeys(strings)]
        tokens = [token for line in lines for token in line]
        return [
            (key, value or 0)
            for (_, value), (key, _) in zip(tokens[::2], tokens[1::2], strict=True)
        ]
    if not all(at and is_value(texts, at - 1) for at in strings):
        return []
    if all(are_alone(outline, at - 1, at) for at in strings) or is_row(outline, strings):
        return [(token.key, integer(texts[token.at - 1])) for token in labels]
    return []


def _label_columns(box: list[_Token], outline: Outline) -> list[list[_Token]]:
    """Runs of three and more labels that are siblings, with at most a line between two of them."""
    runs: list[list[_Token]] = []
    last: _Token | None = None
    for token in box:
        if token.key is None:
            # A number right after its label: these are no columns.
            last = None
            continue
        if last and token.at - last.at <= 2 and are_siblings(outline, [last.at, token.at]):
            runs[-1].append(token)
        else:
            runs.append([token])
        last = token
    return [run for run in runs if len(run) >= 3]


def _is_box(box: list[_Token], values: dict[str, int]) -> bool:
    if len(values) >= 2:
        return True
    if "total" in values:
        return values["total"] >= 100
    return "online" in values and any(token.key == "online" for token in box)


def _hidden_total(outline: Outline) -> int | None:
    """Digit boxes that a script fills show 0; the hidden ``…Label_TruyCap`` holds the number."""
    if not outline.mentions(b"label_truycap"):
        return None
    for element in (*outline.with_tag("span"), *outline.with_tag("input")):
        if (element.get("id") or "").endswith("Label_TruyCap"):
            match = VALUE.search(element.text or element.get("value") or "")
            if match:
                return integer(match[1])
    return None
