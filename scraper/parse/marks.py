"""What designers call things: words in class and id that say what an element holds.

Each class and id is judged once for all questions and remembered, since the pages of a site share
theirs; a page then costs a look-up for each element.
"""

from __future__ import annotations

import re
from functools import lru_cache

from lxml.etree import _Element as Element

(
    NOISE, TITLE, DATE, CLOCK, CRUMB, CATEGORY, TAGS, SUMMARY, AUTHOR, VIEWS, CAPTION, HEADER,
    PAYWALL, LEAD, FILES, ASIDE,
) = (1 << bit for bit in range(16))  # fmt: skip
# Words (or parts of words), Vietnamese ones as they are spelt there; seen in the families of
# PLATFORMS.md, in WordPress themes and on the public benchmarks' pages.
_PATTERNS = {
    NOISE: re.compile(
        r"(?:^|[\s_-])(?:side-?bar|foot(?:er)?|nav(?:bar|igation)?|menu|breadcrumbs?|comments?"
        r"|disqus"
        r"|(?:lfr-|taglib-)?discussion[\w-]*|binh-?luan|ykien|related\w*|relate|recommend\w*"
        r"|lien-?quan"
        r"|tin-?khac|tin-?cung|cac-?tin|tinkhac|tinlienquan|other-?(?:news|article)s?|khac"
        r"|article-other"
        r"|more-(?:news|posts|stories)|read-?more|also-read|readalso|see-?also|most-?(?:read"
        r"|viewed|popular)"
        r"|popular\w*|trending|xem-?nhieu|docnhieu|share|sharing|shares|sharedaddy|social\w*"
        r"|addthis\w*"
        r"|follow\w*|like-?box|subscri\w+|newsletter\w*|signup|sign-up|promo\w*|sponsor\w*"
        r"|advert\w*|ads?"
        r"|adsense|banner\w*|popup|modal|cookie\w*|consent\w*|gdpr|widget\w*|thong-?ke|counter"
        r"|truy-?cap"
        r"|weblink|lien-?ket|login|search\w*|rating|vote|poll|tham-?do|toolbox|tools?|utilit\w+"
        r"|print-?(?:link|button|btn|page|news|hidden)|skip-?link|author-?(?:bio|box|info)"
        r"|about-?author"
        r"|post-?nav\w*|pagination|pager|next-?prev|paging|tags?|tag-?list|td-tags|tagcloud"
        r"|keywords?"
        r"|copyright|teaser\w*|outbrain|taboola\w*|donat\w+|hidden|sr-only|visually-hidden"
        r"|screen-reader\w*|d-none|clock|current-time|date-today|egov_date)(?=$|[\s_-])"
    ),
    TITLE: re.compile(
        r"title|(?:^|[\s_-])tit(?=$|[\s_-])|tieu-?de|headline|heading|entry-name|articleheader|post-name|header-news"
        r"|name-news|ten-tin"
    ),
    DATE: re.compile(r"date|time|publish|ngay|post-?meta|entry-meta|posted|created|dateline"),
    CLOCK: re.compile(
        r"current-?time|date-?today|today|clock|egov_date|now|dongho|datetime-now|txt-?date-?head"
    ),
    CRUMB: re.compile(
        r"breadcrumb|crumb|duong-?dan|(?:topic|site-?map)?path(?:way|$|[\s_-])|you-are-here"
        r"|(?:^|[\s_-])(?:bread|migas|fil|fil-ariane|ariane|krumel|brotkrumen?|briciole)(?=$|[\s_-])"
    ),
    CATEGORY: re.compile(
        r"(?:^|[\s_-])(?:category|chuyen-?muc|cate(?=$|[\s_-])|cat-?(?:name|title|link)|section-name"
        r"|kicker|surtitre"
        r"|dachzeile|rubrik|rubrique|seccion|ten-chuyen-muc)"
    ),
    TAGS: re.compile(
        r"(?:^|[\s_-])(?:td-tags|tags?|tag-?list|tagcloud|tags-links|post-tags|keywords?"
        r"|news_keywords?"
        r"|tu-?khoa|etiquetas?|schlagworte?|mots-?cles|topics)(?:$|[\s_-])"
    ),
    SUMMARY: re.compile(
        r"(?:^|[\s_-])(?:sapo|hometext|summ?ary(?:-detail)?|desc|gioi-?thieu|tom-?tat|trich-?(?:dan|yeu)|lead|standfirst"
        r"|mo-?ta|excerpt"
        r"|intro(?:text)?|short-?desc\w*|news-desc|description|articlesummary|asset-summary"
        r"|news-summary"
        r"|art-summary|art-desc|desc-detail|detail-desc|itemintrotext|entradilla|chapo"
        r"|chap[eé]au|lede|dek"
        r"|sub-?title|sub-?headline)(?:$|[\s_-])"
    ),
    AUTHOR: re.compile(
        r"(?:^|[\s_-])(?:author|tac-?gia|byline|by|nguon|source|writer|but-?danh|createdby"
        r"|auteur|autor"
        r"|verfasser|credit|signature|ky-?ten|chu-?ky|nguoi-?ky|articleauthor|nguoi-?viet|firma(?=$|[\s_-])|redaktor|reporter"
        r"|skribent|journalist)"
    ),
    VIEWS: re.compile(
        r"(?:^|[\s_-])(?:eye|views?|luot-?xem|hits|viewcount|view-count)(?:$|[\s_-])"
    ),
    CAPTION: re.compile(
        r"caption|chu-?thich|ghi-?chu-anh|(?:^|[\s_-])credit|image-?desc|photo-?(?:desc|text)"
        r"|picdes"
        r"|image-?note"
    ),
    # Of the noise what stays so however much text it holds.
    ASIDE: re.compile(
        r"comment|disqus|discussion|binh-?luan|related|recommend|cookie|consent|gdpr|popup"
        r"|lien-?quan|newsletter"
    ),
    HEADER: re.compile(r"(?:^|[\s_-])(?:banner|masthead|site-header|logo|slogan)"),
    # A note to subscribers, or the wrapper of the text that only they may read.
    PAYWALL: re.compile(
        r"(?:^|[\s_-])(?:paywall|paid-?(?:content|article)|piano|abo-?note|pay-?gate|regwall|meter"
        r"|premium-(?:note|teaser|box))"
    ),
    FILES: re.compile(r"attach|dinh-?kem|file-?list|download-file|tai-?ve"),
    LEAD: re.compile(r"featured|post-thumbnail|wp-post-image|lead-?(?:image|photo)|hero-?image"),
}


@lru_cache(maxsize=1 << 15)
def judge(name: str) -> int:
    """The flags of one class attribute or id."""
    lowered = name.lower()
    flags = 0
    for flag, pattern in _PATTERNS.items():
        if pattern.search(lowered):
            flags |= flag
    return flags


def flags_of(element: Element) -> int:
    """The flags of an element's class and id together; trailing digits of an id say nothing."""
    return flags_by_name(element.get("class"), element.get("id"))


def flags_by_name(name: str | None, ident: str | None) -> int:
    """The flags of a class attribute and an id together, for who has read them already."""
    flags = judge(name) if name else 0
    if ident:
        flags |= judge(ident.rstrip("0123456789"))
    return flags
