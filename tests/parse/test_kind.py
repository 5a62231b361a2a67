"""Pages that look like articles and are none, and articles that look like such pages."""

import pytest

from scraper.parse import PageKind
from tests.parse.pages import DATE, TITLE, html, read

FACTS = {
    "Số kí hiệu": "1187/QĐ-UBND",
    "Ngày ban hành": "14/05/2024",
    "Cơ quan ban hành": "UBND huyện",
    "Người ký": "Nguyễn Hữu Tạo",
    "Trích yếu": "Ban hành Quy chế quản lý, vận hành Trang thông tin điện tử huyện",
}


@pytest.mark.parametrize(
    "row",
    ["<tr><td>{}</td><td>{}</td></tr>", "<tr><th>{}:</th><td><a href='/x'>{}</a></td></tr>"],
)
def test_the_record_of_a_document_is_no_news(row):
    rows = "".join(row.format(label, value) for label, value in FACTS.items())
    page = html(extra=f"<table>{rows}</table>")
    assert read(page).kind is PageKind.OTHER


def test_news_of_several_documents_in_a_table_are_news():
    head = "".join(f"<th>{label}</th>" for label in FACTS)
    row = "".join(f"<td>{value}</td>" for value in FACTS.values())
    page = html(extra=f"<table><tr>{head}</tr><tr>{row}</tr><tr>{row}</tr></table>")
    assert read(page).kind is PageKind.ARTICLE


def test_news_that_name_a_documents_number_and_date_are_news():
    facts = "".join(f"<p>{label}: {value}</p>" for label, value in list(FACTS.items())[:3])
    assert read(html(extra=facts)).kind is PageKind.ARTICLE


LINKS = "".join(f"<li><a href='/tin/{n}.html'>{TITLE} lần thứ {n}</a></li>" for n in range(9))


@pytest.mark.parametrize("title", ["Đăng nhập thành viên", "Quên mật khẩu"])
def test_a_form_is_no_list_of_news(title):
    form = "<form method='post'><input name='u'><input type='password' name='p'></form>"
    page = html(date="").replace(TITLE, title)
    page = (
        page[: page.index("<h1>")] + f"<h2>{title}</h2>{form}</div><ul>{LINKS}</ul></body></html>"
    )
    assert read(page).kind is PageKind.OTHER


def test_news_of_logging_in_are_news():
    page = html(date=f"Đăng lúc: {DATE}").replace(TITLE, "Đăng nhập VNeID trên máy tính")
    assert read(page).kind is PageKind.ARTICLE


HEADLINES = (
    "Xã Quảng Lĩnh hoàn thành tuyến đường liên thôn",
    "Rộn ràng hội bơi chải trên sông Mực đầu xuân",
    "Chủ tịch huyện tiếp công dân định kỳ tháng ba",
    "Nông dân Đông Thạnh thu hoạch lúa hè thu sớm",
    "Giữ lửa lò gốm cuối cùng bên dòng sông Cánh",
    "Ngày hội hiến máu thu được 487 đơn vị máu",
    "Hơn 1.500 hộ dân vùng cù lao có nước sạch",
)


def _links(folder: str) -> str:
    return "".join(
        f'<div><a href="{folder}/{number}">{text}</a></div>'
        for number, text in enumerate(HEADLINES)
    )


def test_bare_headlines_of_one_form_of_address_are_a_listing_under_its_own_heading() -> None:
    page = f"<html lang='vi'><body><h1>Văn hóa – Xã hội</h1>{_links('/tin')}</body></html>"
    assert read(page).kind is PageKind.LISTING


def test_the_latest_news_in_a_menu_make_no_listing() -> None:
    page = f"<html lang='vi'><body><h1>Sơ đồ tổ chức</h1><nav>{_links('/tin')}</nav></body></html>"
    assert read(page).kind is PageKind.OTHER
