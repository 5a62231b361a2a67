"""What the readers of fields share while one page is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from scraper.parse.addresses import Base
from scraper.parse.legacy import convert
from scraper.parse.metadata import Metadata
from scraper.parse.noise import NoiseMap
from scraper.parse.outline import Element, Outline, node_path, text_of
from scraper.parse.page import Link, Listed, Provenance
from scraper.parse.published import DateCandidate
from scraper.parse.text import clean
from scraper.sites import Profile, Site

# So many strings away from where it should be a value is looked for.
_REACH = 60


@dataclass(slots=True)
class Reading:
    """One page under reading; ``warnings`` and ``provenance`` grow, the rest is fixed.

    ``profile`` is that of the site's platform, with the rules of the page's layout. ``listed`` is
    what a listing says of the address; ``lines`` are the dates that the page prints.
    """

    url: str
    base: Base
    outline: Outline
    metadata: Metadata
    noise: NoiseMap
    zone: tzinfo
    captured_at: datetime | None = None
    site: Site | None = None
    profile: Profile | None = None
    listed: Listed | None = None
    links: tuple[Link, ...] = ()
    lines: list[DateCandidate] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    provenance: dict[str, Provenance] = field(default_factory=dict)
    _chosen: dict[str, list[Element]] = field(default_factory=dict)

    def found(
        self, name: str, rule: str, element: Element | None = None, confidence: float = 1.0
    ) -> None:
        """Note where the value of a field came from."""
        path = node_path(element) if element is not None else None
        self.provenance[name] = Provenance(rule, path, confidence)

    def found_near(self, name: str, rule: str, text: str, near: int) -> None:
        """Note where a printed value came from: the string with it nearest to string ``near``."""
        texts = self.outline.texts
        line = text.split("\n", 1)[0]
        places = (near + side * step for step in range(_REACH) for side in (1, -1))
        owner = next(
            (self.outline.owner(at) for at in places if 0 <= at < len(texts) and line in texts[at]),
            None,
        )
        self.found(name, rule, owner)

    def note_legacy(self, start: int, end: int) -> None:
        """Keep the printed form of the strings ``start`` to ``end`` that are in an old code."""
        codes: set[str] = set()
        for at in range(start, min(end, len(self.outline.texts))):
            text = self.outline.texts[at]
            code = convert(text)[1]
            if code is not None:
                text = " ".join(text.split())
                codes.add(code)
                path = node_path(self.outline.owner(at))
                name = f"legacy.{sum(key.startswith('legacy.') for key in self.provenance) + 1}"
                self.provenance[name] = Provenance(f"legacy:{code}", path, printed=text)
        for code in sorted(codes):
            self.warn(
                f"Text typed for an old font ({code}) was turned into Unicode; the printed form "
                "is kept in the provenance."
            )

    def warn(self, sentence: str) -> None:
        """Add a sentence for people about something on the page that looks wrong."""
        if sentence not in self.warnings:
            self.warnings.append(sentence)

    def chosen(self, field_name: str) -> list[Element]:
        """Elements that the site's profile selects for a field, in document order."""
        if self.profile is None:
            return []
        found = self._chosen.get(field_name)
        if found is None:
            found = self._chosen[field_name] = self.profile.select(
                field_name, self.outline.body, self.outline.mentions
            )
        return found

    def said(self, field_name: str) -> str | None:
        """The text of what the profile selects for a field, several joined by a comma."""
        found = self.chosen(field_name)
        texts = dict.fromkeys(filter(None, (clean(text_of(element)) for element in found)))
        if texts:
            self.found(field_name, f"profile:{field_name}", found[0])
        return ", ".join(texts) or None
