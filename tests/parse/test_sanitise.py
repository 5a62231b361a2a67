"""Hostile HTML is inert, and what is clean stays as it is."""

import pytest

from scraper.parse.sanitise import sanitise
from tests.parse.pages import article, html

BASE = "https://huyen.example.vn/tin-tuc/"
HOSTILE = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    '<img src="/a.jpg" onerror="alert(1)">',
    '<a href="javascript:alert(1)">xem</a>',
    '<a href=" java\nscript:alert(1)">xem</a>',
    '<a href="data:text/html,<script>alert(1)</script>">xem</a>',
    "<style>body{display:none}</style>",
    '<p style="background:url(javascript:alert(1))">a</p>',
    '<iframe src="https://evil.example/"></iframe>',
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>",
    '<object data="x.swf"></object><embed src="x.swf"><form action="/x"><input></form>',
]
FORBIDDEN = (
    "<script", "javascript:", "onerror", "onload", "<style", "style=", "<iframe", "<svg", "<math",
    "data:text", "<object", "<embed", "<form", "<input",
)  # fmt: skip


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_html_is_inert(hostile):
    cleaned = sanitise(hostile, BASE).lower()
    assert [word for word in FORBIDDEN if word in cleaned] == []


@pytest.mark.parametrize("hostile", HOSTILE)
def test_an_article_around_it_is_inert_too(hostile):
    cleaned = article(html(extra=f"<p>Đoạn văn {hostile} tiếp theo.</p>")).body_html.lower()
    assert "<p>" in cleaned
    assert [word for word in FORBIDDEN if word in cleaned] == []


@pytest.mark.parametrize("hostile", HOSTILE)
def test_cleaning_twice_changes_nothing(hostile):
    once = sanitise(hostile, BASE)
    assert sanitise(once, BASE) == once


def test_links_become_absolute_and_lend_no_rank():
    cleaned = sanitise('<a href="../van-ban/kh.pdf">KH</a>', BASE)
    assert 'href="https://huyen.example.vn/van-ban/kh.pdf"' in cleaned
    assert "nofollow" in cleaned


def test_tables_and_lists_stay():
    kept = '<table><tbody><tr><td colspan="2">a</td></tr></tbody></table><ul><li>b</li></ul>'
    assert sanitise(kept, BASE) == kept
