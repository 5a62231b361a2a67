"""The lead: marked, described by the page's metadata, or a sentence by itself above the text."""

import pytest

from tests.parse.pages import article, html

LEAD = "Huyện đã hoàn thành các nội dung chuẩn bị cho cuộc diễn tập phòng thủ trong năm nay."


def _page(lead: str, head: str = "") -> str:
    return html(head=head).replace("<div><p>", f"{lead}<div><p>", 1)


@pytest.mark.parametrize(
    "lead",
    [
        f"<div class='sapo'>{LEAD}</div>",
        f"<p class='sub-title'>{LEAD}</p>",
        f"<section><p>{LEAD}</p></section>",
    ],
)
def test_a_lead_above_the_text(lead):
    found = article(_page(lead))
    assert found.summary == LEAD
    assert found.body == article(html()).body


def test_a_lead_that_the_description_repeats_needs_no_full_stop():
    lead = LEAD.rstrip(".")
    head = f"<meta name='description' content='{lead}'>"
    assert article(_page(f"<section><p>{lead}</p></section>", head)).summary == lead


def test_a_lead_in_a_script_whose_characters_say_more():
    page = _page("<p>高齢化が進む上村地区の棚田で、都市部の親子約四十人が稲刈りを手伝った。</p>")
    assert (
        article(page).summary
        == "高齢化が進む上村地区の棚田で、都市部の親子約四十人が稲刈りを手伝った。"
    )


def test_a_caption_is_no_lead():
    figure = f"<figure><img src='/anh/a.jpg'><figcaption class='lead'>{LEAD}</figcaption></figure>"
    found = article(_page(figure))
    assert found.summary is None
    assert [image.caption for image in found.images] == [LEAD]
