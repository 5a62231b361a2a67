"""The language of a page, and that every message has a Vietnamese form."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.crawl.budget import StopReason
from scraper.visits import VIETNAM, FindingKind
from scraper.web import columns
from scraper.web.language import (
    current_language,
    gettext,
    negotiate,
    ngettext,
    own_half,
    vietnamese,
    vietnamese_findings,
)
from scraper.web.outcomes import OUTCOMES, REASONS, outcome_text
from scraper.web.statistics import holidays, site_page
from scraper.web.statistics.evidence import notes_of

WEB = Path(columns.__file__).parent
QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"|\'((?:[^\'\\]|\\.)*)\'')
GETTEXT = re.compile(r"\bgettext\(\s*((?:\"(?:[^\"\\]|\\.)*\"\s*)+|'(?:[^'\\]|\\.)*')")
NGETTEXT = re.compile(r'ngettext\(\s*"[^"]*",\s*"([^"]*)"')


@pytest.fixture
def in_vietnamese():
    token = current_language.set("vi")
    yield
    current_language.reset(token)


@pytest.mark.parametrize(
    ("parameter", "cookie", "accept", "expected"),
    [
        ("vi", "en", "en", "vi"),
        (None, "vi", "en", "vi"),
        (None, None, "vi-VN,vi;q=0.9,en;q=0.8", "vi"),
        (None, None, "fr-FR, en;q=0.5, vi;q=0.9", "vi"),
        (None, None, "vi;q=0, en;q=0.1", "en"),
        (None, None, "ja", "en"),
        ("xx", "<script>", None, "en"),
        (None, None, "vi;q=nonsense", "en"),
    ],
)
def test_what_is_asked_for_wins_over_what_was_chosen_over_what_the_browser_says(
    parameter, cookie, accept, expected
):
    assert negotiate(parameter, cookie, accept) == expected


@given(st.text(), st.text(), st.text())
def test_any_header_gives_a_language(parameter, cookie, accept):
    assert negotiate(parameter, cookie, accept) in ("en", "vi")


def _messages_used():
    for path in [*WEB.rglob("*.html"), *WEB.rglob("*.py")]:
        source = path.read_text(encoding="utf-8")
        for call in GETTEXT.findall(source):
            yield "".join(a or b for a, b in QUOTED.findall(call))
        yield from NGETTEXT.findall(source)
    yield from columns.LABELS.values()
    yield from (*OUTCOMES, *REASONS, *holidays.NAMES, *site_page._RANGES)


def test_every_message_of_the_pages_has_a_vietnamese_form():
    used = set(_messages_used())
    assert len(used) > 100
    assert used - set(vietnamese()) == set()


def test_a_vietnamese_message_has_the_same_values_in_it():
    values = re.compile(r"%\(\w+\)s")
    for english, message in vietnamese().items():
        assert set(values.findall(message)) == set(values.findall(english)), english


def test_messages_follow_the_language_of_the_request(in_vietnamese):
    assert gettext("Articles") == "Bài viết"
    assert ngettext("%(n)s row", "%(n)s rows", 1) == "%(n)s dòng"
    assert own_half("Articles · Bài viết") == "Bài viết"
    assert own_half("no halves") == "no halves"


def test_english_has_a_singular():
    assert ngettext("article", "articles", 1) == "article"
    assert ngettext("article", "articles", 2) == "articles"
    assert own_half("Articles · Bài viết") == "Articles"
    assert own_half(None) == ""


def test_the_words_are_those_that_the_crawl_writes():
    assert set(REASONS) == {str(reason) for reason in StopReason}


def test_an_outcome_is_told_with_its_reason(in_vietnamese):
    assert outcome_text("finished") == "đã xong"
    assert outcome_text("stopped: it was interrupted") == "dừng giữa chừng: bị ngắt"
    assert outcome_text("something new: 5") == "something new: 5"
    assert outcome_text(None) == ""


def test_every_kind_of_finding_has_a_vietnamese_sentence(in_vietnamese):
    assert set(vietnamese_findings()) == {str(kind) for kind in FindingKind}
    row = {
        "day": "2024-03-01",
        "kind": "week start",
        "message": "The portal's week begins on Monday",
        "facts": '{"weekday": "Monday", "votes": 3, "against": 0}',
    }
    ((_, note),) = notes_of([row], VIETNAM)
    assert "thứ Hai: 3 lần đọc" in note.text
    # A fact of another name: the English sentence rather than none.
    ((_, note),) = notes_of([{**row, "facts": "{}"}], VIETNAM)
    assert note.text == row["message"]


def test_a_finding_is_written_as_the_reader_writes(in_vietnamese):
    row = {
        "day": "2024-05-14",
        "kind": "unknown",
        "message": "Start of 2024-05-14: 13929422 (1×), seen at 2024-05-13T18:23:13Z, day 23:30.",
        "facts": "{}",
    }
    ((_, note),) = notes_of([row], VIETNAM)
    wanted = "Start of 14/5/2024: 13.929.422 (1×), seen at 14/5/2024, 01:23 (GMT+7), day 23:30."
    assert note.text == wanted
