"""The front page, the tables, the overview of the database, errors."""

import re
from html import unescape

import pytest

from .build import EDITED, SEED


def test_the_front_page_tells_what_is_there(reader):
    page = unescape(reader.html("/"))
    assert "<strong>4</strong> articles" in page and "<strong>2</strong> portals" in page
    assert "11 February 2023 – 1 May 2024" in page
    assert "Cổng thông tin điện tử huyện Hoằng Hóa" in page
    assert page.index("Thông báo lịch tiếp dân") < page.index("Hội nghị triển khai")
    assert "11 answers kept; articles: 4 new" in page and "1 open failure<" in page
    for heading in ("For researchers", "For analysts", "For archivists"):
        assert heading in page


def test_the_front_page_speaks_vietnamese(reader):
    page = reader.html("/", headers={"accept-language": "vi"})
    for text in ("Tin tức các huyện", "Cho nhà nghiên cứu", "<strong>4</strong> bài viết"):
        assert text in page
    assert "Latest articles" not in page


def test_the_links_of_the_front_page_lead_somewhere(reader):
    links = set(re.findall(r'href="(/[^"#]*)', reader.html("/")))
    assert len(links) > 20
    assert {link: reader.get(unescape(link)).status_code for link in links} == dict.fromkeys(
        links, 200
    )


def test_the_article_table_shows_what_a_person_reads(reader, base):
    page = reader.html(f"{base}/articles")
    heads = re.findall(r'<th [^>]*data-column="(\w+)"', page)
    assert heads == ["title", "published_on", "site", "author", "organisation", "category"]
    link = f'<a class="article-title" href="{base}/articles/{reader.articles[SEED]}">Hội nghị'
    assert link in page
    titles = [page.index(title) for title in ("Tiêu đề", "Thông báo lịch", "Hội nghị", "Lễ hội")]
    assert titles == sorted(titles)  # latest first


def test_columns_can_be_chosen_and_all_shown(reader, base):
    heads = r'<th [^>]*data-column="(\w+)"'
    chosen = reader.html(f"{base}/articles?_col=title&_col=version")
    assert re.findall(heads, chosen) == ["id", "title", "version"]
    (link,) = re.findall(r'href="([^"]+)">All columns', reader.html(f"{base}/articles?year=2023"))
    everything = reader.html(f"{base}/articles{unescape(link)}")
    assert "body_html" in re.findall(heads, everything)
    assert "1 row<" in everything or "1 row " in everything


def test_facets_narrow_down(reader, base):
    page = reader.html(f"{base}/articles")
    names = re.findall(r'class="facet-info [^>]*data-column="(\w+)"', page)
    assert names == ["site", "year", "author", "organisation", "category"]
    (link,) = re.findall(r'<a href="([^"]*category=Th[^"]*)"', page)
    narrowed = reader.html(unescape(link).replace("http://localhost", ""))
    assert "1 row" in narrowed and "Thông báo lịch tiếp dân" in narrowed


def test_photos_are_shown_in_their_table_and_in_queries(reader, base):
    for path in (f"{base}/images", f"{base}/photos_by_caption"):
        sources = set(re.findall(r'<img class="thumbnail" src="([^"]+)"', reader.html(path)))
        assert len(sources) >= 3
        assert all(reader.get(source).status_code == 200 for source in sources)


def test_sizes_have_their_units(reader, base):
    assert re.search(
        r"\d (B|kB)</td>",
        reader.html(f"{base}/captures").replace("&nbsp;", " ").replace("\xa0", " "),
    )


def test_the_versions_of_an_article_are_rows(reader, base):
    row = f"{base}/article_versions/{reader.articles[EDITED]},1"
    page = reader.html(row)
    assert '<dl class="row-values">' in page and "phòng 12" in page


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_overview_lists_questions_and_tables(reader, base, language):
    page = unescape(reader.html(base, headers={"accept-language": language}))
    expected = {"en": ("Search, best matches first", "Visit counters", "Questions to the archive")}
    expected["vi"] = ("Tìm kiếm, khớp nhất lên đầu", "Bộ đếm truy cập", "Những câu hỏi")
    assert all(text in page for text in expected[language])


def test_an_error_is_told_in_the_readers_language_without_a_traceback(reader, base, capsys):
    response = reader.get(f"{base}/nothing", headers={"accept-language": "vi"})
    assert response.status_code == 404
    assert "Không tìm thấy" in response.text and "Về trang đầu" in response.text
    captured = capsys.readouterr()
    assert "Traceback" not in captured.err + captured.out


def test_an_error_in_json_stays_json(reader, base):
    response = reader.get(f"{base}/articles.json?_sort=nothing")
    assert response.status_code >= 400
    assert response.json()["ok"] is False


def test_a_query_that_takes_too_long_is_told(reader, base):
    sql = "with recursive c(n) as (select 1 union all select n%2B1 from c) select count(*) from c"
    response = reader.get(f"{base}?sql={sql}&_timelimit=20")
    assert response.status_code == 400
    assert "The query took too long" in response.text
    assert "<textarea" not in response.text
