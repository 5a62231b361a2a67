"""What the portal's newsroom keeps of an article, before any markup is put around it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from textwrap import shorten
from typing import ClassVar
from zoneinfo import ZoneInfo

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text."""

    kind: ClassVar[str] = "paragraph"
    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading between paragraphs."""

    kind: ClassVar[str] = "heading"
    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; ``ordered`` lists are numbered from 1."""

    kind: ClassVar[str] = "list"
    items: tuple[str, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first row holds the column headings."""

    kind: ClassVar[str] = "table"
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo: ``file`` is its name on the portal, ``scene`` the stock picture that it shows."""

    file: str
    scene: str
    alt: str | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """One photo, or several side by side, with the caption that belongs to all of them.

    ``boxed`` photos stand in a table of two rows in the SharePoint markup, as older pages have it.
    """

    kind: ClassVar[str] = "figure"
    photos: tuple[Photo, ...]
    caption: str | None = None
    boxed: bool = False


Block = Paragraph | Heading | Bullets | Table | Figure


@dataclass(frozen=True, slots=True)
class Document:
    """A file offered with the article; ``label`` is the text of its link."""

    file: str
    label: str


@dataclass(frozen=True, slots=True)
class Edit:
    """What the newsroom changed, and when (aware, Hanoi time); ``None`` leaves a part as it was."""

    at: datetime
    title: str | None = None
    body: tuple[Block, ...] | None = None


@dataclass(frozen=True, slots=True)
class DemoArticle:
    """One article of the bundled portal.

    ``published`` is an aware datetime, or a plain date where the portal prints no time. ``removed``
    is when the portal takes the page off. ``word`` marks text pasted from a word processor, with
    its styles. ``cached`` pages are kept as they were rendered on publication.
    """

    slug: str
    title: str
    category: str
    published: datetime | date
    body: tuple[Block, ...]
    summary: str | None = None
    byline: str | None = None
    author: str | None = None
    organisation: str | None = None
    tags: tuple[str, ...] = ()
    documents: tuple[Document, ...] = ()
    edits: tuple[Edit, ...] = ()
    removed: datetime | None = None
    word: bool = False
    cached: bool = False

    @property
    def online_since(self) -> datetime:
        """The aware moment (Hanoi) from which the portal shows the article."""
        if isinstance(self.published, datetime):
            return self.published.astimezone(HANOI)
        return datetime.combine(self.published, time(), HANOI)

    @property
    def day(self) -> date:
        """The local date of publication."""
        return self.online_since.date()

    @property
    def timed(self) -> bool:
        """Whether the portal prints the time of publication and not only the date."""
        return isinstance(self.published, datetime)

    @property
    def date_line(self) -> str:
        """The date as both markups print it, without its label."""
        if self.timed:
            return f"{self.online_since:%H:%M:%S %d/%m/%Y} (GMT+7)"
        return f"{self.day:%d/%m/%Y}"

    @property
    def teaser(self) -> str:
        """What lists and the feed print under the title: the summary, or how the text begins."""
        first = next(one.text for one in self.body if isinstance(one, Paragraph))
        return self.summary or shorten(" ".join(first.split()), width=190, placeholder="...")

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figures of the body in reading order."""
        return tuple(block for block in self.body if isinstance(block, Figure))

    @property
    def photos(self) -> tuple[Photo, ...]:
        """All photos in reading order."""
        return tuple(photo for figure in self.figures for photo in figure.photos)
