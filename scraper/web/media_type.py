"""What kind of image some bytes are, by the bytes: a server's word for it is not trusted."""

from __future__ import annotations


def image_type(data: bytes) -> str | None:
    """The media type of an image that every browser shows and none runs; ``None`` for all else.

    SVG is left out on purpose: it can carry scripts.
    """
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data[:6] in (b"GIF87a", b"GIF89a"):
        return "image/gif"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return None
