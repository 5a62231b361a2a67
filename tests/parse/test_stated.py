"""The text for machines counts only where the page prints next to nothing."""

import json

from tests.parse.pages import PARAGRAPH, TITLE, article, html

STATED = [f"{PARAGRAPH} {number}" for number in range(6)]


def _page(body: str, stated: str) -> str:
    data = {"@type": "NewsArticle", "headline": TITLE, "articleBody": stated}
    script = f"<script type='application/ld+json'>{json.dumps(data)}</script>"
    return (
        f"<html lang='vi'><head><title>{TITLE}</title>{script}</head><body><h1>{TITLE}</h1>"
        f"<p>Đăng lúc: 15:06 27/03/2024</p>{body}</body></html>"
    )


def test_a_page_that_a_script_fills():
    found = article(_page("<div id='app'></div>", "\n".join(STATED)))
    assert found.body.split("\n\n") == STATED
    assert found.body_html.count("<p>") == len(STATED)


def test_marks_up_in_the_stated_text_go():
    stated = "".join(f"<p>{text}<script>x()</script></p>" for text in STATED)
    found = article(_page("", stated))
    assert "<" not in found.body
    assert "<script" not in found.body_html


def test_a_printed_text_stays():
    page = html(head="").replace(
        "</head>",
        "<script type='application/ld+json'>"
        + json.dumps({"@type": "NewsArticle", "headline": TITLE, "articleBody": " ".join(STATED)})
        + "</script></head>",
    )
    assert article(page).body == article(html()).body
