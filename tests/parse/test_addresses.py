"""File names are what an address ends with."""

import pytest

from scraper.parse.addresses import file_name


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://a.example.vn/anh/h%E1%BB%99i%20ngh%E1%BB%8B.jpg?w=600#x", "hội nghị.jpg"),
        ("https://a.example.vn/tep/qd-12.pdf", "qd-12.pdf"),
        ("https://a.example.vn/tep/qd-12.pdf#trang=2?x", "qd-12.pdf"),
        ("https://a.example.vn", None),
        ("https://a.example.vn?x=/anh.jpg", None),
        ("https://a.example.vn/anh/", None),
        ("https://a.example.vn/documents/27182/0/anh/6f1a", None),
    ],
)
def test_the_last_segment_with_an_extension(url: str, name: str | None) -> None:
    assert file_name(url) == name
