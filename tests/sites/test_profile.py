"""Profiles: errors name file, line and key; a file of one's own overrides; layouts by day."""

import json
import pickle
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from scraper.sites import ProfileError, detect_platform, load_profile, profiles, read_profile
from scraper.sites.asking import Asking
from scraper.sites.selector import selector
from tests.parse.fixtures import cases
from tests.readme import blocks, read


def write(tmp_path, text, name="wrong"):
    path = tmp_path / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "line", "key"),
    [
        ("nonsense = 1", 1, "nonsense"),
        ("name = 'A'\n\n[fields]\nheading = 'h1'", 4, "fields.heading"),
        ("[fields]\ntitel = 'h1'", 2, "did you mean fields.title?"),
        ("[fields]\ntitle = 'h1[['", 2, "fields.title"),
        ("[fields]\ntitle = 5", 2, "fields.title must be a CSS selector"),
        ("[fields]\ntitle = [\n  'h1',\n  'h2[[',\n]", 4, "'h2[['"),
        ("[addresses]\narticle = ['(']", 2, "addresses.article"),
        ("fields.title = 'h1'\nfields.tittle = 'h2'", 2, "fields.tittle"),
        ("fields = { title = 'h1', author = 3 }", 1, "fields.author"),
        ("fields = 3", 1, "fields"),
        ("[dates]\nformats = '%d.%m'", 2, "lacks the day, the month or the year"),
        ("[dates]\nformats = '%d.%m.%Y %Q'", 2, "%Q"),
        ("[page]\nencoding = 'tcvn-99'", 2, "page.encoding"),
        ("[tls]\nweak_keys = 'yes'", 2, "tls.weak_keys must be true or false"),
        ("[listings]\nfirst_page = true", 2, "listings.first_page must be a whole number"),
        ("[listings]\nmore = '/api/tin'", 2, "{page} stands nowhere"),
        ("[listings]\nmore = '/api?p={page}&m={muc}'", 2, "does not say what {muc} is"),
        ("[listings]\njson = '{}'", 2, "listings.more must say the address"),
        ("[listings]\nmore = '/a'\njson = '{page: {page}}'", 3, "listings.json is no JSON"),
        (
            "[listings]\nmore = '/a'\njson = '{}'\n[listings.form]\np = '{page}'",
            3,
            "only one can be sent",
        ),
        ("[listings]\nmore = '/a'\n[listings.form]\np = '{page}'\nq = true", 5, "listings.form.q"),
        ("[listings]\nmore = '/a'\n[listings.form]\np = '{page}'\nq = '{z}'", 5, "{z}"),
        ("[listings]\nitem = '/tin'", 2, "has no name in braces"),
        ("[listings]\nmore = '/a{page}'\nvalues = 'x'", 3, "listings.values must be a table"),
        ("[listings]\nmore = '/a{page}'\n[listings.values]\na = 'x'", 4, "must have one group"),
        ("[listings]\nmore = '/a{page}'\n[listings.values]\npage = '(x)'", 4, "no name for"),
        ("[counters]\nendpoint = '/a'\njson = '{\"a\": {b}}'", 3, "nothing says what {b} is"),
        ("[counters.form]\na = 'b'", 1, "counters.endpoint must say the address"),
        ("[[layouts]]\nmarks = '.a'\n[[layouts]]\nname = 'b'", 3, "layouts[2] has neither"),
        ("[[layouts]]\nmarks = '.a'\n[layouts.fields]\ntitel = 'b'", 4, "layouts[1].fields.titel"),
        ("[[layouts]]\nuntil = 'soon'", 2, "layouts[1].until must be a date"),
        ("[[layouts]]\nsince = 2020-01-01\nuntil = 2019-01-01", 2, "lies after its until"),
        ("layouts = 3", 1, "must be written as [[layouts]]"),
        ("id = 'other'", 1, "a profile's id is its file's name"),
        ("extends = 'nothing'", 1, "no profile 'nothing'"),
        ("name = 'A'\n[fields\n", 2, "at or after the key name"),
        ("name = 'A'\nname = 'B'", 2, "no valid TOML"),
    ],
)
def test_errors_name_file_line_and_key(tmp_path, text, line, key):
    path = write(tmp_path, text)
    with pytest.raises(ProfileError) as caught:
        read_profile(path)
    assert str(caught.value).startswith(f"{path}, line {line}: ")
    assert caught.value.line == line
    assert key in str(caught.value)


