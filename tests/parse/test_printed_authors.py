"""Whom pages in other languages print as their authors."""

import pytest

from scraper.parse import Article, parse_page

TEXT = (
    "The ferry crossed the river twice this morning with nobody aboard but the dog, whose master "
    "waited on the other bank with a bucket of fish and a long story about the price of rope."
)


def read(above: str = "", below: str = "", *, language: str = "en", head: str = "") -> Article:
    page = (
        f'<html lang="{language}"><head><title>The ferry and the dog</title>{head}</head><body>'
        f"<main><h1>The ferry and the dog</h1>{above}<p>{TEXT}</p><p>{TEXT} Two.</p>"
        f"<p>{TEXT} Three.</p>{below}</main></body></html>"
    )
    article = parse_page(page.encode(), "https://paper.example.com/ferry").article
    assert article is not None
    return article


@pytest.mark.parametrize(
    ("above", "author"),
    [
        ('<p><a href="/author/jane-thirkettle/">Jane Thirkettle</a></p>', "Jane Thirkettle"),
        ('<p>by <a rel="author" href="/u/7">delta201</a></p>', "delta201"),
        ("<p>By Jane Thirkettle and Tom Okafor</p>", "Jane Thirkettle, Tom Okafor"),
        ("<p>Von <b>Anna-Lena Weiß</b></p>", "Anna-Lena Weiß"),
        ("<p>Text von Peter Ohlig | 3. Mai 2024</p>", "Peter Ohlig"),
        ('<p class="date-author">Janic Kuster, 01.12.2021</p>', "Janic Kuster"),
        ('<p class="byline">Wednesday, May 3, 2024</p>', None),
        ('<p class="author">Last updated: May 3, 2024</p>', None),
        ("<p>By the river, at noon</p>", None),
        ('<p class="author"><a href="/author/admin">admin</a></p>', None),
        # A name that nothing calls an author is none.
        ("<p>Jane Thirkettle</p>", None),
        ('<figure><img src="/a.jpg"><span class="credit">Joan Pettit</span></figure>', None),
    ],
)
def test_beside_the_title(above: str, author: str | None) -> None:
    assert read(above).author == author


def test_the_line_is_kept_as_printed_and_is_no_text() -> None:
    article = read("<p>By Jane Thirkettle</p>")
    assert article.byline == "By Jane Thirkettle"
    assert article.body is not None
    assert "Thirkettle" not in article.body


def test_below_the_text() -> None:
    assert read(below="<p><em>Text: Peter Ohlig</em></p>", language="de").author == "Peter Ohlig"


def test_an_office_is_an_organisation() -> None:
    article = read('<p class="author">By Fenland Herald</p>')
    assert (article.author, article.organisation) == (None, "Fenland Herald")


def test_what_metadata_state_comes_first() -> None:
    head = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "The ferry and '
        'the dog", "author": {"@type": "Person", "name": "Tom Okafor"}}</script>'
    )
    assert read("<p>By Jane Thirkettle</p>", head=head).author == "Tom Okafor"


def test_a_page_without_a_language_and_without_vietnamese_letters_is_in_another() -> None:
    article = read("<p>By Jane Thirkettle</p><p>Published May 3, 2024, 11:30 PM</p>", language="")
    assert (article.author, article.published_on) == ("Jane Thirkettle", "2024-05-03")
    # With a Vietnamese word it may be a portal's page, whose bylines are read by other rules.
    assert read("<p>By Jane Thirkettle, Đường Láng</p>", language="").author != "Jane Thirkettle"
