"""Headers of every response, and the language of a request."""

import re

import pytest

from .build import HOSTILE, SEED

PATHS = [
    "/",
    "{base}",
    "{base}/articles",
    "{base}/articles?_search=dang",
    "{base}/articles.json",
    "{base}/articles.csv",
    "{base}/articles/{seed}",
    "{base}/articles/{hostile}",
    "{base}/sites/hoanghoa",
    "{base}/captures",
    "{base}?sql=select+*+from+articles",
    "{base}?sql=select+nonsense",
    "{base}/best_matches?words=dang",
    "{base}/nothing",
    "/-/archive{base}/article/{seed}/changes",
    "/-/static/app.css",
    "/-/static-plugins/district-archive/page.js",
    "/-/plugins",
    "/-/metadata",
    "/-/nothing",
]


@pytest.fixture(params=PATHS)
def path(request, reader, base):
    seed, hostile = reader.articles[SEED], reader.articles[HOSTILE]
    return request.param.format(base=base, seed=seed, hostile=hostile)


def test_every_response_forbids_inline_scripts_and_other_hosts(reader, path):
    headers = reader.get(path).headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == "'self'"
    assert policy["style-src"] == "'self'"
    assert policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


def test_no_page_has_anything_inline(reader, path):
    response = reader.get(path)
    if not response.headers["content-type"].startswith("text/html"):
        return
    page = response.text
    assert re.findall(r"<script(?![^>]*\ssrc=)", page) == []
    assert re.findall(r"<style", page) == []
    tags = re.findall(r"<[a-z][^>]*>", re.sub(r'"[^"]*"', '""', page))
    assert [tag for tag in tags if re.search(r"\s(on\w+|style)=", tag)] == []
    loaded = re.findall(r'<(?:script|img|link|iframe)[^>]*(?:src|href)="([^"]*)"', page)
    same_host = ("/", "?", "http://localhost/")
    assert [url for url in loaded if not url.startswith(same_host) or url.startswith("//")] == []


def test_the_language_is_asked_for_and_remembered(reader, base):
    response = reader.get(f"{base}/articles?lang=vi")
    assert '<html lang="vi"' in response.text
    assert response.headers["set-cookie"].startswith("language=vi; Path=/")
    assert response.headers["cache-control"] == "private, no-store"
    assert '<html lang="vi"' in reader.html("/", cookies={"language": "vi"})


def test_the_parameter_is_no_filter_and_stays_out_of_links(reader, base):
    assert len(reader.json(f"{base}/articles.json?_shape=array&lang=vi")) == 4
    page = reader.html(f"{base}/articles?lang=vi")
    assert [link for link in re.findall(r'href="([^"]*)"', page) if "lang=" in link] == [
        "?lang=vi",
        "?lang=en",
    ]


def test_the_browsers_language_is_followed(reader):
    response = reader.get("/", headers={"accept-language": "vi-VN"})
    assert '<html lang="vi"' in response.text
    assert "Accept-Language" in response.headers.get_list("vary", split_commas=True)
    assert "set-cookie" not in response.headers


def test_a_language_that_we_do_not_have_is_left_alone(reader):
    response = reader.get("/?lang=ja%0d%0aset-cookie:x=1")
    assert "set-cookie" not in response.headers and '<html lang="en"' in response.text


def test_a_broken_cookie_is_no_cookie(reader):
    assert '<html lang="en"' in reader.html("/", headers={"cookie": 'language="\\x; ,=;=; \x01'})


def test_style_sheets_are_kept_until_they_change(reader):
    (sheet,) = re.findall(r'href="([^"]+/base.css[^"]+)"', reader.html("/"))
    assert "immutable" in reader.get(sheet).headers["cache-control"]
    assert "immutable" not in reader.get(sheet.split("?")[0]).headers.get("cache-control", "")
    missing = reader.get("/-/static-plugins/district-archive/nothing.css?1")
    assert "immutable" not in missing.headers.get("cache-control", "")
