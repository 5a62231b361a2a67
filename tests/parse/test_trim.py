"""What a wrapper holds beside the text: boxes, files and dates below it, the date line above it."""

import pytest

from tests.parse.pages import DATE, PARAGRAPH, TITLE, article, html

BODY = f"{PARAGRAPH}\n\n{PARAGRAPH} Hai.\n\n{PARAGRAPH} Ba."


def _loose(below: str, date: str = f"Đăng lúc: {DATE}") -> str:
    """The page without an element around the text alone, with ``below`` right under the text."""
    whole = html(date=date)
    return whole.replace(f"</p><div><p>{PARAGRAPH}", f"</p><p>{PARAGRAPH}").replace(
        " Ba.</p></div>", f" Ba.</p>{below}"
    )


def _teasers(pattern: str, count: int = 4) -> str:
    titles = ("Trồng rừng vụ xuân", "Giải bóng chuyền nông dân", "Chợ phiên họp lại", "Nước sạch")
    return "".join(
        pattern.format(f'<a href="/tin/{at}.html">{title}</a>', f"0{at + 1}/03/2024")
        for at, title in enumerate(titles[:count])
    )


@pytest.mark.parametrize(
    "below",
    [
        "<h4>Các tin đã đưa ngày 17/03/2024</h4><ul>" + _teasers("<li>{} ({})</li>") + "</ul>",
        "<h3>Cùng chuyên mục</h3>" + _teasers("<div>{}<span>2 giờ trước</span></div>"),
        "<div>" + _teasers("<li>{} <span>({})</span></li>") + "</div>",
        "<div><span>Tệp tin:</span> <a href='/vb/lich.pdf'>lich.pdf</a> "
        "<a href='/vb/don.doc'>don.doc</a></div>",
        "<div>Đọc <b>1523</b> lần <i>Sửa lần cuối vào Thứ tư, 28 Tháng 3 2024 08:01</i></div>",
    ],
)
def test_what_stands_below_the_text_in_its_wrapper_is_no_text(below):
    assert article(_loose(below)).body == BODY


@pytest.mark.parametrize(
    "below",
    [
        "<p>Xem lịch tại <a href='/lich'>trang lịch</a> (12/03/2024)</p>",
        "<p>Hội nghị thông qua kế hoạch ngày 28/03/2024.</p>",
    ],
)
def test_a_last_line_with_a_link_or_a_date_is_text(below):
    assert article(_loose(below)).body.startswith(BODY + "\n\n")


@pytest.mark.parametrize(
    "below",
    [
        "<ul>" + _teasers("<li>{}, 3. Mai 2024</li>", 2) + "</ul><h3>Archive</h3>"
        "<ul><li><a href='/1'>January</a></li></ul>",
        "<h4>Mỗi sáng một bản tin</h4><p>Gửi vào hộp thư của bạn lúc 7 giờ.</p>"
        "<form><input type='email' name='a'></form><p class='x'></p>",
    ],
)
def test_boxes_on_boxes_and_invitations_are_no_text(below):
    assert article(_loose(below)).body == BODY


def test_the_portals_name_above_its_licence_ends_the_text_and_signs_nothing():
    colophon = "<p><b>Cổng thông tin điện tử huyện</b></p><p>Giấy phép số 26/GP-TTĐT</p>"
    assert article(_loose(colophon + "<p>Địa chỉ: Số 12</p>")).body == BODY
    found = article(
        html(after="<div><b>UBND huyện Phú Vinh</b><p>Bản quyền thuộc về huyện</p></div>")
    )
    assert (found.body, found.byline) == (BODY, None)
    signed = article(_loose("<p><b>BBT</b></p>" + colophon))
    assert (signed.body, signed.byline) == (BODY, "BBT")


def test_a_signature_above_a_list_is_not_its_heading():
    found = article(_loose("<p><b>BBT</b></p>" + _teasers("<div>{} ({})</div>")))
    assert (found.body, found.byline) == (BODY, "BBT")


def test_a_date_whose_words_do_not_name_the_day_is_no_text():
    date = "<span title='Thứ tư, 27/03/2024, 15:06'>8 giờ trước</span>"
    found = article(_loose("", date))
    assert (found.body, found.published_on) == (BODY, "2024-03-27")


def test_a_bold_lead_below_the_date_line_needs_no_wrapper():
    lead = "Huyện đã hoàn thành các nội dung chuẩn bị cho cuộc diễn tập phòng thủ trong năm nay."
    page = _loose("").replace(f"<p>{PARAGRAPH}</p>", f"<p><b>{lead}</b></p><p>{PARAGRAPH}</p>")
    page = page.replace(f"<p>Đăng lúc: {DATE}</p>", f"<div>Đăng lúc: {DATE} Lượt xem: 1 047</div>")
    assert article(page).summary == lead


def test_the_sites_name_is_no_headline_though_the_metadata_repeat_it():
    name = "Đặc khu Cát Bà Xanh"
    head = (
        f"<meta property='og:title' content='{name}'><script type='application/ld+json'>"
        f'{{"@type": "Organization", "name": "{name}"}}</script>'
    )
    page = html(head=head).replace(f"<title>{TITLE}", f"<title>{name}")
    page = page.replace("<body>", f"<body><div><h1>{name}</h1></div>")
    page = page.replace(f"<h1>{TITLE}</h1>", f"<h2>{TITLE}</h2>")
    assert article(page).title == TITLE


@pytest.mark.parametrize(
    "line",
    [
        '<p><strong>&gt;&gt; Xem thêm:</strong> <a href="/a-1.html">Sáu dấu hiệu nhận biết</a></p>',
        '<div><b>Tin liên quan</b><br><a href="/a">Trao xe đạp cho học sinh nghèo</a><br>'
        '<a href="/b">Xóa phòng học tạm ở thôn</a></div>',
    ],
)
def test_links_to_other_articles_between_two_paragraphs_are_no_text(line):
    body = article(html(extra=line)).body
    assert body.count("\n\n") == 2
    assert body.endswith("Ba.")


def test_a_paragraph_that_begins_like_a_heading_of_links_stays():
    line = '<p>Tin liên quan<br>đến vụ việc được <a href="/a">Công an huyện</a> tiếp nhận.</p>'
    assert "tiếp nhận." in article(html(extra=line)).body


@pytest.mark.parametrize("ago", ["vừa xong", "5 phút trước"])
def test_how_long_ago_at_the_head_of_the_text_is_none(ago):
    page = html().replace("<div><p>Sáng", f"<div><p>{ago}</p><p>Sáng", 1)
    assert article(page).body.startswith("Sáng nay")
