"""What a site's pages share is learnt from some of them, and left out of the others' text."""

from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

import pytest

from scraper.parse import learn_boilerplate, parse_page, sample_page
from scraper.sites import Site
from tests.parse.fixtures import Case, cases, differences

SITE = Site("a", "A", "https://a.example.vn/")
# No class says that these are no news: only that every page has them does.
BOX = (
    "<div class='z9'><p>Đường dây nóng tiếp nhận phản ánh của người dân: 0237 3865 001, trực cả "
    "ngày nghỉ và ngày lễ.</p><p>Chung tay xây dựng huyện nông thôn mới kiểu mẫu.</p></div>"
)
BANNER = (
    "<div><p>Huyện Sơn Trạch nằm ở phía tây của tỉnh, có mười bảy xã và một thị trấn, dân số hơn "
    "một trăm nghìn người, giàu tiềm năng về rừng, đá vôi, du lịch sinh thái và hang động.</p>"
    "<p>Cổng thông tin điện tử là nơi công bố tin tức, văn bản và thủ tục hành chính của huyện, "
    "phục vụ người dân và doanh nghiệp tra cứu mọi lúc, mọi nơi, hoàn toàn miễn phí.</p></div>"
)
NEWS = [
    ("Nông dân xã Đông Hà thu hoạch dưa", "Những ngày này nông dân xã Đông Hà đang thu hoạch dưa"),
    ("Khởi công cầu Bến Đá bắc qua sông", "Sáng nay huyện khởi công cầu Bến Đá bắc qua sông Rào"),
    ("Trường Tiểu học số 2 đón chuẩn", "Trường Tiểu học số 2 vừa đón bằng công nhận đạt chuẩn"),
]


def page(number: int, text: str | None = None) -> bytes:
    title, lead = NEWS[number]
    body = text or f"<p>{lead}, sớm hơn mọi năm.</p>{BOX}<p>Việc ấy sẽ xong trong tháng.</p>"
    return (
        f"<html><head><title>Cổng thông tin</title></head><body>{BANNER}<div><h1>{title}</h1>"
        f"<p>27/03/2024 15:0{number}</p><div>{body}</div></div></body></html>"
    ).encode()


def read(number: int, site: Site, text: str | None = None) -> list[str]:
    read_page = parse_page(page(number, text), f"https://a.example.vn/tin/bai-{number}", site=site)
    return read_page.article.body.split("\n\n")


def learnt(*numbers: int) -> Site:
    samples = [sample_page(page(number)) for number in numbers]
    return replace(SITE, boilerplate=learn_boilerplate(samples))


def test_the_second_page_is_read_better_than_the_first():
    wanted = [f"{NEWS[1][1]}, sớm hơn mọi năm.", "Việc ấy sẽ xong trong tháng."]
    assert read(1, SITE) != wanted, "the box or the banner is taken for news"
    assert read(1, learnt(0, 1)) == wanted


def test_what_was_learnt_serves_pages_that_come_later():
    wanted = [f"{NEWS[2][1]}, sớm hơn mọi năm.", "Việc ấy sẽ xong trong tháng."]
    assert read(2, learnt(0, 1)) == wanted


def test_nothing_is_learnt_from_one_page_or_from_one_page_twice():
    assert learnt(0).boilerplate == frozenset()
    assert learnt(0, 0).boilerplate == frozenset()


def test_a_sentence_that_many_articles_share_stays_in_them():
    # "sẽ xong trong tháng" stands among sentences of the article's own.
    assert "Việc ấy sẽ xong trong tháng." in read(2, learnt(0, 1, 2))


def test_a_lead_that_every_page_repeats_in_a_box_stays_in_its_article():
    teaser = f"<div class='hot'><h4>{NEWS[2][0]}</h4><p class='sapo'>{NEWS[2][1]}.</p></div>"
    samples = [sample_page(page(number).replace(b"</body>", teaser.encode())) for number in (0, 1)]
    site = replace(SITE, boilerplate=learn_boilerplate(samples))
    text = f"<p>{NEWS[2][1]}.</p><p>Từ nay các em có phòng học mới, sân chơi mới, thư viện mới.</p>"
    assert read(2, site, text)[0] == f"{NEWS[2][1]}."


def test_who_signs_every_article_still_signs():
    signed = (
        b"<div class='ky'><p>Trung t\xc3\xa2m VHTT huy\xe1\xbb\x87n</p></div></div></div></body>"
    )
    pages = [page(number).replace(b"</div></div></body>", signed) for number in range(3)]
    site = replace(SITE, boilerplate=learn_boilerplate([sample_page(each) for each in pages[:2]]))
    article = parse_page(pages[2], "https://a.example.vn/tin/bai-2", site=site).article
    assert article.organisation == "Trung tâm VHTT huyện"
    assert "Đường dây nóng" not in article.body


