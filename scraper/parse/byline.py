"""The line that signs an article: recognise it, split it into persons and organisations."""

from __future__ import annotations

import re
from dataclasses import dataclass

from scraper.parse.syllables import is_syllable
from scraper.parse.text import clean

_ROLE = (
    r"(?:tin|bài|ảnh|bài viết|nội dung|video|clip|thực hiện"
    r"|người viết|tác giả(?: bài viết)?|biên tập|t/h|th|ctv|pv|đưa tin|sưu tầm"
    r"|(?:người )?(?:biên |lược )?dịch|(?:người )?biên soạn|người thực hiện"
    r"|author|作者|记者|摄影|撰稿)"
)
# What is said of a person, but is no label before a name.
_DOING = r"(?:tổng hợp|sưu tầm|st|lược ghi|biên soạn|thực hiện)"
# "Tin, ảnh:", "Bài và ảnh:", "Tác giả:", "T/h:" name persons (or the unit they write for).
_PERSON_LABEL = re.compile(
    rf"^\(?\s*{_ROLE}(?:\s*(?:,|-|–|/|&|\+|và)\s*{_ROLE}){{0,3}}\s*[:：]\s*", re.IGNORECASE
)
_BY = re.compile(
    r"^(?:viết bởi|đăng bởi|người đăng|đóng góp bởi|bởi|tác giả|ghi chép(?: của)?"
    r"|written by|posted by|by|von|par|por|โดย)\s*[:：]?\s+(?=\S)",
    re.IGNORECASE,
)
_ROLES = re.compile(rf"(?:{_ROLE}|{_DOING})(?:\s*[,&/]\s*(?:{_ROLE}|{_DOING}))*", re.IGNORECASE)
_SUFFIX = re.compile(r"\s*\(([^()]{2,60})\)\s*$")
_SOURCE_LABEL = re.compile(
    r"^\(?\s*(?:nguồn(?: tin| ảnh| bài viết)?|cơ quan|đơn vị|theo nguồn(?: tin)?|source"
    r"|(?:文章)?来源|稿源)"
    r"\s*[:：]\s*",
    re.IGNORECASE,
)
_THEO = re.compile(r"^\(?\s*Theo\s+(?=[A-ZÀ-ỸĐ\"“])(?!\s*(?:đó|kế hoạch))", re.UNICODE)
_ORGANISATION = re.compile(
    r"^(?:trung tâm|ban(?:\s|$)|phòng|đài|báo|ubnd|hđnd|ủy ban|uỷ ban|văn phòng|vp\b|cổng|hội"
    r"|công an|bbt\b|mttq|mặt trận|tạp chí"
    r"|sở|bộ\s|cục|chi cục|tổng cục|viện|trường (?:thpt|thcs|th\b|mn\b|tiểu học|mầm non"
    r"|đại học|cao đẳng|trung|chính trị|dân tộc)|liên đoàn|huyện|đoàn (?:thanh niên|tncs|tn\b"
    r"|công tác|xã|huyện|phường|kiểm tra|đbqh)|đảng|thông tấn|ttxvn|vov|vtv|vnexpress|cttđt"
    r"|ttvh|tt\s?vh|tt\s|vhtt|"
    r"trang thông tin|trang tin|thành đoàn|bch\b|bhxh|bảo hiểm|chi nhánh|ngân hàng"
    r"|đội (?:cảnh sát|csgt|an ninh|quản lý|trật tự|thuế|công tác|tuyên truyền|thông tin)"
    r"|khoa (?-i:[A-ZÀ-ỸĐ][\w]*\s[a-zà-ỹđ])"
    r"|hạt kiểm lâm|kho bạc|toà án|tòa án|viện kiểm sát|"
    r"trạm|tổ\s|xã\s|phường\s|thị trấn|tỉnh\s|thành ủy|huyện ủy|tỉnh ủy|quân sự|đồn biên phòng"
    r"|chính phủ|quốc hội|nxb|công ty|tập đoàn|hợp tác xã|htx|câu lạc bộ|clb)"
    r"|\.(?:vn|com|net|org)\b",
    re.IGNORECASE,
)
_ACRONYM = re.compile(r"^(?!PV\b|CTV\b)[A-ZĐ][A-ZĐ0-9&.\-]{2,}(?:\s+[A-ZĐ][A-ZĐ0-9&.\-]+)*$")
# "BTG Huyện ủy", "LĐLĐ huyện", "TTYT thị xã": an acronym and of where.
_LOCAL = re.compile(
    r"^[A-ZĐ][A-ZĐ&.\-]{1,}\s+(?:[Hh]uyện|[Xx]ã|[Pp]hường|[Tt]hị|[Tt]hành|[Tt]ỉnh|[Qq]uận|HU|TU|TX|TP)"
    r"(?!\w)"
)
_SPLIT = re.compile(r"\s+[-–—|]\s+|\s*[–—]\s*")
# "Phòng NN&PTNT" and "TT & DL" are one.
_AND = re.compile(
    r"\s*(?:,|;|、|\bvà\b|\band\b|(?<!\w)&(?!\s*DL\b)|&(?=[A-ZĐ][a-zà-ỹ])|\+|/"
    rf"|(?<![Nn]gười)(?<![Bb]iên)(?<![Ll]ược)\.?\s(?=(?i:{_ROLE})\s*[:：]))\s*"
)
# What a person did or is, printed without a colon: "CTV Minh Anh", "Minh Anh tổng hợp".
_AS = re.compile(
    r"^(?:PV|CTV|Phóng viên|Cộng tác viên|Nhà báo|Ghi chép của|Đ/c|Đồng chí)\s+(?=\S+\s)"
)
_DID = re.compile(rf"\s+\(?{_DOING}\)?$", re.IGNORECASE)
# Papers whose names read like a person's.
_PAPERS = frozenset(
    ("nhân dân", "tuổi trẻ", "thanh niên", "lao động", "người lao động", "tiền phong", "dân trí",
     "hà nội mới", "sài gòn giải phóng", "quân đội nhân dân", "công an nhân dân", "đại đoàn kết",
     "pháp luật", "giáo dục", "văn hóa", "nông nghiệp", "biên phòng", "dân việt", "việt nam",
     "người đưa tin", "an ninh thủ đô", "phụ nữ", "kinh tế đô thị"),
)  # fmt: skip
# A label that stands alone before the name: "Bởi", "Viết bởi", "By".
_BY_ALONE = re.compile(
    r"^(?:viết bởi|đăng bởi|người đăng|bởi|written by|posted by|by|von|par|por|texte|text)\s*:?$",
    re.IGNORECASE,
)
_SOURCE_ALONE = re.compile(r"^(?:nguồn(?: tin| bài viết)?|source|via)\s*[:：]?$", re.IGNORECASE)
_NAME_WORD = re.compile(r"^[A-ZÀ-ỸĐ][\wÀ-ỹ’'.]*$")
# "T.Đ", "H.T.M": initials sign beside a name; "K’Brếu" is a whole name of the Central Highlands.
_INITIALS = re.compile(r"^(?:[A-ZĐ]\.){1,2}[A-ZĐ]\.?$")
_HIGHLAND = re.compile(r"^[A-ZĐ][’'][A-ZÀ-ỸĐ][a-zà-ỹ]+$")
# Single words that end an article and name nobody.
_NOBODY = frozenset(("hết", "end", "tin", "bài", "ảnh", "nguồn", "in", "theo", "xem", "lưu"))
# Who translated or edited a text signs it where nobody else does.
_TRANSLATED = re.compile(r"^\(?\s*(?:người )?(?:biên |lược )?dịch\s*[:：]", re.IGNORECASE)
_EDITED = re.compile(r"^\(?\s*biên tập\s*[:：]", re.IGNORECASE)
# Accounts of a CMS, which sign whatever they enter and are nobody's names.
_ACCOUNTS = frozenset(
    ("admin", "administrator", "adminportal", "quản trị", "quản trị viên", "quantri", "editor",
     "superuser", "super user", "webmaster", "user", "root", "moderator", "host", "portal admin",
     "wpadmin", "biên tập", "tổng hợp"),
)  # fmt: skip
# Who signs a notice for whom ("TM. ỦY BAN NHÂN DÂN"), and as what ("KT. CHỦ TỊCH"): no names.
_ON_BEHALF = re.compile(r"^(?:TM|T/M|KT|TL|T/L|TUQ)\s*[./]\s*")
_POST = re.compile(
    r"^(?:Q\. ?)?(?:(?:phó |quyền )?(?:chủ tịch|bí thư|giám đốc|trưởng (?:phòng|ban)"
    r"|chánh (?:văn phòng|thanh tra)|chủ nhiệm|hiệu trưởng)(?: thường trực)?"
    r"|chủ tịch ubnd.{0,40}|đã ký)$",
    re.IGNORECASE,
)
_COUNCIL = re.compile(r"^(?:HĐND|UBND|UBMTTQ|MTTQ|ĐU|Đảng ủy|Đảng uỷ)\b")
_COUNCIL_OFFICE = re.compile(r"^(?:VP|Văn phòng|Đảng ủy|Đảng uỷ|HĐND|TT HĐND|Thường trực)\b")
_STAFF = frozenset(
    ("pv", "ctv", "phóng viên", "cộng tác viên", "nhóm pv", "nhóm phóng viên", "btv")
)


