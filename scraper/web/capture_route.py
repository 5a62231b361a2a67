"""``/-/archive/DATABASE/capture/ID.FORM``: what one request brought, never shown as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from datasette import NotFound, Response

from scraper.web.archives import archive_from_route
from scraper.web.file_route import attachment_named
from scraper.web.kept_bytes import payload_of_capture, record_of_capture
from scraper.web.permissions import ensure_may_view
from scraper.web.warc_record import BytesMissing

if TYPE_CHECKING:
    from datasette import Request
    from datasette.app import Datasette
    from datasette.database import Database


async def capture_view(datasette: Datasette, request: Request) -> Response:
    """Answer with a capture's bytes.

    ``bin`` is the payload as a download, ``txt`` the payload as plain text to read in the
    browser (the page's source), ``warc.gz`` the record as it lies in the WARC file.

    Raises:
        NotFound: there is no such capture, or its bytes cannot be had.
    """
    db = await archive_from_route(datasette, request)
    await ensure_may_view(datasette, request, db.name, "captures")
    capture, form = int(request.url_vars["capture"]), request.url_vars["form"]
    try:
        if form == "warc.gz":
            data, kind = await record_of_capture(db, capture), "application/gzip"
        else:
            data, kind = await payload_of_capture(db, capture), "application/octet-stream"
    except BytesMissing as missing:
        raise NotFound(f"{missing}.") from missing
    if form == "txt":
        return Response(data, content_type=await _text_type(db, capture))
    name = attachment_named(f"{db.name}-capture-{capture}.{form}")
    return Response(data, headers={"content-disposition": name}, content_type=kind)


async def _text_type(db: Database, capture: int) -> str:
    """``text/plain`` in the encoding that the server declared; UTF-8 without a word of it."""
    result = await db.execute("select content_type from captures where id = ?", [capture])
    declared = (result.rows[0][0] or "").lower() if result.rows else ""
    _, _, charset = declared.partition("charset=")
    name = charset.split(";")[0].strip(" \"'")
    if not name.replace("-", "").replace("_", "").isalnum() or not name.isascii():
        name = "utf-8"
    return f"text/plain; charset={name}"
