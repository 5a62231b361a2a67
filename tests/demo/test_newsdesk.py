import struct
import unicodedata
from itertools import combinations

import pytest

from scraper.demo.addresses import ADDRESSES
from scraper.demo.article import Bullets, Figure, Paragraph, Table
from scraper.demo.newsdesk import HERE, ContentError, load_articles, load_house, read_article

ARTICLES = load_articles()
GOOD = 'slug = "a"\ntitle = "Tin"\ncategory = "tin-tuc"\npublished = 2024-03-01\n'


def jpeg_size(data: bytes) -> tuple[int, int]:
    """Width and height by the frame header; every segment up to the scan must be well-formed."""
    assert data[:2] == b"\xff\xd8"
    assert data[-2:] == b"\xff\xd9"
    position = 2
    while True:
        marker, length = struct.unpack(">xBH", data[position : position + 4])
        assert data[position] == 0xFF
        if marker in (0xC0, 0xC2):
            height, width = struct.unpack(">HH", data[position + 5 : position + 9])
            return width, height
        position += 2 + length


def test_every_photo_is_a_jpeg_of_the_usual_size():
    photos = [one for one in HERE.joinpath("photos").iterdir() if one.name.endswith(".jpg")]
    assert len(photos) >= 30
    data = [photo.read_bytes() for photo in photos]
    assert {jpeg_size(one) for one in data} == {(480, 320)}
    assert len(set(data)) == len(photos)
    assert sum(map(len, data)) < 1_000_000


def test_every_stock_picture_is_used_and_every_used_one_is_there():
    stock = {one.name for one in HERE.joinpath("photos").iterdir()}
    versions = [article.body for article in ARTICLES]
    versions += [edit.body for article in ARTICLES for edit in article.edits if edit.body]
    figures = [block for body in versions for block in body if isinstance(block, Figure)]
    assert {photo.scene for figure in figures for photo in figure.photos} == stock


def test_the_attachment_is_a_pdf():
    (document,) = [one for article in ARTICLES for one in article.documents]
    data = HERE.joinpath("documents", document.file).read_bytes()
    assert data.startswith(b"%PDF-1.")
    assert data.rstrip().endswith(b"%%EOF")


def test_addresses_are_unique_in_both_markups():
    for addresses in ADDRESSES.values():
        paths = [addresses.key(addresses.article(one)) for one in ARTICLES]
        paths += [addresses.key(addresses.print_view(one)) for one in ARTICLES]
        paths += [
            addresses.key(addresses.photo(one, photo)) for one in ARTICLES for photo in one.photos
        ]
        assert len(set(paths)) == len(paths)


def test_the_kinds_of_article_that_the_tests_of_others_rely_on_are_there():
    assert 40 <= len(ARTICLES) <= 50
    assert [one.slug for one in ARTICLES if one.cached] == [
        "hoi-nghi-trien-khai-nhiem-vu-dien-tap-khu-vuc-phong-thu-huyen-nam-2024"
    ]
    assert len([one for one in ARTICLES if one.byline is None]) == 1
    assert len([one for one in ARTICLES if not one.timed]) == 1
    assert len([one for one in ARTICLES if one.removed]) == 1
    assert len([one for one in ARTICLES if one.edits]) == 1
    assert any((one.byline or "").startswith("Theo ") for one in ARTICLES)
    assert any((one.byline or "").startswith("Nguồn: ") for one in ARTICLES)
    assert any(", " in (one.author or "") for one in ARTICLES)
    blocks = [block for one in ARTICLES for block in one.body]
    assert any(isinstance(block, Table) for block in blocks)
    assert {block.ordered for block in blocks if isinstance(block, Bullets)} == {True, False}
    figures = [block for block in blocks if isinstance(block, Figure)]
    assert any(len(one.photos) > 1 and one.caption for one in figures)
    assert any(one.caption is None for one in figures)
    assert {one.boxed for one in figures} == {True, False}


def test_texts_are_nfc_and_of_a_real_length():
    for article in ARTICLES:
        paragraphs = [one.text for one in article.body if isinstance(one, Paragraph)]
        assert 3 <= len(paragraphs) <= 10, article.slug
        assert sum(map(len, paragraphs)) > 400, article.slug
        for text in (article.title, article.byline or "", *paragraphs):
            assert unicodedata.is_normalized("NFC", text), article.slug


def test_no_two_articles_share_a_paragraph():
    texts = [{b.text for b in one.body if isinstance(b, Paragraph)} for one in ARTICLES]
    assert not any(one & other for one, other in combinations(texts, 2))


def test_every_category_is_a_section_of_the_portal():
    assert {one.category for one in ARTICLES} == {one.key for one in load_house().categories}
    with pytest.raises(KeyError):
        load_house().category("the-thao")


def test_a_file_with_every_kind_of_block_is_read():
    article = read_article(
        GOOD
        + 'body = ["Một.", {heading = "Hai"}, {list = ["a"]}, {steps = ["b"]}, {table = [["c"]]},'
        + '{photo = "d.jpg", scene = "sea-1.jpg"}, {photos = [{file = "e.jpg", scene = "sea-2.jpg",'
        + 'alt = "biển"}], caption = "Chú thích"}]',
        "moi.toml",
    )
    kinds = [block.kind for block in article.body]
    assert kinds == ["paragraph", "heading", "list", "list", "table", "figure", "figure"]
    assert [photo.file for photo in article.photos] == ["d.jpg", "e.jpg"]
    assert article.photos[1].alt == "biển"


@pytest.mark.parametrize(
    "text",
    [
        "title = ",
        GOOD,
        GOOD + "body = [{poem = 'x'}]",
        GOOD + "body = ['Một.']\nheadline = 'x'",
        GOOD + "body = [{photo = 'd.jpg', scene = 's.jpg', captoin = 'x'}]",
        GOOD + "body = ['Một.']\nedits = [{title = 'x'}]",
    ],
)
def test_a_bad_file_is_named(text):
    with pytest.raises(ContentError, match=r"^xau\.toml: "):
        read_article(text, "xau.toml")