# Authors, translators and editors.
_Persons = tuple[list[str], list[str], list[str]]


@dataclass(frozen=True, slots=True)
class Byline:
    """``printed`` as the page has it, and what it names; each is ``None`` if it names none."""

    printed: str
    author: str | None = None
    organisation: str | None = None


def split_byline(printed: str) -> Byline:
    """Split one or more signature lines (a line break between them) into persons and organisations.

    ``Thanh Qúy – Trung tâm VHTT TT&DL`` is a person and an organisation; ``Huy Khôi – Hồng Sơn``
    two persons; ``Nguồn: …`` and ``Theo …`` name a source; ``BBT`` is an organisation and ``PV``
    a person whom the page does not name further. A translator (``Dịch: …``), then an editor
    (``Biên tập: …``), is the author where the line names no other.
    """
    persons: _Persons = ([], [], [])
    organisations: list[str] = []
    for line in printed.split("\n"):
        _split_line(_ON_BEHALF.sub("", clean(line)), persons, organisations)
    authors = next(filter(None, persons), [])
    return Byline(printed, ", ".join(authors) or None, ", ".join(organisations) or None)


def _rank(text: str, inherited: int = 0) -> int:
    """What a person is by the label before the name: 0 author, 1 translator, 2 editor."""
    if not _PERSON_LABEL.match(text):
        return inherited
    return 1 if _TRANSLATED.match(text) else 2 if _EDITED.match(text) else 0


