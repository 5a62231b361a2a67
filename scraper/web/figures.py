"""A photo with its caption as an HTML element."""

from __future__ import annotations

from lxml.html import HtmlElement
from lxml.html.builder import CLASS, FIGCAPTION, FIGURE, IMG, A, P

from scraper.web.language import gettext
from scraper.web.photos import Photo


def figure(photo: Photo) -> HtmlElement:
    """A ``figure`` that shows the archive's bytes, or says that they are not kept."""
    if photo.source is None:
        shown = P(_missing(photo), CLASS("missing-photo"))
    else:
        image = IMG(src=photo.source, alt=photo.alt, loading="lazy", decoding="async")
        shown = A(image, href=photo.source)
    parts = [shown]
    if photo.caption:
        parts.append(FIGCAPTION(photo.caption))
    return FIGURE(CLASS("photo"), *parts)


def _missing(photo: Photo) -> str:
    text = gettext("The archive does not have this photo.")
    return f"{text} {photo.filename}" if photo.filename else text
