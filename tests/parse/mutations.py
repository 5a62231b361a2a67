"""Changes to a page that must not change what is read from it: metamorphic testing.

Each mutation takes a page's tree and a seeded random number generator, changes the tree in place and says
what changed, or gives ``None`` where the page offers nothing to change. What belongs to the article is known
from the expected record: the elements in whose text a value of it stands.
"""  # noqa: E501

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

import lxml.html
from lxml import etree

from scraper.parse import ParseError
from scraper.parse.decode import decode_page
from scraper.parse.text import clean
from tests.parse.fixtures import COUNTS, Case, cases, differences

_WRAPPERS = ("div", "section", "main", "article")
_BLOCKS = frozenset(
    (
        "address", "article", "aside", "blockquote", "center", "dd", "div", "dl", "dt", "figure",
        "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav",
        "ol", "p", "pre", "section", "table", "ul",
    )
)  # fmt: skip
_TITLES = (
    "Kết quả sản xuất vụ xuân của huyện", "Hướng dẫn thủ tục cấp đổi giấy phép lái xe",
    "Lịch tiếp công dân của lãnh đạo tháng tới", "Thông báo tạm ngừng cấp điện trên địa bàn xã",
    "Giải bóng chuyền nông dân thu hút chín đội", "Trao tặng bò giống cho hộ nghèo thôn Đông",
)  # fmt: skip


@dataclass
class Specimen:
    """A page under mutation: its tree and the elements that hold what is to be read."""

    case: Case
    root: Any
    own: set[Any] = field(default_factory=set)
    texts: set[Any] = field(default_factory=set)
    expected_raw: str | None = None

    @classmethod
    def of(cls, case: Case) -> "Specimen":
        """Parse the page as a browser's serialised document."""
        made = cls(
            case, lxml.html.document_fromstring(case.body.decode(_encoding(case), "replace"))
        )
        made.own = set(_holders(made.root, case.expected, made.texts))
        return made

    def html(self) -> bytes:
        """The page as it is now."""
        return etree.tostring(self.root, encoding="utf-8", method="html")

    def strangers(self) -> list[Any]:
        """Boxes outside the article: children of its ancestors in which nothing of it stands."""
        around = {node for element in self.own for node in element.iterancestors()}
        article = self.article()
        inside = set(article.iter()) if article is not None else set()
        return [
            child
            for node in self.root.iter(etree.Element)
            if node in around and node not in inside
            for child in node
            if isinstance(child.tag, str)
            and child.tag in ("div", "section", "ul", "aside", "nav", "table")
            and child not in around
            and child not in self.own
            and not any(inner in self.own for inner in child.iter())
        ]

    def article(self) -> Any | None:
        """The innermost element that encloses title and text."""
        texts = [node for node in self.root.iter(etree.Element) if node in self.texts]
        if not texts:
            return None
        shared = [texts[0], *texts[0].iterancestors()]
        for node in texts[1:]:
            above = {node, *node.iterancestors()}
            shared = [element for element in shared if element in above]
        return shared[0] if shared else None


def _encoding(case: Case) -> str:
    return decode_page(case.body, case.expected.get("content_type"))[1]


def _holders(root: Any, expected: dict[str, Any], articles: set[Any]) -> Iterator[Any]:
    """The elements that print a value of the record; those of the article go into ``articles``."""
    article = expected.get("article") or {}
    texts = [article.get("title"), article.get("summary"), *(article.get("body") or [])]
    texts += [article.get("byline"), article.get("category"), *(article.get("tags") or [])]
    texts += [article.get("published_raw")]
    texts += [image.get("caption") for image in article.get("images") or []]
    lines = {clean(line)[:40] for text in texts if text for line in re.split(r"\n| \| ", text)}
    lines = {line.lstrip("-0123456789. ") for line in lines} - {""}
    photos = {image["url"].rsplit("/", 1)[-1] for image in article.get("images") or []}
    numbers = {
        str(value) for key, value in (expected.get("counters") or {}).items()
        if key in COUNTS and value is not None
    }  # fmt: skip
    for element in root.body.iter() if root.body is not None else ():
        if not isinstance(element.tag, str) or element.tag in ("script", "style", "option"):
            continue
        own = " ".join(filter(None, [element.text, *(child.tail for child in element)]))
        plain = clean(own)
        photo = element.tag == "img" and any(name in str(element.attrib) for name in photos)
        if photo or any(line in plain for line in lines):
            articles.add(element)
            yield element
        elif numbers & set(re.sub(r"(?<=\d)[., \u00a0](?=\d{3})", "", plain).split()):
            # A counter belongs to the labels beside it.
            yield from element.getparent().iter(etree.Element)


def shuffle_boxes(page: Specimen, chance: random.Random) -> str | None:
    """Put the boxes beside the article in another order, each among its siblings."""
    by_parent: dict[Any, list[Any]] = {}
    for box in page.strangers():
        by_parent.setdefault(box.getparent(), []).append(box)
    groups = [boxes for boxes in by_parent.values() if len(boxes) > 1]
    if not groups:
        return None
    boxes = chance.choice(groups)
    parent = boxes[0].getparent()
    places = [parent.index(box) for box in boxes]
    order = boxes[:]
    chance.shuffle(order)
    tails = [box.tail for box in boxes]
    for box in boxes:
        parent.remove(box)
    for place, box, tail in zip(places, order, tails, strict=True):
        box.tail = tail
        parent.insert(place, box)
    return f"shuffled {len(boxes)} boxes in {parent.tag}"