def _split_line(line: str, persons: _Persons, organisations: list[str]) -> None:
    source = _SOURCE_LABEL.match(line) or _THEO.match(line)
    if source and (second := _THEO.match(line[source.end() :])):
        line = line[source.end() :]
        source = second
    person = _PERSON_LABEL.match(line) or _BY.match(line)
    rest = line[source.end() :] if source else line[person.end() :] if person else line
    if line.startswith("(") and line.endswith(")"):
        rest = rest.removesuffix(")").removeprefix("(")
    if person and _SOURCE_LABEL.search(rest):
        head, tail = rest[: _SOURCE_LABEL.search(rest).start()], rest  # type: ignore[union-attr]
        rest = head or tail
    suffix = _SUFFIX.search(rest)
    if suffix and _may_be_suffix(suffix[1]):
        rest = rest[: suffix.start()]
        theo = _THEO.match(suffix[1])
        if theo or is_organisation(suffix[1]):
            _append(organisations, suffix[1][theo.end() :] if theo else suffix[1])
    if source:
        _split_source(rest.strip(" ."), persons[0], organisations)
        return
    rank = _rank(line)
    for part in _parts(rest.strip(" .")):
        own = _rank(part.strip(), rank)
        inner = _AS.sub("", _PERSON_LABEL.sub("", part.strip()))
        if is_organisation(inner):
            _append(organisations, inner)
            continue
        for name in _AND.split(inner):
            authors = persons[_rank(name.strip(" .()"), own)]
            name = _PERSON_LABEL.sub("", name.strip(" .()"))
            if name:
                _append(organisations if is_organisation(name) else authors, _bare(name))