def test_bytes_that_are_no_utf8_are_told_with_their_line(tmp_path):
    path = tmp_path / "wrong.toml"
    path.write_bytes("# một\nname = 'Huyện'".encode("utf-16-le"))
    path.write_bytes(b"# ok\nname = 'Huy\xean'\n")
    with pytest.raises(ProfileError, match="line 2: is not written in UTF-8"):
        read_profile(path)


def test_a_file_of_ones_own_is_taken_in_place_of_ours(tmp_path):
    write(tmp_path, "[fields]\ntitle = '.my-title'", "nukeviet")
    page = html.fromstring("<div><h1 itemprop='headline'>A</h1><p class='my-title'>B</p></div>")
    ours, own = load_profile("nukeviet"), load_profile("nukeviet", tmp_path)
    assert [each.text for each in ours.select("title", page)] == ["A"]
    assert [each.text for each in own.select("title", page)] == ["B"]
    assert own.select("body", page) == []
    assert set(profiles(tmp_path)) == set(profiles())


def test_extending_keeps_what_is_not_said_anew(tmp_path):
    write(tmp_path, "extends = 'nukeviet'\n[fields]\ntitle = '.my-title'", "nukeviet")
    own = load_profile("nukeviet", tmp_path)
    assert own.selectors["body"] == load_profile("nukeviet").selectors["body"]
    assert own.selectors["title"] != load_profile("nukeviet").selectors["title"]
    write(tmp_path, "extends = 'nukeviet'\nname = 'Mine'", "mine")
    assert load_profile("mine", tmp_path).name == "Mine"
    assert load_profile("mine", tmp_path).selectors["title"] == own.selectors["title"]
    write(tmp_path, "extends = 'four'", "three")
    with pytest.raises(ProfileError, match="extends this profile in turn"):
        read_profile(write(tmp_path, "extends = 'three'", "four"))


def test_a_changed_file_is_read_again(tmp_path):
    write(tmp_path, "name = 'One'", "mine")
    assert load_profile("mine", tmp_path).name == "One"
    write(tmp_path, "name = 'Number two'", "mine")
    assert load_profile("mine", tmp_path).name == "Number two"


def test_profiles_cross_to_another_process(tmp_path):
    text = "[fields]\ntitle = 'h1'\n[[layouts]]\nuntil = 2019-06-30\n[layouts.fields]\ntitle = 'h2'"
    for profile in (*profiles().values(), read_profile(write(tmp_path, text, "mine"))):
        copy = pickle.loads(pickle.dumps(profile))
        assert copy == profile and hash(copy) == hash(profile)
        assert copy.selectors == profile.selectors
        assert [each.until for each in copy.layouts] == [each.until for each in profile.layouts]


LAYOUTS = """
[fields]
title = "h1"
body = ".body"
[[layouts]]
name = "tables"
marks = "table.frame"
[layouts.fields]
title = "td.tieude"
[[layouts]]
name = "second skin"
since = 2016-01-01
until = 2019-06-30
[layouts.fields]
title = "h2"
"""


@pytest.mark.parametrize(
    ("markup", "day", "name"),
    [
        ("<div></div>", date(2015, 12, 31), None),
        ("<div></div>", date(2016, 1, 1), "second skin"),
        ("<div></div>", date(2019, 6, 30), "second skin"),
        ("<div></div>", date(2019, 7, 1), None),
        ("<div></div>", None, None),
        ("<table class=frame></table>", None, "tables"),
        ("<table class=frame></table>", date(2018, 1, 1), "tables"),
    ],
)
def test_a_layout_is_known_by_marks_or_days(tmp_path, markup, day, name):
    profile = read_profile(write(tmp_path, LAYOUTS, "mine"))
    layout = profile.layout_of(html.document_fromstring(markup), day)
    assert (layout and layout.name) == name
    if layout:
        assert layout.profile.selectors["title"] != profile.selectors["title"]
        assert layout.profile.selectors["body"] == profile.selectors["body"]


def test_the_next_page_by_a_parameter(tmp_path):
    text = "[listings]\npage_parameter = 'trang'\nfirst_page = 0"
    profile = read_profile(write(tmp_path, text, "mine"))
    assert profile.page_after("https://a.vn/tin?cm=3") == "https://a.vn/tin?cm=3&trang=1"
    assert profile.page_after("https://a.vn/tin?trang=4&cm=3") == "https://a.vn/tin?cm=3&trang=5"
    assert read_profile(write(tmp_path, "", "none")).page_after("https://a.vn/tin") is None