def test_an_article_is_never_emptied():
    only = BOX.split("</p>")[0].split("<p>")[1]
    text = f"<div class='z9'><p>{only}</p></div>"
    assert read(2, learnt(0, 1), text) == read(2, SITE, text) != []


def hosts() -> dict[str, list[Case]]:
    """The fixtures that several pages of one portal are, by host."""
    found: dict[str, list[Case]] = {}
    for case in cases():
        found.setdefault(str(urlsplit(case.expected["url"]).hostname), []).append(case)
    return {host: pages for host, pages in found.items() if len(pages) > 1}


@pytest.mark.parametrize(("host", "pages"), hosts().items(), ids=lambda value: str(value)[:24])
def test_what_is_learnt_from_the_fixtures_of_a_portal_harms_none(
    host: str, pages: list[Case]
) -> None:
    samples = [
        sample_page(page.body, content_type=page.expected.get("content_type")) for page in pages
    ]
    marks = learn_boilerplate([sample for sample in samples if sample])
    for page in pages:
        site = page.site() or Site(host, host, page.expected["url"])
        read_page = parse_page(
            page.body,
            page.expected["url"],
            site=replace(site, boilerplate=marks),
            content_type=page.expected.get("content_type"),
            captured_at=datetime.fromisoformat(page.expected["captured_at"]),
        )
        harmed = {
            field: (value, wanted)
            for (field, right, value, wanted), (_, before, _, _) in zip(
                differences(page, read_page), differences(page, page.read()), strict=True
            )
            if before and not right
        }
        assert not harmed, page.name


def test_what_is_learnt_is_bounded():
    def many(title: str) -> bytes:
        lines = "".join(f"<p>Dòng dùng chung của mọi trang, số {n}</p>" for n in range(900))
        return f"<body><div><p>{title} của huyện nhà</p></div><div>{lines}</div></body>".encode()

    samples = [sample_page(many(name)) for name in ("Một trang tin", "Hai trang tin")]
    assert len(learn_boilerplate(samples)) == 400


def banner(number: int, heading: str) -> bytes:
    title, lead = NEWS[number]
    body = "".join(f"<p>{lead}, sớm hơn mọi năm, lần thứ {count}.</p>" for count in range(5))
    return (
        "<html><head><title>Cổng thông tin điện tử huyện A</title></head><body>"
        f"<h1>Cổng TTĐT huyện A</h1><div>{heading.format(title)}<div>Cập nhật lúc 15h06, ngày "
        f"27/3/2024</div><div>{body}</div></div></body></html>"
    ).encode()


def titles(heading: str) -> tuple[str | None, str | None]:
    """The title of the third page, before and after the site learnt from the first two."""
    site = replace(SITE, name="Cổng thông tin điện tử huyện A")
    samples = [sample_page(banner(number, heading)) for number in (0, 1)]
    wiser = replace(site, boilerplate=learn_boilerplate(samples))
    url = "https://a.example.vn/tin/bai-2"
    before, after = (parse_page(banner(2, heading), url, site=each) for each in (site, wiser))
    return before.article.title, after.article.title


def test_a_banner_in_h1_is_no_title_once_it_is_known_to_be_shared():
    before, after = titles("<div>{}</div>")
    assert before == "Cổng TTĐT huyện A", "nothing on one page says that it is a banner"
    assert after == NEWS[2][0]


def test_a_headline_that_only_the_date_below_it_tells_from_the_text():
    def page(number: int) -> bytes:
        title, lead = NEWS[number]
        text = "".join(f"<p>{lead}, sớm hơn mọi năm, lần thứ {count}.</p>" for count in range(5))
        dated = "<div>Cập nhật lúc 15h06, ngày 27/3/2024</div>"
        body = f"<table><tr><td><div>{title}</div>{dated}{text}</td></tr></table>"
        return f"<body><h1>Cổng TTĐT huyện A</h1>{body}</body>".encode()

    wiser = replace(SITE, boilerplate=learn_boilerplate([sample_page(page(n)) for n in (0, 1)]))
    article = parse_page(page(2), "https://a.example.vn/tin/bai-2", site=wiser).article
    assert article.title == NEWS[2][0]
    assert article.body.startswith(NEWS[2][1])


def test_without_a_title_of_its_own_an_article_has_none():
    assert titles("<img src='{}.gif'>")[1] is None
