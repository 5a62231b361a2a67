"""Sections, read from paths and never from menus."""

import pytest

from tests.parse.pages import article, html

MENU = {"Tin tức": "/tin-tuc/", "Văn hóa": "/van-hoa/", "Kinh tế": "/kinh-te/"}


def above(row: str) -> str | None:
    return article(html().replace("<h1>", f"{row}<h1>")).category


def links(items: dict[str, str], wrap: str, between: str = "") -> str:
    return between.join(
        wrap.format(f"<a href='{href}'>{text}</a>")
        for text, href in {"Trang chủ": "/", **items}.items()
    )


@pytest.mark.parametrize("between", ["", " ", " | "])
def test_a_menu_without_a_mark_is_no_path(between: str) -> None:
    assert above(f"<ul>{links(MENU, '<li>{}</li>')}</ul>") is None
    assert above(f"<div>{links(MENU, '{}', between)}</div>") is None


def test_a_path_is_known_by_its_signs_or_its_addresses() -> None:
    assert above(f"<div>{links(MENU, '{}', ' » ')}</div>") == "Kinh tế"
    below = {"Tin tức": "/tin-tuc/", "Thời sự": "/tin-tuc/thoi-su/"}
    assert above(f"<ul>{links(below, '<li>{}</li>')}</ul>") == "Thời sự"
    assert above(f"<ul>{links({'Tin tức': '/tin-tuc/'}, '<li>{}</li>')}</ul>") == "Tin tức"