def _split_source(text: str, authors: list[str], organisations: list[str]) -> None:
    """What stands after ``Nguồn:`` or ``Theo``: a source, and perhaps who wrote for it.

    ``Hội LHPN xã – Thu Ba`` and ``Thu Ba (Hội LHPN xã)`` are a person and an office, since one of
    the two is surely an office; a name that stands alone is the source's.
    """
    parts = [part.strip() for part in _parts(text) if part.strip()]
    if len(parts) == 1 and (halves := parts[0].split("/")) and len(halves) == 2:
        whose = [is_organisation(half.strip()) for half in halves]
        parts = [half.strip() for half in halves] if whose == [False, True] else parts
    office = bool(organisations) or any(is_organisation(part) for part in parts)
    for part in parts:
        _append(authors if office and _is_person(part) else organisations, part)


def _is_person(text: str) -> bool:
    names = _AND.split(text)
    return all(
        _is_name(name) and not is_organisation(name) and name.lower() not in _PAPERS
        for name in names
    )


def _bare(name: str) -> str:
    """A name without what the person did or is (``CTV Minh Anh``, ``Minh Anh tổng hợp``)."""
    return _DID.sub("", _AS.sub("", name))


def _parts(text: str) -> list[str]:
    """A signature cut at its dashes, but for an office that several councils share.

    ``Văn phòng HĐND - UBND xã`` is one office, ``Thanh Qúy – UBND xã`` a person and an office.
    ``Trung tâm Văn hóa - Thể thao huyện`` is one, too: what follows an office and is neither a
    name nor another office goes on with its name.
    """
    parts: list[str] = []
    start = end = 0
    for part in _SPLIT.split(text):
        at = text.index(part, end)
        shared = parts and _COUNCIL.match(part) and _COUNCIL_OFFICE.match(parts[-1])
        if shared or (parts and _goes_on(parts[-1], part)):
            parts[-1] = text[start : at + len(part)]
        else:
            start = at
            parts.append(part)
        end = at + len(part)
    return parts


def _goes_on(office: str, part: str) -> bool:
    """Whether what stands behind a dash is the rest of an office's name."""
    return (
        any(word[0].islower() for word in part.split()[1:])
        and part[0].isupper()
        and not part.endswith((".", ":", "?", "!"))
        and _ORGANISATION.match(office) is not None
        and not _PERSON_LABEL.match(part)
        and not _is_signature_part(part)
    )


def is_behalf(text: str) -> bool:
    """Whether a block says for whom or as what somebody signs: ``TM. UBND XÃ``, ``CHỦ TỊCH``."""
    lines = text.split("\n")
    return len(text) <= 120 and all(
        _ON_BEHALF.match(line) or _POST.match(line.strip("() ")) for line in lines
    )


def is_account(text: str) -> bool:
    """Whether a name is that of a CMS account (``admin``), not of a person."""
    return text.lower().strip(" .,;:") in _ACCOUNTS


def _may_be_suffix(text: str) -> bool:
    """Whether what follows a name in brackets is its office, a source or a role."""
    return is_organisation(text) or _is_role(text) or _THEO.match(text) is not None


def _is_role(text: str) -> bool:
    return _ROLES.fullmatch(text.strip()) is not None


def _append(names: list[str], name: str) -> None:
    name = name.strip(" ,;:")
    if _POST.match(name):
        return
    if name and name not in names and not is_account(name):
        names.append(name)


def is_organisation(text: str) -> bool:
    """Whether a name is that of an office, a paper or a group rather than of a person."""
    if text.lower() in _STAFF or _INITIALS.match(text):
        return False
    if _ORGANISATION.search(text) or _LOCAL.match(text):
        return True
    words = text.split()
    # "MINH ANH" is a name in capitals, "VOV" and "BTG HU" are none.
    return bool(_ACRONYM.match(text)) and not (len(words) > 1 and all(map(is_syllable, words)))


