"""Which of a page's dates is the article's, and which are refused."""

from datetime import UTC, datetime

import pytest

from scraper.parse import parse_page
from tests.parse.pages import DATE, article, html, read

EXPECTED = ("2024-03-27T15:06:52+07:00", "2024-03-27", DATE)


def _dates(text, **kwargs):
    found = article(text, **kwargs)
    return found.published_at, found.published_on, found.published_raw


@pytest.mark.parametrize("label", ["", "Đăng lúc: ", "Ngày đăng: ", "Đăng ngày ", "Cập nhật lúc: "])
def test_below_the_title_with_or_without_label(label):
    assert _dates(html(date=label + DATE)) == EXPECTED


def test_wrong_dates_around_are_not_it():
    around = (
        "<div class='related'><h3>Tin liên quan</h3><ul><li><a href='/a-1.html'>Tin khác</a> (20/03/2024)</li></ul></div>"  # noqa: E501
        "<footer>Giấy phép số 12/GP ngày 01/02/2020. Cập nhật 26/03/2024 08:00</footer>"
    )
    text = "<p>Trước đó, ngày 15/02/2024 huyện đã ban hành kế hoạch tổ chức diễn tập phòng thủ.</p>"
    assert _dates(html(extra=text, after=around)) == EXPECTED


def test_a_page_clock_is_not_it():
    page = html().replace(
        "<body>", "<body><span class='current-time'>Thứ năm, 28/03/2024, 09:00</span>"
    )
    assert _dates(page) == EXPECTED


def test_a_time_of_the_minute_of_the_capture_is_the_pages_clock():
    date = f"<p><span><b>Thứ năm, 28/03/2024 09:00</b> {DATE}</span> | 2.750</p>"
    assert _dates(html().replace(f"<p>Đăng lúc: {DATE}</p>", date)) == EXPECTED


def test_a_date_without_time_fills_the_day_only():
    assert _dates(html(date="Ngày đăng: 27/03/2024")) == (None, "2024-03-27", "27/03/2024")


@pytest.mark.parametrize(
    ("printed", "word"), [("15:06 31/02/2024", "does not exist"), ("15:06 02/04/2024", "after")]
)
def test_impossible_and_future_dates_are_null_with_a_warning(printed, word):
    page = read(html(date=f"Đăng lúc: {printed}"))
    assert (page.article.published_at, page.article.published_on) == (None, None)
    assert any(word in warning for warning in page.warnings)


def test_two_days_ahead_are_borne():
    found = article(html(date="Đăng lúc: 08:00 29/03/2024"))
    assert found.published_at == "2024-03-29T08:00:00+07:00"


def test_relative_dates_need_the_time_of_capture():
    page = html(date="<span>3 ngày trước</span>")
    at = datetime(2024, 3, 28, 2, tzinfo=UTC)
    assert _dates(page, captured_at=at)[:2] == (None, "2024-03-25")
    without = read(page, None).article
    assert without is None or without.published_on is None


def test_a_page_without_a_date_gets_none():
    found = article(html(date=""))
    assert (found.published_at, found.published_on, found.published_raw) == (None, None, None)


@pytest.mark.parametrize(
    "path",
    ["/tin/ke-hoach-so-15022024-2019061512.html", "/tin-tuc/42405130001.htm", "/20240327.html"],
)
def test_digits_in_an_address_are_no_day(path):
    found = parse_page(html(date="").encode(), f"https://huyen.example.vn{path}").article
    assert found is not None
    assert (found.published_at, found.published_on) == (None, None)


def test_a_change_below_the_text_is_no_publication_whatever_its_class():
    line = "<p class='modifydate'>Cập nhật lần cuối: Thứ năm, 28 Tháng 3 2024 07:40</p>"
    page = html(date=DATE).replace(" Ba.</p></div>", f" Ba.</p></div>{line}")
    assert _dates(page) == EXPECTED


def test_the_date_of_another_article_in_a_list_right_below_the_text():
    items = "<li><a href='/a'>Trao tặng bò giống cho hộ nghèo</a> <span>(12/03/2024)</span></li>"
    page = html(date="").replace(" Ba.</p></div>", f" Ba.</p></div><ul>{items}</ul>")
    assert _dates(page) == (None, None, None)


def test_title_and_date_below_tools_in_the_texts_wrapper():
    page = html(date="")
    tools = f"<p><a href='/'>Trang chủ</a> › <a href='/t'>Tin</a></p><p>Cập nhật: {DATE}</p>"
    tools += "<p><a>A-</a> <a>A+</a> <a>In</a></p>"
    page = page.replace("<div><h1>", f"<div>{tools}<h3 class='title_detail'>")
    page = page.replace("</h1><p></p><div>", "</h3>").replace("</p></div></div>", "</p></div>")
    assert _dates(page.replace("<title>Hội nghị", "<title>Huyện ")) == EXPECTED


@pytest.mark.parametrize("printed", ["27/3/24", "(27/03/24)", "Ngày đăng: 27/3/24", "Ngày 27/3/24"])
def test_a_line_of_a_day_with_a_short_year(printed):
    found = article(html(date=printed))
    assert (found.published_on, found.published_at) == ("2024-03-27", None)
    assert found.published_raw == printed.split()[-1].strip("()")
    assert "/24" not in (found.body or "")


@pytest.mark.parametrize("printed", ["Quyết định số 27/3/24", "Tỉ số 27/3/24", "27/3/24 hộ nghèo"])
def test_digits_that_only_look_like_a_short_year(printed):
    assert article(html(date=printed)).published_on is None
