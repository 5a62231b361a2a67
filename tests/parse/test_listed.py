"""What a list says of an article: read from the list, and used where the article is read."""

from datetime import UTC, datetime

import pytest

from scraper.parse import Link, Listed, PageKind, parse_page
from scraper.parse.listed import listed_links, says_title
from tests.parse.pages import CAPTURED, PARAGRAPH, TITLE, URL, html

LIST = "https://huyen.example.vn/tin-tuc"
FIRST, SECOND, THIRD = (
    f"https://huyen.example.vn/tin-tuc/hoi-nghi-cua-huyen-{number}.html"
    for number in (101, 102, 103)
)
HEADLINE = "Hội nghị của toàn huyện lần thứ"
MENU = "".join(f'<a href="/tin-tuc/muc-so-{n}-cua-trang">Mục {n}</a>' for n in range(4))


def link(url: str, number: int) -> str:
    return f'<a href="{url}">{HEADLINE} {number}</a>'


def dates(entries: str, captured_at: datetime | None = CAPTURED) -> dict[str, str | None]:
    page = parse_page(
        f"<html lang='vi'><body><div>{MENU}</div><h1>Tin tức</h1>{entries}</body></html>".encode(),
        LIST,
        captured_at=captured_at,
    )
    assert page.kind in (PageKind.LISTING, PageKind.OTHER)
    return {each.url: each.published_on for each in page.links if each.published_on}


