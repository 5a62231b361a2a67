"""The pages in a browser: they look at nothing else, run nothing of a portal's, and work."""

import re

import pytest
from playwright.sync_api import expect, sync_playwright

from .browser import ARGUMENTS, Visit, find_chromium
from .build import EDITED, HOSTILE, SEED

pytestmark = pytest.mark.browser
TITLE = "Hội nghị triển khai nhiệm vụ diễn tập khu vực phòng thủ huyện năm 2024."
WIDTHS = """async () => {
    const images = [...document.querySelectorAll('.article-body img')];
    images.forEach(i => (i.loading = 'eager'));
    await Promise.all(images.map(i => i.decode().catch(() => null)));
    return images.map(i => i.naturalWidth);
}"""


@pytest.fixture(scope="module")
def chromium():
    binary = find_chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=binary, args=ARGUMENTS)
        yield browser
        browser.close()


both_languages = pytest.mark.parametrize("language", ["en-GB", "vi-VN"], ids=["en", "vi"])


@pytest.fixture
def language():
    return "vi-VN"


@pytest.fixture
def visit(chromium, address, language):
    """A visitor whose browser speaks the language; whatever went wrong fails the test."""
    context = chromium.new_context(locale=language, viewport={"width": 1200, "height": 900})
    visit = Visit(context, address)
    yield visit
    assert visit.page.evaluate("window.hacked") is None
    context.close()
    assert visit.problems == []


def paths(base, articles):
    seed, edited, hostile = articles[SEED], articles[EDITED], articles[HOSTILE]
    yield from ("/", base, f"{base}/articles", f"{base}/articles?_search=dang+bo+huyen")
    yield from (f"{base}/articles/{number}" for number in (seed, edited, hostile))
    yield from (f"{base}/{table}" for table in ("captures", "images", "counters", "runs"))
    yield from (f"{base}/photos_by_caption", f"{base}/best_matches?words=script")
    yield from (f"{base}?sql=select+*+from+articles", f"{base}/article_versions/{edited},1")
    yield f"/-/archive{base}/article/{edited}/changes"


@both_languages
def test_every_kind_of_page_is_without_errors_and_asks_nobody_else(visit, base, articles, language):
    for path in paths(base, articles):
        page = visit.go(path)
        assert page.locator("html").get_attribute("lang") == language[:2]


@both_languages
def test_the_search_box_of_the_article_table_finds(visit, base):
    page = visit.go(f"{base}/articles")
    page.locator("#_search").fill("dang bo huyen")
    page.locator("#_search").press("Enter")
    expect(page.locator("a.article-title")).to_have_text([TITLE])
    assert page.locator(".snippet mark").all_text_contents() == ["Đảng bộ huyện"]
    page.locator("a.article-title").click()
    expect(page.locator("h1")).to_have_text(TITLE)


def test_the_photos_of_an_article_are_shown_with_their_captions(visit, base, articles):
    page = visit.go(f"{base}/articles/{articles[SEED]}")
    assert page.evaluate(WIDTHS) == [64, 64, 64, 64]
    captions = page.locator(".article-body figcaption").all_text_contents()
    assert captions[0] == "Toàn cảnh hội nghị" and len(captions) == 4


def test_the_language_is_switched_and_stays(visit, base):
    page = visit.go("/")
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    visit.go(f"{base}/articles")
    expect(page.locator("h1")).to_have_text("Articles")
    page.get_by_role("link", name="Tiếng Việt").click()
    expect(page.locator("h1")).to_have_text("Bài viết")


@both_languages
def test_the_column_menu_sorts_and_hides(visit, base, language):
    page = visit.go(f"{base}/articles")
    page.locator("th.col-title .dropdown-menu-icon").click()
    menu = page.locator("body > .dropdown-menu")
    expect(menu).to_be_visible()
    words = {"en": "Hide this column", "vi": "Ẩn cột này"}[language[:2]]
    menu.get_by_text(words).click()
    expect(page.locator("th.col-body")).to_be_visible()
    expect(page.locator("th.col-title")).to_have_count(0)


def test_facets_narrow_down_and_are_taken_back(visit, base):
    page = visit.go(f"{base}/articles")
    page.locator("#facet-year a", has_text="2023").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    page.locator("#facet-year li.selected a.cross").click()
    expect(page.locator("tbody tr")).to_have_count(4)


def test_a_column_filter_can_be_set(visit, base):
    page = visit.go(f"{base}/articles")
    page.locator("details.filter-rows > summary").click()
    page.locator("select[name=_filter_column]").select_option("category")
    page.locator("input[name=_filter_value]").fill("Thông báo")
    page.locator(".filters details button").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    assert "category__exact=" in page.url


def test_the_sql_editor_colours_formats_and_runs(visit, base):
    page = visit.go(f"{base}?sql=select+count(*)+as+n+from+articles")
    expect(page.locator(".CodeMirror .cm-keyword").first).to_have_text("select")
    page.locator("#sql-format").click()
    expect(page.locator(".CodeMirror-line")).to_have_count(4)
    page.locator("form.sql button.primary").click()
    expect(page.locator("tbody td")).to_have_text("4")


def test_a_citation_can_be_opened_and_copied(visit, base, articles):
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = visit.go(f"{base}/articles/{articles[SEED]}")
    page.locator("button.copy").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert TITLE.rstrip(".") in copied and "sha1:" in copied
    page.locator(".cite summary").click()
    expect(page.locator(".cite pre").first).to_contain_text("@online{")


def test_nothing_of_a_hostile_page_runs_when_it_is_clicked(visit, base, articles):
    page = visit.go(f"{base}/articles/{articles[HOSTILE]}")
    page.get_by_text("bấm vào đây").click()
    assert re.search(r"/articles/\d+$", page.url)
    with page.expect_download() as download:  # an SVG with a script, called image/jpeg
        page.locator(".article-body figure a").click()
    assert "<" not in download.value.suggested_filename


@pytest.mark.parametrize("width", [360, 768])
def test_pages_fit_a_small_screen(visit, base, articles, width):
    visit.page.set_viewport_size({"width": width, "height": 800})
    for path in ("/", f"{base}/articles", f"{base}/articles/{articles[SEED]}", base):
        page = visit.go(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_the_keyboard_reaches_the_content_first(visit, base):
    page = visit.go(f"{base}/articles")
    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
