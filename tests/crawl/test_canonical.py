from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.crawl.canonical import LONGEST, UrlError, clean_url, host_of, url_key

SAME = [
    ("http://hoanghoa.gov.vn/tin-1.html", "https://www.hoanghoa.gov.vn/tin-1.html"),
    ("http://a.vn/tin-1.html", "http://A.VN:80/tin-1.html#binh-luan"),
    ("http://a.vn/x?id=5", "http://a.vn/x?id=5&utm_source=zalo&fbclid=abc"),
    ("http://a.vn/x?a=1&b=2", "http://a.vn/x?b=2&a=1"),
    ("http://a.vn/x", "http://a.vn/x/"),
    ("http://a.vn/x", "http://a.vn/x;jsessionid=8AF1"),
    ("http://a.vn/t%C3%AAn", "http://a.vn/tên"),
    ("http://a.vn/%7Ex", "http://a.vn/~x"),
    (
        "http://a.vn/portal/Pages/2023-3-9/Hoi-nghi8a1b.aspx",
        "http://a.vn/portal/pages/2023-03-09/hoi-nghi8a1b.aspx",
    ),
    ("http://a.vn/tin/", "http://a.vn/tin/index.html"),
    ("http://a.vn/", "http://a.vn/Default.aspx"),
    ("http://a.vn/tin/x", "http://a.vn//tin//x"),
    ("http://a.vn/x?a=1&b=2", "http://a.vn/x?a=1&amp;b=2"),
    ("http://a.vn/x?a=1", "http://a.vn/x?a=1&_=1711594012345"),
    ("http://a.vn/x?a=1", "http://a.vn/x?a=1&sid=0123456789abcdef0123456789abcdef"),
    ("http://a.vn/x?dDocName=P1", "http://a.vn/x?_afrLoop=9&dDocName=P1&_adf.ctrl-state=q"),
    ("http://a.vn/x?id=1", "http://a.vn/x?id=1&p_p_auth=Ab1&_101_INSTANCE_x_redirect=%2Fweb"),
    ("http://a.vn/Pages/x.aspx?NewsId=A7", "http://a.vn/pages/X.aspx?newsid=A7"),
    ("http://a.vn/(S(abcdefghijklmnopqrstuvwx))/y.aspx", "http://a.vn/y.aspx"),
]
OTHER = [
    ("http://a.vn/tin-1.html", "http://a.vn/Tin-1.html"),
    ("http://a.vn/x?id=1", "http://a.vn/x?id=2"),
    ("http://a.vn/x", "http://b.vn/x"),
    ("http://a.vn/x", "http://a.vn:8080/x"),
    ("http://a.vn/x?sid=7", "http://a.vn/x?sid=8"),
    ("http://a.vn/index.php?nv=news", "http://a.vn/index.php?nv=about"),
    ("http://a.vn/x?page=1", "http://a.vn/x?page=2"),
    ("http://a.vn/pages/2023-1-11/x.aspx", "http://a.vn/pages/2023-11-1/x.aspx"),
]


@pytest.mark.parametrize(("one", "two"), SAME)
def test_two_spellings_of_one_page(one: str, two: str) -> None:
    assert url_key(one) == url_key(two)


@pytest.mark.parametrize(("one", "two"), OTHER)
def test_two_pages(one: str, two: str) -> None:
    assert url_key(one) != url_key(two)


def test_case_matters_where_the_platform_is_known_to_heed_it() -> None:
    one, two = "http://a.vn/portal/Pages/X", "http://a.vn/portal/pages/x"
    assert url_key(one, "sharepoint-tandan") == url_key(two, "sharepoint-tandan")
    assert url_key(one, "nukeviet") != url_key(two, "nukeviet")


@pytest.mark.parametrize(
    "url",
    [
        *("", "mailto:a@b.vn", "javascript:void(0)", "file:///etc/passwd", "http://", "//a.vn/x"),
        *("http://a.vn:99999/", "http://[::1/", "ftp://a.vn/x", "http://a.vn/" + "x" * LONGEST),
    ],
)
def test_what_is_no_address(url: str) -> None:
    with pytest.raises(UrlError):
        clean_url(url)


def test_host_of_is_what_politeness_is_kept_towards() -> None:
    assert host_of("https://www.a.vn:8443/x") == "a.vn:8443"
    assert host_of("http://user:secret@a.vn/") == "a.vn"


PATH = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=40)
QUERY = st.lists(
    st.tuples(
        st.sampled_from(["id", "page", "NewsId", "utm_source", "dDocName", "a b", "ê"]),
        st.text(alphabet="abc019 ê&=+%", max_size=8),
    ),
    max_size=5,
)


@given(path=PATH, query=QUERY, scheme=st.sampled_from(["http", "https"]))
def test_cleaning_and_keys_are_stable(path: str, query: list[tuple[str, str]], scheme: str) -> None:
    from urllib.parse import quote, urlencode

    url = f"{scheme}://www.a.gov.vn/{quote(path)}?{urlencode(query)}"
    clean = clean_url(url)
    assert clean_url(clean) == clean
    assert url_key(clean) == url_key(url)
    assert "utm_source" not in clean


@given(st.text(max_size=80))
def test_any_text_gives_an_address_or_a_clear_error(text: str) -> None:
    for url in (text, "http://a.vn/" + text, "http://" + text):
        try:
            key = url_key(url)
        except UrlError:
            continue
        assert key
