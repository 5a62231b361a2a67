"""What the readers of fields share while one page is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from scraper.parse.addresses import Base
from scraper.parse.metadata import Metadata
from scraper.parse.noise import NoiseMap
from scraper.parse.outline import Element, Outline, node_path
from scraper.parse.page import Provenance
from scraper.sites import Site


@dataclass(slots=True)
class Reading:
    """One page under reading; ``warnings`` and ``provenance`` grow, the rest is fixed."""

    url: str
    base: Base
    outline: Outline
    metadata: Metadata
    noise: NoiseMap
    zone: tzinfo
    captured_at: datetime | None = None
    site: Site | None = None
    warnings: list[str] = field(default_factory=list)
    provenance: dict[str, Provenance] = field(default_factory=dict)

    def found(
        self, name: str, rule: str, element: Element | None = None, confidence: float = 1.0
    ) -> None:
        """Note where the value of a field came from."""
        path = node_path(element) if element is not None else None
        self.provenance[name] = Provenance(rule, path, confidence)

    def warn(self, sentence: str) -> None:
        """Add a sentence for people about something on the page that looks wrong."""
        if sentence not in self.warnings:
            self.warnings.append(sentence)

    def chosen(self, field_name: str) -> list[Element]:
        """Elements that the site's profile selects for a field, in document order."""
        profile = self.site.profile if self.site else None
        return profile.select(field_name, self.outline.body) if profile else []
