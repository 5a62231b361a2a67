"""A small archive for the tests: real WARC records, stored as the crawl stores them."""

import struct
import zlib
from base64 import b32encode
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha1
from io import BytesIO

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from scraper.archive import Archive, Capture, RunCounts
from scraper.parse import Article, Attachment, Counters, Image, Page, PageKind
from scraper.sites import Site

HOANG_HOA = Site(
    id="hoanghoa",
    name="Cổng thông tin điện tử huyện Hoằng Hóa",
    base_url="https://hoanghoa.example.vn/",
    province="Thanh Hóa",
)
QUANG_XUONG = Site(
    id="quangxuong",
    name="Trang thông tin huyện Quảng Xương",
    base_url="https://quangxuong.example.vn/",
    province="Thanh Hóa",
)
PORTAL = "https://hoanghoa.example.vn/portal/"
SEED = PORTAL + "Pages/2024-3-27/Hoi-nghi-trien-khai1a2b3c.aspx"
EDITED = PORTAL + "Pages/2024-4-2/Thong-bao-lich-tiep-dan.aspx"
HOSTILE = PORTAL + "Pages/2024-5-1/hostile.aspx"
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
SCRIPT = "<script>window.hacked = true</script>"
BREAKOUT = '"><img src=x onerror="window.hacked = true">'


