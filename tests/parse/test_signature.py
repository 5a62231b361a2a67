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
