"""Pages made to be hard: 5 MB, 200,000 elements, 10,000 deep, and one thing thousands of times."""

_TEXT = (
    "Sáng nay, Ban Chỉ đạo huyện tổ chức hội nghị triển khai nhiệm vụ, đánh giá kết quả công tác. "
)


def hard_page(name: str) -> bytes:
    """The page of that name."""
    body = _BODIES[name]()
    return f"<html lang='vi'><body><h1>Hội nghị của huyện</h1>{body}</body></html>".encode()


def _text() -> str:
    return "".join(f"<p>{_TEXT * 3}{number}</p>" for number in range(15_000))


def _elements() -> str:
    return "".join(
        f"<p class='a b'><i>x</i><b>y</b></p><a href='/t-{number}.html'>z</a>"
        for number in range(50_000)
    )


def _depth() -> str:
    return "<div class='x'>" * 10_000 + _TEXT * 40_000


def _photos() -> str:
    return "".join(f"<p><img src='/a{number}.jpg'></p><p>{_TEXT}</p>" for number in range(20_000))


def _rows() -> str:
    rows = (
        f"<tr><td>{number}</td><td>Hôm nay: {number}</td><td>12/03/2024 10:05</td></tr>"
        for number in range(30_000)
    )
    return f"<table>{''.join(rows)}</table>"


def _boxes() -> str:
    return "".join(
        f"<div class='sidebar s{number}'><div class='related author date'>{_TEXT}</div></div>"
        for number in range(20_000)
    )


def _links() -> str:
    return "".join(
        f"<li><a class='title' href='/tin/tin-moi-nhat-{number}.html'>Tin tức mới nhất trong huyện "
        f"số {number}</a> (12/03/2024)</li>"
        for number in range(40_000)
    )


def _headlines() -> str:
    entries = (
        f"<li><h3><a href='/tin/t-{number}.html'>{_TEXT}</a></h3><i>12/03/2024</i></li>"
        for number in range(15_000)
    )
    return "<div>" * 1_900 + "".join(entries)


_BODIES = {
    "text of 5 MB": _text,
    "200,000 elements": _elements,
    "10,000 deep": _depth,
    "20,000 photos": _photos,
    "30,000 rows": _rows,
    "20,000 boxes": _boxes,
    "40,000 links": _links,
    "15,000 headlines, 1,900 deep": _headlines,
}
NAMES = tuple(_BODIES)
