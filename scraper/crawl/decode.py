"""Undo Content-Encoding within bounds: a few bytes may unfold to gigabytes (a compression bomb)."""

from __future__ import annotations

import io
import zlib
from typing import Protocol

from fastwarc.stream_io import BrotliReader, ZstdReader

STEP = 256 * 1024


class DecodeError(ValueError):
    """The body is not what its Content-Encoding says, or unfolds beyond the limit."""


class _Reader(Protocol):
    def read(self, size: int) -> bytes: ...


class _ZlibReader:
    """Reads gzip (all members) or deflate, with or without zlib's header, piece by piece."""

    def __init__(self, data: bytes, wbits: int) -> None:
        self._wbits = wbits
        self._rest = data
        self._inflate = zlib.decompressobj(wbits)

    def read(self, size: int) -> bytes:
        while True:
            if self._inflate.eof:
                self._rest = self._inflate.unused_data.lstrip(b"\0")
                if not self._rest or self._wbits != 31 or self._rest[:2] != b"\x1f\x8b":
                    return b""  # bytes after the last member are ignored, as browsers do
                self._inflate = zlib.decompressobj(self._wbits)
            piece = self._inflate.decompress(self._rest, size)
            self._rest = self._inflate.unconsumed_tail
            if piece:
                return piece
            if not self._rest and not self._inflate.eof:
                raise DecodeError("the compressed body ends too early")


def _reader(coding: str, data: bytes) -> _Reader:
    match coding:
        case "gzip" | "x-gzip":
            return _ZlibReader(data, 31)
        case "deflate":
            # RFC 9110 means zlib; some servers send the bare stream.
            return _ZlibReader(data, 15 if data[:1] and data[0] & 0x0F == 8 else -15)
        case "br":
            return BrotliReader(io.BytesIO(data))
        case "zstd":
            return ZstdReader(io.BytesIO(data))
        case _:
            raise DecodeError(f"the Content-Encoding {coding!r} is unknown")


def decode_body(body: bytes, content_encoding: str | None, limit: int) -> bytes:
    """Return ``body`` without its Content-Encoding (which may name several, applied in order).

    Raises:
        DecodeError: Unknown coding, broken data, or more than ``limit`` bytes.
    """
    codings = [each.strip().lower() for each in (content_encoding or "").split(",")]
    for coding in reversed([each for each in codings if each and each != "identity"]):
        if body:
            body = _unfold(coding, body, limit)
    return body


def _unfold(coding: str, body: bytes, limit: int) -> bytes:
    pieces: list[bytes] = []
    size = 0
    try:
        reader = _reader(coding, body)
        while piece := reader.read(STEP):
            size += len(piece)
            if size > limit:
                raise DecodeError(f"the {coding} body unfolds to more than {limit} bytes")
            pieces.append(piece)
    except (zlib.error, OSError) as error:
        raise DecodeError(f"the body is not valid {coding}: {error}") from error
    return b"".join(pieces)
