"""Sections of a portal that is of no known family: by their names, and by the form of addresses."""

from scraper.crawl.menus import section_links
from scraper.parse import Link

BASE = "https://a.example.vn"


def sections(*links: tuple[str, str]) -> list[str]:
    return [
        link.text for link in section_links(tuple(Link(BASE + path, text) for path, text in links))
    ]


def test_sections_that_portals_have_are_known_by_their_names():
    names = ["Cải cách hành chính", "Chuyển đổi số", "Đảng - Đoàn thể", "Gương người tốt việc tốt"]
    assert sections(*((f"/muc-{name}", name) for name in names)) == names


def test_an_address_of_a_sections_form_is_a_section_whatever_its_name():
    found = sections(
        ("/", "Trang chủ"),
        ("/muc.php?m=1", "Tin tức"),
        ("/muc.php?m=2", "Đất và người Lúa Vàng"),
        ("/muc.php?m=3", "Giới thiệu chung"),
        ("/muc.php?m=1&p=2", "Xem tiếp"),
        ("/muc.php?m=4", "2"),
        ("/doc.php?nid=7", "Khai mạc hè"),
    )
    assert found == ["Tin tức", "Đất và người Lúa Vàng"]


def test_words_in_a_path_say_nothing_of_other_paths():
    assert sections(("/tin-tuc/", "Tin tức"), ("/danh-ba/", "Danh bạ")) == ["Tin tức"]
