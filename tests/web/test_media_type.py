"""Images are known by their bytes."""

import pytest

from scraper.web.media_type import image_type

from .build import PDF, SVG, png


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (png(2, 2, (1, 2, 3)), "image/png"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "image/jpeg"),
        (b"GIF89a\x01\x00", "image/gif"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "image/webp"),
        (SVG, None),
        (PDF, None),
        (b"<html><script>", None),
        (b"RIFF\x10\x00\x00\x00WAVE", None),
        (b"", None),
    ],
)
def test_only_images_that_no_browser_runs(data, kind):
    assert image_type(data) == kind
