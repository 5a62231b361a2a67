"""Charts in a browser: drawn from the table, without errors, for mouse and keyboard."""

import subprocess
import sys

import pytest
from playwright.sync_api import expect, sync_playwright

from scraper.archive import open_archive

from .browser import ARGUMENTS, Visit, find_chromium
from .conftest import PROGRAM
from .visits_archive import build_visits

pytestmark = pytest.mark.browser
BASE = "/-/archive/visits/visits"
SITE = f"{BASE}/site/hoanghoa"
CHARTS = [f"{SITE}?from=2024-03-01&to=2024-05-31", f"{BASE}/compare", f"{SITE}/readings"]
# How many pixels of the chart have the colour, given as the name of our variable.
PIXELS = """name => {
    const canvas = document.querySelector('.plot canvas');
    const read = {willReadFrequently: true};
    const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', read);
    copy.drawImage(canvas, 0, 0);
    const wanted = new OffscreenCanvas(1, 1).getContext('2d', read);
    const style = getComputedStyle(document.documentElement);
    wanted.fillStyle = style.getPropertyValue('--chart-' + name);
    wanted.fillRect(0, 0, 1, 1);
    const [r, g, b] = wanted.getImageData(0, 0, 1, 1).data;
    const data = copy.getImageData(0, 0, canvas.width, canvas.height).data;
    let found = 0;
    for (let i = 0; i < data.length; i += 4) {
        found += data[i] === r && data[i + 1] === g && data[i + 2] === b && data[i + 3] === 255;
    }
    return found;
}"""


def settled(page, name, wanted):
    """Wait until the pixels of a colour are as wanted (the page's policy forbids an eval)."""
    for _ in range(50):
        if wanted(page.evaluate(PIXELS, name)):
            return
        page.wait_for_timeout(100)
    pytest.fail(f"{page.evaluate(PIXELS, name)} pixels of {name}")


@pytest.fixture(scope="module")
def chromium():
    binary = find_chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=binary, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    path = tmp_path_factory.mktemp("charts") / "visits.db"
    with open_archive(path) as archive:
        build_visits(archive)
    command = [sys.executable, "-c", PROGRAM, str(path)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    yield process.stdout.readline().split(" is at ")[1].split(" ")[0].rstrip("/")
    process.kill()
    process.wait()


both_languages = pytest.mark.parametrize("language", ["en-GB", "vi-VN"], ids=["en", "vi"])


@pytest.fixture
def language():
    return "vi-VN"


@pytest.fixture
def scripts():
    return True


@pytest.fixture
def visit(chromium, address, language, scripts):
    """A visitor whose browser speaks the language; whatever went wrong fails the test."""
    context = chromium.new_context(
        locale=language, viewport={"width": 1200, "height": 900}, java_script_enabled=scripts
    )
    visit = Visit(context, address)
    yield visit
    context.close()
    assert visit.problems == []


@both_languages
def test_every_page_is_without_errors_and_asks_nobody_else(visit, language):
    for path in (BASE, *CHARTS, f"{SITE}/calendar", f"{SITE}/articles", f"{SITE}?by=month&own=1"):
        page = visit.go(path)
        assert page.locator("html").get_attribute("lang") == language[:2]
        assert page.locator("h1").is_visible()


def test_the_chart_shows_bars_bands_and_the_reset(visit):
    page = visit.go(CHARTS[0])
    expect(page.locator(".plot canvas")).to_be_visible()
    for name in ("exact", "interval", "edge", "mean", "note", "reset"):
        assert page.evaluate(PIXELS, name) > 20, name
    assert page.evaluate(PIXELS, "gap") == 0
    page = visit.go(f"{SITE}?from=2024-06-01&to=2024-08-31")
    assert page.evaluate(PIXELS, "gap") > 200


def test_pointing_at_a_day_tells_what_it_rests_on(visit):
    page = visit.go(CHARTS[0])
    readout = page.locator(".readout")
    before = readout.inner_text()
    box = page.locator(".u-over").bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.03, box["y"] + 100)
    expect(readout).not_to_have_text(before)
    told = readout.inner_text()
    assert "2024" in told and "Lượt truy cập:" in told and "lúc bắt đầu ngày" in told


