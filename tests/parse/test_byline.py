"""Every form of byline, split into persons and organisations."""

import pytest

from scraper.parse.byline import is_bare_signature, is_labelled, split_byline


@pytest.mark.parametrize(
    ("printed", "author", "organisation"),
    [
        ("Lê Lài", "Lê Lài", None),
        ("Thanh Qúy – Trung tâm VHTT TT&DL", "Thanh Qúy", "Trung tâm VHTT TT&DL"),
        ("Huy Khôi – Hồng Sơn", "Huy Khôi, Hồng Sơn", None),
        ("Tác giả: Lê Lài", "Lê Lài", None),
        ("Tác giả bài viết: Lê Lài", "Lê Lài", None),
        ("Nguồn: Báo Thanh Hóa", None, "Báo Thanh Hóa"),
        ("Nguồn tin: Báo Thanh Hóa", None, "Báo Thanh Hóa"),
        ("Theo VOV", None, "VOV"),
        ("Theo Báo Nhân Dân", None, "Báo Nhân Dân"),
        ("Tin, ảnh: Huy Khôi – Hồng Sơn", "Huy Khôi, Hồng Sơn", None),
        ("Bài, ảnh: Lê Lài", "Lê Lài", None),
        ("Tin: Lê Lài", "Lê Lài", None),
        ("Ảnh: Hồng Sơn", "Hồng Sơn", None),
        ("T/h: Lê Lài", "Lê Lài", None),
        ("Tin: Lê Lài\nẢnh: Hồng Sơn", "Lê Lài, Hồng Sơn", None),
        ("BBT", None, "BBT"),
        ("Văn phòng HĐND - UBND xã", None, "Văn phòng HĐND - UBND xã"),
        ("Lê Lài - UBND xã", "Lê Lài", "UBND xã"),
        ("by admin", None, None),
        ("PV", "PV", None),
        ("Nguồn: Hội LHPN xã – Thu Ba", "Thu Ba", "Hội LHPN xã"),
        ("Nguồn: Thu Ba (Hội LHPN xã)", "Thu Ba", "Hội LHPN xã"),
        ("Nguồn: Báo Tuổi Trẻ - Báo Lao Động", None, "Báo Tuổi Trẻ, Báo Lao Động"),
        ("Nguồn: Nhân Dân – TTXVN", None, "Nhân Dân, TTXVN"),
        ("Nguồn: Thu Ba", None, "Thu Ba"),
        ("Theo Lê Lài/Báo Lao Động", "Lê Lài", "Báo Lao Động"),
        ("MINH ANH", "MINH ANH", None),
        ("Lê Lài - BTG HU", "Lê Lài", "BTG HU"),
        ("BS. Lê Văn Lài - TTYT huyện", "BS. Lê Văn Lài", "TTYT huyện"),
        ("Lê Lài, Phòng NN&PTNT", "Lê Lài", "Phòng NN&PTNT"),
        ("Lê Lài & Hồng Sơn", "Lê Lài, Hồng Sơn", None),
        ("Tin: Lê Lài. Ảnh: Hồng Sơn", "Lê Lài, Hồng Sơn", None),
        ("Lê Lài (tổng hợp)", "Lê Lài", None),
        ("Lê Lài sưu tầm", "Lê Lài", None),
        ("CTV Lê Lài", "Lê Lài", None),
        ("作者：阮文明", "阮文明", None),
        ("作者：阮文明、黎莱", "阮文明, 黎莱", None),
        ("来源：越通社", None, "越通社"),
        ("TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nLê Lài", "Lê Lài", "ỦY BAN NHÂN DÂN"),
        ("CHỦ TỊCH\nLê Lài", "Lê Lài", None),
        ("TL. GIÁM ĐỐC", None, None),
        ("CTV", "CTV", None),
        ("Lệ Hằng, Văn Tú và Mai", "Lệ Hằng, Văn Tú, Mai", None),
        ("Hoài An & T.Đ", "Hoài An, T.Đ", None),
        ("Người biên soạn: H.T.M", "H.T.M", None),
        ("Dịch: Lê Lài\nBiên tập: Hồng Sơn\nNguồn: Phys.org", "Lê Lài", "Phys.org"),
        ("Người dịch: Lê Lài - Biên tập: Hồng Sơn", "Lê Lài", None),
        ("Bài: Thu Ba. Biên dịch: Lê Lài", "Thu Ba", None),
        ("Biên tập: Hồng Sơn", "Hồng Sơn", None),
        ("Đ/c Lê Lài - Văn phòng Đảng ủy", "Lê Lài", "Văn phòng Đảng ủy"),
        ("Lê Lài, Sở KH&CN", "Lê Lài", "Sở KH&CN"),
        ("Thượng tá Lê Lài, Đội Cảnh sát hình sự", "Thượng tá Lê Lài", "Đội Cảnh sát hình sự"),
        ("ThS. Lê Lài\nKhoa Kiểm soát bệnh tật", "ThS. Lê Lài", "Khoa Kiểm soát bệnh tật"),
        ("Khoa Nam", "Khoa Nam", None),
        (
            "LÊ LÀI\nTrung tâm Văn hóa - Thể thao huyện",
            "LÊ LÀI",
            "Trung tâm Văn hóa - Thể thao huyện",
        ),
        *[
            (f"Lê Lài - {name}", "Lê Lài", name)
            for name in (
                "Trung tâm Văn hóa", "Ban Tuyên giáo", "Phòng Văn hóa", "Đài Truyền thanh",
                "Báo Thanh Hóa", "UBND huyện", "Văn phòng HĐND", "Cổng TTĐT", "Hội Nông dân",
                "Công an huyện",
            )
        ],
    ],
)  # fmt: skip
def test_split(printed, author, organisation):
    byline = split_byline(printed)
    assert (byline.author, byline.organisation) == (author, organisation)
    assert byline.printed == printed


@pytest.mark.parametrize(
    "text",
    [
        "Lê Lài",
        "Huy Khôi – Hồng Sơn",
        "BBT",
        "PV",
        "(Lê Lài)",
        "LĐLĐ huyện",
        "Lê Lài tổng hợp",
        "Lệ Hằng, Văn Tú và Mai",
        "Hoài An & T.Đ",
        "Lê Lài – Mai",
        "Lê Lài, Sở KH&CN",
        "Đ/c Lê Lài - Văn phòng Đảng ủy",
        "Trung tâm Văn hóa - Thể thao huyện",
    ],
)
def test_bare_signatures(text):
    assert is_bare_signature(text)


@pytest.mark.parametrize(
    "text",
    [
        "Hội nghị kết thúc lúc 11 giờ.",
        "Các đại biểu dự hội nghị",
        "Một số hình ảnh tại hội nghị:",
        "",
        "Năm 2024",
        "Mai",
        "Mai, Tuệ",
        "Lê Lài, Huyện ủy viên",
        "Lê Lài, trưởng thôn",
        "UBND xã - đơn vị dẫn đầu.",
    ],
)
def test_sentences_are_no_signatures(text):
    assert not is_bare_signature(text)


@pytest.mark.parametrize("text", ["Tin, ảnh: Lê Lài", "Nguồn: Báo Thanh Hóa", "Theo VOV"])
def test_labels_are_seen(text):
    assert is_labelled(text)


@pytest.mark.parametrize("text", ["Tin, ảnh:", "Theo đó, các xã đã hoàn thành kế hoạch.", "Lê Lài"])
def test_what_has_no_label(text):
    assert not is_labelled(text)
