"""The shapes in which boxes print their counts."""

import pytest

from scraper.parse import Counters
from tests.parse.pages import html, read

SEED = Counters(4840, 12008, 59019, 226219, 11718781, None)
LABELS = ("Hôm nay", "Hôm qua", "Tuần này", "Tháng này", "Tất cả")
VALUES = ("4840", "12008", "59019", "226219", "11718781")


def _box(pattern: str, values=VALUES) -> str:
    rows = "".join(
        pattern.format(label, value) for label, value in zip(LABELS, values, strict=True)
    )
    return html(after=f'<div class="side"><h3>Truy cập</h3>{rows}</div>')


@pytest.mark.parametrize(
    "pattern",
    [
        "<p>{}: {}</p>",
        "<div><span>{}</span><span>{}</span></div>",
        "<table><tr><td>{}</td><td>{}</td></tr></table>",
        "<div>{}:</div><div>{}</div>",
        "{}:<br>{}<br>",
        "<ul><li>{}: <b>{}</b></li></ul>",
    ],
)
def test_where_the_value_stands(pattern):
    assert read(_box(pattern)).counters == SEED


@pytest.mark.parametrize("separator", [".", ",", " "])
def test_thousands(separator):
    values = [f"{int(value):,}".replace(",", separator) for value in VALUES]
    assert read(_box("<p><span>{}</span> <span>{}</span></p>", values)).counters == SEED


def test_a_real_zero_is_zero():
    assert read(_box("<p>{}: {}</p>", ("0", *VALUES[1:]))).counters.today == 0


def test_all_labels_then_all_values():
    labels = "".join(f"<div>{label}</div>" for label in LABELS)
    values = "".join(f"<div>{value}</div>" for value in VALUES)
    side = f"<div><h3>Truy cập</h3><div>{labels}</div><div>{values}</div></div>"
    assert read(html(after=side)).counters == SEED


def test_an_english_box():
    side = "<div><h3>Visitors</h3><p>Today 15</p><p>Yesterday 20</p><p>This week 90</p><p>All days 1,234</p></div>"  # noqa: E501
    counters = read(html(after=side)).counters
    assert (counters.today, counters.yesterday, counters.total) == (15, 20, 1234)


def test_no_box_no_counters():
    assert read(html()).counters is None


def test_words_of_the_text_are_no_box():
    text = "<p>Hôm nay 27/3, huyện có 15 xã tham gia; hôm qua đã có 12 xã hoàn thành kế hoạch đề ra.</p>"  # noqa: E501
    assert read(html(extra=text)).counters is None


_WEATHER = '<div class="weather"><h3>Thời tiết</h3><p>Nhiệt độ: 27°C</p></div>'
_LINKS = (
    "<ul>"
    + "".join(f'<li><a href="/t{n}">Tin {n}</a> (0{n}/05/2023)</li>' for n in "1234")
    + "</ul>"
)


def _columns(*parts: str) -> str:
    columns = {
        "labels": "<div>" + "".join(f"<div>{label}</div>" for label in LABELS) + "</div>",
        "values": "<div>" + "".join(f"<div>{value}</div>" for value in VALUES) + "</div>",
    }
    inside = "".join(columns.get(part, part) for part in parts)
    return html(after=f"<div><h3>Truy cập</h3>{inside}</div>")


@pytest.mark.parametrize(
    "parts",
    [
        ("values", "labels"),
        ("labels", _WEATHER, "values"),
        ("labels", _LINKS, "values"),
        ("labels", "values", "<p><a>1</a> <a>2</a> <a>3</a> <a>4</a> <a>5</a></p>"),
    ],
)
def test_columns_of_labels_and_values_need_not_stand_side_by_side(parts):
    assert read(_columns(*parts)).counters == SEED


