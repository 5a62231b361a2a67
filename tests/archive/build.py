"""Small records to store, so that a test says only what it is about."""

from dataclasses import replace

from scraper.archive import Archive, Capture, Stored
from scraper.parse import Article, Attachment, Counters, Image, Page, PageKind, Provenance
from scraper.sites import Site

SITE = Site("hoang-hoa", "Cổng thông tin huyện Hoằng Hóa", "https://hoanghoa.example.vn/")
URL = "https://hoanghoa.example.vn/tin-tuc/hoi-nghi.html"

ARTICLE = Article(
    title="Đảng bộ huyện Hoằng Hóa họp",
    summary="Sáng 27/3, hội nghị đã diễn ra.",
    body="Đồng chí Bí thư chủ trì.\n\nHội nghị bàn về diễn tập.",
    body_html="<p>Đồng chí Bí thư chủ trì.</p><p>Hội nghị bàn về diễn tập.</p>",
    author="Thanh Qúy",
    organisation="Trung tâm VHTT TT&DL",
    byline="Thanh Qúy – Trung tâm VHTT TT&DL",
    category="Tin tức",
    tags=("hội nghị", "diễn tập"),
    published_at="2024-03-27T15:06:52+07:00",
    published_on="2024-03-27",
    published_raw="15:06:52 27/03/2024 (GMT+7)",
    images=(
        Image("https://hoanghoa.example.vn/anh/a.jpg", "a.jpg", "Toàn cảnh lễ phát động"),
        Image("https://hoanghoa.example.vn/anh/b.jpg", "b.jpg"),
    ),
    attachments=(Attachment("https://hoanghoa.example.vn/kh.pdf", "kh.pdf", "Kế hoạch"),),
)


def page(article: Article | None = ARTICLE, *, url: str = URL, **fields) -> Page:
    """A page that shows the article (or none)."""
    kind = PageKind.ARTICLE if article else PageKind.OTHER
    provenance = {"title": Provenance("profile:title", "/html/body/h1", 0.9)}
    return Page(url, kind, article, provenance=provenance, **fields)


def edited(**changes) -> Page:
    """A page whose article differs in these columns."""
    return page(replace(ARTICLE, **changes))


def counted(**numbers: int) -> Page:
    """A page without article whose box says these numbers."""
    return page(None, counters=Counters(**numbers))


def capture(archive: Archive, at: str, *, url: str = URL, site: str = SITE.id, **fields) -> int:
    """Store a capture; its digest differs from all others unless given."""
    number = archive.totals().captures
    fields = {"status": 200, "digest": f"sha1:{number}", **fields}
    fields = {"warc_file": "a.warc.gz", "warc_offset": 1000 * number, **fields}
    return archive.add_capture(Capture(site, url, at, **fields))


def see(archive: Archive, at: str, shown: Page | None = None, **fields) -> Stored:
    """Capture the page at that time and store what it shows."""
    shown = page() if shown is None else shown
    number = capture(archive, at, url=shown.url, **fields)
    return archive.store_page(SITE.id, number, shown, at)


def rows(archive: Archive, sql: str, *values: object) -> list[tuple]:
    """All rows of a query."""
    return archive.db.execute(sql, list(values)).fetchall()
