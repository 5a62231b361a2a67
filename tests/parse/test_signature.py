"""Signatures that stand in more than one place of a page."""

import pytest

from tests.parse.pages import DATE, article, html

AUTHOR = '<span class="author"><span>bởi</span> <a href="/author/x/">{}</a></span>'


def _signed(above: str, below: str):
    return article(
        html(date=f"{DATE} {AUTHOR.format(above)}", extra="").replace("Ba.</p>", f"Ba.</p>{below}")
    )


def test_who_signs_beside_the_title_and_the_source_below_the_text():
    read = _signed("PV", '<p style="text-align: right"><em>Theo Trang TTĐT xã Bàu Cạn</em></p>')
    assert (read.author, read.organisation) == ("PV", "Trang TTĐT xã Bàu Cạn")
    assert read.byline == "bởi PV\nTheo Trang TTĐT xã Bàu Cạn"


@pytest.mark.parametrize("account", ["admin", "Quản trị viên"])
def test_an_account_beside_the_title_signs_nothing(account):
    read = _signed(account, '<p style="text-align: right"><em>Theo Báo Thanh Hóa</em></p>')
    assert (read.author, read.organisation) == (None, "Báo Thanh Hóa")


def test_a_signature_in_the_text_needs_none_beside_the_title():
    read = _signed("Duy Khánh", '<p style="text-align: right"><b>Lê Lài</b></p>')
    assert read.author == "Lê Lài"


SOURCE = '<div class="box"><span>{}</span><a href="https://a.example">Tạp chí Thể thao</a></div>'
TAGS = '<ul class="tags"><li><span>TAGS</span></li><li><a href="/t/1">dạy bơi</a></li></ul>'


@pytest.mark.parametrize("label", ["NGUỒN", "Nguồn:", "Nguồn tin"])
@pytest.mark.parametrize("wrapper", ['<div class="source-tags">{}</div>', "<div>{}</div>"])
def test_a_source_in_a_box_of_its_own_beside_the_tags(label, wrapper):
    read = article(html(after=wrapper.format(SOURCE.format(label) + TAGS)))
    assert read.organisation == "Tạp chí Thể thao"
    assert read.tags == ("dạy bơi",)


RIGHT = '<p style="text-align: right"><b>{}</b></p>'


@pytest.mark.parametrize("name", ["Tuệ", "K’Brếu", "H.T.M"])
def test_a_name_of_one_word_signs_where_it_is_set_apart_as_the_last_line(name):
    read = article(html(after="").replace("Ba.</p>", f"Ba.</p>{RIGHT.format(name)}"))
    assert read.author == name
    assert name not in read.body.split("\n\n")


@pytest.mark.parametrize("line", [RIGHT.format("Hết"), "<p>Tuệ</p>", RIGHT.format("tuệ")])
def test_a_word_that_is_no_name_or_is_not_set_apart_signs_nothing(line):
    read = article(html(after="").replace("Ba.</p>", f"Ba.</p>{line}"))
    assert read.author is None


def test_a_word_set_apart_within_the_text_signs_nothing():
    assert article(html(extra=RIGHT.format("Tuệ"))).author is None


def _ending(text: str, after: str = ""):
    return article(html(after=after).replace("Ba.</p>", f"Ba.{text}</p>"))


@pytest.mark.parametrize(
    ("end", "author", "organisation"),
    [
        ("<em>(Lê Lài)</em>", "Lê Lài", None),
        ("(<b>Lê Lài - UBND xã</b>)", "Lê Lài", "UBND xã"),
        ("(Theo Báo Thanh Hóa)", None, "Báo Thanh Hóa"),
    ],
)
def test_names_in_brackets_behind_the_last_sentence_sign_where_they_are_set_apart(
    end, author, organisation
):
    read = _ending(f" {end}")
    assert (read.author, read.organisation) == (author, organisation)
    assert read.body.endswith("Ba.")


@pytest.mark.parametrize(
    "end", [" (Lê Lài)", " <em>(ảnh minh họa)</em>", " Xem ông <em>(Lê Lài)</em>"]
)
def test_other_brackets_at_the_end_stay_text(end):
    read = _ending(end)
    assert read.author is None
    assert read.body.endswith(")")


def test_names_in_italics_between_title_and_text():
    line = "<p class='muted'><em>{}</em></p>"
    page = html().replace("<div><p>Sáng", f"{line.format('Thạch Sa Rinh')}<div><p>Sáng", 1)
    assert article(page).author == "Thạch Sa Rinh"
    section = html(after="<a href='/vh'>Văn Hóa</a>").replace(
        "<div><p>Sáng", f"{line.format('Văn Hóa')}<div><p>Sáng", 1
    )
    assert article(section).author is None


def test_the_box_about_the_author_below_the_text():
    box = (
        '<div class="author-box"><div class="author-info"><h4>Tác giả: <a href="/author/y/" '
        'rel="author">Y Wen Mlô</a></h4><p>Cán bộ sưu tầm của bảo tàng.</p></div></div>'
    )
    assert article(html(after=box)).author == "Y Wen Mlô"
    assert article(html(after=f'<div class="sidebar">{box}</div>')).author is None


SIGNED = "<p><b>TM. ỦY BAN NHÂN DÂN{0}CHỦ TỊCH</b></p><p><b>(Đã ký)</b></p><p><b>Lê Văn Lài</b></p>"


@pytest.mark.parametrize("split", ["<br>", "</b></p><p><b>"])
@pytest.mark.parametrize("within", [True, False])
def test_who_signs_for_an_office_in_the_text_or_below_it(split, within):
    block = f'<div style="text-align: right">{SIGNED.format(split)}</div>'
    page = html().replace("Ba.</p>", f"Ba.</p>{block}") if within else html(after=block)
    read = article(page)
    assert (read.author, read.organisation) == ("Lê Văn Lài", "ỦY BAN NHÂN DÂN")
    assert read.byline.endswith("CHỦ TỊCH\n(Đã ký)\nLê Văn Lài")
    assert read.body.endswith("Ba.")
