"""The portal's "Truy cập" box: visits today, yesterday, this week, this month, in all, and online."""

from __future__ import annotations

import re
from dataclasses import dataclass

from scraper.parse.outline import Element, Outline
from scraper.parse.page import Counters

# Labels of PLATFORMS.md, longest first where one begins like another; "skip" labels are boxes'
# own lines that the archive keeps no column for, and must be known so that their number is not
# taken for a neighbour's.
_LABELS: tuple[tuple[str, str], ...] = (
    (
        "skip",
        r"(?:tuần|tháng|năm) trước|năm nay|năm qua|last (?:week|month|year)|this year|thành viên(?: online| trực tuyến)?|máy chủ tìm kiếm|your ip|ip của bạn|khách viếng thăm|số bài viết|tin tức hôm nay",
    ),
    (
        "today",
        r"(?:số )?(?:lượt )?(?:truy cập )?(?:trong )?(?:hôm nay|ngày hôm nay)|today|trong ngày",
    ),
    ("yesterday", r"(?:lượt )?(?:truy cập )?(?:ngày )?hôm qua|yesterday"),
    ("this_week", r"(?:lượt )?(?:truy cập )?(?:trong )?tuần(?: này| hiện tại)?|this week"),
    ("this_month", r"(?:lượt )?(?:truy cập )?(?:trong )?tháng(?: này| hiện tại)?|this month"),
    (
        "online",
        r"(?:số )?(?:người )?(?:đang )?(?:online|trực tuyến|truy cập hiện tại)|đang (?:truy cập|xem|hoạt động)|online|users? online|who's online",
    ),
    (
        "total",
        r"tất cả(?: lượt truy cập)?|tổng (?:số )?(?:lượt )?(?:truy cập|cộng|lượt)(?: truy cập)?|tổng(?: số| cộng)?|tổng số lượt(?: truy cập)?|all(?: days)?|total(?: visits| visitors)?|số lượt truy cập|lượt truy cập|số lượng truy cập|truy cập",
    ),
)
_LABEL = re.compile(
    r"^\W*(?:"
    + "|".join(f"(?P<{name}>{pattern})" for name, pattern in _LABELS)
    + r")\s*[:：\-–=(]*\s*(?P<rest>.*)$",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"^\W*(\d{1,3}(?:[.,\u00a0\s]\d{3})+|\d+)\s*(?:lượt|người|khách|visits?|views?)?\W*$",
    re.IGNORECASE,
)
_GUESTS = re.compile(r"đang có\s+(\d[\d.,]*)\s+khách", re.IGNORECASE)
# Something in every box; a page without these words has none, and most text is passed by quickly.
_QUICK = re.compile(
    r"hôm nay|hôm qua|truy cập|tháng này|tuần này|today|yesterday|all days|tổng số|tổng lượt|online|đang có",
    re.IGNORECASE,
)
_DIGIT_IMAGE = re.compile(r"(?:^|/|_|-)(\d)\.(?:gif|png|jpe?g|webp)$", re.IGNORECASE)
_KEYS = ("today", "yesterday", "this_week", "this_month", "total", "online")


@dataclass(slots=True)
class _Row:
    """One line of a box: which label, its own number if printed with it, and where."""

    key: str
    at: int
    value: int | None


def read_counters(outline: Outline) -> tuple[Counters | None, Element | None]:
    """Find the visits box and read it; the element is one that stands in the box.

    A box is at least two different counts within a few strings of each other (a lone total needs a
    heading such as ``Thống kê truy cập`` beside it). With several boxes the fullest counts.
    """
    texts = outline.texts
    if not any(_QUICK.search(text) for text in texts if len(text) < 120):
        return None, None
    rows = _rows(outline)
    boxes = [box for box in _group(rows) if _is_box(box, texts)]
    if not boxes:
        return None, None
    best = max(boxes, key=lambda box: len({row.key for row in box if row.key != "skip"}))
    values: dict[str, int] = {}
    for row in best:
        if row.key in _KEYS and row.value is not None:
            values.setdefault(row.key, row.value)
    _hidden_total(outline, values)
    return Counters(**values), outline.owners[best[0].at]