THREE = {FIRST: "2024-03-25", SECOND: "2024-03-24", THIRD: "2024-03-23"}
FORMS = {
    "items": "<li><h3>{link}</h3><span class='date'>{day}</span><p>Tóm tắt.</p></li>",
    "brackets": "<li>{link} <i>({day})</i></li>",
    "rows": "<tr><td>{day}</td><td>{link}</td></tr>",
    "card": "<div class='row'><div><span>Ngày {day}</span></div><div><h4>{link}</h4></div></div>",
    "in the link": "<div><a href='{url}'><h3>Hội nghị toàn huyện kỳ này</h3><i>{day}</i></a></div>",
    "labelled": "<div><h4>{link}</h4><p>Ngày đăng: {day}</p></div>",
    "section": "<li><a href='/tin-tuc/muc-so-1-cua-trang'>Mục 1</a>{link}<b>{day}</b></li>",
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_each_link_has_the_day_of_its_entry(form):
    entries = "".join(
        form.format(url=url, link=link(url, number), day="/".join(reversed(day.split("-"))))
        for number, (url, day) in enumerate(THREE.items())
    )
    wrapped = f"<table>{entries}</table>" if entries.startswith("<tr") else f"<div>{entries}</div>"
    assert dates(wrapped) == THREE


@pytest.mark.parametrize(
    "entry",
    [
        # Two headlines, two days, no headline at all, a clock, a day inside the teaser.
        f"<div>{link(FIRST, 1)} {link(SECOND, 2)} <span>25/03/2024</span></div>",
        f"<li>{link(FIRST, 1)} <span>25/03/2024</span><span>26/03/2024</span></li>",
        f"<ul><li>Không có liên kết <b>25/03/2024</b></li><li>{link(FIRST, 1)}</li></ul>",
        f"<div><p class='clock'>28/03/2024</p>{link(FIRST, 1)}</div>",
        f"<div>{link(FIRST, 1)}<p>Sáng 25/03/2024, Ủy ban huyện đã họp phiên thường kỳ.</p></div>",
        # A day that has not come, and days of documents.
        f"<div>{link(FIRST, 1)}<p>25/05/2024</p></div>",
        f"<table><tr><th>Ngày ban hành</th><th>Trích yếu</th></tr><tr><td>25/03/2024</td>"
        f"<td>{link(FIRST, 1)}</td></tr></table>",
        f"<div>{link(FIRST, 1)}<p>Ngày ban hành: 25/03/2024</p></div>",
    ],
)
def test_no_day_is_guessed(entry):
    assert dates(entry) == {}


def test_two_entries_that_disagree_say_nothing_and_two_that_agree_do():
    box = f"<ul><li>{link(FIRST, 1)} <i>26/03/2024</i></li></ul>"
    assert dates(f"<div><p>{link(FIRST, 1)} 25/03/2024</p></div>{box}") == {}
    assert dates(box * 2) == {FIRST: "2024-03-26"}


def test_the_links_of_an_article_carry_no_days():
    page = parse_page(
        html(after=f"<ul><li>{link(FIRST, 1)} <i>26/03/2024</i></li></ul>").encode(), URL
    )
    assert page.kind is PageKind.ARTICLE
    assert not any(each.published_on for each in page.links)


def test_a_list_says_headlines_and_days_but_no_labels():
    links = [
        Link("u:1", f"{HEADLINE} 1", published_on="2024-03-25", published_raw="25/03/2024"),
        Link("u:2", f"Tiếp tục đọc {HEADLINE} 2"),
        Link("u:3", "Xem chi tiết nội dung bài viết"),
        Link("u:4", "Xem chi tiết nội dung bài viết"),
        Link("u:5", "Tin tức"),
        Link("u:6", f"{HEADLINE} 6 25/03/2024 Sáng nay"),
    ]
    assert listed_links(links) == {
        "u:1": Listed(f"{HEADLINE} 1", "2024-03-25", "25/03/2024"),
        "u:2": Listed(f"{HEADLINE} 2"),
    }


def test_a_cut_headline_is_known_by_its_beginning():
    for cut in ("…", "...", " [...]", " [&hellip;]".replace("&hellip;", "…")):
        assert says_title(Listed(TITLE[:40] + cut), TITLE)
    assert not says_title(Listed(TITLE[:40]), TITLE), "nothing shows that it was cut"
    assert not says_title(Listed("Hội nghị…"), TITLE), "too short to tell one from another"
    assert says_title(Listed(TITLE), TITLE.upper())
    assert not says_title(None, TITLE)
    assert not says_title(Listed(), TITLE)


BANNER = "Trang thông tin điện tử huyện nhà kính chào quý khách"


def unmarked(title: str = TITLE, head: str = "<title>Trang tin</title>", date: str = "") -> bytes:
    """A page whose banner is the ``h1`` and whose headline a plain ``div`` far above the text."""
    tools = "".join(f"<p>Công cụ {number}</p>" for number in range(9))
    return (
        f"<html lang='vi'><head>{head}</head><body><h1>{BANNER}</h1><div><div>{title}</div>{date}"
        f"{tools}<div><p>{PARAGRAPH}</p><p>{PARAGRAPH} Hai.</p><p>{PARAGRAPH} Ba.</p></div></div>"
        "</body></html>"
    ).encode()


@pytest.mark.parametrize("said", [TITLE, TITLE[:45] + "…"])
def test_the_headline_is_the_line_that_the_list_says(said):
    plain = parse_page(unmarked(), URL, captured_at=CAPTURED)
    assert plain.article.title == BANNER, "or this page shows nothing"
    page = parse_page(unmarked(), URL, captured_at=CAPTURED, listed=Listed(said))
    assert page.article.title == TITLE
    assert page.provenance["title"].rule == "line of the listing"
    assert page.provenance["title"].path is not None


def test_agreement_makes_a_heading_surer():
    alone = parse_page(html(date="").encode(), URL)
    agreed = parse_page(html(date="").encode(), URL, listed=Listed(TITLE))
    other = parse_page(html(date="").encode(), URL, listed=Listed(f"{HEADLINE} 7"))
    assert alone.article == agreed.article == other.article
    sure = [page.provenance["title"].confidence for page in (alone, agreed)]
    assert sure[0] <= sure[1] == 1.0
    assert other.provenance == alone.provenance


def test_a_page_without_any_title_has_the_lists():
    body = (
        "<html lang='vi'><head><meta property='og:type' content='article'></head><body>"
        f"<div><p>{PARAGRAPH}</p><p>{PARAGRAPH} Hai.</p></div></body></html>"
    ).encode()
    page = parse_page(body, URL, captured_at=CAPTURED, listed=Listed(TITLE, "2024-03-27"))
    assert page.article.title == TITLE
    assert page.provenance["title"].rule == "listing"
    assert page.provenance["title"].confidence < 0.5
    cut = parse_page(body, URL, captured_at=CAPTURED, listed=Listed(TITLE[:40] + "…"))
    assert cut.article is None or cut.article.title is None


def test_a_day_counts_where_the_page_has_none():
    listed = Listed(TITLE, "2024-03-26", "26/03/2024 08:00")
    page = parse_page(html(date="").encode(), URL, captured_at=CAPTURED, listed=listed)
    article = page.article
    assert (article.published_at, article.published_on) == (None, "2024-03-26")
    assert article.published_raw == "26/03/2024 08:00"
    assert page.provenance["published_at"].rule == "listing"
    assert page.provenance["published_at"].confidence == 0.5
    assert page.warnings == ()


def test_a_day_after_the_capture_does_not_count():
    early = datetime(2024, 3, 20, tzinfo=UTC)
    listed = Listed(TITLE, "2024-03-26", "26/03/2024")
    page = parse_page(html(date="").encode(), URL, captured_at=early, listed=listed)
    assert page.article.published_on is None


@pytest.mark.parametrize(("on", "warned"), [("2024-03-27", 0), ("2024-03-26", 1)])
def test_the_page_wins_and_another_day_is_told(on, warned):
    plain = parse_page(html().encode(), URL, captured_at=CAPTURED)
    page = parse_page(html().encode(), URL, captured_at=CAPTURED, listed=Listed(TITLE, on))
    assert page.article == plain.article
    assert len(page.warnings) == warned
    assert all("2024-03-27" in text and on in text for text in page.warnings)
