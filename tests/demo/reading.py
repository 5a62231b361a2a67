"""Read the portal's pages as a browser shows them, by other means than the project's parser."""

from lxml import html

from scraper.demo.truth import plain

LABELS = {
    "Hôm nay:": "today",
    "Hôm qua:": "yesterday",
    "Tuần này:": "this_week",
    "Tháng này:": "this_month",
    "Tất cả:": "total",
    "Đang online:": "online",
}
_BLOCKS = (
    "p", "div", "li", "td", "th", "tr", "h1", "h2", "h3", "h4", "figcaption", "br", "span", "time",
)  # fmt: skip


def lines(page: str) -> list[str]:
    """The visible text of a page, a line for each block; a photo is a line with its file name."""
    tree = html.document_fromstring(page)
    for hidden in tree.xpath("//script|//style|//head|//*[contains(@style,'display:none')]"):
        hidden.drop_tree()
    for image in tree.iter("img"):
        image.tail = f"\n{image.get('src').rpartition('/')[2]}\n{image.tail or ''}"
    for element in tree.iter(*_BLOCKS):
        element.text = "\n" + (element.text or "")
        element.tail = "\n" + (element.tail or "")
    return [line for line in map(plain, tree.text_content().split("\n")) if line]


def box(page: str) -> dict[str, int]:
    """The numbers of the "Truy cập" box by the names of the columns of ``counters``."""
    shown = lines(page)
    start = len(shown) - shown[::-1].index("Truy cập")
    return {
        LABELS[label]: int(shown[start + offset + 1])
        for offset, label in enumerate(shown[start:])
        if label in LABELS
    }


def links(page: str) -> list[str]:
    """All addresses that the page links to, as written."""
    return [str(link) for link in html.document_fromstring(page).xpath("//a/@href")]
