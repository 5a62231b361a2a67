"""Pagers as the families of portals print them, walked with the profile of the family."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from scraper.sites import load_profile
from tests.crawl.conftest import TestClock
from tests.crawl.test_discovery import LAST, page_of, publish, title_of, titles, visit
from tests.crawl.tiny_portal import TinyPortal

NUMBERS = range(1, LAST + 1)


def numbered(address: str, form: str, shift: int = 0) -> Callable[[TinyPortal], None]:
    """Pages at ``address`` with their number, each with ``form`` (links) around all numbers."""

    def set_up(portal: TinyPortal) -> None:
        for number in NUMBERS:
            links = "".join(
                f"<li class='active'><a href='#'>{each}</a></li>"
                if each == number
                else f"<li><a href='{address.format(each + shift)}'>{each}</a></li>"
                for each in NUMBERS
            )
            at = "/tin-tuc" if number == 1 else address.format(number + shift)
            portal.pages[at] = page_of(number, pager=form.format(links))

    return set_up


def worded(address: str, form: str) -> Callable[[TinyPortal], None]:
    """Pages whose pager has words only: ``form`` around the address of the next and the last."""

    def set_up(portal: TinyPortal) -> None:
        for number in NUMBERS:
            following = form.format(address.format(number + 1), address.format(LAST))
            at = "/tin-tuc" if number == 1 else address.format(number)
            portal.pages[at] = page_of(number, pager=following if number < LAST else "")

    return set_up


BUTTONS = (
    "<ul class='lfr-pagination-buttons pager'><li class='disabled'><a href='javascript:;'>← Đầu</a>"
    "</li><li><a href='{0}'>Tiếp theo</a></li><li><a href='{1}'>Cuối cùng →</a></li></ul>"
)
PAGERS = {
    "nukeviet": numbered("/tin-tuc/page-{}/", "<ul class='pagination'>{}</ul>"),
    "liferay-old": worded("/tin-tuc?_101_INSTANCE_x_cur={}", BUTTONS),
    "liferay7": numbered(
        "/tin-tuc?_com_liferay_asset_INSTANCE_x_cur={}", "<ul class='pagination'>{}</ul>"
    ),
    "sharepoint-tandan": numbered("/tin-tuc?PageIndex={}", "<div class='phantrang'>{}</div>"),
    "nghean": numbered("/tin-tuc?pageindex={}", "<ul class='paging'>{}</ul>", shift=-1),
    "tuyenquang": numbered("/tin-tuc/trang-{}.html", "<ul class='phan-trang'>{}</ul>"),
    "joomla": numbered("/tin-tuc?start={}0", "<ul class='pagination-list'>{}</ul>", shift=-1),
    "wordpress": worded(
        "/tin-tuc/page/{}/",
        "<nav class='navigation pagination'><a class='page-numbers' href='{1}'>3</a>"
        "<a class='next page-numbers' href='{0}'>Trang sau »</a></nav>",
    ),
}


@pytest.mark.parametrize("family", PAGERS)
def test_the_family_is_walked_to_the_oldest_page_once(
    family, archive, portal, options, listener, clock: TestClock
):
    publish(portal, *NUMBERS)
    PAGERS[family](portal)
    portal.pages["/"] = page_of(1)
    site = {
        "listings": (f"{portal.base_url}/tin-tuc",),
        "platform": family,
        "profile": load_profile(family),
    }
    options = replace(options, recheck_days=0)
    assert visit(archive, portal, options, listener, **site).exit_code == 0, listener.failures
    assert titles(archive) == {title_of(number) for number in NUMBERS}
    assert set(portal.hits().values()) == {1}
    portal.requests.clear()
    clock.move(days=1, hours=1)
    visit(archive, portal, options, listener, **site)
    assert set(portal.hits()) == {"/robots.txt", "/", "/tin-tuc"}