@both_languages
def test_the_keyboard_walks_the_chart(visit, language):
    page = visit.go(CHARTS[0])
    plot = page.locator(".plot")
    plot.focus()
    expect(plot).to_be_focused()
    page.keyboard.press("Home")
    readout = page.locator(".readout strong")
    first = {"en": "Fri 1 March 2024", "vi": "thứ Sáu 1/3/2024"}[language[:2]]
    expect(readout).to_have_text(first)
    page.keyboard.press("ArrowRight")
    second = {"en": "Sat 2 March 2024", "vi": "thứ Bảy 2/3/2024"}[language[:2]]
    expect(readout).to_have_text(second)
    page.keyboard.press("End")
    last = {"en": "Fri 31 May 2024", "vi": "thứ Sáu 31/5/2024"}[language[:2]]
    expect(readout).to_have_text(last)
    for _ in range(17):
        page.keyboard.press("ArrowLeft")
    words = {"en": "the counter was reset", "vi": "bộ đếm bị đặt lại"}[language[:2]]
    expect(page.locator(".readout")).to_contain_text(words)


def test_steps_and_days_are_chosen(visit):
    page = visit.go(CHARTS[0])
    steps = page.locator(".steps").first
    steps.locator("a", has_text="Tuần").click()
    expect(steps.locator("a[aria-current]")).to_have_text("Tuần")
    assert page.locator("#series tbody tr").count() > 30
    page.locator("input[name=from]").fill("2024-04-01")
    page.locator("input[name=to]").fill("2024-04-28")
    page.locator("form.span button").click()
    expect(page.locator("#series tbody tr")).to_have_count(4)
    assert "by=week" in page.url


def test_portals_are_chosen_and_indexed(visit):
    page = visit.go(f"{BASE}/compare")
    expect(page.locator(".legend .swatch.line")).to_have_count(3)
    for name in ("line-0", "line-1", "line-2"):
        assert page.evaluate(PIXELS, name) > 50, name
    page.locator("input[value=quangxuong]").uncheck()
    page.locator("select[name=scale]").select_option("indexed")
    page.locator("form.span button").click()
    expect(page.locator(".legend .swatch.line")).to_have_count(2)
    page.locator(".plot").focus()
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".readout")).to_contain_text("tháng 5/2024")


def test_dragging_looks_closer_and_a_double_click_goes_back(visit):
    page = visit.go(CHARTS[0])
    page.locator(".u-over").scroll_into_view_if_needed()
    box = page.locator(".u-over").bounding_box()
    whole = page.evaluate(PIXELS, "reset")
    page.mouse.move(box["x"] + 40, box["y"] + 50)
    page.mouse.down()
    page.mouse.move(box["x"] + 240, box["y"] + 50, steps=5)
    page.mouse.up()
    settled(page, "reset", lambda pixels: pixels == 0)
    page.mouse.dblclick(box["x"] + 300, box["y"] + 50)
    settled(page, "reset", lambda pixels: pixels == whole)


@pytest.mark.parametrize("width", [360, 768])
def test_pages_fit_a_small_screen(visit, width):
    visit.page.set_viewport_size({"width": width, "height": 800})
    for path in (BASE, *CHARTS, f"{SITE}/calendar", f"{SITE}/articles"):
        page = visit.go(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


@pytest.mark.parametrize("scripts", [False])
def test_without_scripts_the_table_says_all(visit, scripts):
    for path in CHARTS:
        page = visit.go(path)
        assert page.locator("figure.chart").is_hidden()
        assert page.locator("#series tbody tr").count() > 8
    assert visit.go(f"{SITE}/calendar").locator("svg.columns").first.is_visible()
