"""Saved pages and the records a person reads from them: found by globbing ``fixtures/``."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from scraper.parse import Page, parse_page
from scraper.sites import Site, load_profile

FOLDER = Path(__file__).parents[2] / "fixtures"
COUNTS = ("today", "yesterday", "this_week", "this_month", "total", "online")


@dataclass(frozen=True)
class Case:
    """One page with its expected record."""

    name: str
    body: bytes
    expected: dict[str, Any]

    def read(self, *, with_profile: bool = True) -> Page:
        """Read the page, with the profile of its platform if there is one."""
        captured = self.expected.get("captured_at")
        return parse_page(
            self.body,
            self.expected["url"],
            site=self.site() if with_profile else None,
            content_type=self.expected.get("content_type"),
            captured_at=datetime.fromisoformat(captured) if captured else None,
        )

    def site(self) -> Site | None:
        profile = load_profile(self.expected.get("platform"))
        if profile is None:
            return None
        return Site("case", "case", self.expected["url"], profile.id, profile=profile)


def cases() -> list[Case]:
    """All fixtures, in the order of their names."""
    return [
        Case(
            str(path.relative_to(FOLDER).with_suffix("")),
            path.with_suffix(".html").read_bytes(),
            json.loads(path.read_text(encoding="utf-8")),
        )
        for path in sorted(FOLDER.glob("*/*.json"))
    ]


def differences(case: Case, page: Page) -> Iterator[tuple[str, bool, Any, Any]]:
    """Each expected field: its name, whether it is right, what was read and what was expected."""
    expected = case.expected
    yield from _compare("kind", str(page.kind), expected["kind"])
    if "counters" in expected:
        read = page.counters and {key: getattr(page.counters, key) for key in COUNTS}
        wanted = expected["counters"] and {key: expected["counters"].get(key) for key in COUNTS}
        yield from _compare("counters", read, wanted)
    for field, wanted in (expected.get("article") or {}).items():
        yield from _compare(field, _read(page, field), _wanted(field, wanted))


def _compare(field: str, read: Any, wanted: Any) -> Iterator[tuple[str, bool, Any, Any]]:
    yield field, read == wanted, read, wanted


def _wanted(field: str, wanted: Any) -> Any:
    if field == "images":
        return [
            tuple(image.get(key) for key in ("url", "filename", "caption", "alt"))
            for image in wanted
        ]
    if field == "attachments":
        return [tuple(item.get(key) for key in ("url", "filename", "label")) for item in wanted]
    return wanted or [] if field in ("body", "tags") else wanted


def _read(page: Page, field: str) -> Any:
    article = page.article
    if article is None:
        return "no article was read"
    if field == "images":
        return [(image.url, image.filename, image.caption, image.alt) for image in article.images]
    if field == "attachments":
        return [(item.url, item.filename, item.label) for item in article.attachments]
    if field == "body":
        return article.body.split("\n\n") if article.body else []
    value = getattr(article, field)
    return list(value) if field == "tags" else value
