"""The headline: without kicker or site's name, and the one that the page itself names."""

import pytest

from tests.parse.pages import PARAGRAPH, TITLE, article, html

H1 = f"<h1>{TITLE}</h1>"


def test_a_kicker_in_the_heading_is_no_part_of_the_headline():
    heading = f"<h1><span>Quốc phòng</span> <span>{TITLE}</span></h1>"
    head = f"<meta property='og:title' content='{TITLE}'>"
    found = article(html(head=head).replace(H1, heading))
    assert found.title == TITLE
    assert "Quốc phòng" not in found.body


def test_a_heading_that_ends_in_the_sites_name_yields_to_the_h1():
    page = html().replace(H1, f"<h2 class='title'>{TITLE} | huyện Hoằng Hóa</h2>{H1}")
    assert article(page).title == TITLE


def test_a_short_word_that_begins_the_title_is_not_it():
    page = html().replace(H1, f"<h2 class='tieude'>Hội nghị triển khai</h2>{H1}")
    assert article(page).title == TITLE


def test_a_ticker_of_leads_above_the_article_is_not_the_article():
    items = "".join(f"<li><b>Tin {number}</b> <span>{PARAGRAPH}</span></li>" for number in range(9))
    head = f"<meta property='og:title' content='{TITLE}'>"
    page = html(head=head).replace("<body>", f"<body><div><ul>{items}</ul></div>")
    assert article(page).body == article(html()).body


def test_a_line_without_any_mark_above_the_date_and_the_text():
    page = html().replace(H1, f"<div>{TITLE}</div>").replace(f"<title>{TITLE}", "<title>Huyện A")
    assert article(page).title == TITLE


@pytest.mark.parametrize("name", ["hide-accessible", "sr-only", "visually-hidden", "d-none"])
@pytest.mark.parametrize("titled", [True, False])
def test_what_only_screen_readers_say_is_no_part_of_the_headline(name, titled):
    unseen = f"<span class='{name}'>Xem nội dung</span>"
    page = html().replace(H1, f"<h1>{unseen} {TITLE}</h1>")
    page = page if titled else page.replace(f"<title>{TITLE}", "<title>Huyện A")
    assert article(page).title == TITLE


def test_a_headline_that_is_there_for_screen_readers_only_is_read():
    page = html().replace(H1, f"<h1><span class='sr-only'>{TITLE}</span></h1>")
    assert article(page).title == TITLE
