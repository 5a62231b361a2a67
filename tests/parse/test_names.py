"""Names of authors as pages of many languages list them."""

import pytest

from scraper.parse.names import is_name, is_office, names_in


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("By Jane Thirkettle and Tom Ode", ["Jane Thirkettle", "Tom Ode"]),
        ("Felix Schröder und Jörg Soldwisch", ["Felix Schröder", "Jörg Soldwisch"]),
        ("Ana García, Luis Peña y Eva Ruiz", ["Ana García", "Luis Peña", "Eva Ruiz"]),
        ("Elena Oberholzer (obe)", ["Elena Oberholzer"]),
        ("Povilas Petraitis, universiteto profesorius", ["Povilas Petraitis"]),
        ("José Ortega y Gasset", ["José Ortega y Gasset"]),
        ("Agencia Andina del Sur", ["Agencia Andina del Sur"]),
        ("佐々木美咲", ["佐々木美咲"]),
        ("https://www.facebook.com/somebody", []),
        ("d.k@zeitung.example", []),
        ("105092", []),
        ("", []),
    ],
)
def test_names_in(text, names):
    assert names_in(text) == names


@pytest.mark.parametrize("text", ["Charles de Gaulle", "Anna-Lena Weiß", "松岡大地", "J. K. Rowe"])
def test_names(text):
    assert is_name(text)


@pytest.mark.parametrize("text", ["Staff", "the old mill", "Room 101 Desk", "x" * 80 + " Y"])
def test_no_names(text):
    assert not is_name(text)


def test_offices():
    assert is_office("Fenland Herald")
    assert is_office("lokal.example.de")
    assert not is_office("Anna Kessler")
