"""A POST is indexed as pywb looks for it: compared with pywb's own reading of the same request."""

from __future__ import annotations

from io import BytesIO
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pywb.utils.canonicalize import UrlCanonicalizer
from pywb.warcserver.inputrequest import MethodQueryCanonicalizer

from scraper.crawl.posted_keys import posted_query, with_posted
from scraper.crawl.surt import surt_key

pywb_key = UrlCanonicalizer(True)
FORM = "application/x-www-form-urlencoded"
JSON = "application/json; charset=utf-8"


def theirs(url: str, content_type: str | None, body: bytes) -> tuple[str, str]:
    """pywb's parameters for a body, and its key."""
    query = MethodQueryCanonicalizer("POST", content_type, len(body), BytesIO(body))
    shown = query.query if isinstance(query.query, str) else query.query.decode()
    return shown, pywb_key(query.append_query(url))


def ours(url: str, content_type: str | None, body: bytes) -> tuple[str, str]:
    query = posted_query(content_type, body)
    return query, surt_key(with_posted(url, query))


BODIES = {
    "fields": (FORM, b"page=2&page_size=15&keyword=&no=-15&lang=vi-VN"),
    "spaces and letters": (FORM, urlencode({"q": "huyện Hoằng Hóa", "b": "a b+c"}).encode()),
    "an encrypted name": (FORM, urlencode({"Catname": "nMSbbZ2pR0/XHR7J+MRU=="}).encode()),
    "a form that ends with a space": (FORM, b"=%20"),
    "a form cut at a space": (FORM, b"a=" + b"b" * 4090 + b"+++++++c"),
    "a form of percent signs": (FORM, urlencode({"a": "%2541 %25"}).encode()),
    "a form of VIEWSTATE": (FORM, urlencode({"__VIEWSTATE": "/wEP" + "aB+/" * 3000}).encode()),
    "a form that is no UTF-8": (FORM, b"a=\xff\xfe"),
    "an object": (JSON, b'{"page": 2, "size": 15.0, "ratio": 1.5, "new": false, "k": null}'),
    "names that return": (JSON, b'{"a": {"id": 1}, "b": [{"id": 2}, {"id": 3}], "id": "x"}'),
    "a list": (JSON, b'[1, 2, {"page": 3}]'),
    "letters": (JSON, '{"danhMuc": "Tin tức - Sự kiện"}'.encode()),
    "no JSON": (JSON, b"{page: 2"),
    "plain JSON": ("text/plain", b'{"page": 2}'),
    "plain text": ("text/plain", b"trang hai"),
    "bytes": ("application/octet-stream", bytes(range(256))),
    "no type": (None, b"x"),
    "nothing": (FORM, b""),
}


@pytest.mark.parametrize("name", BODIES)
@pytest.mark.parametrize("url", ["http://a.vn/Api/List", "http://a.vn/api/list?zone=3&b=1"])
def test_the_key_is_the_one_that_pywb_looks_up(name: str, url: str) -> None:
    assert ours(url, *BODIES[name]) == theirs(url, *BODIES[name])


words = st.text(st.characters(categories=("L", "N"), include_characters=" -_.,;:/?=%&'()#+\""))


@given(st.lists(st.tuples(words, words), max_size=5))
def test_any_form_is_found_again(pairs: list[tuple[str, str]]) -> None:
    body = urlencode(pairs).encode()
    assert ours("http://a.vn/x", FORM, body) == theirs("http://a.vn/x", FORM, body)


leaves = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | words
documents = st.recursive(
    leaves, lambda below: st.lists(below, max_size=3) | st.dictionaries(words, below, max_size=3)
)


@given(documents)
def test_any_json_is_found_again(document: object) -> None:
    import json

    body = json.dumps(document).encode()
    assert ours("http://a.vn/x", JSON, body)[0] == theirs("http://a.vn/x", JSON, body)[0]
