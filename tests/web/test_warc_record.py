"""Records out of WARC files, sound and damaged."""

import gzip

import pytest

from scraper.archive import open_archive
from scraper.web.warc_record import BytesMissing, Position, read_payload, read_record

from .build import HOANG_HOA, PORTAL, Builder


@pytest.fixture
def archive(tmp_path):
    with open_archive(tmp_path / "archive.db") as archive:
        archive.save_site(HOANG_HOA)
        yield archive


def store(archive, payload, **more):
    capture = Builder(archive).capture(
        "hoanghoa", PORTAL, payload, "text/html", "2024-04-01T00:00:00Z", **more
    )
    row = archive.db["captures"].get(capture)
    return Position(row["warc_file"], row["warc_offset"], row["warc_length"])


def test_the_payload_is_read_at_its_place(archive):
    first, second = store(archive, b"mot"), store(archive, "hai đồng".encode())
    assert read_payload(archive.warc_folder, first) == b"mot"
    assert read_payload(archive.warc_folder, second) == "hai đồng".encode()


def test_content_encoding_is_taken_off(archive):
    assert (
        read_payload(archive.warc_folder, store(archive, b"x" * 999, encoding="gzip")) == b"x" * 999
    )


def test_a_record_is_a_warc_file_of_its_own(archive):
    store(archive, b"mot")
    record = gzip.decompress(read_record(archive.warc_folder, store(archive, b"hai")))
    assert record.startswith(b"WARC/1.1\r\n") and b"hai" in record and b"mot" not in record


def damaged(archive):
    good = store(archive, b"x" * 5000)
    path = archive.warc_folder / good.warc_file
    path.write_bytes(path.read_bytes()[: good.offset + 40])
    return good


@pytest.mark.parametrize(
    "position",
    [
        Position("nothing.warc.gz", 0, 10),
        Position("../archive.db", 0, 10),
        Position("/etc/passwd", 0, 10),
        Position("test.warc.gz", 3, 10),
        Position("test.warc.gz", 10**9, 10),
    ],
)
def test_what_cannot_be_read_is_told(archive, position):
    store(archive, b"mot")
    with pytest.raises(BytesMissing, match=r"\w"):
        read_payload(archive.warc_folder, position)


def test_a_file_cut_short_is_told(archive):
    position = damaged(archive)
    for read in (read_payload, read_record):
        with pytest.raises(BytesMissing):
            read(archive.warc_folder, position)


def test_a_record_of_unknown_length_is_told(archive):
    position = store(archive, b"mot")
    with pytest.raises(BytesMissing, match="length"):
        read_record(archive.warc_folder, Position(position.warc_file, position.offset, None))
