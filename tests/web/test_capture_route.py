"""What one request brought, as a download."""

import gzip

import pytest

from scraper.archive import Capture, open_archive

from .build import HOSTILE, SCRIPT, SEED
from .conftest import Reader


@pytest.fixture
def capture(reader, base):
    """The path of the hostile page's capture, without its form."""
    article = reader.json(f"{base}/articles/{reader.articles[HOSTILE]}.json?_shape=array")[0]
    return f"/-/archive{base}/capture/{article['capture']}"


def test_the_source_is_text_and_nothing_else(reader, capture):
    response = reader.get(f"{capture}.txt")
    assert response.content == f"<p>{SCRIPT}".encode()
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in response.headers["content-security-policy"]


def test_the_bytes_are_a_download(reader, capture):
    response = reader.get(f"{capture}.bin")
    assert response.content == f"<p>{SCRIPT}".encode()
    assert response.headers["content-type"] == "application/octet-stream"
    assert response.headers["content-disposition"].startswith("attachment; ")


def test_the_record_can_be_taken_along(reader, capture):
    response = reader.get(f"{capture}.warc.gz")
    assert gzip.decompress(response.content).startswith(b"WARC/1.1")
    assert response.headers["content-disposition"].startswith("attachment; ")


@pytest.mark.parametrize("rest", ["99999.txt", "99999.warc.gz", "1.html", "x.txt", "1"])
def test_other_captures_and_forms_are_not_found(reader, base, rest):
    assert reader.get(f"/-/archive{base}/capture/{rest}").status_code == 404


def test_a_revisit_shows_what_it_confirmed(tmp_path, archive_path, articles):
    copy = tmp_path / archive_path.name
    copy.write_bytes(archive_path.read_bytes())
    copy.with_suffix(".warc").symlink_to(archive_path.with_suffix(".warc"))
    with open_archive(copy) as archive:
        first = archive.last_capture(SEED)
        again = archive.add_capture(
            Capture(
                "hoanghoa",
                SEED,
                "2024-06-01T00:00:00Z",
                304,
                revisit_of=first.id,
                digest=first.digest,
                warc_file="later.warc.gz",
                warc_offset=0,
                warc_length=9,
            )
        )
    other = Reader(copy, articles)
    base = other.datasette.urls.database(copy.stem)
    shown = other.get(f"/-/archive{base}/capture/{again}.txt")
    assert shown.status_code == 200 and b"<title>" in shown.content
    assert other.get(f"/-/archive{base}/capture/{again}.warc.gz").status_code == 404
    other.loop.close()
