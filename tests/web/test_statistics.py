"""The pages about visits: what they say of an archive whose counters misbehave."""

import re
from datetime import date
from html import unescape

import pytest

from scraper.archive import open_archive
from scraper.archive.series import Period

from .conftest import Reader
from .visits_archive import NAMES, build_visits

PAGES = ("", "/calendar", "/articles", "/readings")
BASE = "/-/archive/visits/visits"
SITE = f"{BASE}/site/hoanghoa"
SPAN = "from=2024-03-01&to=2024-05-31"


@pytest.fixture(scope="module")
def visits_path(tmp_path_factory):
    path = tmp_path_factory.mktemp("statistics") / "visits.db"
    with open_archive(path) as archive:
        build_visits(archive)
    return path


@pytest.fixture(scope="module")
def reader(visits_path):
    reader = Reader(visits_path, {})
    yield reader
    reader.loop.close()


def page(reader, path, language="en"):
    joint = "&" if "?" in path else "?"
    return unescape(reader.html(f"{path}{joint}lang={language}"))


def table_rows(text):
    """First day and cells of each row of the series."""
    rows = re.findall(r'<tr data-first="([\d-]+)"(.*?)</tr>', text, re.DOTALL)
    plain = {first: re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", rest)) for first, rest in rows}
    return plain


@pytest.mark.parametrize("language", ["en", "vi"])
def test_every_page_is_there_in_both_languages(reader, language):
    for path in (BASE, f"{BASE}/compare", *(SITE + end for end in PAGES)):
        text = page(reader, path, language)
        assert f'<html lang="{language}"' in text
        assert NAMES["hoanghoa"] in text
        inline = re.sub(r"<script [^>]*src=[^>]*></script>", "", text)
        assert "<script" not in inline and "style=" not in inline


def test_the_table_says_what_the_table_of_visits_says(reader):
    rows = table_rows(page(reader, f"{SITE}?{SPAN}"))
    wanted = reader.json(
        "/visits/visits.json?_shape=array&_size=max&site=hoanghoa"
        "&day__gte=2024-03-01&day__lte=2024-05-31&basis__not=none"
    )
    assert len(wanted) > 80
    for row in wanted:
        text = rows[row["day"]]
        if row["basis"] == "exact":
            assert f" {row['visits']:,} " in text and " exact " in text
        elif row["high"] is None:
            assert f"{row['low']:,} or more" in text
        else:
            assert f"{row['low']:,} – {row['high']:,}" in text and "within bounds" in text
        assert f'data-low="{row["low"]}"' in text


def test_faults_are_told_where_they_happened(reader):
    text = page(reader, f"{SITE}?{SPAN}")
    assert 'data-first="2024-05-14"' in text and 'data-reset="1"' in text
    assert "The counter began anew on" in text
    assert "the counter was reset or moved to another system" in table_rows(text)["2024-05-14"]
    assert "bộ đếm bị đặt lại" in page(reader, f"{SITE}?{SPAN}", "vi")
    findings = reader.json(
        "/visits/visit_findings.json?_shape=array&_size=max&site=hoanghoa"
        "&day__gte=2024-03-01&day__lte=2024-05-31"
    )
    assert len(findings) >= 4
    for finding in findings:
        begins = re.split(r"\d", finding["message"])[0].strip()
        assert begins and begins in table_rows(text)[finding["day"]]


def test_what_a_day_rests_on_leads_to_its_captures(reader):
    text = reader.html(f"{SITE}?from=2024-06-28&to=2024-06-28")
    captures = re.findall(r'<a class="capture" href="(/visits/captures/\d+)"', text)
    assert captures
    assert reader.get(captures[0]).status_code == 200


def test_the_sum_of_a_gap_is_told(reader):
    text = table_rows(page(reader, f"{SITE}?{SPAN}"))["2024-04-10"]
    assert re.search(r"[\d,]+ in all from .* to .* 2024\.", text)
    assert "data-mean" in text


def test_days_of_which_nothing_is_known_are_one_row(reader):
    rows = table_rows(page(reader, f"{SITE}?from=2024-06-29&to=2024-08-31"))
    assert list(rows) == ["2024-07-01", "2024-06-30", "2024-06-29"]
    assert "1 July 2024 – 31 August 2024" in rows["2024-07-01"]
    assert "not known" in rows["2024-07-01"]


def test_own_requests_are_taken_off_the_lower_bound(reader):
    exact = table_rows(page(reader, f"{SITE}?{SPAN}"))["2024-03-05"]
    less = table_rows(page(reader, f"{SITE}?{SPAN}&own=1"))["2024-03-05"]
    (visits,) = re.findall(r'data-high="(\d+)"', exact)
    (own,) = reader.json(
        "/visits/visits.json?_shape=array&site=hoanghoa&day=2024-03-05&_col=own_requests"
    )
    low = int(visits) - own["own_requests"]
    assert own["own_requests"] > 0
    assert f"{low:,} – {int(visits):,}" in less and "within bounds" in less


@pytest.mark.parametrize("by", ["week", "month"])
def test_weeks_and_months_are_those_of_the_views(reader, by):
    rows = table_rows(page(reader, f"{SITE}?by={by}"))
    view = Period(by).view
    wanted = reader.json(f"/visits/{view}.json?_shape=array&_size=max&site=hoanghoa")
    assert len(wanted) > 9
    for row in wanted:
        first = row[by] if by == "week" else f"{row[by]}-01"
        assert f'data-low="{row["low"]}"' in rows[first]
        assert f'data-basis="{row["basis"]}"' in rows[first]
        exact = f" {row['low']:,} exact "
        assert (exact in rows[first]) == (row["basis"] == "exact")


@pytest.mark.parametrize("by", ["day", "week", "month"])
def test_the_csv_has_the_rows_of_the_table(reader, by):
    text = reader.html(f"{SITE}?by={by}")
    shown = [row for row in table_rows(text).values() if 'data-basis="none"' not in row]
    link = unescape(re.search(r'href="([^"]+\.csv[^"]*)"', text)[1])
    lines = reader.get(link).text.strip().splitlines()
    assert lines[0].startswith(f"site,{by},")
    assert len(lines) - 1 == len(shown) > 0


def test_portals_are_compared_as_they_are_and_to_their_own_mean(reader):
    text = page(reader, f"{BASE}/compare?site=hoanghoa&site=nhuthanh&from=2024-01-01&to=2024-03-31")
    assert NAMES["quangxuong"] in text  # to be chosen
    values = [float(each) for each in re.findall(r'data-value="([\d.]+)"', text)]
    assert len(values) == 6
    indexed = page(reader, f"{BASE}/compare?scale=indexed&from=2024-01-01&to=2024-03-31")
    found = [float(each) for each in re.findall(r'data-value="([\d.]+)"', indexed)]
    assert len(found) == 9
    assert sum(found) / 9 == pytest.approx(100)


def test_weekdays_and_tet_show(reader):
    text = page(reader, f"{SITE}/calendar")
    percents = re.findall(r'<th scope="row">(\w+)</th>.*?<td class="number">(\d+) %</td>', text)
    of_day = {name: int(percent) for name, percent in percents[:7]}
    assert list(of_day) == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    assert of_day["Mon"] > 105 > 80 > of_day["Sat"] > of_day["Sun"]
    (tet,) = re.findall(r"Tết \(lunar new year\)</td>.*?(\d+) %", text, re.DOTALL)
    assert int(tet) < 50
    assert text.count('<svg class="columns"') == 2


def test_articles_are_ranked_by_their_views(reader):
    text = page(reader, f"{SITE}/articles")
    titles = re.findall(r'class="article-title"[^>]*>([^<]+)<', text)
    assert titles == ["Khai trương du lịch biển", "Lịch các lễ hội làng", "Thông báo lịch cắt điện"]
    gained = re.findall(r'data-label="Gained" class="number">([\d,]+)<', text)
    assert gained == ["1,800", "1,280", "220"]


def test_readings_are_shown_as_recorded(reader):
    text = page(reader, f"{SITE}/readings?from=2024-03-26&to=2024-03-26")
    assert text.count("<tr data-at=") == 24
    assert "26 March 2024, 00:07 (GMT+7)" in text
    whole = page(reader, f"{SITE}/readings")
    assert 'data-fell="1"' in whole and "The total fell" in whole


def test_pages_lead_to_the_charts(reader):
    for path in ("/", "/visits/sites/hoanghoa", "/visits/visits?site=hoanghoa"):
        assert f'href="{SITE}"' in reader.html(path), path
    assert f'href="{BASE}"' in reader.html("/visits/articles")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"{BASE}/site/nowhere", 404),
        ("/-/archive/nothing/visits", 404),
        (f"{SITE}?from=27/3/2024", 400),
        (f"{SITE}?by=year", 400),
        (f"{SITE}?from=9999-12-31&to=0001-01-01", 200),
        (f"{SITE}?from=0001-01-01&to=9999-12-31", 200),
        (f"{SITE}/readings?to=9999-12-31&from=0001-01-01", 200),
        (f"{SITE}/calendar?from=2030-01-01", 200),
        (f"{BASE}/compare?site=nowhere", 200),
    ],
)
def test_odd_addresses_are_answered(reader, path, status):
    assert reader.get(path).status_code == status


