"""Text that lasts: the codes from before Unicode, and characters that print nothing."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scraper.parse.legacy import convert, to_unicode
from scraper.parse.syllables import is_syllable
from scraper.parse.text import clean
from tests.parse.pages import article, html, read

# What the page prints, what it says. TCVN3 with its soft hyphen, which is the letter ư.
OLD = [
    ("Chñ tÞch UBND huyÖn ph¸t biÓu t¹i héi nghÞ", "Chủ tịch UBND huyện phát biểu tại hội nghị"),
    ("§ång chÝ Lª V¨n §øc, BÝ th­ HuyÖn ñy", "Đồng chí Lê Văn Đức, Bí thư Huyện ủy"),
    ("¤ng NguyÔn H÷u ThØnh", "Ông Nguyễn Hữu Thỉnh"),
    ("Hoäi nghò trieån khai nhieäm vuï", "Hội nghị triển khai nhiệm vụ"),
    ("UÛy ban nhaân daân huyeän", "Ủy ban nhân dân huyện"),
    ("Ñoàng chí Chuû tòch", "Đồng chí Chủ tịch"),
    ("Tie^'ng Vie^.t", "Tiếng Việt"),
    ("UBND huye^.n to^? chu+'c ho^.i nghi. na(m 2003", "UBND huyện tổ chức hội nghị năm 2003"),
    ("DDa?ng bo^. huye^.n", "Đảng bộ huyện"),
]
# Other languages, quotation marks, mathematics, Vietnamese in Unicode: as they are.
NOT_OLD = [
    "Chiesa ruft zum «politischen Widerstand» gegen die Asylpolitik auf",
    "«Die israelische Zurückhaltung hat viel mit den USA zu tun»",
    "« Le dernier sabotier » transmet enfin son atelier, à été élu",
    "«Bella serata, pronti a lavorare insieme». Il Nyt: «Su Cecilia Sala»",
    "El año pasado señaló él", "São Paulo não é só ação", "Pamätník für Ärzte öffnet Räume",
    "Smørrebrød på bordet æøå", "Jõgi külä öö", "Þórður á Íslandi hér", "naïve café",
    "© 2020 ABC® 5µm ±2", "x^2 + y^2 = z^2, a^ o^ e^", "foo^ bar^ baz^",
    "Hà Nội, ngày 20 tháng 3", "Mùa xuân ở bên em", "Thanh Qúy", "hoà bình, hòa bình",
]  # fmt: skip


@pytest.mark.parametrize(("printed", "meant"), OLD)
def test_old_codes_become_unicode(printed, meant):
    assert to_unicode(printed) == meant
    assert convert(printed)[1] in ("TCVN3", "VNI", "VIQR")


@pytest.mark.parametrize("text", NOT_OLD)
def test_other_text_stays_as_it_is(text):
    assert convert(text) == (text, None)


@example("GÙ0ª")
@given(st.text() | st.text("aeoGU0 ªÙøùâêñö", max_size=12))
def test_converting_twice_changes_nothing_more(text):
    once = to_unicode(text)
    assert to_unicode(once) == once


@pytest.mark.parametrize(
    "word",
    ["nghiêng", "quý", "Qúy", "giữ", "gì", "Đảng", "hoà", "hòa", "thuở", "khuya", "khuỷu", "xoong"],
)
def test_syllables(word):
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["für", "año", "straße", "été", "ộtộ", "bảt", "hàc"])
def test_what_is_no_syllable(word):
    assert not is_syllable(word)


def test_the_printed_form_is_kept_with_the_node_that_prints_it():
    printed, meant = OLD[0]
    page = read(html(extra=f"<p id='cu'>{printed}</p>"))
    assert meant in page.article.body
    (kept,) = [value for name, value in page.provenance.items() if name.startswith("legacy.")]
    assert (kept.rule, kept.printed, kept.path) == ("legacy:TCVN3", printed, '//*[@id="cu"]')
    assert any("TCVN3" in warning for warning in page.warnings)


def test_a_caption_in_an_old_code():
    extra = "<figure><img src='/anh/1.jpg'><figcaption>Quang c¶nh lÔ khai m¹c</figcaption></figure>"
    (image,) = article(html(extra=extra)).images
    assert image.caption == "Quang cảnh lễ khai mạc"


@pytest.mark.parametrize(
    ("printed", "kept"),
    [
        ("Huyện\u00a0\u00a0 \u2009ủy", "Huyện ủy"),
        ("thông\u00adtin", "thôngtin"),
        ("\ufeffHuyện\u200b ủy\u200d", "Huyện ủy"),
        ("“Ngày hội” – ‘xuân’…", "“Ngày hội” – ‘xuân’…"),
        ("Thanh Qúy, hoà thuận, hòa giải", "Thanh Qúy, hoà thuận, hòa giải"),
        (unicodedata.normalize("NFD", "Đảng bộ huyện"), "Đảng bộ huyện"),
        ("a\x0bb\x00c", "abc"),
    ],
)
def test_what_prints_nothing_goes_and_what_is_printed_stays(printed, kept):
    assert clean(printed) == kept


GERMAN = (
    "Die Gemeinde hat für das größte Fest des Jahres über zwölftausend Gäste begrüßt; schön war "
    "es, sagte der Bürgermeister, daß so viele Bürger trotz der Kälte gekommen waren. "
)


def test_a_long_text_in_another_language_with_accents_stays():
    assert convert(GERMAN * 3) == (GERMAN * 3, None)


@pytest.mark.parametrize("times", [1, 8])
def test_a_long_text_in_an_old_code_is_known_by_its_first_words(times):
    text = "UÛy ban nhaân daân huyeän toå chöùc leã khai maïc hoäi thao naêm nay. " * times
    converted, code = convert(text)
    assert code == "VNI"
    assert converted.startswith("Ủy ban nhân dân huyện tổ chức lễ khai mạc hội thao năm nay.")
