"""The portal of a platform that nobody has met: the one that ``docs/profiles.md`` describes."""

from __future__ import annotations

from tests.crawl.tiny_portal import Reply, TinyPortal

NEWS = {
    12: ("Nông dân xã Đông Hà thu hoạch dưa", "2024.03.27 · 15:06"),
    11: ("Khởi công cầu Bến Đá qua sông Rào", "2024.03.26 · 08:30"),
    10: ("Trường Tiểu học số 2 đón bằng chuẩn", "2024.03.20"),
    9: ("Đội văn nghệ thôn Hạ tập luyện", "2024.03.18 · 19:00"),
    8: ("Tổ hợp tác đan lát có đơn hàng mới", "2024.03.15 · 10:10"),
}
INVITATION = "Mời bạn đọc cài ứng dụng Lúa Vàng trên điện thoại để nhận tin mỗi sáng từ huyện nhà."


def page(content: str) -> bytes:
    return (
        "<!DOCTYPE html><html><head><meta charset='utf-8'><title>Lúa Vàng</title>"
        "<meta name='generator' content='LuaVang CMS 3'></head><body>"
        "<div><a href='/'>Trang chủ</a> <a href='/muc?m=3'>Nông thôn</a></div>"
        f"{content}<div class='lv-dem'>Lượt truy cập <b>Hôm nay</b> 1.204 <b>Tất cả</b> 2.345.678"
        "</div></body></html>"
    ).encode()


def article(number: int) -> bytes:
    title, date = NEWS[number]
    return page(
        f"<div class='lv-tua'>{title}</div><div class='lv-luc'>Biên tập {date}</div>"
        f"<div class='lv-tom'>Bản tin số {number} của huyện.</div><div class='lv-bai'>"
        f"<p>Sáng 1/1/2001, phóng viên về xã ghi nhận câu chuyện: {title.lower()}.</p>"
        f"<div class='lv-anh'><img src='/anh/{number}.jpg'>"
        f"<div class='lv-duoi'>Ảnh số {number}</div></div><p>Công việc sẽ xong trong tháng.</p>"
        f"<div class='lv-moi'>{INVITATION}</div></div>"
        "<div class='lv-ky'><b>Lê Lài</b> gửi từ <u>Đài Truyền thanh huyện</u></div>"
        f"<span class='lv-mat'>1.2{number:02}</span>"
    )


def old_article(number: int) -> bytes:
    """The same news in the tables of 2018."""
    title, date = NEWS[number]
    return page(
        f"<table><tr><td class='tua'>{title}</td></tr><tr><td class='ngay'>{date}</td></tr><tr>"
        f"<td class='bai'><p>Xã đã làm xong việc này từ hôm qua, bà con rất vui: {title}.</p></td>"
        "</tr></table>"
    )


def fill(portal: TinyPortal) -> None:
    def listed(numbers: list[int]) -> Reply:
        items = "".join(
            f"<div class='lv-o'><a href='/doc?id={number}'>{NEWS[number][0]}</a></div>"
            for number in numbers
        )
        return Reply(page(f"<div class='lv-ds'>{items}</div>"))

    portal.pages["/"] = listed([12])
    portal.pages["/muc?m=3"] = listed([12, 11])
    portal.pages["/muc?m=3&trang=2"] = listed([10, 9])
    portal.pages["/muc?m=3&trang=3"] = listed([8])
    for number in NEWS:
        portal.pages[f"/doc?id={number}"] = Reply(article(number))
        photo = b"\xff\xd8\xff\xe0" + bytes(64)
        portal.pages[f"/anh/{number}.jpg"] = Reply(photo, content_type="image/jpeg")
    portal.pages["/doc?id=8"] = Reply(page("<div class='lv-trong'>Tin đã cất đi</div>"))
