from __future__ import annotations

import pytest
from pywb.utils.canonicalize import UrlCanonicalizer

from scraper.crawl.surt import surt_key

pywb_key = UrlCanonicalizer(True)

ADDRESSES = [
    "http://127.0.0.1:44765/portal/Photos/2024-02-20/DSC_0192.jpg",
    "http://www.a.vn/",
    "http://a.vn:80/B/?b=2&a=1",
    "https://a.vn/x/",
    "https://WWW3.A.gov.vn:8443/x//y",
    "http://a.vn/t%C3%AAn%20b.jpg",
    "http://a.vn/tên b.jpg",
    "http://a.vn/x;jsessionid=0123456789abcdef0123456789abcdef",
    "http://a.vn/x;jsessionid=0123456789abcdef0123456789abcdef?q",
    "http://a.vn/x?",
    "http://a.vn/(S(abcdefghijklmnopqrstuvwx))/y.aspx?A=%C3%AA+b",
    "http://a.vn/x?b&a=",
    "http://a.vn/a(1).jpg",
    "http://a.vn/x?a=1&phpsessid=0123456789abcdef0123456789abcdef&b=2",
    "http://a.vn/%41%2f%zz",
    "http://[::1]:80/x",
    "http://a.vn/Pages/newsdetail.aspx?NewsId=12&PageIndex=3",
    "http://a.vn/webcenter/documentContent?dDocName=PORTAL012",
    "http://a.vn/web/s/-/x?p_p_id=101_INSTANCE_a&_101_INSTANCE_a_cur=2",
]


@pytest.mark.parametrize("url", ADDRESSES)
def test_the_key_is_the_one_that_pywb_looks_up(url: str) -> None:
    assert surt_key(url) == pywb_key(url)
