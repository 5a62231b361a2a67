"""The project's Markdown pages, read for their commands, units, links and tables."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(text: str, language: str) -> list[str]:
    """The fenced blocks of one language, in order."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def commands(text: str) -> list[str]:
    """The lines of all ``sh`` blocks, in order."""
    lines = [line for block in blocks(text, "sh") for line in block.splitlines()]
    return [line for line in lines if line and not line.startswith("#")]


def section(text: str, number: int) -> str:
    """The text of the ``number``-th second-level heading, the first being 1."""
    return re.split(r"^## ", text, flags=re.MULTILINE)[number]


def links(text: str) -> list[str]:
    """The targets of links and pictures that lie in the project."""
    targets = re.findall(r"\]\(([^)\s]+)\)", text)
    return [one.partition("#")[0] for one in targets if "://" not in one]


def table_rows(text: str) -> list[list[str]]:
    """The cells of every row of every table but the headings."""
    rows = [line for line in text.splitlines() if line.startswith("| `")]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
