"""Where the archive keeps the bytes of a digest or a capture, and getting them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from scraper.web.archives import warc_folder
from scraper.web.warc_record import BytesMissing, Position, read_payload, read_record

if TYPE_CHECKING:
    from datasette.database import Database

# A revisit names the capture that holds the payload; where an import could not tell which that is,
# any response with the same digest holds the same bytes.
_HOLDERS_OF_DIGEST = """
select warc_file, warc_offset, warc_length from captures
where digest = :digest and revisit_of is null and warc_file is not null order by id
"""
_HOLDERS_OF_CAPTURE = """
select warc_file, warc_offset, warc_length from captures
where warc_file is not null and (
    id = :capture
    or id = (select revisit_of from captures where id = :capture)
    or (revisit_of is null and digest = (select digest from captures where id = :capture)))
order by id = :capture desc, id = (select revisit_of from captures where id = :capture) desc, id
"""
_OWN_RECORD = """
select warc_file, warc_offset, warc_length from captures
where id = :capture and warc_file is not null
"""
# Copies of a payload differ in where they lie only: after a few that cannot be read, give up.
_TRIES = 5


async def payload_of_digest(db: Database, digest: str) -> bytes:
    """The bytes with this payload digest, decoded.

    Raises:
        BytesMissing: no capture has them, or its WARC file cannot be read.
    """
    return await _first_payload(db, _HOLDERS_OF_DIGEST, {"digest": digest})


async def payload_of_capture(db: Database, capture: int) -> bytes:
    """The bytes that a capture brought or, for a revisit, confirmed.

    Raises:
        BytesMissing: as for ``payload_of_digest``.
    """
    return await _first_payload(db, _HOLDERS_OF_CAPTURE, {"capture": capture})


async def record_of_capture(db: Database, capture: int) -> bytes:
    """The WARC record of a capture as it lies in the file (a gzip member).

    Raises:
        BytesMissing: as for ``payload_of_digest``.
    """
    positions = await _positions(db, _OWN_RECORD, {"capture": capture})
    if not positions:
        raise BytesMissing("The archive has no WARC record of this capture")
    return await asyncio.to_thread(read_record, warc_folder(db), positions[0])


async def _first_payload(db: Database, sql: str, parameters: dict[str, Any]) -> bytes:
    problem = BytesMissing("The archive has no WARC record with these bytes")
    for position in (await _positions(db, sql, parameters))[:_TRIES]:
        try:
            return await asyncio.to_thread(read_payload, warc_folder(db), position)
        except BytesMissing as error:
            problem = error
    raise problem


async def _positions(db: Database, sql: str, parameters: dict[str, Any]) -> list[Position]:
    result = await db.execute(sql, parameters)
    return [Position(row[0], row[1], row[2]) for row in result.rows]