def insert_box(page: Specimen, chance: random.Random) -> str | None:
    """Put a box of other articles, of links, a clock or a poll beside the boxes that are there."""
    boxes = page.strangers()
    if not boxes:
        return None
    beside = chance.choice(boxes)
    links = "".join(
        f'<li><a href="/tin-tuc/tin-{chance.randint(1000, 9999)}.html">{title}</a>'
        f"{chance.choice(('', f' ({chance.randint(1, 28):02}/0{chance.randint(1, 9)}/2023)'))}</li>"
        for title in chance.sample(_TITLES, 4)
    )
    box = chance.choice(
        (
            f'<div class="block"><h3>Tin mới</h3><ul>{links}</ul></div>',
            f'<div class="box-right"><h3>Thông báo</h3><ul>{links}</ul></div>',
            '<div class="block"><h3>Liên kết</h3><p><a href="https://tinh.example.vn/">'
            "Cổng thông tin điện tử tỉnh</a></p></div>",
            '<div class="weather"><h3>Thời tiết</h3><p>Nhiệt độ: 27°C</p></div>',
            '<div class="survey"><h3>Thăm dò</h3><p>Bạn thấy giao diện thế nào?</p></div>',
        )
    )
    made = lxml.html.fragment_fromstring(box)
    parent = beside.getparent()
    parent.insert(parent.index(beside) + chance.randint(0, 1), made)
    return f"inserted {box[:50]}"


def rename_class(page: Specimen, chance: random.Random) -> str | None:
    """Give one class of the page another name, everywhere."""
    names = sorted({name for node in page.root.iter(etree.Element) for name in _classes(node)})
    if not names:
        return None
    old = chance.choice(names)
    new = "c" + "".join(chance.choices("bdfghjklmnpqrstvwxz", k=7))
    for node in page.root.iter(etree.Element):
        if old in _classes(node):
            node.set("class", " ".join(new if name == old else name for name in _classes(node)))
    return f"renamed {old}"


def _classes(node: Any) -> list[str]:
    return (node.get("class") or "").split()


def remove_wrapper(page: Specimen, chance: random.Random) -> str | None:
    """Take away one element that only encloses other blocks."""
    found = [
        node
        for node in page.root.body.iter(*_WRAPPERS)
        if len(node)
        and not (node.text or "").strip()
        and not any((child.tail or "").strip() for child in node)
        and all(child.tag in _BLOCKS for child in node if isinstance(child.tag, str))
        and node.get("style") is None
    ]
    if not found:
        return None
    node = chance.choice(found)
    label = f"{node.tag}.{node.get('class')}"
    node.drop_tag()
    return f"removed {label}"


_FORMS = (
    "%H:%M:%S %d/%m/%Y", "%d/%m/%Y %H:%M", "%H:%M %d/%m/%Y", "%d/%m/%Y | %H:%M", "%d-%m-%Y %H:%M",
    "%Hh%M, ngày %d/%m/%Y", "%d/%m/%Y, %H:%M",
)  # fmt: skip


def change_date(page: Specimen, chance: random.Random) -> str | None:
    """Print the article's date in another form."""
    article = page.case.expected.get("article") or {}
    raw, at = article.get("published_raw"), article.get("published_at")
    vietnamese = (page.root.get("lang") or "vi").startswith("vi")
    if not raw or not at or ":" not in raw or not vietnamese:
        return None
    owners = [node for node in page.root.body.iter(etree.Element) if raw in (node.text or "")]
    if len(owners) != 1 or owners[0].tag == "script":
        return None
    form = chance.choice(_FORMS)
    moment = datetime.fromisoformat(at)
    if moment.second and "%S" not in form:
        form = _FORMS[0]
    printed = moment.strftime(form)
    owners[0].text = owners[0].text.replace(raw, printed)
    page.expected_raw = printed
    return f"printed {raw} as {printed}"


Mutation = Callable[[Specimen, random.Random], str | None]
MUTATIONS: dict[str, Mutation] = {
    "shuffled boxes": shuffle_boxes,
    "inserted box": insert_box,
    "renamed class": rename_class,
    "removed wrapper": remove_wrapper,
    "other date format": change_date,
}


@dataclass(frozen=True)
class Trial:
    """One mutation of one page, and the fields that were read otherwise because of it."""

    seed: int
    page: str
    kind: str
    change: str
    wrong: tuple[str, ...]


@lru_cache(maxsize=1)
def steady_cases() -> list[Case]:
    """The fixtures that are read as expected when a serialiser has closed their open tags."""
    kept = []
    for case in cases():
        try:
            whole = replace(case, body=Specimen.of(case).html())
            if all(right for _, right, _, _ in differences(whole, whole.read())):
                kept.append(case)
        except (ParseError, etree.ParserError):
            continue
    return kept


def trials(count: int, first_seed: int = 0) -> Iterator[Trial]:
    """``count`` mutations: the kinds take turns over all pages, each with a seed of its own."""
    pages, kinds = steady_cases(), list(MUTATIONS)
    seed, done = first_seed, 0
    while done < count:
        case, kind = pages[seed % len(pages)], kinds[seed // len(pages) % len(kinds)]
        page = Specimen.of(case)
        change = MUTATIONS[kind](page, random.Random(seed))
        if change is not None:
            done += 1
            yield Trial(seed, case.name, kind, change, _wrong(case, page))
        seed += 1


def _wrong(case: Case, page: Specimen) -> tuple[str, ...]:
    expected = case.expected
    if page.expected_raw is not None:
        article = {**expected["article"], "published_raw": page.expected_raw}
        expected = {**expected, "article": article}
    changed = replace(case, body=page.html(), expected=expected)
    return tuple(name for name, right, _, _ in differences(changed, changed.read()) if not right)