def is_labelled(text: str) -> bool:
    """Whether a short line begins with a label of a signature (``Tin, ảnh:``, ``Theo …``)."""
    if len(text) > 160 or "\n" in text:
        return False
    labelled = _PERSON_LABEL.match(text) or _SOURCE_LABEL.match(text) or _short_by(text)
    if labelled:
        return bool(text[labelled.end() :].strip()) and not text.rstrip().endswith(("./.", ";"))
    theo = _THEO.match(text)
    return bool(theo) and len(text) <= 60 and "," not in text and not text.endswith((".", ":", "…"))


def is_source(text: str) -> bool:
    """Whether a line is labelled as the source of a text (``Nguồn tin: …``)."""
    return len(text) <= 160 and _SOURCE_LABEL.match(text) is not None


def is_source_label(text: str) -> bool:
    """Whether a text is only the word before a source (``NGUỒN``)."""
    return len(text) <= 16 and _SOURCE_ALONE.match(text) is not None


def _short_by(text: str) -> re.Match[str] | None:
    """``Viết bởi A`` and the like, where names follow; ``Bởi vậy …`` is a sentence."""
    match = _BY.match(text)
    if match is None or len(text) > 80 or text.endswith("."):
        return None
    return (
        match
        if all(_is_signature_part(part) for part in _SPLIT.split(text[match.end() :]))
        else None
    )


def is_by_label(text: str) -> bool:
    """Whether a text is only the word before an author's name (``bởi``, ``By``)."""
    return bool(_BY_ALONE.match(text.strip()))


def is_bare_signature(text: str) -> bool:
    """Whether a line without a label reads as names: ``Lê Lài``, ``Huy Khôi – Hồng Sơn``, ``BBT``.

    Each part is two to five capitalised words, or an organisation by its first word; sentences,
    headings and anything with digits or a closing full stop are none.
    """
    line = text.strip().strip("()") if text.startswith("(") else text.strip()
    suffix = _SUFFIX.search(line)
    if suffix and _may_be_suffix(suffix[1]):
        line = line[: suffix.start()]
    if (
        not line
        or len(line) > 90
        or "\n" in line
        or line[-1] in ".:;!?…"
        or (any(c.isdigit() for c in line) and not _ORGANISATION.match(line))
    ):
        return False
    parts = [part.strip() for part in _parts(line)]
    if len(parts) > 3:
        return False
    return all(_is_signature_part(part) for part in parts) or (
        len(parts) > 1
        and any(_is_signature_part(part) for part in parts)
        and all(_is_short(part) or _is_signature_part(part) for part in parts)
    )


def is_lone_name(text: str) -> bool:
    """Whether a line is a pen name of one word or initials: ``Tuệ``, ``K’Brếu``, ``H.T.M``.

    A word by itself says little; only where it stands and how it is set make it a signature.
    """
    return _is_short(text) and text.lower() not in _NOBODY


def _is_signature_part(part: str) -> bool:
    if part.lower() in _STAFF or part in ("BBT", "TTXVN", "VOV"):
        return True
    if _ORGANISATION.match(part) or _LOCAL.match(part):
        return len(part) <= 60 and part[0].isupper()
    names = [name for name in _AND.split(_bare(part)) if name]
    if not any(map(_is_name, names)):
        return False
    return all(
        _is_name(name) or _is_short(name) or (at > 0 and _is_unit(name))
        for at, name in enumerate(names)
    )


def _is_unit(text: str) -> bool:
    """Whether what follows a name after a comma is an office (``Sở KH&CN``), not a post."""
    named = _ORGANISATION.match(text) or _LOCAL.match(text)
    return bool(named) and len(text) <= 60 and text[0].isupper() and not text.endswith("viên")


def _is_short(text: str) -> bool:
    if _INITIALS.match(text) or _HIGHLAND.match(text):
        return True
    return 1 < len(text) <= 7 and text.istitle() and text.isalpha() and is_syllable(text)


def _is_name(name: str) -> bool:
    words = name.split()
    return 1 < len(words) <= 5 and len(name) <= 32 and all(_NAME_WORD.match(word) for word in words)
