"""Write ``scraper/parse/month_names.py``: the months' names in many languages, from Unicode's CLDR.

    python scripts/month_names.py > scraper/parse/month_names.py

Needs Babel, which carries the data of CLDR (it comes with the ``bench`` extra); the program does not.
Vietnamese is left out, since it counts its months, and so are languages that write months in digits.
"""  # noqa: E501

import sys
import textwrap
import unicodedata
from collections import defaultdict

import babel
from babel import Locale
from babel.dates import get_month_names

LANGUAGES = """
    af am ar ar_IQ az be bg bn bs ca cs cy da de de_AT el en es et eu fa fi fil fr ga gl gu he hi
    hr hu hy id is it ka kk km kn lo lt lv mk ml mn mr ms mt my nb ne nl nn pa pl pt ro ru si sk
    sl sq sr sr_Latn sv sw ta te th tr uk ur uz
"""
# Short forms that newspapers print and CLDR does not have.
MORE = {"sept": 9, "sett": 9, "genn": 1, "agos": 8}

HEADER = '''"""Month names in many languages: written by ``scripts/month_names.py``, not by hand.

From Unicode's CLDR as Babel {version} has it; (c) Unicode, Inc., under the Unicode License v3
(SPDX: Unicode-3.0), which lets anyone use, copy and change its data. Names are in lower case and
without a closing full stop. Croatian and Bosnian alone give some names to other months.
"""

from __future__ import annotations
'''


def names() -> dict[str, dict[int, set[str]]]:
    """Every name with its months and the languages that use it so."""
    found: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for language in LANGUAGES.split():
        Locale.parse(language)
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in get_month_names(width, context, language).items():
                    for form in _forms(name):
                        found[form][number].add(language.split("_")[0])
    for form, number in MORE.items():
        found[form][number].add("")
    return found


def _forms(name: str) -> set[str]:
    plain = unicodedata.normalize("NFC", name).lower().replace("\u200f", "").strip()
    # "de març", "d’abril": the reader strips such words before it looks a name up.
    for article in ("de ", "d’", "d'"):
        plain = plain.removeprefix(article)
    plain = plain.rstrip(".")
    return {plain} if len(plain) > 1 and all(c not in " 0123456789" for c in plain) else set()


def main() -> None:
    """Print the module."""
    found = names()
    months: dict[int, list[str]] = defaultdict(list)
    croatian: dict[str, int] = {}
    for name in sorted(found):
        by_month = found[name]
        for number, languages in by_month.items():
            if len(by_month) > 1 and languages <= {"hr", "bs"}:
                croatian[name] = number
            else:
                months[number].append(name)
    lines = [HEADER.format(version=babel.__version__), "_NAMES = {"]
    for number in range(1, 13):
        text = textwrap.fill(" ".join(months[number]), 99, break_long_words=False)
        lines += [f'    {number}: """', text, '    """,']
    lines += [
        "}",
        "MONTHS = {name: number for number, names in _NAMES.items() for name in names.split()}",
        f"CROATIAN = {croatian!r}".replace("'", '"'),
    ]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
