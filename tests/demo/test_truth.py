from datetime import datetime

from scraper.demo import DEFAULT_TODAY
from scraper.demo.article import HANOI, Bullets, Figure, Heading, Photo, Table
from scraper.demo.truth import block_text, expected_articles, expected_removed, plain

BY_SLUG = {article.slug: article for article in expected_articles(DEFAULT_TODAY)}
SEED = BY_SLUG["hoi-nghi-trien-khai-nhiem-vu-dien-tap-khu-vuc-phong-thu-huyen-nam-2024"]


def test_the_seed_articles_record():
    assert SEED.title == "Hội nghị triển khai nhiệm vụ diễn tập khu vực phòng thủ huyện năm 2024."
    assert SEED.published_at == "2024-03-27T15:06:52+07:00"
    assert SEED.published_on == "2024-03-27"
    assert SEED.published_raw == "15:06:52 27/03/2024 (GMT+7)"
    assert (SEED.author, SEED.organisation) == ("Thanh Qúy", "Trung tâm VHTT TT&DL")
    assert SEED.byline == "Thanh Qúy – Trung tâm VHTT TT&DL"
    assert len(SEED.body) == 10
    assert [image.caption is None for image in SEED.images] == [False, False, False, True, False]
    assert SEED.images[3].filename == "z5288494624676_0814150fd1e1d2d23feb057776aaf213.jpg"
    assert SEED.summary is None
    assert not any("\u00a0" in block for block in SEED.body)


def test_an_article_that_is_only_dated_has_no_time():
    dated = BY_SLUG["thong-bao-lich-tiep-cong-dan-dinh-ky-thang-3"]
    assert (dated.published_at, dated.published_on) == (None, "2024-03-05")
    assert dated.published_raw == "05/03/2024"


def test_photos_side_by_side_share_their_caption():
    first, second = BY_SLUG["gap-mat-doanh-nghiep-hop-tac-xa-quy-i-nam-2024"].images
    assert first.caption == second.caption
    assert first.filename != second.filename


def test_an_article_without_a_signature_has_none():
    unsigned = BY_SLUG["hon-400-nguoi-tham-gia-ngay-hoi-hien-mau-tinh-nguyen"]
    assert (unsigned.byline, unsigned.author, unsigned.organisation) == (None, None, None)


def test_blocks_follow_the_conventions():
    assert block_text(Heading("Việc  làm")) == "Việc làm"
    assert block_text(Bullets(("một", "hai"))) == "- một\n- hai"
    assert block_text(Bullets(("một", "hai"), ordered=True)) == "1. một\n2. hai"
    assert block_text(Table((("a", "", "c"), ("d", "e", "f")))) == "a |  | c\nd | e | f"
    assert block_text(Figure((Photo("a.jpg", "sea-1.jpg"),), "Chú thích")) == ""


def test_text_is_folded_to_nfc():
    assert plain(" Đa\u0309ng\u00a0 bo\u0323\u0302\n huyện ") == "Đảng bộ huyện"


def test_the_truth_follows_the_simulated_day():
    later = datetime(2024, 4, 5, 12, tzinfo=HANOI)
    articles = {article.slug: article for article in expected_articles(later)}
    assert len(articles) == 42
    assert articles["kiem-tra-an-toan-thuc-pham-bep-an-ban-tru"].title.endswith("26 bếp ăn bán trú")
    (removed,) = expected_removed(later)
    assert removed.slug == "thong-bao-tam-dung-ben-do-ngang-van-khe"
    assert expected_removed(DEFAULT_TODAY) == []
