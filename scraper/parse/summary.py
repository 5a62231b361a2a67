"""The sapo: the lead that a page marks as one."""

from __future__ import annotations

import re

from scraper.parse.noise import NoiseMap
from scraper.parse.outline import Element, Outline, marks_of, text_of
from scraper.parse.text import clean

_MARKS = re.compile(
    r"(?:^|[\s_-])(?:sapo|hometext|summary|tom-?tat|trich-?(?:dan|yeu)|lead|chapeau|standfirst|mo-?ta|excerpt|intro(?:text)?|short-?desc\w*|news-desc|description|articlesummary|asset-summary|news-summary|art-summary|art-desc|desc-detail|detail-desc|itemintrotext|entradilla|chapo|chap[eé]au|lede|dek|subtitle|subheadline)(?:$|[\s_-])"
)


def find_summary(outline: Outline, noise: NoiseMap, start: int, end: int) -> Element | None:
    """The first marked lead between the title (string ``start``) and the body's end (``end``)."""
    for element in outline.elements:
        if element.tag not in ("div", "p", "h2", "h3", "h4", "span", "strong", "section", "td"):
            continue
        if not element.attrib or not (
            _MARKS.search(marks_of(element)) or element.get("itemprop") == "description"
        ):
            continue
        first = outline.first_string(element)
        if not start <= first < end or noise.holds(element):
            continue
        text = clean(text_of(element))
        if 30 <= len(text) <= 1500 and len(list(element.iter("p", "div"))) <= 4:
            return element
    return None