def test_what_a_script_asks_is_filled_in_and_escaped(tmp_path):
    text = (
        "[listings]\nmore = '{where}?muc={muc}&p={page}'\nfirst_page = 0\n"
        "[listings.values]\nwhere = 'load\\((\\S+)\\)'\n"
        "muc = 'muc=\"([^\"]*)\"'\nkey = 'key=(\\w+)'\n"
        "[listings.form]\nso = 3\n'key?' = '{key}'\nten = '{muc} {page}'\n"
    )
    asking = read_profile(write(tmp_path, text)).more
    assert asking.needed == {"where", "muc"}
    source = r'load(\u002fapi\x2ftin\/moi) <a data-muc="a&amp;b/c">'
    values = asking.find(source)
    assert values == {"where": "/api/tin/moi", "muc": "a&b/c"}
    asked = asking.question("https://a.vn/tin/", values, 4)
    assert asked.url == "https://a.vn/api/tin/moi?muc=a%26b%2Fc&p=4"
    assert asked.posted.text == "so=3&ten=a%26b%2Fc+4"
    assert asking.missing(asking.find("")) == ["where", "muc"]
    assert pickle.loads(pickle.dumps(read_profile(write(tmp_path, text)))).more == asking


@given(st.text(max_size=50))
def test_whatever_a_page_says_a_json_text_stays_json(value):
    asking = Asking("/a", json='{"muc": "{muc}", "p": {page}}')
    asked = asking.question("https://a.vn/", {"muc": value}, 7)
    assert json.loads(asked.posted.text) == {"muc": value, "p": 7}


def test_counts_of_an_endpoint(tmp_path):
    text = "[counters.values]\ntoday = 'data.0.day'\ntotal = 'data.0.all'\nonline = 'now'"
    profile = read_profile(write(tmp_path, text, "mine"))
    answer = {"data": [{"day": 12, "all": "1.804.975"}], "now": None}
    assert profile.counts_in(answer) == {"today": 12, "total": 1804975}


def test_detect_platform():
    body = b"<html><head><meta name='generator' content='NukeViet v4.5'></head><body></body></html>"
    assert detect_platform("https://a.example.vn/", body) == "nukeviet"
    assert detect_platform("https://a.example.vn/", b"<p>a</p>") is None
    assert "nukeviet" in profiles()


EXAMPLE = blocks(read("docs/profiles.md"), "toml")[0]


@given(st.data())
def test_whatever_is_wrong_with_a_file_is_told_as_such(tmp_path_factory, data):
    """Characters dropped or lines swapped anywhere: a profile, or an error that names the file."""
    lines = EXAMPLE.splitlines()
    at = data.draw(st.integers(0, len(lines) - 1))
    column = data.draw(st.integers(0, len(lines[at])))
    other = data.draw(st.integers(0, len(lines) - 1))
    lines[at] = lines[at][:column] + data.draw(st.sampled_from(["", "'", "[", "]", "=", "x"]))
    lines[at], lines[other] = lines[other], lines[at]
    path = tmp_path_factory.mktemp("mutated") / "mutated.toml"
    path.write_text("\n".join(lines), encoding="utf-8")
    try:
        read_profile(path)
    except ProfileError as error:
        assert str(path) in str(error)
        assert error.line is None or 1 <= error.line <= len(lines)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (".a-tieu-de", (b"a-tieu-de",)),
        ("div.Hometext #noi-dung", (b"hometext", b"noi-dung")),
        ("[id$='RichHtmlField']", (b"richhtmlfield",)),
        ("h1[itemprop=headline]:not(.khac)", (b"headline",)),
        ("li:not(.disabled) a:contains('Tiếp')", ()),
        (".mot, .hai", ()),
        ("h1", ()),
    ],
)
def test_a_selector_names_the_words_it_needs(text, words):
    made = selector(text)
    assert made.words == words
    assert made.may_find(lambda word: word in words)
    assert made.may_find(lambda word: False) == (not words)


def test_no_bundled_selector_is_passed_by_where_it_finds_something():
    for case in cases()[::3]:
        source = case.body.decode("utf-8", "replace").lower().encode()
        root = html.document_fromstring(case.body) if case.body.strip() else None
        for profile in profiles().values() if root is not None else ():
            for paths in (*profile.selectors.values(), profile.counter_boxes, profile.next_links):
                for path in paths:
                    assert path.may_find(source.__contains__) or not path(root), case.name


def test_a_byte_order_mark_is_no_part_of_the_file(tmp_path):
    path = tmp_path / "notepad.toml"
    path.write_bytes(b"\xef\xbb\xbfname = 'Huy\xe1\xbb\x87n'\r\n")
    assert read_profile(path).name == "Huyện"
