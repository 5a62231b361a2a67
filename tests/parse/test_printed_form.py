"""The words in which a page prints a day that its metadata name."""

from datetime import date, datetime

import pytest

from scraper.parse.printed_form import printed_form


@pytest.mark.parametrize(
    ("text", "at", "raw"),
    [
        (
            "Publié le 3 mai 2023 à 18h02 - Mis à jour le 4 mai 2023 à 07h45",
            "2023-05-03T18:02",
            "3 mai 2023 à 18h02",
        ),
        ("6 de noviembre de 2023, 07:10 h", "2023-11-06T07:10", "6 de noviembre de 2023, 07:10 h"),
        ("27th May 2023, 06:00", "2023-05-27T06:00", "27th May 2023, 06:00"),
        ("Published May 27, 2023 at 6:00 p.m.", "2023-05-27T18:00", "May 27, 2023 at 6:00 p.m."),
        ("2023年10月5日 14時30分", "2023-10-05T14:30", "2023年10月5日 14時30分"),
        ("27 มีนาคม 2567 เวลา 15:06 น.", "2024-03-27T15:06", "27 มีนาคม 2567 เวลา 15:06 น."),
        ("Opublikowano: 15:06, 27 marca 2024", "2024-03-27T15:06", "15:06, 27 marca 2024"),
        ("نشر في ٢٧ مارس ٢٠٢٤", "2024-03-27T15:06", "٢٧ مارس ٢٠٢٤"),
        # Another day, another year, a number that only contains the day: not this day.
        ("28 mars 2024", "2024-03-27T15:06", None),
        ("27 mars 2023", "2024-03-27T15:06", None),
        ("127 mars 2024", "2024-03-27T15:06", None),
    ],
)
def test_the_printed_form_of_a_known_day(text: str, at: str, raw: str | None) -> None:
    moment = datetime.fromisoformat(at)
    assert printed_form(text, moment.date(), moment) == raw


def test_a_day_without_a_time() -> None:
    assert printed_form("Veröffentlicht 18. Februar 2022", date(2022, 2, 18), None) == (
        "18. Februar 2022"
    )
