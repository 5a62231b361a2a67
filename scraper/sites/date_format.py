"""Dates in a form of a portal's own, described as ``strptime`` does."""

from __future__ import annotations

import re
from datetime import datetime

# Month names (%b, %B) are English whatever the machine's language is.
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_PARTS = {
    "d": r"(?P<d>\d{1,2})", "m": r"(?P<m>\d{1,2})", "Y": r"(?P<Y>\d{4})", "y": r"(?P<y>\d{2})",
    "H": r"(?P<H>\d{1,2})", "I": r"(?P<I>\d{1,2})", "M": r"(?P<M>\d{2})", "S": r"(?P<S>\d{2})",
    "p": r"(?P<p>AM|PM|SA|CH)", "b": r"(?P<b>[a-z]{3})", "B": r"(?P<b>[a-z]{3})[a-z]*", "%": "%",
}  # fmt: skip


class DateFormat:
    """One format, such as ``%Y.%m.%d %H:%M``; the directives are those of ``strptime``.

    ``%d %m %b %B %Y %y %H %I %M %S %p`` are known; ``%p`` is AM or PM, or the Vietnamese SA or CH.

    Raises:
        ValueError: another directive, one of them twice, or no day, month or year.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        try:
            pieces = [
                _PARTS[piece[1]] if piece.startswith("%") else r"\s+" if piece.isspace()
                else re.escape(piece)
                for piece in re.findall(r"%.?|\s+|[^%\s]+", text)
            ]  # fmt: skip
            self._pattern = re.compile(rf"(?<!\d){''.join(pieces)}(?!\d)", re.IGNORECASE)
        except (KeyError, IndexError):
            known = " ".join(f"%{name}" for name in _PARTS)
            raise ValueError(f"{text!r} has a directive that is not known; {known} are") from None
        except re.error:
            raise ValueError(f"{text!r} has a directive twice") from None
        names = set(self._pattern.groupindex)
        if not ("d" in names and names & {"m", "b"} and names & {"Y", "y"}):
            raise ValueError(f"{text!r} lacks the day, the month or the year")
        self.has_time = bool(names & {"H", "I"})

    def search(self, text: str) -> tuple[re.Match[str], datetime] | None:
        """The first date of this format in ``text`` that exists, as a wall clock shows it."""
        for match in self._pattern.finditer(text):
            try:
                return match, _moment(match.groupdict())
            except ValueError:
                continue  # a 31st of February: perhaps the next one exists
        return None


def _moment(parts: dict[str, str | None]) -> datetime:
    def number(name: str, default: int = 0) -> int:
        return int(parts.get(name) or default)

    hour, half = number("H"), (parts.get("p") or "").upper()
    if parts.get("I"):
        hour = number("I") % 12 + (12 if half in ("PM", "CH") else 0)
    name = (parts.get("b") or "").lower()
    month = _MONTHS.index(name) + 1 if name else number("m")
    year = number("Y") or 2000 + number("y")
    return datetime(year, month, number("d"), hour, number("M"), number("S"))
