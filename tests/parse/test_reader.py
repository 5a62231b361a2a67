"""Whatever the bytes are: a Page or a ParseError, never another exception."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.parse import Page, PageKind, ParseError, parse_page
from scraper.parse.sanitise import sanitise
from tests.parse.fixtures import cases
from tests.parse.pages import PARAGRAPH, URL, article, html

BODIES = [case.body for case in cases()]


def _read(body: bytes) -> Page | None:
    try:
        return parse_page(body, URL)
    except ParseError:
        return None


@pytest.mark.parametrize("body", [b"", b" \n ", b"<!-- -->"])
def test_an_empty_page_is_no_article(body):
    page = _read(body)
    assert page is None or page.kind is not PageKind.ARTICLE


def test_five_megabytes():
    page = parse_page(html(extra=f"<p>{PARAGRAPH}</p>" * 20_000).encode(), URL)
    assert page.article.body.count(PARAGRAPH) == 20_003


def test_ten_thousand_deep():
    page = parse_page(("<div>" * 10_000 + "a" + "</div>" * 10_000).encode(), URL)
    assert any("deeper" in warning for warning in page.warnings)


@settings(max_examples=40)
@given(st.binary(max_size=400))
def test_arbitrary_bytes(body):
    page = _read(body)
    assert page is None or page.url == URL


@settings(max_examples=40)
@given(st.sampled_from(BODIES), st.floats(0, 1), st.floats(0, 1), st.booleans())
def test_damaged_pages(body, first, second, double):
    start, end = sorted((int(first * len(body)), int(second * len(body))))
    page = _read(body[:end] + body[start:] if double else body[:start] + body[end:])
    for link in page.links if page else ():
        assert link.url.startswith(("http://", "https://"))
    if page and page.article and page.article.body_html:
        assert sanitise(page.article.body_html, URL) == page.article.body_html


WRAPPERS = [
    "has-sidebar",
    "article-ads-wrapper",
    "site-content menu-open",
    "post tag-le-hoi hentry",
]


@pytest.mark.parametrize("name", WRAPPERS)
def test_a_wrapper_of_the_text_is_no_noise_whatever_its_name(name):
    page = html().replace("<body><div>", f"<body><div class='{name}'>")
    assert name in page
    assert article(page).body == article(html()).body


def test_a_text_in_pieces_between_advertisements_is_read_whole():
    piece = "<div class='chunk'><div class='body'><p>{0} {1}.</p><p>{0} {1} b.</p></div></div>"
    advertisement = "<div class='slot'><div>Quảng cáo</div></div>"
    pieces = advertisement.join(piece.format(PARAGRAPH, number) for number in range(6))
    page = html().replace(html().split("<div><p>")[1].split("</div></div>")[0], "")
    page = page.replace("<div><p></div>", f"<div class='text'>{pieces}</div>")
    body = article(page).body or ""
    assert [f"{PARAGRAPH} {number}." in body for number in range(6)] == [True] * 6


def test_a_note_below_the_title_is_not_taken_for_the_text():
    note = (
        "<div class='tools'><p>Bài viết này có thể nghe bằng giọng đọc tự động của Cổng.</p></div>"
    )
    boxes = "".join(f"<div><span>Mục {number}</span></div>" for number in range(40))
    page = html().replace("<div><p>", f"{note}{boxes}<div><p>", 1)
    assert article(page).body == article(html()).body


def test_a_short_first_sentence_with_a_date_is_no_date_line() -> None:
    first = "Sáng 27/3/2024, huyện khởi công cầu Bến Đá."
    page = (
        f"<h1>Khởi công cầu Bến Đá qua sông Rào</h1><p>28/03/2024 15:06</p><div><p>{first}</p>"
        "<p>Cầu dài 120 mét, nối hai xã Đông Hà và Tây Hà, dự kiến xong sau mười tám tháng thi "
        "công; người dân hai bên bờ đã mong cây cầu này từ rất lâu.</p></div>"
    )
    read = parse_page(page.encode(), "https://a.example.vn/tin/khoi-cong-cau-12.html")
    assert read.article and read.article.body and read.article.body.startswith(first)


def test_a_banner_that_begins_with_the_windows_title_is_no_headline() -> None:
    banner = (
        "Cổng thông tin điện tử là nơi công bố tin tức, văn bản và thủ tục hành chính của huyện, "
        "phục vụ người dân tra cứu mọi lúc."
    )
    page = (
        f"<html><head><title>Cổng thông tin</title></head><body><div><p>{banner}</p></div><div>"
        "<h1>Trường Tiểu học số 2 đón chuẩn</h1><p>27/03/2024 15:02</p><div>"
        "<p>Trường Tiểu học số 2 vừa đón bằng công nhận đạt chuẩn, sớm hơn mọi năm.</p></div></div>"
    )
    read = parse_page(page.encode(), "https://a.example.vn/tin/bai-2")
    assert read.article and read.article.title == "Trường Tiểu học số 2 đón chuẩn"


@pytest.mark.parametrize(
    "player",
    [
        '<video controls><source src="/v.mp4">Trình duyệt của bạn không hỗ trợ video.</video>',
        '<audio src="/a.mp3"><p>Trình duyệt <a href="/a.mp3">cũ</a>.</p></audio>',
        "<iframe src='/v'>Trình duyệt không hỗ trợ khung.</iframe>",
    ],
)
def test_what_a_player_says_to_old_browsers_is_no_text(player):
    expected = [PARAGRAPH, f"{PARAGRAPH} Hai.", f"{PARAGRAPH} Ba."]
    assert article(html(extra=f"<div>{player}</div>")).body.split("\n\n") == expected


def test_what_follows_a_player_that_is_never_closed_is_text():
    read = article(html(extra=f'<video src="/v.mp4"><p>{PARAGRAPH} Bốn.</p>'))
    assert f"{PARAGRAPH} Bốn." in read.body
