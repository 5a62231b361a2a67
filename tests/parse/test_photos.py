"""Photos that a page prints more than once."""

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
