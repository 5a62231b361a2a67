"""Small pages for the tests of single fields."""

from datetime import UTC, datetime

from scraper.parse import Article, Page, parse_page

URL = "https://huyen.example.vn/tin-tuc/hoi-nghi-123.html"
CAPTURED = datetime(2024, 3, 28, 2, tzinfo=UTC)
TITLE = "Hội nghị triển khai nhiệm vụ diễn tập khu vực phòng thủ huyện năm 2024"
DATE = "15:06:52 27/03/2024 (GMT+7)"
PARAGRAPH = (
    "Sáng nay, Ban Chỉ đạo huyện tổ chức hội nghị triển khai nhiệm vụ, đánh giá kết quả công tác "
    "chuẩn bị của các xã, thị trấn và bàn giải pháp thực hiện trong thời gian tới của năm."
)


def html(
    *, date: str = f"Đăng lúc: {DATE}", extra: str = "", after: str = "", head: str = ""
) -> str:
    """An article of three paragraphs; ``extra`` follows the second, ``after`` the article."""
    return (
        f'<!DOCTYPE html><html lang="vi"><head><title>{TITLE}</title>{head}</head><body>'
        f"<div><h1>{TITLE}</h1><p>{date}</p><div><p>{PARAGRAPH}</p><p>{PARAGRAPH} Hai.</p>{extra}"
        f"<p>{PARAGRAPH} Ba.</p></div></div>{after}</body></html>"
    )


def read(text: str, captured_at: datetime | None = CAPTURED) -> Page:
    """Read a page that was captured half a day after its date."""
    return parse_page(text.encode(), URL, captured_at=captured_at)


def article(text: str, captured_at: datetime | None = CAPTURED) -> Article:
    """The article of a page that must be one."""
    page = read(text, captured_at)
    assert page.article is not None, page.kind
    return page.article
