"""``/-/archive/DATABASE/file/DIGEST``: a photo or attachment from the archive's own bytes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from datasette import NotFound, Response
from datasette.utils import tilde_decode

from scraper.web.archives import archive_from_route
from scraper.web.kept_bytes import payload_of_digest
from scraper.web.media_type import image_type
from scraper.web.permissions import ensure_may_view
from scraper.web.warc_record import BytesMissing

if TYPE_CHECKING:
    from datasette import Request
    from datasette.app import Datasette
    from datasette.database import Database

_FILE_NAME = """
select filename from attachments where digest = :digest and filename is not null
union all select filename from images where digest = :digest and filename is not null limit 1
"""


async def file_view(datasette: Datasette, request: Request) -> Response:
    """Answer with the bytes of a digest: images to be shown, all else as a download.

    Raises:
        NotFound: the archive does not have the bytes.
    """
    db = await archive_from_route(datasette, request)
    await ensure_may_view(datasette, request, db.name, "captures")
    digest = tilde_decode(request.url_vars["digest"])
    headers = {"etag": f'"{quote(digest)}"'}
    if request.headers.get("if-none-match") == headers["etag"] and await _is_known(db, digest):
        return Response("", status=304, headers=headers)
    try:
        data = await payload_of_digest(db, digest)
    except BytesMissing as missing:
        raise NotFound(f"{missing}.") from missing
    shown = image_type(data)
    if shown is None:
        headers["content-disposition"] = attachment_named(await _file_name(db, digest))
    return Response(data, headers=headers, content_type=shown or "application/octet-stream")


def attachment_named(name: str) -> str:
    """A ``Content-Disposition`` for a download (RFC 6266), whatever letters the name has."""
    plain = re.sub(r"[^A-Za-z0-9._-]+", "_", name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


async def _is_known(db: Database, digest: str) -> bool:
    result = await db.execute("select 1 from captures where digest = ? limit 1", [digest])
    return bool(result.rows)


async def _file_name(db: Database, digest: str) -> str:
    result = await db.execute(_FILE_NAME, {"digest": digest})
    return str(result.rows[0][0]) if result.rows else "file.bin"
