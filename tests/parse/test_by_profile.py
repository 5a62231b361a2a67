"""Each key of a profile does what ``docs/profiles.md`` says it does."""

from __future__ import annotations

from pathlib import Path

import pytest

from scraper.parse import LinkKind, Page, PageKind, parse_page
from scraper.sites import Site, read_profile

URL = "https://a.example.vn/doc?id=1"
TEXT = (
    "<p>Sáng nay, tại xã Đông Hà, bà con nông dân đã ra đồng thu hoạch dưa từ rất sớm để kịp "
    "chuyến xe.</p><p>Vụ này dưa được mùa, được giá, nhà nào cũng phấn khởi và mong vụ sau.</p>"
)
ARTICLE = f"<h1>Nông dân thu hoạch dưa</h1><p>27/03/2024 15:06</p><div class='b'>{TEXT}</div>"


@pytest.fixture
def read(tmp_path: Path):
    def parse(profile: str, body: str | bytes, **arguments: object) -> Page:
        path = tmp_path / "own.toml"
        path.write_text(profile, encoding="utf-8")
        site = Site("a", "A", "https://a.example.vn/", "own", profile=read_profile(path))
        page = body if isinstance(body, bytes) else f"<html><body>{body}</body></html>".encode()
        return parse_page(page, URL, site=site, **arguments)  # type: ignore[arg-type]

    return parse


def test_byline_category_and_tags(read) -> None:
    page = read(
        "[fields]\nbyline = '.ky'\ncategory = '.muc'\ntags = '.the i'",
        "<b class='muc'>Nông thôn</b>" + ARTICLE + "<u class='ky'>Lê Lài – Đài Truyền thanh</u>"
        "<div class='the'><i>dưa</i><i>Đông Hà</i></div>",
    )
    article = page.article
    assert (article.author, article.organisation) == ("Lê Lài", "Đài Truyền thanh")
    assert (article.category, article.tags) == ("Nông thôn", ("dưa", "Đông Hà"))
    assert page.provenance["category"].rule == "profile:category"


def test_photos_outside_of_the_body(read) -> None:
    photo = "<div class='dau'><img src='/a.jpg'><i class='ct'>Bà con ra đồng</i></div>"
    page = read("[fields]\nphotos = '.dau'\ncaptions = '.ct'\nbody = '.b'", photo + ARTICLE)
    (image,) = page.article.images
    assert (image.filename, image.caption) == ("a.jpg", "Bà con ra đồng")
    assert "ra đồng thu hoạch" in page.article.body
    assert "Bà con ra đồng" not in page.article.body


def test_attachments_wherever_they_stand_and_whatever_their_address(read) -> None:
    files = "<nav class='tep'><a href='/tai?so=7'>Kế hoạch số 7</a></nav>"
    page = read("[fields]\nattachments = '.tep'", files + ARTICLE)
    (file,) = page.article.attachments
    assert (file.url, file.label) == ("https://a.example.vn/tai?so=7", "Kế hoạch số 7")
    assert read("", files + ARTICLE).article.attachments == ()


def test_not_found_noise_and_addresses(read) -> None:
    gone = "<div class='trong'></div>" + ARTICLE
    assert read("[not_found]\nmarks = '.trong'", gone).kind is PageKind.NOT_FOUND
    noisy = ARTICLE.replace(
        TEXT, f"{TEXT}<p class='qc'>Tải ngay ứng dụng của chúng tôi hôm nay.</p>"
    )
    assert "Tải ngay" in read("", noisy).article.body
    assert "Tải ngay" not in read("[noise]\nselectors = '.qc'", noisy).article.body
    listing = "[addresses]\nlisting = '/doc'"
    assert read(listing, ARTICLE).kind is PageKind.LISTING


def test_the_encoding_where_the_page_declares_a_wrong_one(read) -> None:
    body = f"<html><body>{ARTICLE}</body></html>".encode("utf-16-le")
    odd = "<html><head><meta charset='iso-8859-5'></head><body><h1>Dưa é và à</h1></body></html>"
    page = read("[page]\nencoding = 'cp1252'", odd.encode("cp1252", "replace"))
    assert page.encoding == "windows-1252"
    assert read("[page]\nencoding = 'cp1252'", body).encoding == "utf-16-le", "bytes say more"
    utf8 = f"<html><body>{ARTICLE}</body></html>".encode()
    assert read("[page]\nencoding = 'cp1252'", utf8).encoding == "utf-8"


def test_links_of_a_list(read) -> None:
    page = read(
        "[addresses]\narticle = '/doc'\nlisting = '/muc'\n[listings]\nnext = '.sau'\n"
        "articles = '.tin'",
        "<a href='/doc?id=2'>Hai</a><a href='/muc?m=1'>Mục một</a><p class='tin'><a href='/x/3'>Ba"
        "</a></p><a href='/muc?m=1&page=2'>2</a><span class='sau'><a href='/muc?m=1&k=9'>"
        "đi tiếp</a></span><a href='/lien-he'>Liên hệ</a>",
    )
    kinds = {link.url.removeprefix("https://a.example.vn"): link.kind for link in page.links}
    assert kinds == {
        "/doc?id=2": LinkKind.ARTICLE,
        "/muc?m=1": LinkKind.LISTING,
        "/x/3": LinkKind.ARTICLE,
        "/muc?m=1&page=2": LinkKind.OTHER,
        "/muc?m=1&k=9": LinkKind.NEXT,
        "/lien-he": LinkKind.OTHER,
    }


@pytest.mark.parametrize(
    ("form", "printed", "at", "on"),
    [
        ("%Y.%m.%d %H:%M", "lúc 2024.03.27 15:06", "2024-03-27T15:06:00+07:00", "2024-03-27"),
        ("%d %b %Y", "27 Mar 2024", None, "2024-03-27"),
        ("%B %d, %Y %I:%M %p", "March 27, 2024 3:06 CH", "2024-03-27T15:06:00+07:00", "2024-03-27"),
        ("%d-%m-%y", "31-02-24 rồi 27-03-24", None, "2024-03-27"),
        ("%m/%d/%Y", "03/04/2024", None, "2024-03-04"),
    ],
)
def test_dates_in_a_form_of_their_own(read, form, printed, at, on) -> None:
    profile = f"[fields]\npublished = '.luc'\n[dates]\nformats = '{form}'"
    body = f"<h1>Nông dân thu hoạch dưa</h1><i class='luc'>{printed}</i><div>{TEXT}</div>"
    article = read(profile, body).article
    assert (article.published_at, article.published_on) == (at, on)


def test_the_fuller_of_two_boxes_counts(read) -> None:
    small = "<div class='dem'><p>Hôm nay: 12</p><p>Tất cả: 1.234</p></div>"
    other = "<div><p>Hôm nay: 99</p><p>Hôm qua: 98</p><p>Tất cả: 9.999</p></div>"
    profile = "[counters]\nbox = '.dem'"
    spaced = "<p>Tin</p>" * 40
    assert (
        read(profile, small + spaced + other.replace("<p>Hôm qua: 98</p>", "")).counters.today == 12
    )
    assert read(profile, small + spaced + other).counters.today == 99
