"""Photos and files from the archive's own bytes."""

import pytest
from datasette.utils import tilde_encode

from .build import PDF, SVG, digest_of, png


@pytest.fixture
def path(base):
    return lambda digest: f"/-/archive{base}/file/{tilde_encode(digest)}"


def test_an_image_is_shown_with_the_type_of_its_bytes(reader, path):
    photo = png(64, 40, (40, 90, 120))
    response = reader.get(path(digest_of(photo)))
    assert response.content == photo
    assert response.headers["content-type"] == "image/png"
    assert "content-disposition" not in response.headers


def test_the_browser_may_keep_it_for_ever_even_with_a_cookie(reader, path):
    address = path(digest_of(png(64, 40, (40, 90, 120))))
    response = reader.get(address, cookies={"language": "vi"})
    assert response.headers["cache-control"] == "private, max-age=31536000, immutable"
    tag = response.headers["etag"]
    again = reader.get(address, headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("data", [SVG, PDF])
def test_what_is_no_plain_image_is_a_download_without_rights(reader, path, data):
    response = reader.get(path(digest_of(data)))
    assert response.content == data
    assert response.headers["content-type"] == "application/octet-stream"
    assert response.headers["content-disposition"].startswith("attachment; filename=")
    assert "sandbox" in response.headers["content-security-policy"]
    assert response.headers["x-content-type-options"] == "nosniff"


def test_a_file_name_cannot_break_out_of_its_header(reader, path):
    header = reader.get(path(digest_of(SVG))).headers["content-disposition"]
    assert header.count('"') == 2
    assert "\n" not in header and ">" not in header


@pytest.mark.parametrize("digest", ["sha1:NOTHING", "../../etc/passwd", "sha1:\x00"])
def test_unknown_bytes_are_not_found(reader, path, digest):
    response = reader.get(path(digest))
    assert response.status_code == 404
    assert reader.get(path(digest), headers={"if-none-match": "*"}).status_code == 404


def test_unknown_databases_are_not_found(reader):
    for database in ("nothing", "_internal"):
        assert reader.get(f"/-/archive/{database}/file/sha1:x").status_code == 404