def test_a_site_without_counters_says_what_to_do(tmp_path):
    from .build import HOANG_HOA

    with open_archive(tmp_path / "visits.db") as archive:
        archive.save_site(HOANG_HOA)
    reader = Reader(tmp_path / "visits.db", {})
    for end in PAGES:
        text = page(reader, SITE + end)
        assert "zero-results" in text
    assert "district-archive counters" in page(reader, SITE)
    assert "zero-results" in page(reader, f"{BASE}/compare")
    reader.loop.close()


def test_the_library_and_its_licence_are_served_from_here(reader):
    text = reader.html(SITE)
    (script,) = re.findall(r'src="([^"]*uPlot\.iife\.min\.js[^"]*)"', text)
    assert reader.get(script).status_code == 200
    licence = reader.get(script.split("?")[0].replace("uPlot.iife.min.js", "LICENSE.txt"))
    assert "The MIT License" in licence.text and "Leon Sorokin" in licence.text


def test_ranges_are_one_click_away(reader):
    text = page(reader, SITE)
    links = dict(re.findall(r'<a href="(\?[^"]*)"[^>]*>(30 days|Half a year|Everything)</a>', text))
    assert re.search(r'aria-current="true">Half a year<', text)
    assert ">A year<" not in text  # all that is known is less than that
    (month,) = (query for query, name in links.items() if name == "30 days")
    rows = table_rows(reader.html(SITE + month))
    assert len(rows) == 30 and max(rows) == "2024-06-30"
    (whole,) = (query for query, name in links.items() if name == "Everything")
    assert min(table_rows(reader.html(SITE + whole))) < "2023-10-01"


def test_the_default_span_ends_with_what_is_known(reader):
    first = min(table_rows(reader.html(SITE)))
    assert (date(2024, 6, 30) - date.fromisoformat(first)).days == 181
