"""Class and id are judged by the patterns, however the quick look before them goes."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from scraper.parse.mark_words import END
from scraper.parse.marks import _WORDS, DATE, NOISE, PATTERNS, TITLE, judge, judge_id

FIXTURES = Path(__file__).parents[2] / "fixtures"
# The words as they would stand in a name, their optional letters left in.
WORDS = sorted(
    {
        word.removesuffix(END).replace(r"[\w-]*", "").replace(r"\w*", "").replace("?", "")
        for words in _WORDS.values()
        for word in (*words.begins, *words.anywhere)
        if not {"(", "["} & set(word.removesuffix(END).replace(r"[\w-]*", ""))
    }
)


def by_patterns(name: str) -> int:
    return sum(flag for flag, pattern in PATTERNS.items() if pattern.search(name.lower()))


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["", "-", "_", " ", "\n", "x", "s"]),
            st.sampled_from(WORDS) | st.text("abcdeghilnorstvy", max_size=5),
        ),
        max_size=5,
    ),
    st.booleans(),
)
def test_the_quick_look_misses_nothing(parts: list[tuple[str, str]], upper: bool) -> None:
    name = "".join(joint + word for joint, word in parts)
    assert judge(name.upper() if upper else name) == by_patterns(name)


def test_the_names_of_all_fixtures() -> None:
    names: set[str] = set()
    for path in FIXTURES.glob("*/*.html"):
        try:
            root = html.fromstring(path.read_bytes())
        except (ValueError, html.etree.ParserError):
            continue  # a hostile page that is none
        names.update(name for name in root.xpath("//@class | //@id") if name.strip())
    assert len(names) > 1000
    assert {name for name in names if judge(name) != by_patterns(name)} == set()


def test_what_a_name_says() -> None:
    assert judge("post__title fck_detail") == TITLE
    assert judge("box-LIEN-QUAN") & NOISE
    assert judge("mainland harbour") == 0
    assert judge_id("date12") == DATE
