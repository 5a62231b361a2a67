"""Tell a file's media type by its first bytes: what a server says of it is often wrong."""

from __future__ import annotations

import zipfile
from io import BytesIO

SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"%PDF-", "application/pdf"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"7z\xbc\xaf'\x1c", "application/x-7z-compressed"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"{\\rtf", "application/rtf"),
    (b"\x1f\x8b", "application/gzip"),
    (b"ID3", "audio/mpeg"),
)
OFFICE = {
    "word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
FTYP = {b"avif": "image/avif", b"heic": "image/heic", b"mif1": "image/heif"}
MARKUP = (b"<!doctype html", b"<html", b"<head", b"<body")


def media_type(body: bytes) -> str | None:
    """Return the media type that the bytes themselves show, or ``None`` where they show none."""
    if body[:4] == b"RIFF":
        return {b"WEBP": "image/webp", b"WAVE": "audio/wav"}.get(body[8:12])
    if body[4:8] == b"ftyp":
        return FTYP.get(body[8:12], "video/mp4")
    if body[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return _zipped(body)
    for signature, name in SIGNATURES:
        if body.startswith(signature):
            return name
    return _markup(body)


def declared_type(content_type: str | None) -> str | None:
    """Return the media type that a server says, without parameters, or ``None`` for none."""
    return (content_type or "").partition(";")[0].strip().lower() or None


def _zipped(body: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(body)) as bundle:
            names = bundle.namelist()[:50]
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return "application/zip"
    for folder, name in OFFICE.items():
        if any(each.startswith(folder) for each in names):
            return name
    return "application/zip"


def _markup(body: bytes) -> str | None:
    start = body[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(MARKUP):
        return "text/html"
    if start.startswith(b"<svg") or (start.startswith(b"<?xml") and b"<svg" in start):
        return "image/svg+xml"
    return None
