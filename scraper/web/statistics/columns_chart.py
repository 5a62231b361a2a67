"""A small chart of columns as numbers for SVG: drawn by the server, it needs no script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from scraper.web.statistics.patterns import Pattern

WIDTH, HEIGHT = 720, 240
LEFT, BOTTOM, TOP = 52, 28, 12
_STEPS = 4
# A single day of a festival would press all columns flat: beyond this they are cut.
_MOST_PERCENT = 400.0


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its place and height, and the line from the least to the most of its days."""

    pattern: Pattern
    x: float
    y: float
    width: float
    height: float
    middle: float
    whisker_top: float
    whisker_bottom: float


@dataclass(frozen=True, slots=True)
class ColumnsChart:
    """Columns, grid lines as (height, percent), labels as (place, key), the line of 100 percent."""

    columns: list[Column]
    grid: list[tuple[float, int]]
    labels: list[tuple[float, int]]
    level: float
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    base: int = HEIGHT - BOTTOM


def columns_chart(patterns: Sequence[Pattern], keys: Sequence[int]) -> ColumnsChart:
    """The chart of patterns whose keys are some of ``keys``, which are its horizontal axis."""
    top = max((min(each.most, _MOST_PERCENT) for each in patterns), default=100.0)
    step = max(ceil(top / _STEPS / 25) * 25, 25)
    most = step * _STEPS
    slot = (WIDTH - LEFT) / len(keys)

    def height_of(percent: float) -> float:
        return round(TOP + (HEIGHT - BOTTOM - TOP) * (1 - min(percent, most) / most), 1)

    def middle_of(key: int) -> float:
        return round(LEFT + slot * (keys.index(key) + 0.5), 1)

    columns = [
        Column(
            each,
            round(middle_of(each.key) - slot * 0.35, 1),
            height_of(each.percent),
            round(slot * 0.7, 1),
            round(HEIGHT - BOTTOM - height_of(each.percent), 1),
            middle_of(each.key),
            height_of(each.most),
            height_of(each.least),
        )
        for each in patterns
    ]
    grid = [(height_of(step * number), step * number) for number in range(_STEPS + 1)]
    return ColumnsChart(columns, grid, [(middle_of(key), key) for key in keys], height_of(100.0))
