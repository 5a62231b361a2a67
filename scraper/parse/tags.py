"""What HTML's tags are for, as far as reading pages asks."""

from __future__ import annotations

# Never printed, or printed only as controls: no text of an article stands in them.
SILENT = (
    "script", "style", "noscript", "template", "select", "textarea", "button", "svg", "object",
)  # fmt: skip
# What stands in these is printed only where a browser cannot show them.
PLAYERS = ("video", "audio", "canvas", "iframe")
BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3",
    "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table",
    "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
))  # fmt: skip
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
