"""Dates, times and numbers in the reader's language."""

import pytest

from scraper.web.language import current_language
from scraper.web.moments import day_text, moment_text, number_text


@pytest.fixture(params=["en", "vi"])
def language(request):
    token = current_language.set(request.param)
    yield request.param
    current_language.reset(token)


CASES = {
    "2024-03-27T15:06:52+07:00": ("27 March 2024, 15:06 (GMT+7)", "27/3/2024, 15:06 (GMT+7)"),
    "2024-03-28T02:00:00Z": ("28 March 2024, 02:00 UTC", "28/3/2024, 02:00 UTC"),
    "2024-03-27": ("27 March 2024", "27/3/2024"),
    "2024-03-27T00:00:00-03:30": ("27 March 2024, 00:00 (GMT-3:30)", "27/3/2024, 00:00 (GMT-3:30)"),
    "hôm qua": ("hôm qua", "hôm qua"),
    None: ("", ""),
}


@pytest.mark.parametrize("value", CASES)
def test_moments(value, language):
    assert moment_text(value) == CASES[value][language == "vi"]


def test_days_and_numbers(language):
    assert day_text("2024-03-27T15:06:52+07:00") == ("27 March 2024", "27/3/2024")[language == "vi"]
    assert day_text("?") == "?"
    assert number_text(11718781) == ("11,718,781", "11.718.781")[language == "vi"]
    assert number_text(None) == ""
