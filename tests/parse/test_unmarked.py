"""Fields whose element has no class that says so: place, links and metadata tell them."""

import json

import pytest

from tests.parse.pages import DATE, PARAGRAPH, TITLE, article, html, read

H1 = f"<h1>{TITLE}</h1>"


def _below_text(line: str) -> str:
    return html().replace(" Ba.</p></div>", f" Ba.</p></div>{line}")


def _signed(*names: str) -> str:
    """The head of a page in English whose JSON-LD names its authors."""
    authors = [{"@type": "Person", "name": name} for name in names]
    node = {"@type": "NewsArticle", "headline": TITLE, "author": authors}
    return f"<script type='application/ld+json'>{json.dumps(node)}</script>"


def _foreign(page: str) -> str:
    return page.replace('lang="vi"', 'lang="en"')


@pytest.mark.parametrize(
    "path",
    [
        "<p>Trang chủ / Tin tức / Văn hóa</p>",
        "<p><a href='/'>Trang chủ</a> ＞ <a href='/van-hoa'>Văn hóa</a></p>",
        "<div><a href='/'>Trang chủ</a><i></i><a href='/van-hoa'>Văn hóa</a></div><p>12</p>",
        "<ul><li><a href='/'>Trang chủ</a></li><li><a href='/van-hoa'>Văn hóa</a></li></ul>",
        "<ol><li><a href='/'>Trang chủ</a></li><li><a href='/van-hoa'>Văn hóa</a></li></ol>"
        "<p class='kicker'>Ký sự</p>",
    ],
)
def test_a_path_from_home_names_the_section(path):
    assert article(html().replace(H1, path + H1)).category == "Văn hóa"


def test_a_menu_outside_the_articles_wrapper_is_no_path():
    menu = "<ul><li><a href='/'>Trang chủ</a></li><li><a href='/lien-he'>Liên hệ</a></li></ul>"
    assert article(html().replace("<body>", f"<body>{menu}<p>Khẩu hiệu</p>")).category is None


def test_a_link_to_a_section_right_below_the_title():
    line = "<p>trong <a href='/category/van-hoa/'>Văn hóa</a></p>"
    assert article(html().replace(H1, H1 + line)).category == "Văn hóa"


@pytest.mark.parametrize(
    "row",
    [
        "<ul><li><a href='/tag/ocop'>OCOP</a></li><li><a href='/tag/lua'>lúa</a></li></ul>",
        "<p><a href='/tim?q=ocop'>#OCOP</a> <a href='/tim?q=lua'>#lúa</a></p>",
    ],
)
def test_links_to_tags_below_the_text(row):
    assert article(_below_text(row)).tags == ("OCOP", "lúa")


def test_a_bare_number_beside_the_date_counts_its_readers():
    page = html(date=f"<i>{DATE} <span>1.204</span></i>")
    assert article(page).views == 1204


@pytest.mark.parametrize(
    ("line", "names", "printed"),
    [
        ("<p><span>By Jane Thirkettle</span> <i>27 May</i></p>", ("Jane Thirkettle",), None),
        ("<p>（佐々木美咲）</p>", ("佐々木美咲",), "（佐々木美咲）"),
        (
            "<p><span>By <a rel='author'>Jane Thirkettle</a> and <a rel='author'>Tom Okafor</a>"
            "</span></p>",
            ("Jane Thirkettle", "Tom Okafor"),
            "By Jane Thirkettle and Tom Okafor",
        ),
    ],
)
def test_the_line_that_prints_the_authors_of_the_metadata(line, names, printed):
    page = _foreign(html(head=_signed(*names)).replace(H1, H1 + line))
    found = article(page)
    assert (found.byline, found.author) == (printed or "By Jane Thirkettle", ", ".join(names))


def test_a_credit_that_prints_an_author_is_no_byline():
    photo = "<figure><img src='/a.jpg'><figcaption>Jane Thirkettle / PA</figcaption></figure>"
    page = _foreign(html(head=_signed("Jane Thirkettle")).replace(H1, H1 + photo))
    assert article(page).byline is None


@pytest.mark.parametrize("line", ["Hoa Phương", "Phạm Thúy - Phòng Văn hóa"])
def test_names_below_the_text(line):
    bold = f"<b>{line}</b>" if "-" not in line else line
    assert article(_below_text(f"<div>{bold}</div>")).byline == line


def test_a_heading_of_links_below_the_text_is_no_name():
    below = "<b>Tin Mới Đăng</b><ul><li><a href='/a'>Trao tặng bò giống cho hộ nghèo</a></li></ul>"
    assert read(_below_text(below)).article.byline is None


@pytest.mark.parametrize("line", ["PV", "Minh Thúy"])
def test_names_beside_the_date(line):
    row = f"<div><span>{DATE}</span><span>{line}</span></div>"
    assert article(html().replace(f"<p>Đăng lúc: {DATE}</p>", row)).byline == line


def test_a_section_beside_the_date_is_no_name():
    row = f"<div><span>{DATE}</span><span>Kinh Tế</span></div>"
    page = html().replace(f"<p>Đăng lúc: {DATE}</p>", row)
    menu = "<ul><li><a href='/kinh-te'>Kinh tế</a></li></ul>"
    assert article(page.replace("<body>", f"<body>{menu}")).byline is None


def test_a_signature_above_the_first_paragraph_in_its_wrapper():
    page = html().replace(f"</p><div><p>{PARAGRAPH}", f"</p><p>{PARAGRAPH}")
    page = page.replace(H1, f"{H1}<table><tr><td>Người viết: Trần Minh Khởi</td></tr></table>")
    found = article(page)
    assert (found.byline, found.author) == ("Người viết: Trần Minh Khởi", "Trần Minh Khởi")
    assert found.body == article(html()).body


@pytest.mark.parametrize(
    ("first", "others", "found"),
    [
        ("intro", "text", True),
        ("text text--first", "text", False),
        ("has-drop-cap", None, False),
    ],
)
def test_a_lead_of_a_class_of_its_own(first, others, found):
    lead = "Huyện hoàn thành các nội dung chuẩn bị cho cuộc diễn tập phòng thủ trong năm nay."
    named = f"<p class='{others}'>" if others else "<p>"
    texts = "".join(f"{named}{PARAGRAPH} {number}.</p>" for number in range(5))
    page = html().replace(f"<div><p>{PARAGRAPH}</p>", f"<div><p class='{first}'>{lead}</p>{texts}")
    page = page.replace(f"<p>{PARAGRAPH} ", f"{named}{PARAGRAPH} ")
    assert article(page).summary == (lead if found else None)
