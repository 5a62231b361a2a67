"""The body of an article as it is shown."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from scraper.web.article_body import linked_addresses, parse_body, render_body
from scraper.web.photos import Photo


def photo(position, caption=None, *, kept=True):
    return Photo(
        position,
        f"https://portal.example/{position}.jpg",
        f"{position}.jpg",
        caption,
        caption or "alt",
        f"/-/archive/a/file/{position}" if kept else None,
    )


def render(body_html, *photos, body=None, archived=None):
    return str(render_body(parse_body(body_html, body), photos, archived))


def order(rendered):
    return [int(number) for number in re.findall(r'<img src="/-/archive/a/file/(\d+)"', rendered)]


IMG = '<img src="https://portal.example/{}.jpg">'


@pytest.mark.parametrize(
    "markup",
    [
        f"<p>một</p><p>{IMG.format(1)}</p><p>Chú thích</p><p>hai</p>",
        f"<p>một</p><p><span>{IMG.format(1)}</span></p><p><em>Chú  thích</em></p><p>hai</p>",
        f"<p>một</p><figure>{IMG.format(1)}<figcaption>Chú thích</figcaption></figure><p>hai</p>",
        f"<p>một</p><table><tr><td>{IMG.format(1)}</td></tr><tr><td>Chú thích</td></tr></table>"
        "<p>hai</p>",
        f"<div><p>một</p><p>{IMG.format(1)}<br>Chú thích</p><p>hai</p></div>",
    ],
)
def test_a_photo_stands_in_its_place_with_its_caption_once(markup):
    shown = render(markup, photo(1, "Chú thích"))
    assert re.sub(r"<[^>]+>", "|", shown).count("Chú thích") == 1
    assert "<figcaption>Chú thích</figcaption>" in shown
    assert shown.index("một") < shown.index("<figure") < shown.index("hai")
    assert "<table" not in shown


def test_a_photo_within_a_sentence_comes_after_its_paragraph():
    shown = render(
        f"<div><p>đầu {IMG.format(1)} giữa {IMG.format(2)} cuối</p><p>sau</p></div>",
        photo(1),
        photo(2),
    )
    assert order(shown) == [1, 2]
    assert shown.index("cuối") < shown.index("<figure") < shown.index("sau")
    assert "đầu" in shown and "giữa" in shown


def test_the_text_around_a_photo_is_not_lost():
    shown = render(f"trước {IMG.format(1)} sau <b>đậm</b>", photo(1))
    text = html.fromstring(f"<div>{shown}</div>").text_content()
    assert text.split() == ["trước", "sau", "đậm"]


def test_photos_that_the_body_does_not_place_come_by_their_positions():
    shown = render(f"<p>một</p><p>{IMG.format(2)}</p><p>hai</p>", photo(1), photo(2), photo(3))
    assert order(shown) == [1, 2, 3]
    assert shown.index("/file/1") < shown.index("một") < shown.index("/file/2")
    assert shown.index("hai") < shown.index("/file/3")


def test_without_any_place_the_first_photo_opens_and_the_rest_follow():
    shown = render(None, photo(1), photo(2), photo(3), body="một\n\nhai\nba")
    assert order(shown) == [1, 2, 3]
    assert shown.index("/file/1") < shown.index("một") < shown.index("/file/2")
    assert "hai<br>ba" in shown


def test_the_same_address_twice_is_two_photos():
    first, second = photo(1, "A"), photo(1, "B")
    second = Photo(2, first.url, None, "B", "B", "/-/archive/a/file/2")
    shown = render(f"<p>{IMG.format(1)}</p><p>{IMG.format(1)}</p>", first, second)
    assert order(shown) == [1, 2]


def test_a_photo_that_is_not_kept_says_so_and_asks_nobody_for_it():
    shown = render(f"<p>{IMG.format(1)}</p>", photo(1, "Chú thích", kept=False))
    assert "<img" not in shown and "portal.example" not in shown
    assert "missing-photo" in shown and "1.jpg" in shown
    assert "<figcaption>Chú thích</figcaption>" in shown


HOSTILE = [
    "<script>alert(1)</script>",
    '<p onclick="alert(1)" style="position:fixed">x</p>',
    '<a href="javascript:alert(1)">x</a>',
    '<a href="JaVaScRiPt:alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<a href="/-/logout">x</a>',
    '<img src="https://tracker.example/p.gif" onerror="alert(1)">',
    '<img src="/-/logout">',
    "<iframe src=https://evil.example></iframe>",
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    '<form action="https://evil.example"><input name=a></form>',
    '<base href="https://evil.example/">',
    '<meta http-equiv="refresh" content="0;url=https://evil.example">',
    '<link rel="stylesheet" href="https://evil.example/x.css">',
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    '<p class="message-error">x</p>',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
    '<video poster="https://evil.example/p.jpg" src="https://evil.example/v.mp4"></video>',
]


@pytest.mark.parametrize("markup", HOSTILE)
def test_nothing_runs_and_nothing_loads(markup):
    shown = render(markup + f"<p>{IMG.format(1)}</p>", photo(1))
    root = html.fromstring(f"<div>{shown}</div>")
    allowed = {"href", "src", "alt", "loading", "decoding", "class", "rel", "colspan", "rowspan"}
    for element in root.iter():
        assert element.tag in {"div", "p", "a", "img", "figure", "table"}, element.tag
        assert set(element.keys()) <= allowed
        assert element.get("class") in (None, "photo")
        assert element.get("src") in (None, "/-/archive/a/file/1")
        assert element.get("href") in (None, "/-/archive/a/file/1")


@given(st.text(alphabet="<>/=\"' apimgscrt&;:-", max_size=60))
def test_any_markup_is_rendered_and_loads_only_our_photos(markup):
    shown = render(markup, photo(1))
    for source in re.findall(r"src=\"([^\"]*)\"", shown):
        assert source == "/-/archive/a/file/1"


def test_links_between_archived_articles_stay_in_the_archive():
    markup = (
        '<p><a href="https://portal.example/x.aspx">x</a> <a href="https://b.example/">b</a></p>'
    )
    root = parse_body(markup, None)
    assert linked_addresses(root) == ["https://portal.example/x.aspx", "https://b.example/"]
    shown = str(render_body(root, [], {"https://portal.example/x.aspx": "/a/articles/1"}))
    assert 'href="/a/articles/1"' in shown
    assert 'href="https://b.example/"' in shown and "noopener" in shown


@pytest.mark.parametrize("nothing", [None, "", "  ", "<!-- -->"])
def test_an_article_without_text_has_an_empty_body(nothing):
    assert html.fromstring(f"<div>{render(nothing)}</div>").text_content().strip() == ""
