"""The words and numbers of a "Truy cập" box's lines."""

from __future__ import annotations

import re
from functools import lru_cache

from scraper.parse.printed_numbers import VALUE, integer

# No line of a box is longer; sentences about visits are.
LONGEST = 160
# Labels of PLATFORMS.md, longest first where one begins like another; "skip" labels are boxes'
# own lines that the archive keeps no column for, and must be known so that their number is not
# taken for a neighbour's.
_LABELS: dict[str, tuple[str, ...]] = {
    "skip": (
        r"(?:tuần|tháng|năm) trước", "năm nay", "năm qua", "trong năm",
        r"last (?:week|month|year)", "this year",
        r"thành viên(?: online| trực tuyến)?", "máy chủ tìm kiếm", "your ip", "ip của bạn",
        "khách viếng thăm", "số bài viết", "lượt tải", "lượt xem",
    ),
    "today": (
        r"(?:số )?(?:lượt )?(?:truy cập )?(?:trong )?(?:ngày )?hôm nay", "today", "trong ngày",
        "今[日天](?:访问量?|浏览量?)?",
    ),
    "yesterday": (r"(?:số )?(?:lượt )?(?:truy cập )?(?:trong )?(?:ngày )?hôm qua", "yesterday",
        "昨[日天](?:访问量?|浏览量?)?",
    ),
    "this_week": (r"(?:số )?(?:lượt )?(?:truy cập )?(?:trong )?tuần (?:này|hiện tại)",
        "trong tuần", "this week",
        "本周(?:访问量?)?",
    ),
    "this_month": (
        r"(?:số )?(?:lượt )?(?:truy cập )?(?:trong )?tháng (?:này|hiện tại)",
        "trong tháng", "this month", "本月(?:访问量?)?",
    ),
    "online": (
        r"(?:số )?(?:người )?(?:đang )?(?:online|trực tuyến)", "đang (?:truy cập|xem|hoạt động)",
        "users? online", "who's online", "(?:当前)?在线(?:人数|用户|访客)?",
    ),
    "total": (
        r"tất cả(?: lượt truy cập)?",
        r"tổng (?:số )?(?:lượt )?(?:truy cập|cộng|lượt)(?: truy cập)?", r"tổng(?: số)?",
        r"all(?: days| visits)?", r"total(?: visits| visitors)?",
        # "Bạn là người thứ 1.234.567 truy cập"; "thứ 2" after visits is Monday.
        r"bạn là (?:người|khách|vị khách)(?: (?:truy cập|ghé thăm|viếng thăm))? thứ",
        r"lượt (?:truy cập|khách) thứ(?!\s*[2-7]\b(?![.,]\d))",
        "总(?:访问|浏览)(?:量|人数|次数)?", "访问总[量数]", "累计访问量?",
    ),
    # A box's heading, which is the total's label where a number stands right under it.
    "heading": (r"(?:số )?(?:lượt|lượng) truy cập", r"(?:thống kê )?truy cập", "访问(?:统计|量)"),
}  # fmt: skip
_LABEL = re.compile(
    r"(?<!\w)(?:"
    + "|".join(f"(?P<{name}>{'|'.join(words)})" for name, words in _LABELS.items())
    + r")(?!\w)",
    re.IGNORECASE,
)
_GUESTS = re.compile(
    r"(?:đang có|we have:?)\s+(\d[\d.,]*)\s+(?:khách|guests?)|(\d+)\s+(?:khách|guests?)\b",
    re.IGNORECASE,
)
# Every label has one of these.
_ROOT = re.compile("|".join((
    "hôm", "trong", "tuần", "tháng", "truy cập", "online", "trực tuyến", "đang", "tất cả", "tổng",
    "today", "yesterday", "week", "month", "total", "all", "năm", "thành viên", "máy chủ", "ip",
    "khách", "guest", "bạn là", "bài viết", "lượt", "今", "昨", "本[周月]", "在线", "访问", "浏览",
)))  # fmt: skip
_AFTER_LABEL = re.compile(r"[\d:：\-–=(.|•,;]|(?:là|lượt|có)\b", re.IGNORECASE)


@lru_cache(maxsize=1 << 14)
def has_label(text: str) -> bool:
    """Whether a string short enough for a line of a box has a label; roots first: they are fast."""
    if len(text) >= LONGEST:
        return False
    return _ROOT.search(text.lower()) is not None and _LABEL.search(text) is not None


@lru_cache(maxsize=1 << 14)
def read_line(text: str, labelled: bool) -> tuple[tuple[str | None, int | None], ...]:
    """The labels (``key, None``) and numbers (``None, value``) of a string, as they are printed."""
    if labelled and len(text) > 60 and not _may_be_a_line(text):
        return ()
    guests = _GUESTS.search(text) if labelled else None
    if guests:
        return ("online", None), (None, integer(guests[1] or guests[2]))
    numbers = [(match.start(), integer(match[1])) for match in VALUE.finditer(text)]
    if not labelled:
        return tuple((None, number) for _, number in numbers) if numbers and _short(text) else ()
    found: list[tuple[int, str | None, int | None]] = [
        *((start, key, None) for start, key in _labels_in(text)),
        *((start, None, number) for start, number in numbers),
    ]
    found.sort(key=lambda token: token[0])
    return tuple((key, value) for _, key, value in found)


def number_first(text: str) -> bool:
    """Whether a string's numbers and labels alternate, from a number to a label."""
    labels = [key is not None for key, _ in read_line(text, True)]
    return bool(labels) and labels == [False, True] * (len(labels) // 2)


def _labels_in(text: str) -> tuple[tuple[int, str], ...]:
    """Where labels stand in a string."""
    found = []
    for label in _LABEL.finditer(text):
        before = text[: label.start()].rstrip()
        after = text[label.end() :].lstrip()
        # "Tổng số điểm của bài viết", "mùa đông hôm nay": words around make it no label.
        if (before and before[-1].isalpha()) or (after and not _AFTER_LABEL.match(after)):
            continue
        found.append((label.start(), label.lastgroup or ""))
    return tuple(found)


def _may_be_a_line(text: str) -> bool:
    """Whether little is left of a longer string without its labels and numbers."""
    return _short(VALUE.sub("", _LABEL.sub("", text)))


def _short(text: str) -> bool:
    return len(text) <= 45 or sum(map(str.isalpha, text)) <= 45
