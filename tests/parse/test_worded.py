"""Dates whose month is a word, in many languages."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.parse.month_names import MONTHS
from scraper.parse.worded import month_of, worded_dates


@pytest.mark.parametrize(
    ("text", "raw", "day"),
    [
        ("Veröffentlicht am 3. Juli 2018", "3. Juli 2018", "2018-07-03"),
        ("7 d'octubre de 2023", "7 d'octubre de 2023", "2023-10-07"),
        ("6 de noviembre de 2023, 07:10 h", "6 de noviembre de 2023, 07:10 h", "2023-11-06"),
        ("publié le 1er mars 2020", "1er mars 2020", "2020-03-01"),
        ("3-Jul-2018", "3-Jul-2018", "2018-07-03"),
        ("Tuesday 3rd of July 2018", "3rd of July 2018", "2018-07-03"),
        ("Sept. 3rd, 2018", "Sept. 3rd, 2018", "2018-09-03"),
        ("14:05, 3. Mai 2024 | Dorf", "14:05, 3. Mai 2024", "2024-05-03"),
        ("15 августа 2016, 13:43", "15 августа 2016, 13:43", "2016-08-15"),
        ("2018. július 3.", "2018. július 3", "2018-07-03"),
        ("2018 m. liepos 3 d.", "2018 m. liepos 3", "2018-07-03"),
        ("2018. gada 3. jūlijs", "2018. gada 3. jūlijs", "2018-07-03"),
        ("27 ม.ค. 2567", "27 ม.ค. 2567", "2024-01-27"),
        ("٢٧ مارس ٢٠٢٤", "٢٧ مارس ٢٠٢٤", "2024-03-27"),
        ("2018年7月3日", "2018年7月3日", "2018-07-03"),
        ("2018년 7월 3일", "2018년 7월 3일", "2018-07-03"),
    ],
)
def test_a_month_as_a_word(text: str, raw: str, day: str) -> None:
    (found,) = worded_dates(text)
    assert (found.raw, found.on, found.at) == (raw, date.fromisoformat(day), None)
    assert text[found.start : found.end] == raw


@pytest.mark.parametrize(
    "text", ["on 3, 2018", "Room 12 Main 2019", "3 bananas 2018", "in 2018", "1403 خرداد ۳", ""]
)
def test_other_words_are_no_months(text: str) -> None:
    assert list(worded_dates(text)) == []


def test_a_day_that_does_not_exist_is_told_as_such() -> None:
    (found,) = worded_dates("31 février 2022")
    assert found.impossible
    assert found.on is None


def test_croatian_has_its_own_october() -> None:
    (polish,) = worded_dates("5 listopada 2023", "pl")
    (croatian,) = worded_dates("5 listopada 2023", "hr")
    assert (polish.on, croatian.on) == (date(2023, 11, 5), date(2023, 10, 5))


@given(st.sampled_from(sorted(MONTHS)), st.dates(date(1990, 1, 1), date(2039, 12, 31)))
def test_every_name_of_the_table_is_read(name: str, day: date) -> None:
    on = day.replace(month=MONTHS[name], day=min(day.day, 28))
    (found,) = worded_dates(f"{on.day}. {name} {on.year}")
    assert found.on == on
    assert month_of(name.upper() + ".") in (MONTHS[name], None)