def png(width: int, height: int, colour: tuple[int, int, int]) -> bytes:
    """A real PNG of one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    rows = (b"\x00" + bytes(colour) * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def digest_of(payload: bytes) -> str:
    return "sha1:" + b32encode(sha1(payload).digest()).decode()


@dataclass
class Builder:
    """Stores pages and files as a crawl does: bytes to the WARC first, then rows."""

    archive: Archive
    warc: str = "test.warc.gz"
    stored: dict[str, int] = field(default_factory=dict)

    def capture(self, site, url, payload, content_type, at, *, encoding=None) -> int:
        self.archive.warc_folder.mkdir(exist_ok=True)
        headers = [("Content-Type", content_type)]
        sent = payload
        if encoding == "gzip":
            squeeze = zlib.compressobj(wbits=zlib.MAX_WBITS + 16)
            sent = squeeze.compress(payload) + squeeze.flush()
            headers.append(("Content-Encoding", "gzip"))
        with (self.archive.warc_folder / self.warc).open("ab") as out:
            offset = out.tell()
            writer = WARCWriter(out, gzip=True, warc_version="WARC/1.1")
            head = StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1")
            writer.write_record(
                writer.create_warc_record(
                    url,
                    "response",
                    payload=BytesIO(sent),
                    http_headers=head,
                    warc_headers_dict={"WARC-Date": at},
                )
            )
            length = out.tell() - offset
        return self.archive.add_capture(
            Capture(
                site=site,
                url=url,
                fetched_at=at,
                status=200,
                content_type=content_type,
                digest=digest_of(sent),
                bytes=len(sent),
                warc_file=self.warc,
                warc_offset=offset,
                warc_length=length,
            )
        )

    def page(self, url, article, at, *, site="hoanghoa", counters=None, source=None) -> int:
        body = (source or f"<!doctype html><title>{article.title}</title>").encode()
        capture = self.capture(site, url, body, "text/html; charset=utf-8", at)
        page = Page(url=url, kind=PageKind.ARTICLE, article=article, counters=counters)
        article_id = self.archive.store_page(site, capture, page, at).article
        assert article_id is not None
        self.stored[url] = article_id
        return article_id

    def file(self, url, payload, media_type, at="2024-04-01T02:00:30Z", **more) -> None:
        capture = self.capture("hoanghoa", url, payload, media_type, at, **more)
        sent_digest = self.archive.db["captures"].get(capture)["digest"]
        self.archive.store_file(url, sent_digest, len(payload), media_type, capture)


def seed_article() -> Article:
    captions = ("Toàn cảnh hội nghị", "Đồng chí Hồ Thái Dũng thông qua nội dung")
    captions += ("Các đại biểu dự hội nghị", None, "Đồng chí Lê Xuân Thu phát biểu chỉ đạo")
    images = tuple(
        Image(url=f"{PORTAL}Photos/2024-3-27/z{n}.png", filename=f"z{n}.png", caption=caption)
        for n, caption in enumerate(captions, 1)
    )
    paragraphs = [
        "Sáng ngày 27/3, Đảng bộ huyện Hoằng Hóa đã tổ chức Hội nghị triển khai nhiệm vụ.",
        "Dự kiến thời gian diễn tập trong tháng 5/2024.",
        "Các đại biểu cơ bản thống nhất với kế hoạch tổ chức diễn tập.",
    ]
    html = f"<p>{paragraphs[0]}</p>"
    html += "".join(
        f'<p><img src="{image.url}" alt=""></p>'
        + (f"<p>{image.caption}</p>" if image.caption else "")
        for image in images
    )
    html += "".join(f"<p>{text}</p>" for text in paragraphs[1:])
    return Article(
        title="Hội nghị triển khai nhiệm vụ diễn tập khu vực phòng thủ huyện năm 2024.",
        body="\n\n".join(paragraphs),
        body_html=html,
        author="Thanh Qúy",
        organisation="Trung tâm VHTT TT&DL",
        byline="Thanh Qúy – Trung tâm VHTT TT&DL",
        category="Tin trong huyện",
        tags=("diễn tập",),
        published_at="2024-03-27T15:06:52+07:00",
        published_on="2024-03-27",
        published_raw="15:06:52 27/03/2024 (GMT+7)",
        views=321,
        images=images,
    )


def edited_article(room: str) -> Article:
    return Article(
        title="Thông báo lịch tiếp dân tháng 4",
        summary="Ủy ban nhân dân huyện thông báo lịch tiếp công dân.",
        body=f"Địa điểm: phòng {room}.\n\nThời gian: 8 giờ sáng.",
        organisation="Văn phòng UBND",
        byline="Văn phòng UBND",
        category="Thông báo",
        published_on="2024-04-02",
        published_raw="02/04/2024",
        attachments=(Attachment(f"{PORTAL}files/lich.pdf", "lịch tiếp dân.pdf", "Lịch tiếp dân"),),
    )


def hostile_article() -> Article:
    return Article(
        title=f"Tiêu đề {BREAKOUT} {SCRIPT}",
        summary=SCRIPT,
        body=f"Đoạn {SCRIPT}\n\n{BREAKOUT}",
        body_html=(
            f'<p>Chữ {SCRIPT}</p><p onclick="window.hacked=true">{BREAKOUT}</p>'
            '<p><a href="javascript:window.hacked=true">bấm vào đây</a></p>'
            '<p><img src="https://tracker.example.com/pixel.gif" onerror="window.hacked=true"></p>'
            '<svg><script>window.hacked=true</script></svg><iframe src="https://evil.example/">'
            '</iframe><style>body{display:none}</style><form action="https://evil.example/"></form>'
            f'<p><img src="{PORTAL}Photos/evil.jpg"></p><p><a href="{SEED}">bài trước</a></p>'
            '<p><a href="/-/logout">ra</a></p>'
        ),
        author=f"Kẻ xấu {BREAKOUT}",
        organisation=SCRIPT,
        byline=SCRIPT,
        category=f"Mục {BREAKOUT}",
        tags=(SCRIPT,),
        published_on="2024-05-01",
        published_raw=SCRIPT,
        images=(Image(f"{PORTAL}Photos/evil.jpg", BREAKOUT, f"Chú thích {BREAKOUT}", BREAKOUT),),
        attachments=(Attachment("javascript:window.hacked=true", None, SCRIPT),),
    )


def build(archive: Archive) -> dict[str, int]:
    """Fill an archive; gives the articles' ids by their addresses."""
    for site in (HOANG_HOA, QUANG_XUONG):
        archive.save_site(site)
    make = Builder(archive)
    run = archive.start_run("scrape", datetime(2024, 4, 1, 2, tzinfo=UTC))
    box = Counters(4840, 12008, 59019, 226219, 11718781)
    make.page(SEED, seed_article(), "2024-03-28T02:00:00Z", counters=box)
    for number in (1, 2, 3, 4):
        photo = png(64, 40, (40 * number, 90, 120))
        make.file(f"{PORTAL}Photos/2024-3-27/z{number}.png", photo, "image/png")
    make.page(EDITED, edited_article("12"), "2024-04-02T03:00:00Z")
    make.page(EDITED, edited_article("204"), "2024-04-03T03:00:00Z")
    make.file(f"{PORTAL}files/lich.pdf", PDF, "application/pdf")
    make.page(HOSTILE, hostile_article(), "2024-05-01T03:00:00Z", source=f"<p>{SCRIPT}")
    make.file(f"{PORTAL}Photos/evil.jpg", SVG, "image/jpeg")
    plain = Article(
        title="Lễ hội đền thờ Bùi Khắc Nhất",
        body="Đồng bào về dự hội to.",
        published_on="2023-02-11",
    )
    other = "https://quangxuong.example.vn/portal/Pages/2023-2-11/Le-hoi.aspx"
    make.page(other, plain, "2024-03-28T02:10:00Z", site="quangxuong")
    later = Counters(4999, 12008, 59178, 226378, 11718940)
    capture = make.capture(
        "hoanghoa", PORTAL, b"<p>box</p>", "text/html; charset=utf-8", "2024-03-28T03:00:00Z"
    )
    page = Page(url=PORTAL, kind=PageKind.LISTING, counters=later)
    archive.store_page("hoanghoa", capture, page, "2024-03-28T03:00:00Z")
    archive.refresh_visits("hoanghoa")
    archive.add_failure(
        "hoanghoa", PORTAL + "missing", "timeout", "No answer in 30 s", "2024-04-01T02:01:00Z"
    )
    archive.finish_run(
        run,
        "ok",
        datetime(2024, 4, 1, 2, 5, tzinfo=UTC),
        RunCounts(requested=12, fetched=11, new=4),
    )
    return make.stored
