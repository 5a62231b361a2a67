"""The words that designers put into class and id, by what they say of an element.

``begins`` are words that stand at the start of a part (parts are split by white space, ``-`` and
``_``), ``anywhere`` those that count within a part, too. Each is a regular expression that begins
with letters. Vietnamese words are written as they are in class names. They were seen in
the families of PLATFORMS.md, in WordPress themes and on the public benchmarks' pages.
"""

from __future__ import annotations

from typing import NamedTuple

# Where a part ends.
END = r"(?=$|[\s_-])"


class Words(NamedTuple):
    """The words of one mark; ``end`` follows each of ``begins``."""

    begins: tuple[str, ...] = ()
    anywhere: tuple[str, ...] = ()
    end: str = ""


def _listed(*lines: str) -> tuple[str, ...]:
    return tuple(word for line in lines for word in line.split())


NOISE = Words(
    _listed(
        r"side-?bar foot(?:er)? nav(?:bar|igation)? menu breadcrumbs? comments? disqus",
        r"lfr-discussion[\w-]* taglib-discussion[\w-]* discussion[\w-]* binh-?luan ykien",
        r"related\w* relate recommend\w* lien-?quan tin-?khac tin-?cung cac-?tin tinlienquan",
        r"other-?(?:news|article)s? khac article-other more-(?:news|posts|stories) read-?more",
        r"also-read readalso see-?also most-?(?:read|viewed|popular) popular\w* trending",
        r"xem-?nhieu docnhieu share sharing shares sharedaddy social\w* addthis\w* follow\w*",
        r"like-?box subscri\w+ newsletter\w* signup sign-up promo\w* sponsor\w* advert\w* ads?",
        r"adsense banner\w* popup modal cookie\w* consent\w* gdpr widget\w* thong-?ke counter",
        r"truy-?cap weblink lien-?ket login search\w* rating vote poll tham-?do toolbox tools?",
        r"utilit\w+ print-?(?:link|button|btn|page|news|hidden) skip-?link",
        r"author-?(?:bio|box|info) about-?author post-?nav\w* pagination pager next-?prev paging",
        r"tags? tag-?list td-tags tagcloud keywords? copyright teaser\w* outbrain taboola\w*",
        r"donat\w+ hidden hide-accessible sr-only visually-hidden screen-reader\w* d-none clock",
        r"current-time date-today egov_date",
    ),
    end=END,
)
TITLE = Words(
    (f"tit{END}",),
    _listed(
        r"title tieu-?de headline heading entry-name articleheader post-name header-news",
        r"name-news ten-tin",
    ),
)
DATE = Words(
    anywhere=_listed(r"date time publish ngay post-?meta entry-meta posted created dateline")
)
CLOCK = Words(
    anywhere=_listed(
        r"current-?time date-?today today clock egov_date now dongho datetime-now txt-?date-?head"
    )
)
CRUMB = Words(
    _listed(r"bread migas fil fil-ariane ariane krumel brotkrumen? briciole"),
    (*_listed(r"breadcrumb crumb duong-?dan you-are-here"), r"path(?:way|$|[\s_-])"),
    END,
)
CATEGORY = Words(
    (
        *_listed(r"category chuyen-?muc cat-?(?:name|title|link) section-name kicker surtitre"),
        *_listed(r"dachzeile rubrik rubrique seccion ten-chuyen-muc"),
        f"cate{END}",
    )
)
TAGS = Words(
    _listed(
        r"td-tags tags? tag-?list tagcloud tags-links post-tags keywords? news_keywords?",
        r"tu-?khoa etiquetas? schlagworte? mots-?cles topics",
    ),
    end=END,
)
SUMMARY = Words(
    _listed(
        r"sapo hometext summ?ary(?:-detail)? desc gioi-?thieu tom-?tat trich-?(?:dan|yeu) lead",
        r"standfirst mo-?ta excerpt intro(?:text)? short-?desc\w* news-desc description",
        r"articlesummary asset-summary news-summary art-summary art-desc desc-detail detail-desc",
        r"itemintrotext entradilla chapo chap[eé]au lede dek sub-?title sub-?headline",
    ),
    end=END,
)
AUTHOR = Words(
    (
        *_listed(r"author tac-?gia byline by nguon source writer but-?danh createdby auteur autor"),
        *_listed(r"verfasser credit signature ky-?ten chu-?ky nguoi-?ky articleauthor nguoi-?viet"),
        *_listed(r"redaktor reporter skribent journalist"),
        f"firma{END}",
    )
)
VIEWS = Words(_listed(r"eye views? luot-?xem hits viewcount view-count"), end=END)
CAPTION = Words(
    ("credit",),
    _listed(
        r"caption chu-?thich ghi-?chu-anh image[-_]?desc photo[-_]?(?:desc|text) picdes image-?note"
    ),
)
# Of the noise what stays so however much text it holds.
ASIDE = Words(
    anywhere=_listed(
        r"comment disqus discussion binh-?luan related recommend cookie consent gdpr popup",
        r"lien-?quan newsletter",
    )
)
HEADER = Words(_listed(r"banner masthead site-header logo slogan"))
# A note to subscribers, or the wrapper of the text that only they may read.
PAYWALL = Words(
    _listed(
        r"paywall paid-?(?:content|article) piano abo-?note pay-?gate regwall meter",
        r"premium-(?:note|teaser|box)",
    )
)
FILES = Words(anywhere=_listed(r"attach dinh-?kem file-?list download-file tai-?ve"))
LEAD = Words(
    anywhere=_listed(r"featured post-thumbnail wp-post-image lead-?(?:image|photo) hero-?image")
)
