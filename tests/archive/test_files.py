"""Photos and attachments: which are missing, and where their bytes are."""

from dataclasses import replace

from scraper.archive import FileKind, MissingFile
from scraper.parse import Attachment, Image

from .build import ARTICLE, SITE, URL, capture, edited, page, rows, see

AT = "2024-03-28T02:00:00Z"
LATER = "2024-03-29T02:00:00Z"
A, B = (image.url for image in ARTICLE.images)
PDF = ARTICLE.attachments[0].url


def keep(archive, url, digest="sha1:file"):
    number = capture(archive, AT, url=url, digest=digest)
    return archive.store_file(url, digest, 1234, "image/jpeg", number)


def test_files_are_missing_until_they_are_stored(archive):
    article = see(archive, AT).article
    assert archive.files_missing(SITE.id) == [
        MissingFile(A, FileKind.IMAGE, article),
        MissingFile(B, FileKind.IMAGE, article),
        MissingFile(PDF, FileKind.ATTACHMENT, article),
    ]
    assert keep(archive, A) == 1
    assert keep(archive, PDF) == 1
    assert [file.url for file in archive.files_missing(SITE.id)] == [B]
    assert rows(archive, "SELECT digest, bytes, media_type FROM images ORDER BY position") == [
        ("sha1:file", 1234, "image/jpeg"),
        (None, None, None),
    ]


def test_a_photo_of_two_articles_is_asked_for_once_and_stored_on_both(archive):
    see(archive, AT)
    see(archive, AT, page(url=URL + "?2"))
    assert [file.url for file in archive.files_missing(SITE.id)] == [A, B, PDF]
    assert keep(archive, A) == 2


def test_a_photo_that_is_kept_already_is_not_asked_for_again(archive):
    see(archive, AT)
    keep(archive, A)
    see(
        archive,
        AT,
        page(replace(ARTICLE, images=ARTICLE.images[:1], attachments=()), url=URL + "?2"),
    )
    assert rows(archive, "SELECT digest FROM images WHERE article = 2") == [("sha1:file",)]


def test_other_sites_files_are_not_this_sites(archive):
    archive.save_site(replace(SITE, id="khac"))
    see(archive, AT)
    assert archive.files_missing("khac") == []


def test_an_address_that_nothing_shows_is_stored_nowhere(archive):
    see(archive, AT)
    assert keep(archive, "https://hoanghoa.example.vn/logo.png") == 0


def test_the_same_photo_twice_keeps_both_positions(archive):
    twice = (ARTICLE.images[0], replace(ARTICLE.images[0], caption="Lần hai"))
    see(archive, AT, edited(images=twice))
    assert keep(archive, A) == 2
    assert rows(archive, "SELECT position, caption FROM images ORDER BY 1") == [
        (1, "Toàn cảnh lễ phát động"),
        (2, "Lần hai"),
    ]


def test_files_that_a_version_drops_are_no_longer_missing(archive):
    see(archive, AT)
    see(archive, LATER, edited(images=(Image(A, "a.jpg"),), attachments=()))
    assert [file.url for file in archive.files_missing(SITE.id)] == [A]
    see(archive, "2024-03-30T02:00:00Z", edited(images=(), attachments=(Attachment(B),)))
    assert [file.kind for file in archive.files_missing(SITE.id)] == [FileKind.ATTACHMENT]
