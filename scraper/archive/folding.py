"""How ``đ`` is folded for the search; the same rule for Python and for SQL."""

from __future__ import annotations

# The letter, and two look-alikes that old fonts and encodings put in its place (eth, African d).
_FOLDS = {"đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "ɖ": "d", "Ɖ": "D"}
_TABLE = str.maketrans(_FOLDS)


def folded(text: str) -> str:
    """The text with ``đ`` written ``d``; as long as before, so that positions stay true."""
    return text.translate(_TABLE)


def folded_sql(expression: str) -> str:
    """An SQL expression that is :func:`folded` of the given one (``NULL`` stays ``NULL``)."""
    for letter, plain in _FOLDS.items():
        expression = f"replace({expression}, '{letter}', '{plain}')"
    return expression
