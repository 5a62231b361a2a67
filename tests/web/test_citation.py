"""Citations, whatever is known."""

from dataclasses import replace

from scraper.web.citation import Citation, in_bibtex, in_english, in_ris, in_vietnamese

FULL = Citation(
    article=7,
    title="Hội nghị triển khai nhiệm vụ diễn tập năm 2024.",
    authors=("Thanh Qúy",),
    organisation="Trung tâm VHTT TT&DL",
    site="Cổng thông tin huyện Hoằng Hóa",
    published_on="2024-03-27",
    original_url="https://hoanghoa.example.vn/a_b.aspx",
    archive_url="http://archive.example/archive/articles/7",
    captured_at="2024-03-28T02:00:00Z",
    digest="sha1:ABC",
)
BARE = replace(
    FULL,
    title=None,
    authors=(),
    organisation=None,
    published_on=None,
    captured_at=None,
    digest=None,
)


def test_english():
    assert in_english(FULL) == (
        "Thanh Qúy. “Hội nghị triển khai nhiệm vụ diễn tập năm 2024.” Cổng thông tin huyện Hoằng "
        "Hóa, March 27, 2024. https://hoanghoa.example.vn/a_b.aspx. Archived March 28, 2024: "
        "http://archive.example/archive/articles/7 (sha1:ABC)."
    )


def test_vietnamese():
    assert in_vietnamese(FULL) == (
        "Thanh Qúy (2024), “Hội nghị triển khai nhiệm vụ diễn tập năm 2024”, Cổng thông tin huyện "
        "Hoằng Hóa, ngày 27/3/2024, https://hoanghoa.example.vn/a_b.aspx, bản lưu trữ ngày "
        "28/3/2024: http://archive.example/archive/articles/7 (sha1:ABC)."
    )


def test_bibtex():
    text = in_bibtex(FULL)
    assert text.startswith("@online{") and text.endswith("}\n")
    assert "  author = {{Thanh Qúy}},\n" in text
    assert "  date = {2024-03-27},\n" in text
    assert "  url = {https://hoanghoa.example.vn/a_b.aspx},\n" in text
    assert "organization = {Cổng thông tin huyện Hoằng Hóa}" in text


def test_ris():
    lines = in_ris(FULL).split("\r\n")
    assert lines[0] == "TY  - ELEC"
    assert "AU  - Thanh Qúy" in lines
    assert "DA  - 2024/03/27" in lines
    assert lines[-2:] == ["ER  - ", ""]


def test_what_is_not_known_is_left_out():
    assert "None" not in in_english(BARE) + in_vietnamese(BARE) + in_bibtex(BARE) + in_ris(BARE)
    assert in_english(BARE).startswith("“https://hoanghoa.example.vn/a_b.aspx.”")
    assert "date" not in in_bibtex(BARE)
    assert "AU  -" not in in_ris(BARE)


def test_an_organisation_signs_where_no_person_does():
    signed = replace(FULL, authors=())
    assert in_english(signed).startswith("Trung tâm VHTT TT&DL. ")
    assert "AU  - Trung tâm VHTT TT&DL" in in_ris(signed)
    assert r"{{Trung tâm VHTT TT\&DL}}" in in_bibtex(signed)


def test_a_title_cannot_add_fields():
    evil = replace(FULL, title="x},\n  url = {http://evil.example/}\r\nUR  - http://evil.example/")
    assert in_bibtex(evil).count("\n  url = ") == 1
    assert [line[:2] for line in in_ris(evil).split("\r\n")].count("UR") == 1
