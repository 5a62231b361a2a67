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