def _rows(outline: Outline) -> list[_Row]:
    texts = outline.texts
    found: list[tuple[str, int, str]] = []
    for at, text in enumerate(texts):
        if len(text) > 400:
            continue
        for line in text.split("\n") if "\n" in text else (text,):
            guests = _GUESTS.search(line)
            if guests:
                found.append(("online", at, guests[1]))
            if len(line) > 80:
                continue
            match = _LABEL.match(" ".join(line.split()))
            if match and match.lastgroup:
                key = next(name for name, _ in _LABELS if match[name])
                found.append((key, at, match["rest"]))
    return _with_values(outline, found)


def _with_values(outline: Outline, found: list[tuple[str, int, str]]) -> list[_Row]:
    rows = []
    for place, (key, at, rest) in enumerate(found):
        value = _number(rest)
        until = found[place + 1][1] if place + 1 < len(found) else at + 14
        if value is None and not rest.strip("0123456789., ") and until > at:
            value = _number_after(outline, at, min(until, at + 14))
        rows.append(_Row(key, at, value))
    _columns(outline, rows)
    return rows


def _number(text: str) -> int | None:
    match = _NUMBER.match(text.strip())
    return int(re.sub(r"\D", "", match[1])) if match else None


def _number_after(outline: Outline, at: int, until: int) -> int | None:
    """The number printed after a label: one string, or one digit a string, or digits as pictures."""
    digits = ""
    for text in outline.texts[at + 1 : until + 1]:
        word = text.strip(" :\u00a0\n\r\t")
        if not word:
            continue
        if len(word) == 1 and word.isdigit():
            digits += word
            continue
        if digits:
            break
        return _number(word)
    return int(digits) if digits else _pictured_number(outline, at, until)


def _pictured_number(outline: Outline, at: int, until: int) -> int | None:
    """Digits drawn as pictures named after them (``3.gif``) between two strings."""
    start = outline.order[outline.owners[at]]
    last = outline.owners[until] if until < len(outline.owners) else None
    end = outline.order[last] if last is not None else len(outline.elements)
    names = (
        _DIGIT_IMAGE.search((element.get("src") or "").split("?")[0])
        for element in outline.elements[start : max(end, start) + 1]
        if element.tag == "img"
    )
    digits = "".join(match[1] for match in names if match)
    return int(digits) if digits else None


def _columns(outline: Outline, rows: list[_Row]) -> None:
    """All labels first, then all values (Joomla's Vinaora): the numbers in the labels' order."""
    for first, row in enumerate(rows):
        run = [row]
        for other in rows[first + 1 :]:
            if other.at - run[-1].at > 2 or run[-1].value is not None:
                break
            run.append(other)
        if len(run) < 3 or any(item.value is not None for item in run[:-1]):
            continue
        numbers = []
        for text in outline.texts[run[-1].at + 1 :]:
            number = _number(text)
            if number is None:
                break
            numbers.append(number)
        if len(numbers) >= len(run):
            for item, number in zip(run, numbers, strict=False):
                item.value = number
            return


def _group(rows: list[_Row]) -> list[list[_Row]]:
    groups: list[list[_Row]] = []
    for row in rows:
        if groups and row.at - groups[-1][-1].at <= 16:
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _is_box(box: list[_Row], texts: list[str]) -> bool:
    valued = {row.key for row in box if row.value is not None and row.key != "skip"}
    if len(valued) >= 2:
        return True
    if valued == {"total"}:
        return any(row.key == "total" and row.value is not None and row.value >= 100 for row in box)
    return valued == {"online"} and any("đang có" in texts[row.at].lower() for row in box)


def _hidden_total(outline: Outline, values: dict[str, int]) -> None:
    """Digit boxes that a script fills show 0; the hidden ``…Label_TruyCap`` holds the number."""
    if values.get("total"):
        return
    for element in outline.elements:
        if element.tag in ("span", "input") and (element.get("id") or "").endswith("Label_TruyCap"):
            number = _number(element.text or element.get("value") or "")
            if number is not None:
                values["total"] = number
