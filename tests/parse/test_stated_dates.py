"""The day of publication as a page states it for machines."""

from datetime import UTC, date, datetime

import pytest

from scraper.parse import parse_page
from scraper.parse.stated_dates import address_date

TEXT = (
    "The ferry crossed the river twice this morning with nobody aboard but the dog, whose master "
    "waited on the other bank with a bucket of fish and a long story about the price of rope."
)


def page(head: str = "", above: str = "", *, language: str = ' lang="en"', after: str = "") -> str:
    return (
        f"<html{language}><head><title>The ferry and the dog</title>{head}</head><body>"
        f"<main><h1>The ferry and the dog</h1>{above}<p>{TEXT}</p><p>{TEXT} Two.</p>"
        f"<p>{TEXT} Three.</p></main>{after}</body></html>"
    )


def read(text: str, url: str = "https://paper.example.com/ferry") -> tuple[str | None, str | None]:
    article = parse_page(text.encode(), url).article
    assert article is not None
    return article.published_on, article.published_at


@pytest.mark.parametrize(
    "name",
    ["sailthru.date", "parsely-pub-date", "DC.date.issued", "article:published_time", "pubdate",
     "cXenseParse:recs:publishtime", "citation_publication_date", "rnews:datePublished"],
)  # fmt: skip
def test_the_many_names_of_a_publication_in_meta(name: str) -> None:
    assert read(page(f'<meta name="{name}" content="2024-05-13">'))[0] == "2024-05-13"


@pytest.mark.parametrize(
    "name", ["article:modified_time", "og:updated_time", "last-modified", "dateModified"]
)
def test_a_change_is_no_publication(name: str) -> None:
    assert read(page(f'<meta name="{name}" content="2024-05-13">')) == (None, None)
    assert read(page(above='<time class="updated" datetime="2024-05-13">then</time>')) == (
        None,
        None,
    )


def test_the_json_ld_of_the_page_itself_where_no_article_is_stated() -> None:
    head = (
        '<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "Paper"},'
        '{"@type": "WebPage", "datePublished": "2024-05-13T10:00:00+02:00"}]}</script>'
    )
    assert read(page(head)) == ("2024-05-13", "2024-05-13T10:00:00+02:00")


def test_a_named_time_is_taken_before_others_and_none_from_a_list_of_links() -> None:
    listed = '<ul><li><a href="/x"><time datetime="2024-01-01">x</time></a></li></ul>'
    named = '<time class="entry-date" datetime="2024-05-13">13/5</time>'
    assert read(page(above=listed)) == (None, None)
    assert read(page(above=listed + named))[0] == "2024-05-13"


def test_an_attribute_of_what_is_named_after_publication() -> None:
    above = '<abbr class="published" title="2024-05-13T09:00:00+00:00">last spring</abbr>'
    assert read(page(above=above))[0] == "2024-05-13"


def test_parts_of_a_date_in_elements_of_their_own() -> None:
    above = '<p class="post-date"><b>13</b> <i>mai</i> <span>2024</span></p>'
    assert read(page(above=above, language=' lang="fr"'))[0] == "2024-05-13"


def test_a_script_that_states_one_day_only() -> None:
    def state(*days: str) -> str:
        items = ",".join(f'{{"publishedAt":"{day}T08:00:00Z"}}' for day in days)
        return f"<script>window.state = [{items}]</script>"

    assert read(page(after=state("2024-05-13", "2024-05-13")))[0] == "2024-05-13"
    # The articles beside it have days of their own: which is this one's is not said.
    assert read(page(after=state("2024-05-13", "2024-05-12"))) == (None, None)


