"""The page of an article, its comparison and its citations."""

import re
from html import unescape

from .build import EDITED, HOSTILE, SEED


def page_of(reader, base, url, **more):
    return reader.html(f"{base}/articles/{reader.articles[url]}", **more)


def test_it_reads_like_an_article(reader, base):
    page = unescape(page_of(reader, base, SEED))
    title = "Hội nghị triển khai nhiệm vụ diễn tập khu vực phòng thủ huyện năm 2024."
    assert f"<h1>{title}</h1>" in page
    assert '<article class="news" lang="vi">' in page
    assert '<time datetime="2024-03-27T15:06:52+07:00">27 March 2024, 15:06 (GMT+7)</time>' in page
    assert '<p class="byline">Thanh Qúy – Trung tâm VHTT TT&DL</p>' in page
    assert "15:06:52 27/03/2024 (GMT+7)" in page


def test_photos_are_the_archives_own_with_their_captions(reader, base):
    page = page_of(reader, base, SEED)
    body = page[page.index('class="article-body"') : page.index('class="byline"')]
    sources = re.findall(r'<img src="([^"]+)"', body)
    assert len(sources) == 4
    for source in sources:
        assert reader.get(source).headers["content-type"] == "image/png"
    assert body.count("<figure") == 5 and body.count("<figcaption>") == 4
    assert "The archive does not have this photo." in body  # the fifth was never fetched
    assert body.count("Toàn cảnh hội nghị") == 2  # as caption and as alternative text


def test_the_portal_is_linked_and_nothing_is_loaded_from_it(reader, base):
    page = page_of(reader, base, SEED)
    assert f'<a href="{SEED}" rel="noopener noreferrer nofollow external">' in page
    assert re.findall(r'(?:src|srcset|poster)="(?!/)[^"]*"', page) == []


def test_views_and_the_portals_counter_are_shown(reader, base):
    page = page_of(reader, base, SEED)
    for number in ("321", "4,840", "12,008", "59,019", "226,219", "11,718,781"):
        assert f'<td class="number">{number}</td>' in page


def test_versions_are_listed_and_compared(reader, base):
    page = page_of(reader, base, EDITED)
    assert "this is version 2" in page
    (path,) = set(re.findall(r'href="(/-/archive/[^"]+/changes)"', page))
    changes = reader.html(path)
    assert "phòng <del>12</del><ins>204</ins>." in changes
    assert reader.html(f"{path}?from=2&to=1").count("<del>204</del><ins>12</ins>") == 1
    assert "The words of these two versions are the same" in reader.html(f"{path}?from=1&to=1")
    for wrong in ("?from=9", "?from=x", "?to=99999999999999999999"):
        assert reader.get(path + wrong).status_code == 404


def test_attachments_come_from_the_archive(reader, base):
    page = page_of(reader, base, EDITED)
    (path,) = re.findall(r'<a href="([^"]+)" download>Lịch tiếp dân</a>', page)
    response = reader.get(path)
    assert response.content.startswith(b"%PDF")
    assert response.headers["content-disposition"].startswith("attachment; ")
    assert "l%E1%BB%8Bch" in response.headers["content-disposition"]


def test_it_can_be_cited(reader, base):
    page = unescape(page_of(reader, base, SEED))
    address = f"http://localhost{base}/articles/{reader.articles[SEED]}"
    assert f"{SEED}. Archived March 28, 2024: {address} (sha1:" in page
    assert "bản lưu trữ ngày 28/3/2024" in page
    bib, ris = (re.search(rf'href="([^"]+\.{form})"', page).group(1) for form in ("bib", "ris"))
    assert reader.get(bib).text.startswith("@online{")
    assert reader.get(ris).text.startswith("TY  - ELEC")
    assert "attachment" in reader.get(bib).headers["content-disposition"]


def test_the_page_speaks_vietnamese(reader, base):
    page = page_of(reader, base, SEED, headers={"accept-language": "vi"})
    assert '<html lang="vi"' in page
    assert "<h2>Trích dẫn</h2>" in page and "Tháng này" in page
    assert '<td class="number">11.718.781</td>' in page
    assert "27/3/2024, 15:06 (GMT+7)" in page
    assert page.index("bản lưu trữ ngày") < page.index("Archived March 28")


def test_links_to_archived_pages_stay_here(reader, base):
    page = page_of(reader, base, HOSTILE)
    assert f'<a href="{base}/articles/{reader.articles[SEED]}" rel=' in page


def test_an_article_that_is_not_there_is_not_found(reader, base):
    for wrong in ("999", "abc", "99999999999999999999999"):
        response = reader.get(f"{base}/articles/{wrong}")
        assert response.status_code == 404
        assert "Not found" in response.text


def test_the_row_is_still_datasettes_row(reader, base):
    row = reader.json(f"{base}/articles/{reader.articles[SEED]}.json?_shape=array")[0]
    assert row["author"] == "Thanh Qúy"
    assert row["organisation"] == "Trung tâm VHTT TT&DL"
    assert row["published_at"] == "2024-03-27T15:06:52+07:00"
