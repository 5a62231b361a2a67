"""Pages with what a person reads from them: our fixtures, or any JSONL file.

A JSONL file has one page a line: ``html`` (path of the page's bytes, relative to the file), ``url``, and
what is known of ``title``, ``date`` (ISO 8601, with or without a time), ``author`` (a string or a
list), ``body``, ``captions`` (a list), ``captured_at``, ``content_type``. A field that is left out is not judged.
"""  # noqa: E501

import json
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

FIXTURES = Path(__file__).parents[2] / "fixtures"


@dataclass(frozen=True)
class Truth:
    """One page and its fields; ``fields`` holds only what is to be judged."""

    name: str
    html: bytes
    url: str
    content_type: str | None = None
    captured_at: datetime | None = None
    platform: str | None = None
    fields: dict[str, Any] = field(default_factory=dict)
    half: str | None = None


def fixtures() -> list[Truth]:
    """Our fixtures that are articles, and their counters."""
    found = []
    for path in sorted(FIXTURES.glob("*/*.json")):
        expected = json.loads(path.read_text("utf-8"))
        article = expected.get("article")
        if not article:
            continue
        html = path.with_suffix(".html").read_bytes()
        name = str(path.relative_to(FIXTURES).with_suffix(""))
        captured = expected.get("captured_at")
        fields = {"title": article["title"], **_dates(article), **_counters(expected)}
        if "author" in article:
            fields["author"] = _names(article["author"], article.get("organisation"))
        if "body" in article:
            lead = [article["summary"]] if article.get("summary") else []
            fields["body"] = "\n\n".join(lead + article["body"])
        if "images" in article:
            fields["captions"] = [
                image["caption"] for image in article["images"] if image.get("caption")
            ]
        found.append(
            Truth(
                name,
                html,
                expected["url"],
                expected.get("content_type"),
                datetime.fromisoformat(captured) if captured else None,
                expected.get("platform"),
                fields,
            )
        )
    return found


def _dates(article: dict[str, Any]) -> dict[str, str]:
    dates = {"day": article["published_on"]} if article.get("published_on") else {}
    if article.get("published_at"):
        dates["minute"] = article["published_at"]
    return dates


def _counters(expected: dict[str, Any]) -> dict[str, Any]:
    return {"counters": expected["counters"]} if "counters" in expected else {}


def _names(*values: str | None) -> list[str]:
    return [name for value in values if value for name in value.split(", ")]


def from_jsonl(path: Path) -> list[Truth]:
    """The pages of one JSONL file."""
    found = []
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        fields = {name: row[name] for name in ("title", "body", "captions") if name in row}
        date = row.get("date")
        if date:
            fields["day"] = date[:10]
            # Midnight stands for a day without a time.
            if len(date) > 10 and date[11:16] != "00:00":
                fields["minute"] = date
        if "author" in row:
            author = row["author"]
            fields["author"] = author if isinstance(author, list) else _names(author)
        captured = row.get("captured_at")
        at = datetime.fromisoformat(captured).astimezone() if captured else None
        found.append(
            Truth(
                row["html"],
                (path.parent / row["html"]).read_bytes(),
                row["url"],
                row.get("content_type"),
                at,
                None,
                fields,
                row.get("half"),
            )
        )
    return found
