from __future__ import annotations

import pytest

from scraper.crawl.address import AddressRefusedError, is_public, resolve

PRIVATE = [
    *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0"),
    *("100.64.0.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1"),
    *("::ffff:127.0.0.1", "64:ff9b::a00:1", "2002:7f00:1::", "ff02::1"),
]


@pytest.mark.parametrize("address", PRIVATE)
def test_private_and_reserved(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "203.162.4.190", "2001:4860:4860::8888"])
def test_public(address: str) -> None:
    assert is_public(address)


def test_resolve_refuses_what_leads_inside() -> None:
    with pytest.raises(AddressRefusedError, match="private or reserved"):
        resolve("localhost", 80, private_network=False)
    assert resolve("127.0.0.1", 80, private_network=True) == ["127.0.0.1"]


@pytest.mark.parametrize("name", ["0x7f000001", "2130706433", "127.1"])
def test_odd_spellings_of_loopback_are_seen_through(name: str) -> None:
    with pytest.raises(AddressRefusedError):
        resolve(name, 80, private_network=False)