def test_the_permalink_is_the_last_resort() -> None:
    url = "https://paper.example.com/2024/05/13/ferry/"
    assert read(page(), url) == ("2024-05-13", None)
    assert read(page(above="<p>Published 14 May 2024</p>"), url)[0] == "2024-05-14"


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("https://x.example/2024/05/13/title", "2024-05-13"),
        ("https://x.example/world/2016/dec/16/title", "2016-12-16"),
        ("https://x.example/news/2024-05-13/title.html", "2024-05-13"),
        ("https://x.example/2024/05/title", None),
        ("https://x.example/2024/13/45/title", None),
        ("https://x.example/portal/Pages/2024-3-27/Hoi-nghi1a2b3c.aspx", None),
        ("https://x.example/list?from=/2024/05/13/", None),
    ],
)
def test_days_in_addresses(address: str, day: str | None) -> None:
    found = address_date(address)
    assert (found and found.on) == (date.fromisoformat(day) if day else None)


def test_a_page_without_a_language_may_write_its_date_in_any() -> None:
    above = "<p>Erschienen am 3. Mai 2024</p>"
    assert read(page(above=above, language=""))[0] == "2024-05-03"


def test_a_date_set_aside_right_below_the_title() -> None:
    above = '<div class="social-share"><h5>23.01.2019</h5></div>'
    assert read(page(above=above))[0] == "2019-01-23"


def test_a_date_in_the_title_is_what_the_text_is_about() -> None:
    text = page().replace("The ferry and the dog", "Weekly report, 14 to 20 January 2022")
    assert read(text) == (None, None)


def test_open_graphs_locale_is_the_language_unless_the_title_is_vietnamese() -> None:
    head = (
        '<meta property="og:locale" content="de_DE"><meta property="og:title" content="The ferry">'
        '<meta name="date" content="2024-05-13T23:30:00Z">'
    )
    assert read(page(head, language=""))[0] == "2024-05-13"
    head = head.replace("The ferry", "Chuyến phà và đảng viên tốt")
    assert read(page(head, language=""))[0] == "2024-05-14"


def test_a_moment_in_utc_is_on_the_day_that_the_page_prints_for_it() -> None:
    head = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "The ferry and '
        'the dog", "datePublished": "2024-03-09T03:28:35Z"}</script>'
    )
    printed = "<p>Published: March 8, 2024</p>"
    assert read(page(head, printed)) == ("2024-03-08", "2024-03-09T03:28:35+00:00")
    # Three days earlier is another day, not another zone.
    printed = "<p>Published: March 6, 2024</p>"
    assert read(page(head, printed))[0] == "2024-03-09"


def test_a_day_that_is_still_to_come_beside_what_metadata_state() -> None:
    text = page('<meta name="date" content="2024-04-22">', "<p>In der Mediathek bis 06.05.2024</p>")
    found = parse_page(
        text.encode(), "https://paper.example.com/a", captured_at=datetime(2024, 4, 23, tzinfo=UTC)
    )
    assert found.article is not None
    assert found.article.published_on == "2024-04-22"


def test_a_printed_time_in_no_known_zone_is_no_moment() -> None:
    assert read(page(above="<p>Published 14 May 2024 18:05</p>")) == ("2024-05-14", None)
    # The archive's own sites have a zone, and a page may name one.
    assert read(page(above="<p>14 May 2024 18:05 (GMT+2)</p>"))[1] == "2024-05-14T18:05:00+02:00"
    assert read(page(above="<p>14 May 2024 18:05</p>"), "https://a.example.vn/x")[1] == (
        "2024-05-14T18:05:00+07:00"
    )


def test_a_moment_in_utc_takes_the_offset_that_the_page_has_for_it_elsewhere() -> None:
    head = '<meta property="article:published_time" content="2023-04-09T18:20:00+00:00">'
    above = '<time datetime="2023-04-10T01:20:00+07:00">April 10, 2023</time>'
    assert read(page(head, above)) == ("2023-04-10", "2023-04-10T01:20:00+07:00")
    above = '<time datetime="2023-04-10T09:00:00+07:00">April 10, 2023</time>'
    assert read(page(head, above))[1] == "2023-04-09T18:20:00+00:00"