@pytest.mark.parametrize("order", [(0, 1), (1, 0), (0, _WEATHER, 1)])
def test_a_row_of_digits_is_the_total_wherever_it_stands(order):
    digits = "".join(f"<span>{digit}</span>" for digit in "05112427")
    parts = ("<div>LƯỢT TRUY CẬP</div>", f"<div>{digits}</div>")
    box = "".join(parts[part] if isinstance(part, int) else part for part in order)
    page = read(
        html(after=f"<div>{box}<p>Hôm nay: <b>4.543</b></p><p>Đang truy cập: <b>60</b></p></div>")
    )
    assert page.counters == Counters(today=4543, total=5112427, online=60)


@pytest.mark.parametrize(
    "pattern",
    [
        "<div><span>{1}</span><span>{0}</span></div>",
        "<p><b>{1}</b> {0}</p>",
        "<li>{1} {0}</li>",
        "<div>{1}</div><div>{0}</div>",
        "<b>{1}</b> {0}<br>",
        "<tr><td>{1}</td><td>{0}</td></tr>",
    ],
)
@pytest.mark.parametrize("heading", ["<h3>Truy cập</h3>", "<h3>Thống kê</h3>", ""])
def test_numbers_may_stand_before_their_labels(pattern, heading):
    rows = "".join(
        pattern.format(label, value) for label, value in zip(LABELS, VALUES, strict=True)
    )
    rows = f"<table>{rows}</table>" if "<td>" in pattern else rows
    page = html(after=f'<div class="side">{heading}{rows}</div><p>© 2024. Điện thoại: 5</p>')
    assert read(page).counters == SEED


def test_two_numbers_before_their_labels_in_one_line():
    page = html(after="<p>3.694 hôm nay, 8.118.733 tất cả</p>")
    assert read(page).counters == Counters(3694, None, None, None, 8118733, None)


def test_a_chinese_box():
    rows = (
        "<li>在线人数: <b>12</b></li><li>今日访问: <b>348</b></li><li>总访问量: <b>902114</b></li>"
    )
    page = html(after=f"<div><h3>访问统计</h3><ul>{rows}</ul></div>")
    assert read(page).counters == Counters(348, None, None, None, 902114, 12)


def test_within_the_day_the_week_the_month_and_the_year() -> None:
    shown = {
        "Trong ngày": 12,
        "Trong tuần": 90,
        "Trong tháng": 300,
        "Trong năm": 4000,
        "Tổng": 9999,
    }
    rows = "".join(f"<tr><td>{label}</td><td>{count}</td></tr>" for label, count in shown.items())
    page = read(html(after=f"<div><h3>Truy cập</h3><table>{rows}</table></div>"))
    assert page.counters == Counters(today=12, this_week=90, this_month=300, total=9999)


@pytest.mark.parametrize(
    "line",
    [
        "Bạn là người thứ {} truy cập",
        "Bạn là người truy cập thứ {}",
        "Bạn là vị khách thứ: {}",
        "Số lượt truy cập: {}",
        "Lượt truy cập thứ {}",
    ],
)
@pytest.mark.parametrize("number", ["1234567", "1.234.567", "<b>1.234.567</b>"])
def test_a_visitor_is_told_which_one_they_are(line, number):
    counters = read(html(after=f"<div><p>{line.format(number)}</p></div>")).counters
    assert counters == Counters(None, None, None, None, 1234567, None)


def test_such_a_line_beside_who_is_online():
    side = "<div><p>Bạn là người thứ 1.234.567 truy cập</p><p>Đang online: 12</p></div>"
    counters = read(html(after=side)).counters
    assert (counters.total, counters.online) == (1234567, 12)


def test_visits_of_a_weekday_are_no_total():
    side = "<div><p>Lượt truy cập thứ 2: 300</p><p>Hôm nay: 15</p><p>Hôm qua: 20</p></div>"
    counters = read(html(after=side)).counters
    assert (counters.today, counters.yesterday) == (15, 20)
    assert counters.total != 2
