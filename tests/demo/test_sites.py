import requests

from scraper.demo import DEMO_PORTS, DemoPortal, demo_sites


def test_the_two_sites_as_the_registry_has_them():
    old, new = demo_sites("http://127.0.0.1:8041", "http://127.0.0.1:8042/")
    assert (old.id, new.id) == ("demo-sharepoint", "demo-modern")
    assert (old.platform, new.platform) == ("sharepoint-tandan", "thanhhoa-web")
    assert (old.base_url, new.base_url) == ("http://127.0.0.1:8041/", "http://127.0.0.1:8042/")
    for site in (old, new):
        assert site.private_network
        assert site.pause == 0.0
        assert len(site.listings) == 2
        assert site.name.startswith("Cổng thông tin điện tử huyện")
    assert DEMO_PORTS == (8041, 8042)


def test_every_address_of_the_sites_answers():
    with DemoPortal("sharepoint") as first, DemoPortal("modern") as second:
        for site in demo_sites(first.base_url, second.base_url):
            for url in (site.base_url, *site.listings, *site.feeds, *site.sitemaps):
                answer = requests.get(url, timeout=10)
                assert answer.status_code == 200
                assert "Không tìm thấy" not in answer.text
