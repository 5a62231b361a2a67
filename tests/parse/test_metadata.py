"""What a page says of itself to machines."""

from scraper.parse import parse_page

TEXT = (
    "The ferry crossed the river twice this morning with nobody aboard but the dog, whose master "
    "waited on the other bank with a bucket of fish and a long story about the price of rope. "
)


def test_a_headline_where_the_name_of_the_application_belongs_is_no_sites_name() -> None:
    head = "".join(
        f'<meta property="{name}" content="{value}">'
        for name, value in (
            ("og:type", "article"),
            ("og:title", "The ferry and the dog"),
            ("og:site_name", "Fenland"),
            ("application-name", "The ferry and the dog"),
        )
    )
    body = "".join(f"<p>{TEXT * 2}{number}</p>" for number in range(4))
    page = f'<html lang="en"><head><title>x</title>{head}</head><body>{body}</body></html>'
    article = parse_page(page.encode(), "https://paper.example.com/a").article
    assert article is not None
    assert article.title == "The ferry and the dog"


def test_a_long_text_that_is_said_to_be_an_article_is_one_without_a_title() -> None:
    head = '<meta property="og:type" content="article"><meta property="og:title" content="Fenland">'
    head += '<meta property="og:site_name" content="Fenland">'
    body = "".join(f"<p>{TEXT * 2}{number}</p>" for number in range(4))
    page = f'<html lang="en"><head><title>Fenland</title>{head}</head><body>{body}</body></html>'
    article = parse_page(page.encode(), "https://paper.example.com/a").article
    assert article is not None
    assert article.title is None
    assert article.body is not None
    assert article.body.count("bucket of fish") == 8
