"""The citation of an article of the archive, and its route."""

from __future__ import annotations

from typing import TYPE_CHECKING

from datasette import NotFound, Response

from scraper.web.archives import archive_from_route
from scraper.web.article_rows import ArticleRows, read_article
from scraper.web.citation import Citation, in_bibtex, in_ris
from scraper.web.file_route import attachment_named
from scraper.web.links import article_path
from scraper.web.permissions import ensure_may_view

if TYPE_CHECKING:
    from datasette import Request
    from datasette.app import Datasette

FORMS = {
    "bib": (in_bibtex, "application/x-bibtex; charset=utf-8"),
    "ris": (in_ris, "application/x-research-info-systems; charset=utf-8"),
}


def citation_of(
    datasette: Datasette, request: Request, database: str, rows: ArticleRows
) -> Citation:
    """The citation of an article as this reader would write it: with this server's address."""
    article = rows.article
    path = article_path(datasette, database, article["id"])
    return Citation(
        article=article["id"],
        title=article["title"],
        authors=tuple(filter(None, (article["author"] or "").split(", "))),
        organisation=article["organisation"],
        site=rows.site["name"] if rows.site else article["site"],
        published_on=article["published_on"],
        original_url=article["url"],
        archive_url=datasette.absolute_url(request, path),
        captured_at=rows.capture["fetched_at"] if rows.capture else None,
        digest=rows.capture["digest"] if rows.capture else None,
    )


async def citation_view(datasette: Datasette, request: Request) -> Response:
    """Answer ``/-/archive/DATABASE/article/ID/citation.FORM`` with the citation as a file.

    Raises:
        NotFound: there is no such article.
    """
    db = await archive_from_route(datasette, request)
    await ensure_may_view(datasette, request, db.name, "articles")
    rows = await read_article(db, int(request.url_vars["article"]))
    if rows is None:
        raise NotFound("There is no such article")
    form = request.url_vars["form"]
    write, content_type = FORMS[form]
    name = attachment_named(f"{db.name}-{rows.article['id']}.{form}")
    return Response(
        write(citation_of(datasette, request, db.name, rows)),
        headers={"content-disposition": name},
        content_type=content_type,
    )
