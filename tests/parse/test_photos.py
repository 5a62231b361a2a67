"""Photos that a page prints more than once."""

import re

import pytest

from tests.parse.pages import article, html

CAPTION = "Quang cảnh hội nghị"


def _photo(caption: str | None, name: str = "a") -> str:
    shown = f'<img src="/anh/{name}.jpg" width="600">'
    below = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f"<figure>{shown}{below}</figure>"


@pytest.mark.parametrize(
    ("photos", "captions"),
    [
        ((_photo(None), _photo(CAPTION)), [CAPTION]),
        ((_photo(CAPTION), _photo(None)), [CAPTION]),
        ((_photo(CAPTION), _photo(CAPTION)), [CAPTION]),
        ((_photo(None), _photo(None)), [None]),
        ((_photo("Trước lễ"), _photo("Sau lễ")), ["Trước lễ", "Sau lễ"]),
        ((_photo(None), _photo(None, "b"), _photo(CAPTION)), [CAPTION, None]),
    ],
)
def test_a_photo_printed_twice_is_one_with_its_caption(photos, captions):
    page = html(extra="<p>Đại biểu dự hội nghị thảo luận.</p>".join(photos))
    assert [image.caption for image in article(page).images] == captions


ABOVE = '<p style="text-align: center"><em>{}</em></p>'
SHOWN = '<p style="text-align: center"><img src="/anh/{}.jpg" width="600"></p>'
VERSE = ABOVE.format("Ai về Bến Đá quê tôi")


def _captions(extra: str) -> tuple[list[str | None], str]:
    read = article(html(extra=extra + "<p>Đại biểu dự hội nghị thảo luận sôi nổi.</p>"))
    return [image.caption for image in read.images], read.body


@pytest.mark.parametrize(
    ("caption", "second"),
    [
        ("Khuôn gỗ có tuổi đời hơn 60 năm", False),
        ("Ảnh: Đại biểu cắt băng", False),
        ("Ảnh trên: Gánh muối. Ảnh dưới: Ruộng.", True),
    ],
)
def test_a_caption_above_its_photo_is_that_of_the_first_unless_it_speaks_of_both(caption, second):
    captions, body = _captions(ABOVE.format(caption) + SHOWN.format("a") + SHOWN.format("b"))
    assert captions == [caption, caption if second else None]
    assert caption not in body


@pytest.mark.parametrize(
    "above",
    [
        VERSE + ABOVE.format("Có dòng sông nhỏ một thời tuổi thơ"),
        ABOVE.format("Hội nghị đã thành công tốt đẹp."),
        "<p>Một số hình ảnh tại hội nghị</p>",
        "<p>Ảnh: Đại biểu cắt băng</p>",
        "<p><em>Người dân phấn khởi đón công trình mới</em></p>",
    ],
)
def test_a_line_above_a_photo_that_is_not_set_apart_or_is_one_of_several_stays_text(above):
    captions, body = _captions(above + SHOWN.format("a"))
    assert captions == [None]
    assert re.sub(r"<[^>]+>", "", above)[-20:] in body


def test_the_caption_of_two_photos_in_a_row_of_a_table_is_that_of_both():
    cells = "".join(f'<td><img src="/anh/{name}.jpg" width="600"></td>' for name in "ab")
    table = f"<table><tr>{cells}</tr><tr><td colspan=2><em>{CAPTION}</em></td></tr></table>"
    captions, body = _captions(table)
    assert captions == [CAPTION, CAPTION]
    assert CAPTION not in body
