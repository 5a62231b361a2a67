"""Which parts of a page are not the article: menus, boxes, related lists, share bars, comments."""

from __future__ import annotations

import re

from scraper.parse.outline import Element, marks_of

_NOISE_TAGS = frozenset(("nav", "footer", "aside", "dialog", "label"))
# Words (or parts of words) that designers put in class and id, Vietnamese ones as they are spelt
# there; seen in the families of PLATFORMS.md, WordPress themes and the public benchmarks' pages.
_NOISE_MARKS = re.compile(
    r"(?:^|[\s_-])(?:side-?bar|foot(?:er)?|nav(?:bar|igation)?|menu|breadcrumbs?|comments?|disqus|(?:lfr-|taglib-)?discussion[\w-]*|binh-?luan|ykien"
    r"|related\w*|relate|recommend\w*|lien-?quan|tin-?khac|tin-?cung|cac-?tin|tinkhac|tinlienquan|other-?(?:news|article)s?|khac"
    r"|article-other|more-(?:news|posts|stories)|read-?more|also-read|readalso|see-?also|most-?(?:read|viewed|popular)|popular\w*|trending|xem-?nhieu|docnhieu"
    r"|share|sharing|shares|sharedaddy|social\w*|addthis\w*|follow\w*|like-?box|subscri\w+|newsletter\w*|signup|sign-up|promo\w*|sponsor\w*|advert\w*|ads?|adsense|banner\w*|popup|modal|cookie\w*|consent\w*|gdpr"
    r"|widget\w*|thong-?ke|counter|truy-?cap|weblink|lien-?ket|login|search\w*|rating|vote|poll|tham-?do|toolbox|tools?|utilit\w+|print-?(?:link|button|btn|page|news|hidden)|skip-?link|author-?(?:bio|box|info)|about-?author|post-?nav\w*|pagination|pager|next-?prev|paging"
    r"|tags?|tag-?list|td-tags|tagcloud|keywords?|copyright|teaser\w*|outbrain|taboola\w*|paywall|donat\w+|hidden|sr-only|visually-hidden|screen-reader\w*|d-none|clock|current-time|date-today|egov_date)"
    r"(?=$|[\s_-])"
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


class NoiseMap:
    """Remembers which elements are noise by themselves or stand in noise.

    ``kept`` are elements known to hold the article (and what encloses them): these are never noise
    whatever their class says, since themes name wrappers after what stands beside
    (``has-sidebar``, ``content-with-menu``).
    """

    def __init__(self, body: Element) -> None:
        self.body = body
        self._known: dict[Element, bool] = {body: False}

    def keep(self, element: Element) -> None:
        """Declare that ``element`` and all that encloses it hold the article."""
        self._known = {}
        node: Element | None = element
        while node is not None:
            self._known[node] = False
            node = node.getparent()

    def holds(self, element: Element) -> bool:
        """Whether ``element`` is noise, by its own marks or by what encloses it."""
        known = self._known
        path = []
        node = element
        while node not in known:
            path.append(node)
            parent = node.getparent()
            if parent is None:
                known[node] = False
                break
            node = parent
        answer = known[node]
        for step in reversed(path):
            answer = answer or is_noise(step)
            known[step] = answer
        return answer


def is_noise(element: Element) -> bool:
    """Whether the tag, the class or the style of this one element says that it is no content."""
    if element.tag in _NOISE_TAGS:
        return True
    attributes = element.attrib
    if not attributes:
        return False
    if "class" in attributes or "id" in attributes:
        marks = marks_of(element)
        if element.tag not in ("body", "html", "p", "h1", "a", "img") and _NOISE_MARKS.search(
            marks
        ):
            return True
    if "style" in attributes and _HIDDEN.search(attributes["style"]):
        return True
    return attributes.get("role") in (
        "navigation",
        "complementary",
        "contentinfo",
        "search",
        "dialog",
    )
