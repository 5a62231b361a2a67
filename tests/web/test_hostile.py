"""What a portal wrote stays text on every page that shows it."""

import re
from urllib.parse import quote

import pytest
from lxml import html

from .build import BREAKOUT, HOSTILE, SCRIPT

PAGES = [
    "/",
    "{base}/articles",
    "{base}/articles?_col=title&_col=body&_col=body_html&_col=captions",
    "{base}/articles?_search=script",
    "{base}/articles?_facet=byline&_facet=published_raw",
    "{base}/articles/{id}",
    "{base}/article_versions",
    "{base}/article_versions/{id},1",
    "{base}/images",
    "{base}/images/{id},1",
    "{base}/attachments",
    "{base}/best_matches?words=script",
    "{base}/articles_of_a_period",
    "{base}/photos_by_caption",
    "{base}/signatures",
    "{base}/missing_files",
    "{base}?sql=select+*+from+articles",
    "{base}?sql=select+title+as+%22%3Cscript%3E%22+from+articles",
    "/-/archive{base}/article/{id}/changes",
]
SAFE = {"img": {"src", "alt", "class", "loading", "decoding", "width", "height"}}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["en", "vi"])
def test_no_markup_of_a_portal_becomes_markup_of_ours(reader, base, page, language):
    path = page.format(base=base, id=reader.articles[HOSTILE])
    text = reader.html(path, headers={"accept-language": language})
    assert "window.hacked" in text or "missing_files" in page
    root = html.document_fromstring(text)
    for element in root.iter("script"):
        assert element.get("src", "").startswith("/-/static")
        assert not (element.text or "").strip()
    for element in root.iter("img"):
        assert set(element.keys()) <= SAFE["img"]
        assert element.get("src").startswith("/-/")
    for element in root.iter():
        for name, value in element.items():
            assert not name.startswith("on")
            if name in ("href", "src", "action"):
                assert not re.match(r"\s*(javascript|data|vbscript):", value, re.IGNORECASE)


@pytest.mark.parametrize(
    "value", [SCRIPT, BREAKOUT, "'\"><svg onload=alert(1)>", "javascript:alert(1)"]
)
def test_what_a_link_carries_stays_text(reader, base, value):
    for path in (
        f"{base}/articles?_search=",
        f"{base}/articles?author=",
        f"{base}/best_matches?words=",
        f"{base}?sql=",
        f"{base}/articles?_where=1+or+",
        "/?x=",
    ):
        response = reader.get(path + quote(value))
        root = html.document_fromstring(response.text)
        assert all(element.get("src") for element in root.iter("script", "img"))
        assert not [e for e in root.iter() if any(name.startswith("on") for name in e.attrib)]
        assert not [a for a in root.iter("a") if a.get("href", "").startswith("javascript:")]


def test_an_address_that_is_no_web_address_is_no_link(reader, base):
    page = reader.html(f"{base}/attachments?_col=url")
    assert "javascript:window.hacked=true" in page
    assert 'href="javascript' not in page
