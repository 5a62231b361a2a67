"""What is taken for noise by its name, and what is not."""

import pytest

from scraper.parse import parse_page

JAPANESE = "山あいの無人駅に小さな本棚が置かれ、列車を待つ人が自由に借りられるようになった。"
VIETNAMESE = (
    "Sáng nay, Ban Chỉ đạo huyện tổ chức hội nghị triển khai nhiệm vụ, đánh giá kết quả công tác "
    "chuẩn bị của các xã, thị trấn và bàn giải pháp thực hiện trong thời gian tới của năm."
)


@pytest.mark.parametrize(("language", "text"), [("ja", JAPANESE), ("vi", VIETNAMESE)])
def test_a_wrapper_named_after_advertisements_that_holds_the_text_is_none(
    language: str, text: str
) -> None:
    page = (
        f'<html lang="{language}"><head><title>{text[:20]}</title></head><body>'
        f'<div class="gate-ad"><h1>{text[:20]}</h1>'
        + "".join(f"<p>{text}{number}</p>" for number in range(4))
        + "</div></body></html>"
    )
    article = parse_page(page.encode(), "https://paper.example.com/a").article
    assert article is not None
    assert article.body == "\n\n".join(f"{text}{number}" for number in range(4))
